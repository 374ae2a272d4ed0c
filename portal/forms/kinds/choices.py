"""Choosing: yes_no, choice, choices, ranked, consent."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.expressions import Expression
from portal.forms.fields import ChoiceField, ChoicesField, Option, RankedField
from portal.forms.html import ControlHtml, escaped, labelled, select, slot
from portal.forms.kinds.base import (
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
    first,
)

#: With more options than this a list to open takes less of a small screen than radio buttons.
MOST_RADIOS = 10

#: Chosen options that are not longer stand in one line, such as the days of a week.
SHORT_LABEL = 8


def radio(
    control: ControlHtml,
    value: str,
    label: str,
    number: int,
    *,
    help_: str = "",
    type_: str = "radio",
) -> str:
    """One radio button or check box inside its label. The first one has the error's link."""
    identity = f"{control.id('')}-{number}"
    hint = f'<span class="choice__help">{escaped(help_)}</span>' if help_ else ""
    return (
        f'<label class="choice"{slot(f"h:{value}")}>'
        f'<input type="{type_}" name="{control.name("")}" id="{identity}"'
        f' value="{escaped(value)}"{slot(f"c:{value}")}{slot(f"d:{value}")}>'
        f'<span class="choice__label">{escaped(label)}{slot(f"n:{value}")}{hint}</span></label>'
    )


class OptionRoom(NamedTuple):
    """How many places an option has left, and whether one can wait for one."""

    left: int
    waits: bool


def room_slots(
    room: Mapping[str, OptionRoom], chosen: Sequence[str], translate: Translate
) -> dict[str, str]:
    """What the options say of their places, and which are closed.

    What is chosen already can stay: the last place may be the person's own.
    """
    marks = {f"n:{value}": escaped(_room_words(each, translate)) for value, each in room.items()}
    closed = [
        value
        for value, each in room.items()
        if not each.left and not each.waits and value not in chosen
    ]
    return marks | {f"d:{value}": " disabled" for value in closed}


def _room_words(room: OptionRoom, translate: Translate) -> str:
    if room.left:
        left = translate(messages.LEFT) % {"n": room.left}
        return translate(messages.BRACKETED) % {"text": left}
    return translate(messages.FULL_BUT_WAITING if room.waits else messages.FULL)


class YesNoKind(Kind):
    """はい or いいえ."""

    picked = frozenset({""})
    composed = True
    missing = messages.MISSING_CHOICE

    def read(self, posted: Posted, situation: Situation) -> Reading:
        typed = first(posted)
        if typed == "":
            return Reading()
        if typed not in ("yes", "no"):
            return Reading(None, (Complaint(messages.BAD_OPTION),))
        return Reading(typed == "yes")

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        return () if isinstance(value, bool) else FOREIGN

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": ["yes" if value else "no"]} if isinstance(value, bool) else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        yes = radio(control, "yes", translate(messages.YES), 0)
        no = radio(control, "no", translate(messages.NO), 1)
        return f'<div class="choices choices--inline">{yes}{no}</div>'

    def slots(self, posted: Posted) -> dict[str, str]:
        return {f"c:{value}": " checked" for value in posted.get("", ())}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", translate(messages.YES if value else messages.NO)),)

    def samples(self) -> tuple[Any, ...]:
        return (True, False)


class Optioned(Kind):
    """What the kinds with options have in common."""

    picked = frozenset({""})
    missing = messages.MISSING_CHOICE

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = tuple(options)
        self.conditions: dict[str, Expression] = {
            option.value: Expression(option.when) for option in options if option.when
        }
        self.expressions = tuple(self.conditions.values())
        self._labels = {option.value: option.label for option in options}

    def offered(self, value: object, situation: Situation) -> bool:
        """Whether this is an option, and one that is there with these answers."""
        if not isinstance(value, str) or value not in self._labels:
            return False
        condition = self.conditions.get(value)
        return condition is None or condition.holds(situation.scope)

    def label(self, value: Any, translate: Translate) -> str:
        return translate(self._labels.get(value, str(value)))


class ChoiceKind(Optioned):
    """One of the options."""

    composed = True

    def __init__(self, definition: ChoiceField) -> None:
        super().__init__(definition.options)
        self.composed = len(self.options) <= MOST_RADIOS

    def read(self, posted: Posted, situation: Situation) -> Reading:
        typed = first(posted)
        if typed == "":
            return Reading()
        complaints = self.check(typed, situation)
        return Reading(None if complaints else typed, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        return () if self.offered(value, situation) else (Complaint(messages.BAD_OPTION),)

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": [value]} if isinstance(value, str) else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        if not self.composed:
            options = [(option.value, translate(option.label)) for option in self.options]
            return select(control, "", options, translate(messages.CHOOSE))
        return _boxes(self.options, control, translate, "radio")

    def slots(self, posted: Posted) -> dict[str, str]:
        value = first(posted)
        return {f"o::{value}": " selected", f"c:{value}": " checked"}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", self.label(value, translate)),)

    def samples(self) -> tuple[Any, ...]:
        return tuple(option.value for option in self.options)


class ChoicesKind(Optioned):
    """Any number of the options."""

    composed = True

    def __init__(self, definition: ChoicesField) -> None:
        super().__init__(definition.options)
        self._min = definition.min or 0
        self._max = definition.max or len(self.options)

    def read(self, posted: Posted, situation: Situation) -> Reading:
        # The empty value is a hidden field's, which tells "none chosen" from "not asked".
        values = [value for value in posted.get("", ()) if value]
        chosen = list(dict.fromkeys(values[: len(self.options) + 1]))
        if not chosen:
            return Reading()
        complaints = self.check(chosen, situation)
        return Reading(None if complaints else chosen, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if not isinstance(value, list):
            return FOREIGN
        if not all(self.offered(one, situation) for one in value):
            return (Complaint(messages.BAD_OPTION),)
        if len(value) < self._min:
            return (Complaint(messages.TOO_FEW_CHOICES, values={"min": self._min}),)
        if len(value) > self._max:
            return (Complaint(messages.TOO_MANY_CHOICES, values={"max": self._max}),)
        return ()

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": [str(one) for one in value]} if isinstance(value, list) else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        boxes = _boxes(self.options, control, translate, "checkbox")
        return f'<input type="hidden" name="{control.name("")}" value="">{boxes}'

    def slots(self, posted: Posted) -> dict[str, str]:
        return {f"c:{value}": " checked" for value in posted.get("", ())}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        # Decided by the words of the definition, so that no language stands otherwise.
        short = all(len(self._labels.get(one, str(one))) <= SHORT_LABEL for one in value)
        between = translate(messages.COMMA) if short else "\n"
        return (Row("", between.join(self.label(one, translate) for one in value)),)

    def seen(self, value: Any) -> Any:
        return [] if value is None else value

    def samples(self) -> tuple[Any, ...]:
        values = [option.value for option in self.options]
        few = values[: max(self._min, 1)]
        every = values[: self._max]
        # Some options are there only with certain answers: each alone may be the one that is.
        alone = [[value] for value in values[1:]] if self.conditions and self._min <= 1 else []
        return (every, few, *alone, []) if self._min == 0 else (every, few, *alone)


class RankedKind(Optioned):
    """First to n-th wish: one list for each rank."""

    composed = True

    def __init__(self, definition: RankedField) -> None:
        super().__init__(definition.options)
        self._min = definition.min
        self._max = min(definition.max, len(self.options))
        self.controls = tuple(str(rank) for rank in range(1, self._max + 1))
        self.picked = frozenset(self.controls)

    def read(self, posted: Posted, situation: Situation) -> Reading:
        ranks = [first(posted, control) for control in self.controls]
        while ranks and not ranks[-1]:
            ranks.pop()
        if not ranks:
            return Reading()
        if "" in ranks:
            gap = str(ranks.index("") + 1)
            return Reading(None, (Complaint(messages.RANK_GAP, gap),))
        complaints = self.check(ranks, situation)
        return Reading(None if complaints else ranks, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if not isinstance(value, list):
            return FOREIGN
        for rank, one in enumerate(value, start=1):
            if rank > self._max or not self.offered(one, situation):
                return (Complaint(messages.BAD_OPTION, self.controls[min(rank, self._max) - 1]),)
            if one in value[: rank - 1]:
                return (Complaint(messages.SAME_TWICE, str(rank)),)
        if len(value) < min(self._min, self._max):
            control = str(len(value) + 1)
            return (Complaint(messages.TOO_FEW_RANKS, control, {"min": self._min}),)
        return ()

    def shown(self, value: Any) -> dict[str, list[str]]:
        if not isinstance(value, list):
            return {}
        return {str(rank): [str(one)] for rank, one in enumerate(value, start=1)}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        options = [(option.value, translate(option.label)) for option in self.options]
        parts = []
        for rank in self.controls:
            empty = messages.CHOOSE if int(rank) <= self._min else messages.NOT_CHOSEN
            label = translate(messages.RANK) % {"number": rank}
            parts.append(
                labelled(control, rank, label, select(control, rank, options, translate(empty)))
            )
        return f'<div class="ranked">{"".join(parts)}</div>'

    def slots(self, posted: Posted) -> dict[str, str]:
        return {f"o:{rank}:{first(posted, rank)}": " selected" for rank in self.controls}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return tuple(
            Row(translate(messages.RANK) % {"number": rank}, self.label(one, translate))
            for rank, one in enumerate(value, start=1)
        )

    def seen(self, value: Any) -> Any:
        return [] if value is None else value

    def samples(self) -> tuple[Any, ...]:
        return ([option.value for option in self.options[: max(self._min, 1)]],)


class ConsentKind(Kind):
    """A statement to agree to; the only answer is yes."""

    picked = frozenset({""})
    composed = True
    missing = messages.MISSING_CONSENT
    carries = False

    def read(self, posted: Posted, situation: Situation) -> Reading:
        values = [value for value in posted.get("", ()) if value]
        if not values:
            return Reading()
        if values[0] != "yes":
            return Reading(None, (Complaint(messages.BAD_OPTION),))
        return Reading(True)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        return () if value is True else FOREIGN

    def shown(self, value: Any) -> dict[str, list[str]]:
        return {"": ["yes"]} if value is True else {}

    def html(self, control: ControlHtml, translate: Translate) -> str:
        box = radio(control, "yes", translate(messages.AGREED), 0, type_="checkbox")
        hidden = f'<input type="hidden" name="{control.name("")}" value="">'
        return f'{hidden}<div class="choices">{box}</div>'

    def slots(self, posted: Posted) -> dict[str, str]:
        return {"c:yes": " checked"} if "yes" in posted.get("", ()) else {}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", translate(messages.AGREED)),)

    def samples(self) -> tuple[Any, ...]:
        return (True,)


def _boxes(
    options: Sequence[Option],
    control: ControlHtml,
    translate: Translate,
    type_: str,
) -> str:
    boxes = "".join(
        radio(
            control,
            option.value,
            translate(option.label),
            number,
            help_=translate(option.help) if option.help else "",
            type_=type_,
        )
        for number, option in enumerate(options)
    )
    return f'<div class="choices">{boxes}</div>'
