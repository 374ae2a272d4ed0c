"""What is wrong with fees beyond their shape."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.definition import ProcedureDefinition
from portal.forms.expressions import Expression
from portal.forms.fees import FeeLine, Fees, Reduction, exact
from portal.forms.problems import Problem, suggest
from portal.forms.source import Place, Source

#: Keys of fees whose expressions give a whole number.
NUMBERS = ("amount", "quantity", "at_least", "at_most", "times", "percent", "yen")
#: ``ground != "none"``: true as well where nobody was asked for the ground.
_NEGATED = re.compile(r"""(?<![\w.])([a-z]\w*)\s*!=\s*["']""")
#: Kinds of fields by which rows can be put in order.
_ORDERED = ("date", "integer", "yen", "decimal", "computed")


def expressions_of_fees(fees: Fees | None) -> Iterator[tuple[Place, str]]:
    """The expressions of all lines and reductions, and where they stand."""
    for number, line in enumerate(fees.lines if fees else ()):
        here: Place = ("fees", "lines", number)
        yield from _of(here, line, ("amount", "quantity", "when", "at_least", "at_most"))
        for index, factor in enumerate(line.factors):
            yield from _of((*here, "factors", index), factor, ("when", "times", "percent", "yen"))
    for number, reduction in enumerate(fees.reductions if fees else ()):
        yield from _of(("fees", "reductions", number), reduction, ("when", "percent"))


def _of(place: Place, model: object, keys: Sequence[str]) -> Iterator[tuple[Place, str]]:
    for key in keys:
        value = getattr(model, key)
        if isinstance(value, str) and (key not in ("times", "percent") or exact(value) is None):
            yield (*place, key), value


@dataclass(frozen=True)
class FeeCheck:
    """The checks of the fees of one procedure."""

    definition: ProcedureDefinition
    fees: Fees
    fields: Mapping[str, AnyCompiled]
    accounts: set[str]
    #: the fields as written, so that one that is wrong itself isn't unknown as well
    raw_ids: set[str]
    source: Source

    def problems(self) -> Iterator[Problem]:
        yield from self._twice()
        for number, line in enumerate(self.fees.lines):
            here: Place = ("fees", "lines", number)
            yield from self._line(line, here)
            yield from self._rows(line, here)
            yield from self._limits(line, here)
        for number, reduction in enumerate(self.fees.reductions):
            yield from self._reduction(reduction, ("fees", "reductions", number))
        for place, written in expressions_of_fees(self.fees):
            if place[-1] == "when" and _never(written):
                yield self.source.problem(
                    place, "it can never apply", "a condition, or leave it out"
                )
        decided = self.definition.outcome and self.definition.outcome.decide
        if self.fees.collect == "on_approval" and not decided:
            yield self.source.problem(
                ("fees", "collect"),
                "collected on approval, and nobody approves anything",
                "add “outcome: {decide: approve_or_reject}”",
            )

    def _twice(self) -> Iterator[Problem]:
        for what, key, ids in (
            ("fee lines", "lines", [line.id for line in self.fees.lines]),
            ("reductions", "reductions", [each.id for each in self.fees.reductions]),
        ):
            for name, times in Counter(ids).items():
                if times > 1:
                    yield self.source.problem(
                        ("fees", key),
                        f"{times} {what} are called “{name}”",
                        "an id of its own for each",
                    )

    def _line(self, line: FeeLine, here: Place) -> Iterator[Problem]:
        if line.account not in self.accounts:
            yield self.source.problem(
                (*here, "account"),
                f"unknown account “{line.account}”",
                suggest(line.account, self.accounts),
            )
        for key in ("amount", "quantity", "at_least", "at_most"):
            value = getattr(line, key)
            if isinstance(value, int) and value < 0:
                yield self.source.problem((*here, key), f"{key} is {value}", "0 or more")
        if line.free is not None and self.definition.identity.sign_in not in ("card", "email"):
            yield self.source.problem(
                (*here, "free"),
                "what a person had free can't be counted without a sign-in",
                "identity: {sign_in: card} or {sign_in: email}",
            )

    def _rows(self, line: FeeLine, here: Place) -> Iterator[Problem]:
        groups = {
            name: each for name, each in self.fields.items() if isinstance(each, CompiledGroup)
        }
        if line.each is not None and line.each not in groups and line.each not in self.raw_ids:
            yield self.source.problem(
                (*here, "each"), f"“{line.each}” is no group", suggest(line.each, groups)
            )
        if line.rank_by is None:
            return
        if line.each is None:
            yield self.source.problem(
                (*here, "rank_by"), "a rank without rows", "add “each:” with a group"
            )
            return
        inner = groups[line.each].fields if line.each in groups else ()
        types = {each.id: getattr(each.definition, "type", "") for each in inner}
        if inner and types.get(line.rank_by) not in _ORDERED:
            fitting = [name for name, type_ in types.items() if type_ in _ORDERED]
            yield self.source.problem(
                (*here, "rank_by"),
                f"“{line.rank_by}” is no date or number of “{line.each}”",
                suggest(line.rank_by, fitting),
            )
        if "rank" in types or "rank" in self.fields:
            yield self.source.problem(
                (*here, "rank_by"), "a field is called “rank” too", "another id for the field"
            )

    def _limits(self, line: FeeLine, here: Place) -> Iterator[Problem]:
        least, most = line.at_least, line.at_most
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield self.source.problem(
                (*here, "at_most"), f"at_least {least} is more than at_most {most}", "less or equal"
            )
        step = line.round.to if line.round else 1
        for key, value in (("at_least", least), ("at_most", most)):
            if isinstance(value, int) and value % step:
                yield self.source.problem(
                    (*here, key), f"{key} is {value}", f"a multiple of {step}, as it is rounded"
                )

    def _may_be_unasked(self, name: str) -> bool:
        """Whether there are applications in which nobody sees the question."""
        return any(
            section.when or each.when or not each.required
            for section in self.definition.sections
            for each in section.fields
            if each.id == name
        )

    def _reduction(self, each: Reduction, here: Place) -> Iterator[Problem]:
        known = [line.id for line in self.fees.lines]
        for index, name in enumerate(each.lines or ()):
            if name not in known:
                yield self.source.problem(
                    (*here, "lines", index), f"unknown line “{name}”", suggest(name, known)
                )
        for name in _NEGATED.findall(each.when):
            if self._may_be_unasked(name) and f"answered({name})" not in each.when:
                yield self.source.problem(
                    (*here, "when"),
                    f"it holds while “{name}” is not asked at all",
                    f"answered({name}) && …",
                )
        if each.approval and self.fees.collect != "on_approval":
            yield self.source.problem(
                (*here, "approval"),
                f"granted on approval, and collected {self.fees.collect}",
                "fees: {collect: on_approval}",
            )
        if each.evidence is None:
            return
        proof = self.fields.get(each.evidence)
        asks = [
            name
            for name, one in self.fields.items()
            if isinstance(one, CompiledField) and one.kind.asks
        ]
        if each.evidence not in asks and (proof is not None or each.evidence not in self.raw_ids):
            yield self.source.problem(
                (*here, "evidence"),
                f"“{each.evidence}” is no question of a section",
                suggest(each.evidence, asks),
            )


def _never(written: str) -> bool:
    """Whether a condition is false whatever the answers are."""
    expression = Expression(written)
    return not expression.names and not expression.calls and not expression.holds({})
