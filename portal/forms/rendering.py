"""Fields as HTML: written once for each language, then filled by joins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.wording import Translate
from portal.forms import messages, prose
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup, CompiledSection
from portal.forms.evaluated import Evaluation
from portal.forms.fields import YenField
from portal.forms.html import INDEX, ControlHtml, Fragment, control_id, escaped, slot
from portal.forms.kinds.base import say
from portal.forms.kinds.choices import Optioned, full_slots
from portal.forms.kinds.others import ComputedKind, FileKind, NoteKind
from portal.forms.known_rows import known_html, known_in_row, source_and_change
from portal.forms.posted import ROW_MARK, Posted
from portal.forms.results import Answers, FieldError, Form


@dataclass(frozen=True)
class FieldHtml:
    """One field in one language, in both conditions that it can be in."""

    good: Fragment
    bad: Fragment
    #: attributes of the control that is wrong: the error described, aria-invalid
    wrong: str
    #: attributes of every other control: the help described
    right: str
    #: the whole field where nothing is answered; None where other answers have a say in it
    blank: str | None


class Pages:
    """All fields of a procedure in one language. Immutable once made."""

    def __init__(
        self, sections: Sequence[CompiledSection], watched: Mapping[str, str], translate: Translate
    ) -> None:
        self._translate = translate
        self._watched = watched
        self._fields: dict[str, FieldHtml] = {}
        self._groups: dict[str, _GroupHtml] = {}
        for section in sections:
            for each in section.fields:
                if isinstance(each, CompiledGroup):
                    self._groups[each.id] = _group_html(each, translate, watched.get(each.id))
                    for inner in each.fields:
                        path = f"{each.id}.{INDEX}.{inner.id}"
                        self._fields[path] = self._written(inner, path)
                else:
                    self._fields[each.id] = self._written(each, each.id)

    def _written(self, each: CompiledField, path: str) -> FieldHtml:
        return _field_html(each, path, self._translate, self._watched.get(each.id))

    def section(
        self,
        section: CompiledSection,
        answers: Answers,
        evaluation: Evaluation,
        raw: Form | None,
        errors: Sequence[FieldError],
        sources: Mapping[str, str],
        edit: frozenset[str],
        full: Mapping[str, Mapping[str, bool]],
    ) -> str:
        """The fields of a section that are there, one after the other."""
        wrong: dict[str, list[FieldError]] = {}
        for error in errors:
            wrong.setdefault(error.path, []).append(error)
        fill = _Filling(self, answers, evaluation, raw, wrong, self._translate, full)
        html = []
        for each in section.fields:
            if each.id not in evaluation.visible:
                continue
            if each.id in sources and self._is_text(each, evaluation, raw, wrong, edit):
                html.append(
                    prefilled(each, evaluation.answers[each.id], sources[each.id], self._translate)
                )
            elif isinstance(each, CompiledGroup):
                source = None if each.id in edit else sources.get(each.id)
                html.append(fill.group(each, self._groups[each.id], source))
            else:
                html.append(fill.field(each, each.id, self._fields[each.id], answers))
        return "\n".join(html)

    def _is_text(
        self,
        each: AnyCompiled,
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
            return each.definition.fixed
        if any(found.path == each.id or found.path.startswith(start) for found in evaluation.found):
            return False
        if each.definition.fixed:
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
        full: Mapping[str, Mapping[str, bool]],
    ) -> None:
        self._pages = pages
        self._full = full
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
        if html.blank is not None and not posted and not errors and path not in self._full:
            return html.blank
        slots = kind.slots(posted)
        if path in self._full:
            slots |= full_slots(self._full[path], posted.get("", ()), self._translate)
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

    def group(self, each: CompiledGroup, html: "_GroupHtml", source: str | None = None) -> str:
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
    named = {error.control_id for error in errors}
    slots = {"e": " field--error", "x": _error_html(path, errors)}
    controls = each.kind.controls
    if len(controls) == 1:
        slots[f"a:{controls[0]}"] = html.wrong
        return slots
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


def _field_html(
    each: CompiledField, path: str, translate: Translate, watched: str | None
) -> FieldHtml:
    """A field written in one language."""
    definition = each.definition
    label = translate(definition.label)
    identity = control_id(path)
    help_id = f"{identity}-help" if definition.help else None
    control = ControlHtml(path, label, definition.required, help_id, definition.width)
    help_html = ""
    if definition.help:
        text = escaped(translate(definition.help))
        help_html = f'<p class="field__help" id="{help_id}">{text}</p>'
    body = each.kind.html(control, translate)
    is_yen = isinstance(definition, YenField)
    unit = messages.YEN if is_yen else getattr(definition, "unit", None)
    if unit and each.kind.asks:
        body += f'<span class="field__suffix">{escaped(translate(unit))}</span>'
    refresh = f' data-refresh="{watched}"' if watched else ""
    if isinstance(each.kind, NoteKind):
        html = f'<div class="note" id="{identity}">{prose.html(label)}{help_html}</div>'
        return FieldHtml(Fragment(html), Fragment(html), "", "", html)
    title = escaped(label) + _mark(each, translate)
    if each.kind.composed:
        html = (
            f'<fieldset class="field{slot("e")}" id="{identity}"{refresh}{_described(help_id)}>'
            f'<legend class="field__label">{title}</legend>{help_html}{slot("x")}{body}</fieldset>'
        )
    else:
        html = (
            f'<div class="field{slot("e")}"{refresh}>'
            f'<label class="field__label" for="{identity}">{title}</label>'
            f"{help_html}{slot('x')}{body}</div>"
        )
    right = "" if each.kind.composed else _described(help_id)
    error_id = f"{identity}-error"
    ids = error_id if each.kind.composed or not help_id else f"{help_id} {error_id}"
    wrong = f'{_described(ids)} aria-invalid="true"'
    good = html.replace(slot("x"), "").replace(slot("e"), "")
    for suffix in each.kind.controls:
        good = good.replace(slot("a:" + suffix), right)
    fragment = Fragment(good)
    # What others have a say in: options with conditions, what is computed, the list of files.
    alone = not (each.computed or each.file or each.kind.expressions)
    blank = fragment.fill(each.kind.slots({})) if alone else None
    return FieldHtml(fragment, Fragment(html), wrong, right, blank)


def _described(ids: str | None) -> str:
    return f' aria-describedby="{ids}"' if ids else ""


def _mark(each: AnyCompiled, translate: Translate) -> str:
    """※必須 or 任意."""
    if isinstance(each, CompiledField) and not each.kind.asks:
        return ""
    if each.definition.required:
        return f' <span class="field__required">{escaped(translate(messages.REQUIRED))}</span>'
    return f' <span class="field__optional">{escaped(translate(messages.OPTIONAL))}</span>'


@dataclass(frozen=True)
class _GroupHtml:
    whole: Fragment
    row: Fragment
    add: str


def _group_html(each: CompiledGroup, translate: Translate, watched: str | None) -> _GroupHtml:
    definition = each.definition
    identity = control_id(each.id)
    help_html = ""
    if definition.help:
        text = escaped(translate(definition.help))
        help_html = f'<p class="field__help" id="{identity}-help">{text}</p>'
    described = _described(f"{identity}-help" if definition.help else None)
    word = translate(definition.item_label or messages.ROW_WORD)
    heading = escaped(translate(messages.ROW)) % {
        "label": escaped(word).replace("%", "%%"),
        "number": slot("number"),
    }
    remove = escaped(translate(messages.REMOVE))
    row = (
        f'<fieldset class="group__item" id="{identity}-{INDEX}">'
        f'<legend class="group__heading">{heading}</legend>'
        f'<input type="hidden" name="{each.id}.{INDEX}.{ROW_MARK}" value="1">{slot("fields")}'
        f'<button class="button button--secondary button--small" name="_remove"'
        f' value="{each.id}.{INDEX}" formnovalidate>{remove}'
        f'<span class="visually-hidden"> {heading}</span></button></fieldset>'
    )
    label = escaped(translate(messages.ADD) % {"label": word})
    add = (
        f'<button class="button button--secondary group__add" name="_add" value="{each.id}"'
        f" formnovalidate>{label}</button>"
    )
    refresh = f' data-refresh="{watched}"' if watched else ""
    table = " group--table" if definition.show == "table" else ""
    title = escaped(translate(definition.label)) + _mark(each, translate)
    whole = (
        f'<fieldset class="field group{table}{slot("e")}" id="{identity}" tabindex="-1"'
        f"{refresh}{described}>"
        f'<legend class="field__label">{title}</legend>{help_html}{slot("x")}'
        f'<input type="hidden" name="{each.id}" value="">'
        f"{slot('known')}{slot('rows')}{slot('add')}</fieldset>"
    )
    return _GroupHtml(Fragment(whole), Fragment(row), add)


def prefilled(each: AnyCompiled, value: Any, source: str, translate: Translate) -> str:
    """A known answer as text: what, from where, and the link that changes it."""
    label = escaped(translate(each.definition.label))
    found = answer_rows(each, value, translate)
    rows = "".join(
        f'<div class="prefilled__row"><dt>{say(row_label)}</dt>'
        f'<dd class="prefilled__value">{say(text).replace(chr(10), "<br>")}</dd></div>'
        if row_label
        else f'<dd class="prefilled__value">{say(text).replace(chr(10), "<br>")}</dd>'
        for row_label, text in found
    )
    if any(row_label for row_label, _ in found):
        # The parts have terms of their own: the label stands over their list.
        listed = f'<p class="field__label">{label}</p><dl class="prefilled__list">{rows}</dl>'
    else:
        listed = f'<dl class="prefilled__list"><dt class="field__label">{label}</dt>{rows}</dl>'
    return (
        f'<div class="field prefilled" id="{control_id(each.id)}">'
        f"{listed}{source_and_change(each, source, translate)}</div>"
    )


def answer_rows(each: AnyCompiled, value: Any, translate: Translate) -> list[tuple[str, str]]:
    """An answer in words: pairs of label (may be empty) and text."""
    if isinstance(each, CompiledField):
        return [(row.label, row.text) for row in each.kind.rows(value, translate)]
    rows = []
    # Apart from their page, rows without a word of their own need the group's.
    word = translate(each.definition.item_label or each.definition.label)
    for number, row in enumerate(value, start=1):
        heading = translate(messages.ROW) % {"label": word, "number": number}
        parts = []
        for inner in each.fields:
            if row.get(inner.id) is None:
                continue
            for one in inner.kind.rows(row[inner.id], translate):
                label = one.label or translate(inner.definition.label)
                parts.append(f"{label}: {one.text}")
        rows.append((heading, "\n".join(parts)))
    return rows
