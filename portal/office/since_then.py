"""What became of a procedure since an application of it was begun, for whoever decides on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from portal.forms import Catalogue, Procedure
from portal.forms.versions import Change, changes

#: The steps of a change's place that are words of the language of definitions.
_STEPS: dict[str, object] = {
    "sections": _l("入力のページ"),
    "fees": _l("料金"),
    "checks": _l("入力の確かめ"),
    "guide": _l("案内"),
    "notices": _l("通知の文"),
    "review": _l("審査の段階"),
    "reception": _l("受付期間"),
    "capacity": _l("定員"),
    "tables": _l("料金などの表"),
    "title": _l("名前"),
    "label": _l("質問の文"),
    "help": _l("説明"),
    "amount": _l("金額"),
    "when": _l("条件"),
    "required": _l("必須"),
    "processing_days": _l("処理の期限（標準処理期間）"),
    "order": _l("順番"),
}


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was; its place as people of the office call it."""

    place: Sequence[object]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class SinceThen:
    """A procedure that is another one today, or none any more."""

    #: whether the city still offers it
    is_offered: bool
    differences: Sequence[Difference]


def since_then(begun_with: Procedure, catalogue: Catalogue) -> SinceThen | None:
    """None where today's definition is the one that the application was begun with.

    One that was begun while the procedure was eased (災害) counts as today's too.
    """
    today = catalogue.procedures.get(begun_with.id)
    if today is None:
        return SinceThen(False, ())
    if begun_with.checksum in (today.checksum, today.in_surge.checksum):
        return None
    found = changes(begun_with.definition, today.definition)
    return SinceThen(True, [_in_words(each, begun_with, today) for each in found])


def _in_words(change: Change, before: Procedure, after: Procedure) -> Difference:
    titles = {**_titles(before), **_titles(after)}
    steps = [titles.get(step) or _STEPS.get(step, step) for step in change.place]
    return Difference(steps, change.before, change.after)


def _titles(procedure: Procedure) -> dict[str, str]:
    """What sections and questions are called, by their ids."""
    found = {section.id: section.title for section in procedure.definition.sections}
    for section in procedure.definition.sections:
        found |= {field.id: field.label for field in section.fields}
    return found
