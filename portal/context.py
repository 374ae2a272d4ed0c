"""Everything one application object hangs on: one municipality, with its own database, definitions,
keys and providers. There is no module state beside it."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from auth.oidc.relying_party import RelyingParty
from foundation.clock import Clock
from foundation.database import Database
from foundation.events import Events
from payments.context import Payments
from portal.applications.definitions import Definitions
from portal.catalogue.finding import Finder
from portal.config import Config
from portal.forms import Catalogue
from portal.i18n import DefinitionTexts

EXTENSION = "madoguchi"


@dataclass(frozen=True)
class Portal:
    """One municipality's running portal."""

    config: Config
    database: Database
    clock: Clock
    events: Events
    catalogue: Catalogue
    #: the definitions of earlier versions, for drafts that began with them
    definitions: Definitions
    #: translations of the definitions' texts
    texts: DefinitionTexts
    #: procedures by everyday words of the reader's language
    finder: Finder
    payments: Payments
    relying_party: RelyingParty


def current_portal() -> Portal:
    """The portal of the request that is being answered."""
    return cast(Portal, current_app.extensions[EXTENSION])
