"""What every kind of field can do; the rest of the engine knows kinds only through this."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from foundation.wording import Translate
from portal.forms import messages, normalise
from portal.forms.expressions import Expression
from portal.forms.figures import in_figures
from portal.forms.html import ControlHtml, escaped
from portal.forms.pictures import picture_in

#: What was posted for one field: the control's suffix ("" for a single control) → its values.
Posted = Mapping[str, Sequence[str]]


class Complaint(NamedTuple):
    """One thing wrong with an answer; translated and given its label when it is shown."""

    message: str
    #: the control that it is about
    suffix: str = ""
    #: numbers and the like, put in as they are, and days
    values: Mapping[str, object] = MappingProxyType({})
    #: texts that are translated first
    texts: Mapping[str, str] = MappingProxyType({})
    #: an author's own sentence, in which % means nothing
    literal: bool = False
    #: about the whole field, although it leads to one of its controls
    whole: bool = False

    def words(self, label: str, translate: Translate) -> str:
        """The sentence for the person."""
        if self.literal:
            return translate(self.message)
        if not self.values and not self.texts:
            return translate(self.message) % {"label": label}
        filled = {name: translate(text) for name, text in self.texts.items()}
        filled |= {
            name: in_figures(value, translate)
            for name, value in self.values.items()
            if isinstance(value, int | Decimal)
        }
        filled |= {
            name: translate(messages.PLAIN_DATE)
            % {
                "year": value.year,
                "month": translate(messages.MONTHS[value.month]),
                "day": value.day,
            }
            for name, value in self.values.items()
            if isinstance(value, date)
        }
        return translate(self.message) % {"label": label, **self.values, **filled}


class Reading(NamedTuple):
    """A posted field: its answer (None where blank or wrong) and what is wrong with it."""

    value: Any = None
    complaints: tuple[Complaint, ...] = ()


#: Nothing was answered.
BLANK = Reading()


@dataclass(frozen=True)
class Situation:
    """What a check may depend on beside the value itself."""

    today: date
    #: the other answers as CEL values
    scope: Mapping[str, Any]
    #: whether days are offered by their era (和暦)
    wareki: bool = False


@dataclass(frozen=True)
class Row:
    """One line of an answer shown as text; the label is empty where there is only one."""

    label: str
    text: str


def measured(value: str, unit: str | None, translate: Translate) -> str:
    """A value with its unit, where it has one."""
    if not unit:
        return value
    return translate(messages.MEASURE) % {"value": value, "unit": translate(unit)}


class Kind(ABC):
    """How one field is read, checked, shown and seen by expressions. Immutable."""

    #: suffixes of its controls, in order; the first is where an error leads
    controls: tuple[str, ...] = ("",)
    #: the controls in which one picks instead of typing
    picked: frozenset[str] = frozenset()
    #: whether the label belongs to several controls and so is the legend of a fieldset
    composed = False
    #: whether it is a question at all
    asks = True
    #: whether its answer may be offered in another application of the same person
    carries = True
    #: whether what was known stays in the store while a change of it is wrong
    remembers = False
    #: names below the field for expressions: {"name": {"family": {}}}
    members: Mapping[str, Any] = {}
    #: what stands before the postcodes in it: "" for an address, "address" inside a person
    addresses: tuple[str, ...] = ()
    #: what it needs to know of other answers: limits, conditions of options, a computed value
    expressions: tuple[Expression, ...] = ()
    #: the sentence that asks for a missing answer
    missing = messages.MISSING
    #: what its controls are called where an error has to say which of them it is about
    parts: Mapping[str, str] = MappingProxyType({})

    def absent(self) -> tuple[Complaint, ...]:
        """What is said where an answer is needed and nothing at all was given."""
        return (Complaint(self.missing, self.controls[0] if self.controls else ""),)

    @abstractmethod
    def read(self, posted: Posted, situation: Situation) -> Reading:
        """The answer in what was posted. Never raises."""

    @abstractmethod
    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        """What is wrong with a stored answer; a foreign shape is a complaint, not an error."""

    @abstractmethod
    def shown(self, value: Any) -> dict[str, list[str]]:
        """What the controls say for a stored answer."""

    def in_wareki(self, shown: Posted) -> Posted:
        """What the controls say where days are given by their era."""
        return shown

    @abstractmethod
    def html(self, control: ControlHtml, translate: Translate) -> str:
        """The controls, with slots for what changes from person to person."""

    def slots(self, posted: Posted) -> dict[str, str]:
        """What goes into the slots for what was posted or stored."""
        if self.controls == ("",):
            return {"v:": show(first(posted))}
        return {f"v:{suffix}": show(first(posted, suffix)) for suffix in self.controls}

    @abstractmethod
    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        """A stored answer in words."""

    def emptied(self, previous: Any, posted: Posted, *, required: bool) -> tuple[Complaint, ...]:
        """Complaints about parts that the card or the register said and nobody says any more."""
        return ()

    def carried(self, previous: Any, value: Any) -> Any:
        """A newly read answer with what its controls can't say but the previous answer knew."""
        return value

    def seen(self, value: Any) -> Any:
        """A stored answer as expressions see it; None where there is none."""
        return value

    @abstractmethod
    def samples(self) -> tuple[Any, ...]:
        """Answers as they could be, for trying out the expressions that name the field."""

    def samples_on(self, today: date) -> tuple[Any, ...]:
        """Answers as somebody could give them on a day."""
        return self.samples()


def first(posted: Posted, suffix: str = "") -> str:
    """The first value of a control; "" where it wasn't posted."""
    values = posted.get(suffix)
    return values[0] if values else ""


def show(text: str) -> str:
    """A value inside HTML."""
    # Letters and digits, of whatever script, are most of what people write.
    return text if text.isalnum() else escaped(normalise.printable(text))


def say(text: str) -> str:
    """Words in the reader's language inside HTML, with the values that they tell of."""
    return escaped(normalise.sayable(text))


def unusable(text: str, suffix: str = "", *, lines: bool = False) -> Complaint | None:
    """The complaint about characters or a length that no field can take."""
    if len(text) > normalise.LIMIT:
        return Complaint(messages.TOO_LONG, suffix, {"max": normalise.LIMIT})
    if not normalise.usable(text, lines=lines):
        return Complaint(messages.BAD_CHARACTER, suffix)
    return None


def pictured(text: str, suffix: str = "") -> Complaint | None:
    """The complaint about an emoji that somebody types; what is stored already stays."""
    found = picture_in(text)
    return Complaint(messages.NO_EMOJI, suffix, {"found": found}) if found else None


def is_texts(value: Any, *names: str) -> bool:
    """Whether a stored answer is an object of exactly these texts."""
    return (
        isinstance(value, Mapping)
        and set(value) == set(names)
        and all(isinstance(value[name], str) for name in names)
    )


def shown_texts(value: Any, prefix: str, *names: str) -> dict[str, list[str]]:
    """What controls say for a stored object of texts."""
    if not is_texts(value, *names):
        return {}
    return {prefix + name: [value[name]] for name in names}


#: The complaint about a stored answer of another shape, such as one of an older version.
FOREIGN = (Complaint(messages.NOT_VALID_ANY_MORE),)
