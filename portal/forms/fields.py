"""The fields that a definition may ask for, as their author wrote them: frozen models."""

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    field_validator,
)

from portal.forms.literals import Day, DecimalText, Time

#: Longest text that any field may accept, in graphemes.
MAX_LENGTH = 10_000

#: Largest whole number that any field may accept; far from where CEL's 64 bits would overflow.
MAX_NUMBER = 999_999_999_999

#: Most rows that any group may have.
MAX_ROWS = 50

#: What CEL itself or its reserved words occupy: no field may be called so.
RESERVED = frozenset(
    {
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import",
        "in", "let", "loop", "null", "package", "namespace", "return", "true", "var", "void",
        "while", "today", "channel", "resident", "booking", "size", "has", "all", "exists",
        "exists_one", "map", "filter",
    }
)  # fmt: skip


#: In place of what every model would remember by itself.
_UNTOLD: set[str] = set()


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_post_init(self, context: Any, /) -> None:
        # Which keys were written is asked of nobody, and a third of all that a definition weighs.
        object.__setattr__(self, "__pydantic_fields_set__", _UNTOLD)


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
FieldId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
#: the id of a department, a room, a slot … in its file
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
#: an expression in CEL
Cel = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Width = Literal["short", "medium", "long"]


class Option(Strict):
    """One of the things to choose from."""

    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    label: Text
    when: Cel | None = None
    help: Text | None = None
    #: who chooses it promises a paper: how it is handed in, and by when
    later: Text | None = None


def _options(written: Any) -> Any:
    """``{value: label}`` is the short form of ``[{value:, label:}]``."""
    if isinstance(written, dict):
        return [
            {"value": value, **(label if isinstance(label, dict) else {"label": label})}
            for value, label in written.items()
        ]
    return written


Options = Annotated[tuple[Option, ...], BeforeValidator(_options), Field(min_length=1)]


class OptionsTable(Strict):
    """Where options stand as rows with codes: a list in a YAML file, or a CSV file with a header.

    ``value``, ``label`` and ``help`` name columns. ``{column}`` in ``when`` stands for what the
    row says there.
    """

    #: below ``forms_defs/``: ``sample/nurseries.yaml``, ``banks.csv``
    file: Annotated[str, StringConstraints(pattern=r"^[\w-]+(/[\w-]+)*\.(yaml|csv)$")]
    value: Text = "value"
    label: Text = "label"
    help: Text | None = None
    when: Cel | None = None
    #: only rows that say just this: ``{kind: public}``
    only: dict[str, str] = Field(default_factory=dict)


OptionsFrom = str | OptionsTable


class FieldBase(Strict):
    """What every field may say."""

    id: FieldId
    label: Text
    help: Text | None = None
    required: StrictBool = True
    when: Cel | None = None
    width: Width | None = None
    #: the shared concept that the field stands for
    concept: str | None = None
    #: key of the person's profile from which it is prefilled
    profile: str | None = None
    #: what the card or the register says can't be changed here
    fixed: StrictBool = False
    #: never shown to or taken from a resident; the office fills it in
    staff_only: StrictBool = False
    #: the name of its column where applications are taken over by another system; else its id
    export: Annotated[Text, StringConstraints(max_length=60)] | None = None

    @field_validator("id")
    @classmethod
    def _not_reserved(cls, value: str) -> str:
        if value in RESERVED:
            raise ValueError(f"“{value}” is a word of the expression language; choose another id")
        return value


#: Which characters a text takes; what can be spelt in them is, the rest is refused.
Characters = Literal["kana", "katakana", "hiragana", "half", "full", "digits", "latin"]


class _Lettered(FieldBase):
    max_length: Annotated[StrictInt, Field(ge=1, le=MAX_LENGTH)] = 200
    min_length: Annotated[StrictInt, Field(ge=1, le=MAX_LENGTH)] | None = None
    pattern: str | None = None
    pattern_message: Text | None = None
    #: an answer as it could be; shown beside the question (例：1234567), and what the tools fill in
    example: Text | None = None
    characters: Characters | None = None
    #: what a browser may fill in, in the words of HTML: ``organization``, ``bday-year``
    autocomplete: Annotated[str, StringConstraints(pattern=r"^[a-z0-9 -]{2,60}$")] | None = None
    default: str | None = None
    unit: Text | None = None

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"not a regular expression: {error}") from error
        return value


class TextField(_Lettered):
    type: Literal["text"]
    #: 続柄: a word that everybody uses is shown in the reader's language
    says: Literal["relation"] | None = None


class TextareaField(_Lettered):
    type: Literal["textarea"]
    max_length: Annotated[StrictInt, Field(ge=1, le=MAX_LENGTH)] = 2000
    rows: Annotated[StrictInt, Field(ge=2, le=30)] = 5


class EmailField(FieldBase):
    type: Literal["email"]


class PhoneField(FieldBase):
    type: Literal["phone"]


_Number = Annotated[StrictInt, Field(ge=-MAX_NUMBER, le=MAX_NUMBER)]


class LimitedField(FieldBase):
    """The author's own sentences for what is below ``min`` or above ``max``."""

    min_message: Text | None = None
    max_message: Text | None = None


class IntegerField(LimitedField):
    """``min`` and ``max`` are whole numbers or expressions that give one."""

    type: Literal["integer"]
    min: _Number | Cel = 0
    max: _Number | Cel = MAX_NUMBER
    default: _Number | None = None
    unit: Text | None = None


class YenField(LimitedField):
    type: Literal["yen"]
    min: _Number | Cel = 0
    max: _Number | Cel = MAX_NUMBER
    default: _Number | None = None


class DecimalField(LimitedField):
    """A number with decimal places.

    Expressions see whole units of the last place: with ``places: 2``, 12.5 is 1250. ``min`` and
    ``max`` are a number (0.5), or an expression that gives such units.
    """

    type: Literal["decimal"]
    places: Annotated[StrictInt, Field(ge=1, le=6)] = 1
    min: DecimalText = "0"
    max: DecimalText = str(MAX_NUMBER)
    default: DecimalText | None = None
    unit: Text | None = None


class DateField(LimitedField):
    """``min`` and ``max`` are a day (2026-04-01) or an expression that gives one (``today``)."""

    type: Literal["date"]
    min: Cel | None = None
    max: Cel | None = None
    default: Day | None = None


class TimeField(LimitedField):
    """``min`` and ``max`` are a time ("09:00") or an expression that gives one."""

    type: Literal["time"]
    min: Cel | None = None
    max: Cel | None = None
    #: minutes between the times that may be given, counted from midnight
    step: Annotated[StrictInt, Field(ge=1, le=720)] | None = None
    default: Time | None = None


class PeriodField(LimitedField):
    """From one day to another, both included; ``min`` and ``max`` as for ``date``."""

    type: Literal["period"]
    min: Cel | None = None
    max: Cel | None = None
    #: longest period in days, its first and last day counted
    max_days: Annotated[StrictInt, Field(ge=1, le=36_600)] | Cel | None = None
    #: whether the last day may be left empty: until further notice
    open_ended: StrictBool = False


class YesNoField(FieldBase):
    type: Literal["yes_no"]
    default: StrictBool | None = None


class ChoiceField(FieldBase):
    type: Literal["choice"]
    options: Options
    options_from: OptionsFrom | None = None
    default: str | None = None


class ChoicesField(FieldBase):
    type: Literal["choices"]
    options: Options
    options_from: OptionsFrom | None = None
    default: tuple[str, ...] | None = None
    min: Annotated[StrictInt, Field(ge=0)] | None = None
    max: Annotated[StrictInt, Field(ge=1)] | None = None


class RankedField(FieldBase):
    """Wishes in order: the first ``min`` of ``max`` must be given."""

    type: Literal["ranked"]
    options: Options
    options_from: OptionsFrom | None = None
    min: Annotated[StrictInt, Field(ge=0)] = 1
    max: Annotated[StrictInt, Field(ge=1, le=20)] = 3


class NameField(FieldBase):
    type: Literal["name"]


class KanaField(FieldBase):
    type: Literal["kana"]


class AddressField(FieldBase):
    type: Literal["address"]


class PersonField(FieldBase):
    type: Literal["person"]


class BankAccountField(FieldBase):
    type: Literal["bank_account"]


class FileField(FieldBase):
    type: Literal["file"]
    accept: Annotated[tuple[Literal["pdf", "jpeg", "png"], ...], Field(min_length=1)] = (
        "pdf",
        "jpeg",
        "png",
    )
    max_files: Annotated[StrictInt, Field(ge=1, le=20)] = 1
    max_mb: Annotated[StrictInt, Field(ge=1, le=50)] = 10
    #: a phone opens its camera at once
    capture: StrictBool = False


class ConsentField(FieldBase):
    type: Literal["consent"]


class NoteField(FieldBase):
    """A text between the fields; it asks nothing."""

    type: Literal["note"]
    required: StrictBool = False


class ComputedField(FieldBase):
    """A value that follows from the other answers and is shown."""

    type: Literal["computed"]
    required: StrictBool = False
    value: Cel
    unit: Text | None = None
    #: how it is shown; what it comes to decides where nothing is said
    format: Literal["yen", "number", "date"] | None = None


_Simple = (
    TextField
    | TextareaField
    | EmailField
    | PhoneField
    | IntegerField
    | YenField
    | DecimalField
    | DateField
    | TimeField
    | PeriodField
    | YesNoField
    | ChoiceField
    | ChoicesField
    | RankedField
    | NameField
    | KanaField
    | AddressField
    | PersonField
    | BankAccountField
    | FileField
    | ConsentField
    | NoteField
    | ComputedField
)
RowField = Annotated[_Simple, Field(discriminator="type")]


class GroupField(FieldBase):
    """Rows of the same fields: children, members of the household.

    ``min_items`` and ``max_items`` are whole numbers or expressions that give one.
    """

    type: Literal["group"]
    fields: Annotated[tuple[RowField, ...], Field(min_length=1)]
    min_items: Annotated[StrictInt, Field(ge=0, le=MAX_ROWS)] | Cel | None = None
    max_items: Annotated[StrictInt, Field(ge=1, le=MAX_ROWS)] | Cel = 10
    #: a table has one line for each row where the screen is wide enough
    show: Literal["cards", "table"] = "cards"
    item_label: Text | None = None


AnyField = Annotated[_Simple | GroupField, Field(discriminator="type")]
