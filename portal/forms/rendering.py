"""Fields as HTML: written once for each language, then filled by joins."""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.wording import Translate
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup, CompiledSection
from portal.forms.evaluated import Evaluation
from portal.forms.field_html import FieldHtml, GroupHtml, field_html, group_html
from portal.forms.html import INDEX, control_id
from portal.forms.kinds.base import say
from portal.forms.kinds.choices import Optioned, OptionRoom, room_slots
from portal.forms.kinds.others import ComputedKind, FileKind
from portal.forms.known_rows import known_html, known_in_row
from portal.forms.posted import Posted
from portal.forms.prefilled import prefilled, source_and_change
from portal.forms.reading import settled
from portal.forms.results import Answers, FieldError, Form


class Pages:
    """All fields of a procedure in one language. Immutable once made."""

    def __init__(
        self, sections: Sequence[CompiledSection], watched: Mapping[str, str], translate: Translate
    ) -> None:
        self._translate = translate
        self._watched = watched
        self._fields: dict[str, FieldHtml] = {}
        self._groups: dict[str, GroupHtml] = {}
        for section in sections:
            for each in section.fields:
                if isinstance(each, CompiledGroup):
                    self._groups[each.id] = group_html(each, translate, watched.get(each.id))
                    for inner in each.fields:
                        path = f"{each.id}.{INDEX}.{inner.id}"
                        self._fields[path] = self._written(inner, path)
                else:
                    self._fields[each.id] = self._written(each, each.id)

    def _written(self, each: CompiledField, path: str) -> FieldHtml:
        return field_html(each, path, self._translate, self._watched.get(each.id))

    def section(
        self,
        section: CompiledSection,
        answers: Answers,
        evaluation: Evaluation,
        raw: Form | None,
        errors: Sequence[FieldError],
        sources: Mapping[str, str],
        edit: frozenset[str],
        room: Mapping[str, Mapping[str, OptionRoom]],
    ) -> str:
        """The fields of a section that are there, one after the other."""
        wrong: dict[str, list[FieldError]] = {}
        for error in errors:
            wrong.setdefault(error.path, []).append(error)
        fill = _Filling(self, answers, evaluation, raw, wrong, self._translate, room)
        html = []
        for each in section.fields:
            if each.id not in evaluation.visible:
                continue
            source = sources.get(each.id)
            if source and self._is_text(each, source, evaluation, raw, wrong, edit):
                html.append(prefilled(each, evaluation.answers[each.id], source, self._translate))
            elif isinstance(each, CompiledGroup):
                source = None if each.id in edit else source
                html.append(fill.group(each, self._groups[each.id], source))
            else:
                html.append(fill.field(each, each.id, self._fields[each.id], answers))
        return "\n".join(html)

    def _is_text(
        self,
        each: AnyCompiled,
        source: str,
        evaluation: Evaluation,
        raw: Form | None,
        wrong: Mapping[str, Any],
        edit: frozenset[str],
    ) -> bool:
        """Whether an answer with a source is shown as text, with a link to change it."""
        if each.id not in evaluation.answers:
            return False
        start = each.id + "."
        if any(path == each.id or path.startswith(start) for path in wrong):
            return settled(each, source)
        if any(found.path == each.id or found.path.startswith(start) for found in evaluation.found):
            return False
        if settled(each, source):
            return True
        if each.id in edit:
            return False
        return raw is None or not any(name == each.id or name.startswith(start) for name in raw)

    def field(self, path: str) -> FieldHtml:
        return self._fields[path]


class _Filling:
    """One page being filled."""

    def __init__(
        self,
        pages: Pages,
        answers: Answers,
        evaluation: Evaluation,
        raw: Form | None,
        wrong: Mapping[str, list[FieldError]],
        translate: Translate,
        room: Mapping[str, Mapping[str, OptionRoom]],
    ) -> None:
        self._pages = pages
        self._room = room
        self._answers = answers
        self._evaluation = evaluation
        self._raw = raw
        self._wrong = wrong
        self._translate = translate
        self._typed = None if raw is None else Posted(raw, {}, None)

    def field(self, each: CompiledField, path: str, html: FieldHtml, answers: Answers) -> str:
        kind = each.kind
        value = answers.get(each.id)
        errors = self._wrong.get(path)
        posted: Mapping[str, Sequence[str]] = {}
        if self._typed is not None:
            self._typed.prefix = path[: -len(each.id)]
            posted = self._typed.controls(each)
        if not posted:
            offered = value if each.id in answers else each.default
            posted = {} if offered is None else kind.shown(offered)
            if self._evaluation.situation.wareki:
                posted = kind.in_wareki(posted)
        if html.blank is not None and not posted and not errors and path not in self._room:
            return html.blank
        slots = kind.slots(posted)
        if path in self._room:
            slots |= room_slots(self._room[path], posted.get("", ()), self._translate)
        if html.blank is None:
            slots |= self._said_by_others(each, path, value)
        if not errors:
            return html.good.fill(slots)
        return html.bad.fill({**slots, **_error_slots(each, path, html, errors)})

    def _said_by_others(self, each: CompiledField, path: str, value: Any) -> dict[str, str]:
        """What goes into a field because of other answers, or of files that are stored."""
        kind = each.kind
        if isinstance(kind, Optioned):
            scope = self._evaluation.situation.scope
            hidden = [name for name, when in kind.conditions.items() if not when.holds(scope)]
            return {f"h:{name}": " hidden" for name in hidden} | {
                f"d:{name}": " disabled" for name in hidden
            }
        if isinstance(kind, ComputedKind):
            known = self._evaluation.answers.get(each.id)
            return {"computed": say(kind.words(known, self._translate))}
        if isinstance(kind, FileKind):
            names = kind.shown(value).get("", [])
            return {"files": kind.file_list(names, path, self._translate)}
        return {}

    def group(self, each: CompiledGroup, html: GroupHtml, source: str | None = None) -> str:
        """All rows; what ``source`` knows of them stands as text."""
        stored = self._answers.get(each.id)
        known = stored if isinstance(stored, list) else []
        rows = [row if isinstance(row, Mapping) else {} for row in known]
        least, most = each.bounds(self._evaluation.situation.scope)
        if self._raw is not None and each.id in self._raw:
            count = len(Posted(self._raw, {}, None).indices(each))
        else:
            count = len(rows) if stored is not None else least
        count = max(count, min(1, least))
        items, told = [], False
        for number in range(min(count, most)):
            answers = rows[number] if number < len(rows) else {}
            as_text = known_in_row(each, number, self._evaluation, self._raw, source)
            told = told or bool(as_text)
            fields = [self._known(each, number, as_text)] if as_text else []
            for inner in each.fields:
                if inner.id in as_text:
                    continue
                path = f"{each.id}.{number}.{inner.id}"
                # A row that nobody has sent yet shows what has no condition.
                new = number >= len(rows) and inner.when is None
                if path in self._evaluation.visible or new:
                    template = self._pages.field(f"{each.id}.{INDEX}.{inner.id}")
                    fields.append(self.field(inner, path, template, answers))
            row = html.row.fill({"number": str(number + 1), "fields": "\n".join(fields)})
            items.append(row.replace(INDEX, str(number)))
        errors = self._wrong.get(each.id, ())
        return html.whole.fill(
            {
                "e": " field--error" if errors else "",
                "x": _error_html(each.id, errors),
                "rows": "\n".join(items),
                "known": source_and_change(each, source, self._translate) if told else "",
                "add": html.add if count < most else "",
            }
        )

    def _known(self, each: CompiledGroup, number: int, known: Mapping[str, Any]) -> str:
        posted: dict[str, Mapping[str, Sequence[str]]] = {}
        if self._typed is not None:
            self._typed.prefix = f"{each.id}.{number}."
            posted = {one.id: self._typed.controls(one) for one in each.fields}
        return known_html(each, number, known, posted, self._translate)


def _error_slots(
    each: CompiledField, path: str, html: FieldHtml, errors: Sequence[FieldError]
) -> dict[str, str]:
    """The message, and which controls it is about: those named, or all."""
    slots = {"e": " field--error", "x": _error_html(path, errors)}
    controls = each.kind.controls
    if len(controls) == 1:
        slots[f"a:{controls[0]}"] = html.wrong
        return slots
    named = {error.control_id for error in errors}
    ids = {suffix: control_id(f"{path}.{suffix}" if suffix else path) for suffix in controls}
    some = named & set(ids.values())
    for suffix, identity in ids.items():
        marked = identity in some if some else True
        slots[f"a:{suffix}"] = html.wrong if marked else html.right
    return slots


def _error_html(path: str, errors: Sequence[FieldError]) -> str:
    if not errors:
        return ""
    sentences = "<br>".join([say(error.message) for error in errors])
    return f'<p class="field__error" id="{control_id(path)}-error">{sentences}</p>'
