"""A procedure as its author wrote it, with concepts and lists filled in: self-contained, frozen.

This is the language of definitions. Its reference is ``docs/definitions.md``; the JSON Schema for
editors is made from these models.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from portal.forms.fields import AnyField, Cel, FieldId, Strict, Text

SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
ProcedureId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)*$")]
Amount = StrictInt | Cel


class Section(Strict):
    """One page of the journey."""

    id: SectionId
    title: Text
    intro: Text | None = None
    when: Cel | None = None
    fields: Annotated[tuple[AnyField, ...], Field(min_length=1)]


class Check(Strict):
    """A rule over several fields; ``when`` is true where something is wrong."""

    when: Cel
    message: Text
    #: the field that the message stands at
    field: FieldId


class Factor(Strict):
    """倍率: multiplies a fee line while its condition holds."""

    label: Text
    when: Cel
    times: Annotated[StrictInt, Field(ge=2, le=100)]


class FeeLine(Strict):
    """One line of the price."""

    id: SectionId
    label: Text
    #: code of the revenue account (歳入科目)
    account: str
    #: yen: a whole number, or an expression that gives one
    amount: Amount
    quantity: Amount = 1
    unit: Text | None = None
    when: Cel | None = None
    #: a group: one line for each of its rows, whose fields the expressions may name
    each: FieldId | None = None
    factors: tuple[Factor, ...] = ()


class Fees(Strict):
    collect: Literal["on_submit", "on_approval", "at_counter"] = "on_submit"
    lines: Annotated[tuple[FeeLine, ...], Field(min_length=1)]


class Identity(Strict):
    """What a person must show before applying."""

    sign_in: Literal["card", "optional", "none"] = "card"
    signature: Literal["none", "card"] = "none"


class Guide(Strict):
    """What stands in the first box of the procedure's page."""

    cost: Text | None = None
    time: Text | None = None
    needs: tuple[Text, ...] = ()
    after: Text | None = None


class BookingDefinition(Strict):
    facility: str


class Outcome(Strict):
    """What follows from a submission."""

    #: the certificate that is issued
    issue: str | None = None
    #: a case worker's decision is needed
    decide: Literal["approve_or_reject"] | None = None
    #: a person must look at it before anything is issued
    hold_when: Cel | None = None


class ProcedureDefinition(Strict):
    """A whole procedure, self-contained."""

    procedure: ProcedureId
    version: Text | StrictInt = 1
    title: Text
    summary: Text
    keywords: tuple[Text, ...] = ()
    life_events: tuple[str, ...] = ()
    department: str
    legal_basis: Text | None = None
    identity: Identity = Identity()
    channels: Annotated[tuple[Literal["online", "counter"], ...], Field(min_length=1)] = (
        "online",
        "counter",
    )
    guide: Guide = Guide()
    booking: BookingDefinition | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    checks: tuple[Check, ...] = ()
    fees: Fees | None = None
    outcome: Outcome | None = None
    retention: Annotated[str, StringConstraints(pattern=r"^\d{1,3}[ymd]$")] | None = None
