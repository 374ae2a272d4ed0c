"""A procedure as its author wrote it, with concepts and lists filled in: self-contained, frozen.

This is the language of definitions. Its reference is ``docs/definitions.md``; the JSON Schema for
editors is made from these models.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from portal.forms.facility import ClosedDefinition
from portal.forms.fees import Fees
from portal.forms.fields import AnyField, Cel, FieldId, Strict, Text
from portal.forms.reception import Capacity, Limit, Reception
from portal.forms.tables import Tables

SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
ProcedureId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)*$")]


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


class Identity(Strict):
    """What a person must show before applying."""

    #: ``email``: a verified address is enough, and a card too
    sign_in: Literal["card", "email", "optional", "none"] = "card"
    signature: Literal["none", "card"] = "none"


#: For whom somebody may apply: themselves, their child, their household, somebody who gave them a
#: 委任状, a client of theirs (代理人 such as a lawyer).
ActsFor = Literal["self", "child", "household", "mandate", "agent"]


class Ages(Strict):
    """満年齢: from one, up to another, both included."""

    least: Annotated[StrictInt, Field(alias="from", ge=0, le=120)] = 0
    most: Annotated[StrictInt, Field(alias="to", ge=0, le=120)] = 120


class Applicants(Strict):
    """Who may apply, and for whom; asked first where there is more than one answer."""

    acts_for: Annotated[tuple[ActsFor, ...], Field(alias="for", min_length=1)] = ("self",)
    #: companies and other bodies may apply too (法人・団体)
    businesses: StrictBool = False
    #: of the family only these are offered by a button; whoever else it is for is typed in
    ages: Ages = Ages()


class ReviewStep(Strict):
    """One thing that is done before the decision."""

    id: SectionId
    title: Text
    role: Literal["counter", "case_worker", "decision_maker"] = "case_worker"
    when: Cel | None = None


class NoticeTexts(Strict):
    """A sentence that is added to what the applicant is told at each event."""

    received: Text | None = None
    approved: Text | None = None
    rejected: Text | None = None
    returned: Text | None = None
    completed: Text | None = None


class Surge(Strict):
    """What holds while the city has declared a disaster."""

    #: it stands first on the start page
    first: StrictBool = False
    #: a lower identification is enough
    sign_in: Literal["email", "optional", "none"] | None = None
    #: fields that may be handed in later
    optional: tuple[FieldId, ...] = ()


class Guide(Strict):
    """What stands in the first box of the procedure's page."""

    cost: Text | None = None
    time: Text | None = None
    needs: tuple[Text, ...] = ()
    after: Text | None = None
    #: whether ``after`` itself tells when the result comes; no day is reckoned beside it
    says_when: bool = False


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


class Export(Strict):
    """How applications are handed over to a core system or to RPA."""

    #: of the CSV files; Shift_JIS as Windows has it (CP932)
    encoding: Literal["utf-8", "shift_jis"] = "utf-8"
    #: 取込先: the system that takes them over
    system: Text | None = None


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
    applicants: Applicants = Applicants()
    reception: Reception | None = None
    capacity: Capacity | None = None
    limit: Limit | None = None
    #: every section on a page of its own, or all on one
    layout: Literal["sections", "one_page"] = "sections"
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    checks: tuple[Check, ...] = ()
    #: 料金表 that ``lookup`` knows; the shared ones that are used are copied into it
    tables: Tables
    fees: Fees | None = None
    #: days on which the city hall is shut, from municipality.yaml, unless said otherwise
    closed: ClosedDefinition | None = None
    outcome: Outcome | None = None
    #: the steps before the decision, in order
    review: tuple[ReviewStep, ...] = ()
    #: 標準処理期間, in days on which the city hall is open
    processing_days: Annotated[StrictInt, Field(ge=1, le=365)] | None = None
    notices: NoticeTexts = NoticeTexts()
    surge: Surge | None = None
    export: Export = Export()
    retention: Annotated[str, StringConstraints(pattern=r"^\d{1,3}[ymd]$")] | None = None
