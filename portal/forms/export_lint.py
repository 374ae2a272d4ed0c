"""Names of columns that would stand twice in what is handed over to another system."""

from collections.abc import Iterator, Sequence
from typing import Final

from portal.forms.definition import ProcedureDefinition
from portal.forms.fields import FieldBase, GroupField, NoteField
from portal.forms.problems import Problem
from portal.forms.source import Place, Source

#: The first columns of every export; the same in every language, because a program reads them.
EXPORT_HEAD: Final = (
    "受付番号",
    "受付日時",
    "手続きID",
    "版",
    "様式の確認番号",
    "状態",
    "受付方法",
    "申請者",
    "支援措置",
    "料金合計",
)
#: The first columns of a table of rows: whose they are, and the row's number from 1.
ROWS_HEAD: Final = ("受付番号", "行")


def export_problems(definition: ProcedureDefinition, source: Source) -> Iterator[Problem]:
    """Two columns of one name in the table of applications, or in that of a group's rows."""
    placed: list[tuple[Place, FieldBase]] = []
    for number, section in enumerate(definition.sections):
        for index, field in enumerate(section.fields):
            place: Place = ("sections", number, "fields", index)
            if isinstance(field, GroupField):
                rows = [((*place, "fields", at), inner) for at, inner in enumerate(field.fields)]
                yield from _twice(rows, ROWS_HEAD, source)
            else:
                placed.append((place, field))
    yield from _twice(placed, EXPORT_HEAD, source)


def _twice(
    placed: Sequence[tuple[Place, FieldBase]], head: Sequence[str], source: Source
) -> Iterator[Problem]:
    seen = set(head)
    for place, field in placed:
        name = field.export or field.id
        # Two fields of one id are told elsewhere.
        if field.export is not None and name in seen:
            yield source.problem(
                (*place, "export"),
                f"another column is called “{name}”",
                "a name of its own for each column",
            )
        if not isinstance(field, NoteField):
            seen.add(name)
