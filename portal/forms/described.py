"""What a definition says of its procedure, without compiling anything."""

from collections.abc import Mapping

from portal.forms.definition import BookingDefinition, Guide, Identity, Outcome, ProcedureDefinition
from portal.forms.fees import FreeQuota


class Described:
    """A procedure as lists and its own page show it."""

    def __init__(self, definition: ProcedureDefinition) -> None:
        self.definition = definition

    @property
    def id(self) -> str:
        return self.definition.procedure

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def summary_text(self) -> str:
        """One or two sentences for lists; ``summary()`` is of the answers."""
        return self.definition.summary

    @property
    def keywords(self) -> tuple[str, ...]:
        return self.definition.keywords

    @property
    def life_events(self) -> tuple[str, ...]:
        return self.definition.life_events

    @property
    def department(self) -> str:
        return self.definition.department

    @property
    def legal_basis(self) -> str | None:
        return self.definition.legal_basis

    @property
    def identity(self) -> Identity:
        return self.definition.identity

    @property
    def channels(self) -> tuple[str, ...]:
        return self.definition.channels

    @property
    def guide(self) -> Guide:
        return self.definition.guide

    @property
    def booking(self) -> BookingDefinition | None:
        return self.definition.booking

    @property
    def outcome(self) -> Outcome | None:
        return self.definition.outcome

    @property
    def retention(self) -> str | None:
        """How long an application is kept: ``3y``."""
        return self.definition.retention

    @property
    def version(self) -> str:
        return str(self.definition.version)

    @property
    def fees_collected(self) -> str | None:
        """on_submit, on_approval, at_counter; None where there is no fee."""
        return self.definition.fees.collect if self.definition.fees else None

    @property
    def quotas(self) -> Mapping[str, FreeQuota]:
        """無料枠: the fee lines of which a person has some free."""
        lines = self.definition.fees.lines if self.definition.fees else ()
        return {line.id: line.free for line in lines if line.free is not None}
