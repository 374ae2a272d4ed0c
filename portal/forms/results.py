"""What goes into the engine beside the answers, and what comes out of it: frozen values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, Protocol

from portal.forms.evaluated import Evaluation
from portal.forms.kinds.choices import OptionRoom
from portal.forms.price import Price

#: The answers of an application by field id, in JSON shapes (docs/definitions.md lists them).
Answers = Mapping[str, Any]

#: A posted form: each control name with all its values, as ``request.form.to_dict(flat=False)``.
Form = Mapping[str, Sequence[str]]

#: Where a prefilled answer comes from: the card, the register, an earlier application, staff.
Source = Literal["card", "card_and_register", "register", "earlier", "staff"]

Action = Literal["continue", "add", "remove", "refresh", "lookup"]


class ProfileValue(Protocol):
    """What is already known of a person about one concept."""

    @property
    def value(self) -> Any: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True)
class Context:
    """What an expression may know beside the answers."""

    #: the day in Japan on which the form is filled in; ``today`` in expressions
    today: date
    channel: Literal["online", "counter"] = "online"
    #: ``resident.signed_in``, ``.of_city``, ``.age`` (years), ``.protected``
    resident: Mapping[str, Any] = field(default_factory=dict)
    #: ``booking.base`` (yen before factors), ``booking.slots`` (number), ``booking.facility``,
    #: ``booking.room``, ``booking.day`` ("YYYY-MM-DD"), …; None where nothing is booked
    booking: Mapping[str, Any] | None = None
    #: the moment, aware; ``now`` in expressions. None where only the day matters
    now: datetime | None = None
    #: 無料枠: how many this person had free in the period already, by fee line; None where nobody
    #: is known whose applications could be counted, and so nothing is free
    free_used: Mapping[str, int] | None = None
    #: whether the office looks at the case, and so sees what is ``staff_only``
    staff: bool = False
    #: whether the page is the office's own, which asks for just what is ``staff_only``
    office: bool = False
    #: whether this person last gave a day by its era (和暦), and so is offered one
    wareki: bool = False
    #: how many places the options have, by the field that asks for one
    room: Mapping[str, Mapping[str, OptionRoom]] = field(default_factory=dict)


class FieldError(NamedTuple):
    """One thing to put right, in the language of the page."""

    #: ``copies``, ``children.0.birth_date``
    path: str
    #: the id of the HTML element to go to: ``f-children-0-birth_date``
    control_id: str
    message: str
    #: id of the section where it can be put right
    section: str = ""
    #: what the row is called in which it is: 保護者 2; "" outside of groups
    row: str = ""


@dataclass(frozen=True)
class SectionState:
    """One page of the journey as it stands."""

    id: str
    title: str
    complete: bool


@dataclass(frozen=True)
class Journey:
    """The whole application recomputed from its answers."""

    #: the sections that apply, in order
    sections: tuple[SectionState, ...]
    #: the answers that count: what belongs to hidden fields is gone, computed fields are filled in
    answers: dict[str, Any]
    #: what stands between these answers and a submission, over all sections
    errors: tuple[FieldError, ...]
    price: Price
    #: of what it was made, for the page of one of its sections
    evaluated: Evaluation | None = field(default=None, repr=False, compare=False)

    @property
    def complete(self) -> bool:
        """Whether it may be submitted: no error, and every fee line has its amount."""
        return not self.errors and self.price.complete

    def next_after(self, section_id: str) -> str | None:
        """The section that follows; None after the last one (then the answers are checked)."""
        ids = [section.id for section in self.sections]
        if section_id not in ids:
            return self.first_incomplete
        following = ids[ids.index(section_id) + 1 :]
        return following[0] if following else None

    def before(self, section_id: str) -> str | None:
        """The section that precedes; None before the first one or for one that doesn't apply."""
        ids = [section.id for section in self.sections]
        if section_id not in ids or section_id == ids[0]:
            return None
        return ids[ids.index(section_id) - 1]

    @property
    def first_incomplete(self) -> str | None:
        """The first section that still needs something."""
        return next((section.id for section in self.sections if not section.complete), None)


@dataclass(frozen=True)
class SectionPost:
    """What a posted section came to."""

    #: all answers of the application with this section's merged in; an invalid one is absent
    answers: dict[str, Any]
    #: what was typed, by control name, to show it again beside the errors
    raw: dict[str, list[str]]
    errors: tuple[FieldError, ...]
    #: "continue": go on if there are no errors. Every other: show the section again
    action: Action
    #: the sources of the answers, without those that the person changed
    sources: dict[str, str]
    #: fields that became visible only through this post: show the section again, without errors
    revealed: tuple[str, ...] = ()
    #: what the answers came to; None where it has to be found out anew
    evaluated: Evaluation | None = field(default=None, repr=False, compare=False)

    @property
    def may_continue(self) -> bool:
        return self.action == "continue" and not self.errors and not self.revealed


@dataclass(frozen=True)
class FileRule:
    """What a file field takes."""

    #: media types
    accept: tuple[str, ...]
    max_files: int
    max_bytes: int


@dataclass(frozen=True)
class SummaryRow:
    """One answer, to be checked by the person who gave it."""

    label: str
    #: may hold line breaks; "" where an optional field was left empty
    text: str
    #: words such as カードから, translated; "" where the person typed it
    source: str
    #: where a change link leads: the section's page with this fragment
    control_id: str
    path: str = ""
    #: False for what is computed, or settled by the card or the register
    changeable: bool = True


@dataclass(frozen=True)
class Promised:
    """A paper that the applicant hands in later."""

    label: str
    #: how, and by when
    text: str


@dataclass(frozen=True)
class SummarySection:
    """The answers of one section."""

    id: str
    title: str
    rows: tuple[SummaryRow, ...]
