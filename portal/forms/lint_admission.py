"""What the shape of “who may, when, how many and how often” can't show."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from portal.forms.acting import ACTING, offered
from portal.forms.compiled import AnyCompiled, CompiledField
from portal.forms.definition import ProcedureDefinition
from portal.forms.fields import ChoiceField, FieldBase
from portal.forms.places import MOST_TAKEN
from portal.forms.problems import Problem, suggest
from portal.forms.reception import Capacity, Places, has_sense
from portal.forms.source import Place, Source

#: Who can be counted without being asked for anything else.
_KNOWN_BY = ("card", "email")


def admission_problems(
    definition: ProcedureDefinition,
    fields: Mapping[str, AnyCompiled],
    raw_ids: Collection[str],
    source: Source,
) -> Iterator[Problem]:
    """All problems, at the lines on which they stand.

    ``raw_ids`` are fields that the file means to define; what is wrong with them is told there.
    """
    check = _Check(definition, fields, raw_ids, source)
    yield from check.reception()
    yield from check.places()
    yield from check.limit()
    yield from check.applicants()
    yield from check.afterwards()


class _Check:
    def __init__(
        self,
        definition: ProcedureDefinition,
        fields: Mapping[str, AnyCompiled],
        raw_ids: Collection[str],
        source: Source,
    ) -> None:
        self._definition = definition
        self._fields = fields
        self._raw_ids = raw_ids
        self._source = source

    def reception(self) -> Iterator[Problem]:
        reception = self._definition.reception
        if reception is None:
            return
        if reception.others_from and not has_sense(reception):
            yield self._source.problem(
                ("reception", "others_from"),
                f"others may apply from {reception.others_from}, outside of the reception",
                "a moment after opens and before closes",
            )

    def places(self) -> Iterator[Problem]:
        capacity = self._definition.capacity
        if capacity is None:
            return
        if isinstance(capacity.places, Places):
            yield from self._places_by_option(capacity.places)
        takes = capacity.takes
        if takes is not None and takes.isdecimal() and not 1 <= int(takes) <= MOST_TAKEN:
            yield self._source.problem(
                ("capacity", "takes"), f"takes is {takes}", f"from 1 to {MOST_TAKEN}"
            )
        reception = self._definition.reception
        if capacity.lottery and (reception is None or reception.closes is None):
            yield self._source.problem(
                ("capacity", "lottery"),
                "a lottery without an end of the reception",
                "add “reception: {closes: …}”: the lots are drawn after it",
            )
        if self._definition.booking is not None:
            yield self._source.problem(
                ("capacity",),
                "places in a procedure that books a room",
                "leave out “capacity:”: the room has its slots",
            )
        yield from self._money_for_a_wait(capacity)

    def _places_by_option(self, places: Places) -> Iterator[Problem]:
        place: Place = ("capacity", "places", "by")
        each = self._fields.get(places.by)
        if each is None:
            if places.by not in self._raw_ids:
                right = suggest(places.by, self._fields)
                yield self._source.problem(place, f"unknown field “{places.by}”", right)
            return
        field = each.definition
        if not isinstance(field, ChoiceField):
            yield self._source.problem(
                place,
                f"“{places.by}” is a {_type(field)} field",
                "a choice field: each of its options has places",
            )
            return
        options = [option.value for option in field.options]
        for option in options:
            if option not in places.places:
                yield self._source.problem(
                    ("capacity", "places", "places"),
                    f"option “{option}” of “{places.by}” has no places",
                    f"add “{option}: …”, 0 for none",
                )
        for name in places.places:
            if name not in options:
                yield self._source.problem(
                    ("capacity", "places", "places", name),
                    f"“{name}” is no option of “{places.by}”",
                    suggest(name, options),
                )

    def _money_for_a_wait(self, capacity: Capacity) -> Iterator[Problem]:
        fees = self._definition.fees
        if fees is None or fees.collect != "on_submit":
            return
        for key, wanted in (("waiting", capacity.waiting > 0), ("lottery", capacity.lottery)):
            if wanted:
                yield self._source.problem(
                    ("capacity", key),
                    f"{key} with a fee that is collected on submission",
                    "“collect: on_approval” or “at_counter”: nobody pays for a wait",
                )

    def limit(self) -> Iterator[Problem]:
        limit = self._definition.limit
        if limit is None:
            return
        for number, name in enumerate(limit.of):
            each = self._fields.get(name)
            place: Place = ("limit", "of", number)
            if each is None and name not in self._raw_ids:
                yield self._source.problem(
                    place, f"unknown field “{name}”", suggest(name, self._fields)
                )
            elif isinstance(each, CompiledField) and (
                not each.kind.asks or _type(each.definition) in ("file", "consent")
            ):
                yield self._source.problem(
                    place,
                    f"“{name}” is a {_type(each.definition)} field",
                    "fields that say whom it is for",
                )
        sign_in = self._definition.identity.sign_in
        if not limit.of and sign_in not in _KNOWN_BY:
            yield self._source.problem(
                ("limit",),
                f"a limit with “sign_in: {sign_in}”: nobody to count",
                "“of: […]” with the fields that say whom it is for, or “sign_in: card” or “email”",
            )

    def applicants(self) -> Iterator[Problem]:
        kinds = offered(self._definition.applicants)
        for kind, times in Counter(kinds).items():
            if times > 1:
                yield self._source.problem(
                    ("applicants", "for"), f"“{kind}” stands {times} times", "each once"
                )
        for name in sorted(self._raw_field_ids()):
            if name == ACTING or name.startswith(ACTING + "_"):
                yield self._source.problem(
                    ("sections",),
                    f"a field is called “{name}”",
                    "another id: “applicants:” makes the engine ask for whom it is",
                )

    def afterwards(self) -> Iterator[Problem]:
        """Steps of the review, and what a surge relaxes."""
        for name, times in Counter(step.id for step in self._definition.review).items():
            if times > 1:
                yield self._source.problem(
                    ("review",), f"{times} steps are called “{name}”", "an id of its own for each"
                )
        surge = self._definition.surge
        for number, name in enumerate(surge.optional if surge is not None else ()):
            if name not in self._fields and name not in self._raw_ids:
                yield self._source.problem(
                    ("surge", "optional", number),
                    f"unknown field “{name}”",
                    suggest(name, self._fields),
                )

    def _raw_field_ids(self) -> set[str]:
        """The fields that the file itself asks for."""
        content = self._source.content if isinstance(self._source.content, dict) else {}
        sections = content.get("sections")
        return {
            str(field.get("id"))
            for section in (sections if isinstance(sections, list) else ())
            if isinstance(section, dict)
            for field in section.get("fields") or ()
            if isinstance(field, dict)
        }


def _type(field: FieldBase) -> str:
    """What kind of field it is, in the word of the definition."""
    return str(getattr(field, "type", ""))
