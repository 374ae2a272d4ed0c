"""The form engine: definitions → compiled procedure → render, validate, price.

Knows neither Flask nor a database. ``docs/definitions.md`` describes the language of definitions.
"""

from portal.forms.problems import DefinitionErrors, Problem
from portal.forms.procedure import Procedure, thaw
from portal.forms.results import (
    Answers,
    AppliedFactor,
    Context,
    FieldError,
    Form,
    Journey,
    PendingLine,
    Price,
    PriceLine,
    ProfileValue,
    SectionPost,
    SectionState,
    SummaryRow,
    SummarySection,
    Translate,
)

__all__ = [
    "Answers",
    "AppliedFactor",
    "Context",
    "DefinitionErrors",
    "FieldError",
    "Form",
    "Journey",
    "PendingLine",
    "Price",
    "PriceLine",
    "Problem",
    "Procedure",
    "ProfileValue",
    "SectionPost",
    "SectionState",
    "SummaryRow",
    "SummarySection",
    "Translate",
    "thaw",
]
