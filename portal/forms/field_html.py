"""Fields and groups as HTML in one language, with slots for what changes from person to person."""

from dataclasses import dataclass

from foundation.wording import Translate
from portal.forms import messages, prose
from portal.forms.compiled import AnyCompiled, CompiledField, CompiledGroup
from portal.forms.fields import YenField
from portal.forms.html import INDEX, ControlHtml, Fragment, control_id, escaped, slot
from portal.forms.kinds.others import NoteKind
from portal.forms.posted import ROW_MARK


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


def field_html(
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
class GroupHtml:
    """A group in one language; the button that adds a row stands apart."""

    whole: Fragment
    row: Fragment
    add: str


def group_html(each: CompiledGroup, translate: Translate, watched: str | None) -> GroupHtml:
    """A group written in one language."""
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
    return GroupHtml(Fragment(whole), Fragment(row), add)
