"""The form engine: definitions → compiled procedure → render, validate, price.

Knows neither Flask nor a database. ``docs/definitions.md`` describes the language of definitions.
"""

from foundation.wording import Translate
from portal.forms.catalogue import Catalogue, load_catalogue
from portal.forms.facility import FacilityDefinition
from portal.forms.frozen import ThawError
from portal.forms.price import (
    AppliedFactor,
    AppliedReduction,
    AppliedRounding,
    PendingLine,
    Price,
    PriceLine,
    UnprovenReduction,
)
from portal.forms.problems import DefinitionErrors, Problem
from portal.forms.procedure import Procedure, thaw
from portal.forms.results import (
    Answers,
    Context,
    FieldError,
    FileRule,
    Form,
    Journey,
    ProfileValue,
    Promised,
    SectionPost,
    SectionState,
    SummaryRow,
    SummarySection,
)

__all__ = [
    "Answers",
    "AppliedFactor",
    "AppliedReduction",
    "AppliedRounding",
    "Catalogue",
    "Context",
    "DefinitionErrors",
    "FacilityDefinition",
    "FieldError",
    "FileRule",
    "Form",
    "Journey",
    "PendingLine",
    "Price",
    "PriceLine",
    "Problem",
    "Procedure",
    "ProfileValue",
    "Promised",
    "SectionPost",
    "SectionState",
    "SummaryRow",
    "SummarySection",
    "ThawError",
    "Translate",
    "UnprovenReduction",
    "load_catalogue",
    "thaw",
]
