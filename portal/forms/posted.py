"""A posted section as a source of answers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.forms import normalise
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.evaluation import Stored
from portal.forms.kinds.base import FOREIGN, Reading, Situation
from portal.forms.kinds.others import FileKind
from portal.forms.results import Action, Answers, Form

#: The mark of a row in a group: a row of nothing but empty check boxes would vanish without it.
ROW_MARK = "_row"
#: Names the fields of a row that were shown as text.
KNOWN_MARK = "_known"
#: The names of the buttons that do anything but go on.
_BUTTONS = frozenset({"_add", "_remove", "_lookup", "_refresh"})
#: Values of one control that are looked at; the longest list of options is far shorter.
MOST_VALUES = 500
_INDEX = re.compile(r"0|[1-9][0-9]{0,3}")

#: What the caller stored of the uploaded files, by control name.
Uploads = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Command:
    """What the pressed button asks for."""

    action: Action = "continue"
    #: the group, file field or address
    target: str = ""
    #: the row or file to remove
    index: int = 0


def command_of(form: Form, fields: Sequence[AnyCompiled]) -> Command:
    """The button among those that the section has; anything else continues."""
    if _BUTTONS.isdisjoint(form):
        return Command()
    groups = {each.id: each for each in fields if isinstance(each, CompiledGroup)}
    added = _first(form, "_add")
    if added in groups:
        return Command("add", added)
    target, _, number = _first(form, "_remove").rpartition(".")
    if target and _INDEX.fullmatch(number) and _removable(target, fields):
        return Command("remove", target, int(number))
    looked_up = _first(form, "_lookup")
    if "_refresh" in form:
        return Command("refresh", looked_up)
    return Command("lookup", looked_up) if looked_up else Command()


def _removable(target: str, fields: Sequence[AnyCompiled]) -> bool:
    head, _, rest = target.partition(".")
    each = next((one for one in fields if one.id == head), None)
    if isinstance(each, CompiledGroup):
        if not rest:
            return True
        index, _, inner = rest.partition(".")
        names = {one.id for one in each.fields if isinstance(one.kind, FileKind)}
        return bool(_INDEX.fullmatch(index)) and inner in names
    return isinstance(each, CompiledField) and isinstance(each.kind, FileKind) and not rest


def _first(form: Form, name: str) -> str:
    values = form.get(name)
    return str(values[0]) if values else ""


@dataclass
class PostedRow:
    """One row of a group as posted."""

    #: what stands before its controls' names: ``children.3.``
    prefix: str
    #: the row of the stored answers that was shown there
    stored: dict[str, Any]


@dataclass
class Posted:
    """The controls of one form, over the answers that are stored.

    Fields of other sections, fields that were shown as text and attachments come from the store.
    """

    form: Form
    answers: Answers
    #: ids of the fields that the post is about; None within a row, where it is about all
    fields: frozenset[str] | None
    #: fields whose stored answer can't be changed by a post
    fixed: frozenset[str] = frozenset()
    #: fields whose stored answer is from the card or the register; a group's are those of its rows
    known: frozenset[str] = frozenset()
    uploads: Uploads = field(default_factory=dict)
    command: Command = Command()
    prefix: str = ""

    def reading(self, each: CompiledField, situation: Situation) -> Reading:
        if self.fields is not None and each.id not in self.fields:
            return Stored(self.answers).reading(each, situation)
        if each.file is not None:
            return self._files(each, situation)
        controls = self.controls(each)
        if each.id in self.fixed or (not controls and each.definition.profile):
            return Stored(self.answers).reading(each, situation)
        reading = each.kind.read(controls, situation)
        previous = self.answers.get(each.id)
        if each.id in self.known and controls:
            emptied = each.kind.emptied(previous, controls, required=each.required)
            told = {complaint.suffix for complaint in reading.complaints}
            new = tuple(complaint for complaint in emptied if complaint.suffix not in told)
            if new:
                return Reading(None, reading.complaints + new)
        if reading.value is None:
            return reading
        value = each.kind.carried(previous, reading.value)
        return reading if value is reading.value else Reading(value, reading.complaints)

    def controls(self, each: CompiledField) -> dict[str, Sequence[str]]:
        """What was posted for a field, by control suffix."""
        found: dict[str, Sequence[str]] = {}
        for suffix, name in each.control_names:
            values = self.form.get(self.prefix + name)
            if values is not None:
                found[suffix] = values if len(values) <= MOST_VALUES else values[:MOST_VALUES]
        return found

    def answered(self, field_id: str) -> bool:
        return self.fields is None or field_id in self.fields or field_id in self.answers

    def rows(self, group: CompiledGroup) -> Sequence["Posted | Stored"] | None:
        if not self.is_about(group):
            return Stored(self.answers).rows(group)
        return [
            Posted(
                self.form,
                row.stored,
                None,
                known=frozenset(row.stored) if group.id in self.known else frozenset(),
                uploads=self.uploads,
                command=self.command,
                prefix=row.prefix,
            )
            for row in self.posted_rows(group)
        ]

    def posted_rows(self, group: CompiledGroup) -> list[PostedRow]:
        """The rows in their order, after a removal and without blank rows at the end."""
        before = self.answers.get(group.id)
        known = before if isinstance(before, list) else []
        rows = []
        for index in self.indices(group):
            kept = known[index] if index < len(known) else {}
            stored = dict(kept) if isinstance(kept, Mapping) else {}
            rows.append(PostedRow(f"{group.id}.{index}.", stored))
        if self.command.action == "remove" and self.command.target == group.id:
            rows = [row for n, row in enumerate(rows) if n != self.command.index]
        if self.command.action == "continue":
            while len(rows) > group.min_items and self._blank(group, rows[-1]):
                rows.pop()
        return rows

    def indices(self, group: CompiledGroup) -> list[int]:
        """The numbers of the rows that were posted, one more than allowed at most."""
        start = group.id + "."
        found = set()
        for name in self.form:
            if name.startswith(start):
                number = name[len(start) :].partition(".")[0]
                if _INDEX.fullmatch(number):
                    found.add(int(number))
        return sorted(found)[: group.max_items + 1]

    def is_about(self, group: CompiledGroup) -> bool:
        """Whether the rows were on the page that was sent, and not shown as text from the store."""
        if self.fields is None or group.id not in self.fields:
            return False
        shown = group.id in self.form or bool(self.indices(group))
        return shown or not group.definition.profile or group.id not in self.answers

    def _blank(self, group: CompiledGroup, row: PostedRow) -> bool:
        """Whether nobody wrote anything into a row; what is preselected doesn't count."""
        preselected = {inner.id for inner in group.fields if inner.default is not None}
        for name, values in self.form.items():
            if not name.startswith(row.prefix):
                continue
            control, _, part = name[len(row.prefix) :].partition(".")
            if control in preselected or control in (ROW_MARK, KNOWN_MARK) or part.endswith("era"):
                continue
            if any(str(value).strip() for value in values):
                return False
        return not any(
            row.stored.get(inner.id) or self.uploads.get(row.prefix + inner.id)
            for inner in group.fields
            if isinstance(inner.kind, FileKind)
        )

    def _files(self, each: CompiledField, situation: Situation) -> Reading:
        """The stored attachments without the removed one, and the new ones."""
        kept = self.answers.get(each.id)
        files = (
            [file for file in kept if isinstance(file, Mapping)] if isinstance(kept, list) else []
        )
        name = self.prefix + each.id
        if self.command.action == "remove" and self.command.target == name:
            files = [file for n, file in enumerate(files) if n != self.command.index]
        files += self.uploads.get(name, ())
        if not files:
            return Reading()
        try:
            complaints = each.kind.check(files, situation)
        except (TypeError, ValueError, KeyError, AttributeError):
            complaints = FOREIGN
        if complaints:
            # One file too many must not cost the others: what was there before stays.
            return Reading(None, complaints)
        return Reading([dict(file) for file in files])


def tidy(text: str) -> str:
    """A posted text as it may be shown again."""
    if len(text) <= normalise.LIMIT and text.isprintable():
        return text
    return normalise.printable(text[: normalise.LIMIT])
