"""A procedure as a resident will meet it, as plain text: ``portal forms show``."""

import re
from collections.abc import Iterator, Mapping

from foundation.wording import Translate
from portal.forms import fields as d
from portal.forms import messages
from portal.forms import shown_words as words
from portal.forms.city import Department
from portal.forms.conditions_in_words import condition_in_words
from portal.forms.definition import ProcedureDefinition
from portal.forms.fees_told import fees_told
from portal.forms.literals import is_expression
from portal.forms.procedure import Procedure
from portal.forms.typical import TYPICAL

_STEP = "    "
#: A limit of days that is counted from today.
_FROM_TODAY = re.compile(r"add_(?P<unit>days|months)\( *today *, *(?P<number>-?\d+) *\)")


def shown(procedure: Procedure, department: Department, translate: Translate) -> str:
    """The whole procedure from its guide to what happens afterwards, line by line."""
    return "\n".join(_Shown(procedure, department, translate).lines()) + "\n"


def who_may_apply(
    definition: ProcedureDefinition, translate: Translate
) -> Iterator[tuple[str, str]]:
    """Who may apply, when and how often: what each line is about, and the words."""
    who = words.AT_COUNTER
    if "online" in definition.channels:
        who = words.SIGN_IN[definition.identity.sign_in]
    yield translate(words.WHO), translate(who)
    if reception := definition.reception:
        span = [
            translate(pattern) % {"moment": moment}
            for pattern, moment in (
                (words.FROM, reception.opens),
                (words.UNTIL, reception.closes),
            )
            if moment
        ]
        if span:
            yield translate(words.RECEPTION), " ".join(span)
    if capacity := definition.capacity:
        places = capacity.places
        number = str(places) if isinstance(places, int) else str(sum(places.places.values()))
        lottery = f"（{translate(words.LOTTERY)}）" if capacity.lottery else ""
        yield translate(words.PLACES), f"{number}{lottery}"
    if limit := definition.limit:
        yield (
            translate(words.LIMIT),
            translate(words.TIMES_IN[limit.within]) % {"times": limit.times},
        )


class _Shown:
    def __init__(self, procedure: Procedure, department: Department, translate: Translate) -> None:
        self._definition: ProcedureDefinition = procedure.definition
        self._department = department
        self._t = translate
        #: where a resident with a card finds an answer already
        self._sources = procedure.prefill(TYPICAL)[1]
        self._carried = frozenset(
            name
            for name in procedure.field_ids
            if (each := procedure.field_at(name)) is not None
            and each.definition.profile
            and getattr(getattr(each, "kind", None), "carries", True)
        )
        self._fields: Mapping[str, d.FieldBase] = {
            field.id: field for section in self._definition.sections for field in section.fields
        }
        self._rows = {
            name: {inner.id: inner for inner in field.fields}
            for name, field in self._fields.items()
            if isinstance(field, d.GroupField)
        }

    def lines(self) -> Iterator[str]:
        definition, t = self._definition, self._t
        yield t(definition.title)
        yield t(definition.summary)
        yield ""
        yield from self._guide()
        yield from self._who()
        if definition.layout == "one_page":
            yield from ("", t(words.ONE_PAGE))
        for number, section in enumerate(definition.sections, 1):
            yield ""
            yield f"{number}. {t(section.title)}{self._when(section.when, {})}"
            if section.intro:
                yield _STEP + t(section.intro)
            for field in section.fields:
                yield from (_STEP + line for line in self._field(field, {}))
        yield from self._price()
        yield from self._attached()
        yield from self._afterwards()

    def _guide(self) -> Iterator[str]:
        guide, t = self._definition.guide, self._t
        if guide.cost:
            yield f"{t(words.COST)}: {t(guide.cost)}"
        if guide.time:
            yield f"{t(words.TIME)}: {t(guide.time)}"
        if guide.needs:
            yield f"{t(words.NEEDS)}:"
            yield from (f"  ・{t(need)}" for need in guide.needs)
        if guide.after:
            yield f"{t(words.AFTERWARDS)}: {t(guide.after)}"

    def _who(self) -> Iterator[str]:
        yield from (f"{label}: {told}" for label, told in who_may_apply(self._definition, self._t))

    def _field(self, field: d.FieldBase, row: Mapping[str, d.FieldBase]) -> Iterator[str]:
        t, when = self._t, self._when(field.when, row)
        if isinstance(field, d.NoteField):
            first, *others = t(field.label).splitlines()
            yield f"▪ {first}{when}"
            yield from (f"  {line}" for line in others)
            return
        yield f"■ {t(field.label)}{self._mark(field)}{when}"
        for line in self._about(field, row):
            yield f"  {line}"
        if isinstance(field, d.GroupField):
            for inner in field.fields:
                yield from (_STEP + line for line in self._field(inner, self._rows[field.id]))

    def _mark(self, field: d.FieldBase) -> str:
        if field.staff_only or isinstance(field, d.ComputedField):
            return ""
        return "　" + self._t(messages.REQUIRED if field.required else messages.OPTIONAL)

    def _about(self, field: d.FieldBase, row: Mapping[str, d.FieldBase]) -> Iterator[str]:
        """Everything that stands below a label."""
        t = self._t
        if field.staff_only:
            yield f"（{t(words.STAFF_ONLY)}）"
        if field.help:
            yield t(field.help)
        yield from self._known(field)
        yield from self._shape(field)
        for option in getattr(field, "options", ()):
            told = f"　{t(option.help)}" if option.help else ""
            yield f"○ {t(option.label)}{told}{self._when(option.when, row)}"
        if isinstance(field, d.YesNoField):
            yield f"○ {t(messages.YES)}　○ {t(messages.NO)}"
        elif isinstance(field, d.ConsentField):
            yield f"□ {t(messages.AGREED)}"
        if offered := self._offered(field):
            yield t(words.OFFERED) % {"answer": offered}
        yield from self._checks(field, row)

    def _known(self, field: d.FieldBase) -> Iterator[str]:
        if field.id in self._sources and self._fields.get(field.id) is field:
            source = self._t(messages.SOURCES[self._sources[field.id]])
            told = self._t(words.FIXED) % {"source": source} if field.fixed else source
            yield f"← {told}"
        elif field.id in self._carried and self._fields.get(field.id) is field:
            yield f"← {self._t(messages.SOURCES['earlier'])}"

    def _shape(self, field: d.FieldBase) -> Iterator[str]:
        t = self._t
        if isinstance(field, d.FileField):
            kinds = " / ".join(kind.upper() for kind in field.accept)
            yield t(messages.FILE_RULE) % {
                "kinds": kinds,
                "mb": field.max_mb,
                "files": field.max_files,
            }
        elif isinstance(field, d.ComputedField):
            yield t(words.COMPUTED)
        elif isinstance(field, d.GroupField) and isinstance(field.max_items, int):
            least = field.min_items if isinstance(field.min_items, int) else int(field.required)
            yield t(words.ROWS) % {"least": least, "most": field.max_items}
        elif isinstance(field, d.TextField | d.TextareaField):
            if field.example:
                yield t(words.EXAMPLE) % {"example": field.example}
            yield t(words.AT_MOST) % {"number": field.max_length}
        else:
            yield from self._limits(field)

    def _limits(self, field: d.FieldBase) -> Iterator[str]:
        """Numbers, days and times within which an answer must lie."""
        if not isinstance(field, d.LimitedField):
            return
        low, high = getattr(field, "min", None), getattr(field, "max", None)
        unit = self._t(getattr(field, "unit", None) or "")
        if str(high) == str(d.MAX_NUMBER):
            high = None
            low = None if str(low) == "0" else low
        given = [None if each is None else self._limit(each, unit) for each in (low, high)]
        if None not in given:
            yield "〜".join(each or "" for each in given)
        else:
            for pattern, limit in zip((words.FROM, words.UNTIL), given, strict=True):
                if limit is not None:
                    yield self._t(pattern) % {"moment": limit}
        if isinstance(field, d.PeriodField) and isinstance(field.max_days, int):
            yield self._t(words.MAX_DAYS) % {"number": field.max_days}

    def _limit(self, written: int | str, unit: str) -> str:
        """A limit as it is said: a value, a day counted from today, or that it depends."""
        if not is_expression(written):
            return f"{written}{unit}"
        if written == "today":
            return self._t(words.TODAY)
        if found := _FROM_TODAY.fullmatch(written):
            number = int(found["number"])
            pattern = words.FROM_TODAY[found["unit"], number >= 0]
            return self._t(pattern) % {"number": abs(number)}
        return self._t(words.DEPENDING)

    def _checks(self, field: d.FieldBase, row: Mapping[str, d.FieldBase]) -> Iterator[str]:
        """What is refused at a field, because of its own limits or of other answers."""
        for message in (getattr(field, "min_message", None), getattr(field, "max_message", None)):
            if message:
                yield f"✕ {self._t(message)}"
        for check in self._definition.checks:
            if check.field == field.id and self._fields.get(field.id) is field:
                yield f"✕ {self._t(check.message)}{self._when(check.when, row)}"

    def _offered(self, field: d.FieldBase) -> str:
        """What is filled in at first."""
        default = getattr(field, "default", None)
        if default is None:
            return ""
        if isinstance(default, bool):
            return self._t(messages.YES if default else messages.NO)
        labels = {option.value: self._t(option.label) for option in getattr(field, "options", ())}
        chosen = default if isinstance(default, tuple) else (default,)
        return "、".join(labels.get(each, str(each)) for each in chosen)

    def _price(self) -> Iterator[str]:
        yield from ("", self._t(words.COST))
        fees = self._definition.fees
        if fees is None:
            yield _STEP + self._t(words.FREE)
            return
        told = fees_told(fees, self._fields, self._rows, self._definition.tables, self._t)
        yield from (_STEP + line for line in told)

    def _attached(self) -> Iterator[str]:
        """All that has to be attached, at one glance."""
        files = [
            (field, row)
            for name, each in self._fields.items()
            for field, row in (
                (each, {}),
                *((inner, self._rows[name]) for inner in self._rows.get(name, {}).values()),
            )
            if isinstance(field, d.FileField) and not field.staff_only
        ]
        if files:
            yield from ("", self._t(words.ATTACHED))
        for field, row in files:
            yield f"{_STEP}{self._t(field.label)}{self._mark(field)}{self._when(field.when, row)}"

    def _afterwards(self) -> Iterator[str]:
        definition, t = self._definition, self._t
        outcome, told = definition.outcome, []
        if definition.guide.after:
            told.append(t(definition.guide.after))
        if outcome and outcome.decide:
            told.append(t(words.DECIDED))
        told += [f"・{t(step.title)}{self._when(step.when, {})}" for step in definition.review]
        if outcome and outcome.issue:
            told.append(t(words.ISSUED))
        if outcome and outcome.hold_when:
            told.append(t(words.HELD))
        if definition.processing_days and not definition.guide.says_when:
            told.append(t(words.DAYS) % {"number": definition.processing_days})
        yield from ("", t(words.AFTERWARDS), *(_STEP + line for line in told))
        where = (self._department.title, self._department.place, self._department.phone)
        yield from ("", t(words.CONTACT), _STEP + "　".join(t(part) for part in where if part))

    def _when(self, condition: str | None, row: Mapping[str, d.FieldBase]) -> str:
        told = condition_in_words(condition, {**self._fields, **row}, self._t)
        return f"　［{told}］" if told else ""
