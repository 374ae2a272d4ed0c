"""The procedures of the city: today's from the catalogue, yesterday's as they were kept."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.applications.drafts import Draft
from portal.applications.models import Application, DefinitionSnapshot
from portal.forms import Catalogue, Procedure, thaw


class Definitions:
    """Finds the definition that an application was begun with, whatever became of it since."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._current: Mapping[str, Procedure] = catalogue.procedures
        self._directories = catalogue.directories
        self._earlier: dict[str, Procedure] = {}

    def keep(self, session: Session, procedure: Procedure, now: datetime) -> None:
        """Store the procedure as it is, once for each version."""
        if session.get(DefinitionSnapshot, procedure.checksum) is not None:
            return
        snapshot = DefinitionSnapshot(
            checksum=procedure.checksum,
            procedure=procedure.id,
            version=procedure.version,
            document=procedure.freeze(),
            kept_at=now,
        )
        # Two people may be the first to begin a new version at the same moment.
        with suppress(IntegrityError), session.begin_nested():
            session.add(snapshot)

    def of(self, session: Session, application: Application | Draft) -> Procedure:
        """The definition of an application."""
        current = self._current.get(application.procedure)
        if current is not None and current.checksum == application.checksum:
            return current
        if application.checksum not in self._earlier:
            snapshot = session.get_one(DefinitionSnapshot, application.checksum)
            self._earlier[application.checksum] = thaw(snapshot.document, self._directories)
        return self._earlier[application.checksum]
