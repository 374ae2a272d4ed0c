"""A posted section becomes answers, errors and what to do next."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from foundation.wording import Translate
from portal.forms import messages
from portal.forms.compiled import (
    AnyCompiled,
    CompiledCheck,
    CompiledField,
    CompiledGroup,
    CompiledSection,
)
from portal.forms.directories import NOTHING_KNOWN
from portal.forms.evaluated import Evaluation, Found
from portal.forms.evaluation import Functions, Stored, evaluate
from portal.forms.html import control_id
from portal.forms.kinds.base import Complaint
from portal.forms.postcode_search import OwnPlaces, search
from portal.forms.posted import (
    KNOWN_MARK,
    MOST_VALUES,
    ROW_MARK,
    Command,
    Posted,
    PostedRow,
    Uploads,
    command_of,
    tidy,
)
from portal.forms.results import Answers, Context, FieldError, Form, SectionPost

#: Sources that a ``fixed`` field believes more than the person.
AUTHORITIES = frozenset({"card", "card_and_register", "register"})


def settled(each: AnyCompiled, source: str | None) -> bool:
    """Whether what is known of a field stands, whatever the person says."""
    return each.definition.fixed and source in AUTHORITIES


def fixed_fields(
    fields: Sequence[AnyCompiled], sources: Mapping[str, str], answers: Answers
) -> frozenset[str]:
    """The fields that the card or the register has settled."""
    if not sources:
        return frozenset()
    return frozenset(
        each.id
        for each in fields
        if settled(each, sources.get(each.id)) and answers.get(each.id) is not None
    )


def field_error(found: Found, fields: Iterable[AnyCompiled], translate: Translate) -> FieldError:
    """A complaint as an error for the page; ``fields`` know the group that it may be in."""
    each, complaint = found.field, found.complaint
    path = f"{found.path}.{complaint.suffix}" if complaint.suffix else found.path
    label = translate(each.definition.label)
    parts = each.kind.parts if isinstance(each, CompiledField) else {}
    if complaint.suffix in parts and not complaint.whole:
        part = translate(parts[complaint.suffix])
        label = translate(messages.PART_OF) % {"label": label, "part": part}
    return FieldError(
        found.path,
        control_id(path) if complaint.suffix or not _composed(each) else first_control(each, path),
        complaint.words(label, translate),
        found.section,
        _row_of(found.path, fields, translate),
    )


def _row_of(path: str, fields: Iterable[AnyCompiled], translate: Translate) -> str:
    """What the row is called that a field stands in, as above its fields; "" outside of groups."""
    group_id, _, rest = path.partition(".")
    number = rest.partition(".")[0]
    group = next((one for one in fields if one.id == group_id), None) if number else None
    if not isinstance(group, CompiledGroup) or not number.isdecimal():
        return ""
    word = translate(group.definition.item_label or messages.ROW_WORD)
    return translate(messages.ROW) % {"label": word, "number": int(number) + 1}


def first_control(each: AnyCompiled, path: str) -> str:
    """The id of the first control of a field, to which an error leads."""
    if isinstance(each, CompiledGroup):
        return control_id(path)
    if each.kind.controls == ("",):
        return control_id(path) + "-0"
    first = each.kind.controls[0] if each.kind.controls else ""
    return control_id(f"{path}.{first}" if first else path)


def _composed(each: AnyCompiled) -> bool:
    return isinstance(each, CompiledGroup) or each.kind.composed


def read(
    section: CompiledSection,
    ordered: Sequence[tuple[CompiledSection, AnyCompiled]],
    checks: Sequence[CompiledCheck],
    functions: Functions,
    form: Form,
    answers: Answers,
    context: Context,
    sources: Mapping[str, str],
    uploads: Uploads,
    translate: Translate,
    own: OwnPlaces = NOTHING_KNOWN.places,
) -> SectionPost:
    """The post over the stored answers. Never raises. ``own`` are postcodes of the city's own."""
    section = section.asked_of(staff=context.staff, office=context.office)
    command = command_of(form, section.fields)
    searched = search(form, section.fields, command.target, own) if "_lookup" in form else None
    form = searched.form if searched else form
    posted = Posted(
        form,
        answers,
        section.ids,
        fixed_fields(section.fields, sources, answers),
        frozenset(name for name, source in sources.items() if source in AUTHORITIES),
        uploads,
        command,
    )
    after = evaluate(ordered, checks, posted, context, functions)
    found = [one for one in after.found if one.section == section.id]
    revealed: tuple[str, ...] = ()
    if section.conditional:
        before = evaluate(ordered, (), Stored(answers), context, functions)
        revealed = _revealed(section, posted, before, after)
    errors: list[Found] = []
    if command.action == "continue":
        errors = [one for one in found if one.path not in revealed]
    else:
        errors = [one for one in found if _about_files(one)]
    if searched and searched.complaint:
        errors.append(Found(section.id, searched.path, searched.field, searched.complaint))
    merged = _merged(section, posted, after, answers, revealed)
    raw = _raw(section, posted, after)
    if command.action == "add":
        group = next(each for each in section.fields if each.id == command.target)
        if isinstance(group, CompiledGroup):
            errors += _add_row(group, merged, raw, section.id)
    return SectionPost(
        answers=merged,
        raw=raw,
        errors=tuple(field_error(one, section.fields, translate) for one in errors),
        action=command.action,
        sources=_sources(section, sources, answers, merged),
        revealed=revealed if command.action == "continue" else (),
        evaluated=after if _says_the_same(command, revealed, found) else None,
    )


def _says_the_same(command: Command, revealed: Sequence[str], found: Sequence[Found]) -> bool:
    """Whether the merged answers would come to what the post itself came to.

    Not where rows were added or removed, where what was revealed may offer its default, and where
    files, rows or changes of what was known were refused but what was there before is kept.
    """
    return (
        command.action in ("continue", "refresh")
        and not revealed
        and not any(
            _about_files(one) or isinstance(one.field, CompiledGroup) or one.field.kind.remembers
            for one in found
        )
    )


def _about_files(found: Found) -> bool:
    """An upload that was refused is said at once, whichever button sent it."""
    return (
        isinstance(found.field, CompiledField)
        and found.field.file is not None
        and found.complaint.message != found.field.file.missing
    )


def _revealed(
    section: CompiledSection, posted: Posted, before: Evaluation, after: Evaluation
) -> tuple[str, ...]:
    """Questions that this post has brought up: they were not on the page that was sent.

    What is known already asks nothing: it is shown with its source before anything is submitted.
    """
    new: list[str] = []
    for each in section.fields:
        if each.id not in after.visible:
            continue
        if isinstance(each, CompiledGroup):
            new += _revealed_group(each, posted, before, after)
        elif each.id not in after.answers and _is_new(each, each.id, posted, before):
            new.append(each.id)
    return tuple(new)


def _revealed_group(
    group: CompiledGroup, posted: Posted, before: Evaluation, after: Evaluation
) -> list[str]:
    rows = posted.posted_rows(group)
    if group.id not in before.visible and not posted.indices(group):
        return [] if after.answers.get(group.id) else [group.id]
    new = []
    for number, row in enumerate(rows):
        controls = Posted(posted.form, {}, None, prefix=row.prefix)
        for inner in group.fields:
            path = f"{group.id}.{number}.{inner.id}"
            # Without a condition it was there as soon as the row was.
            conditional = inner.when is not None and path in after.visible
            # Where a row before it was removed, it had another number on the page that was sent.
            if conditional and _is_new(inner, row.prefix + inner.id, controls, before):
                new.append(path)
    return new


def _is_new(each: CompiledField, path: str, posted: Posted, before: Evaluation) -> bool:
    return each.kind.asks and path not in before.visible and not posted.controls(each)


def _merged(
    section: CompiledSection,
    posted: Posted,
    after: Evaluation,
    answers: Answers,
    revealed: Container[str],
) -> dict[str, Any]:
    """The stored answers with the section's over them.

    None says "left empty", which nobody could do yet with what this post has revealed.
    """
    merged = dict(answers)
    for each in section.fields:
        if each.id not in after.visible or each.id in revealed:
            continue
        if isinstance(each, CompiledGroup):
            merged[each.id] = _merged_rows(each, posted, after, revealed)
        elif each.kind.asks:
            merged[each.id] = after.answers.get(each.id)
            if merged[each.id] is None and each.file is not None:
                merged[each.id] = _files_before(posted, each, after)
            elif merged[each.id] is None and _wrong(each, each.id, after):
                merged[each.id] = posted.answers.get(each.id)
    return merged


def _merged_rows(
    group: CompiledGroup, posted: Posted, after: Evaluation, revealed: Container[str]
) -> Any:
    rows = after.answers.get(group.id)
    if rows is None or not posted.is_about(group):
        return rows
    merged = []
    for number, (row, source) in enumerate(zip(rows, posted.posted_rows(group), strict=False)):
        filled = dict(row)
        for inner in group.fields:
            path = f"{group.id}.{number}.{inner.id}"
            visible = path in after.visible and path not in revealed
            if inner.kind.asks and visible and inner.id not in filled:
                filled[inner.id] = None
            kept = inner.file is not None or _wrong(inner, path, after)
            if kept and filled.get(inner.id) is None and visible:
                filled[inner.id] = source.stored.get(inner.id)
        merged.append(filled)
    return merged


def _wrong(each: CompiledField, path: str, after: Evaluation) -> bool:
    """Whether a change of what was known can't be taken: the next post is compared with that."""
    return each.kind.remembers and any(found.path == path for found in after.found)


def _files_before(posted: Posted, each: CompiledField, after: Evaluation) -> Any:
    """The attachments that were there, where the new ones were refused."""
    refused = any(one.path == each.id and _about_files(one) for one in after.found)
    return posted.answers.get(each.id) if refused else None


def _raw(section: CompiledSection, posted: Posted, after: Evaluation) -> dict[str, list[str]]:
    """What was typed, by control; rows are numbered anew from 0."""
    raw: dict[str, list[str]] = {}
    for each in section.fields:
        if isinstance(each, CompiledGroup):
            if posted.indices(each) or each.id in posted.form:
                raw[each.id] = [""]
            for number, row in enumerate(posted.posted_rows(each)):
                _raw_row(raw, each, number, row, posted.form)
        else:
            for _, name in each.control_names:
                values = posted.form.get(name)
                if values is not None:
                    raw[name] = [tidy(value) for value in values[:MOST_VALUES]]
    return raw


def _raw_row(
    raw: dict[str, list[str]], group: CompiledGroup, number: int, row: PostedRow, form: Form
) -> None:
    raw[f"{group.id}.{number}.{ROW_MARK}"] = ["1"]
    raw[f"{group.id}.{number}.{KNOWN_MARK}"] = [*form.get(row.prefix + KNOWN_MARK, ())][
        :MOST_VALUES
    ]
    controls = Posted(form, {}, None, prefix=row.prefix)
    for inner in group.fields:
        for suffix, values in controls.controls(inner).items():
            name = f"{group.id}.{number}.{inner.id}"
            raw[f"{name}.{suffix}" if suffix else name] = [tidy(value) for value in values]


def _add_row(
    group: CompiledGroup, merged: dict[str, Any], raw: dict[str, list[str]], section: str
) -> list[Found]:
    """One more empty row, unless there are as many as there may be."""
    rows = merged.get(group.id) or []
    if len(rows) >= group.max_items:
        complaint = Complaint(messages.TOO_MANY_ROWS, values={"max": group.max_items})
        return [Found(section, group.id, group, complaint)]
    if not rows and group.id not in raw:
        # Nothing was posted of the group, so the page showed its first rows from nothing.
        rows = [{} for _ in range(group.min_items)]
    for number in range(len(rows) + 1):
        raw.setdefault(f"{group.id}.{number}.{ROW_MARK}", ["1"])
    merged[group.id] = [*rows, {}]
    raw[group.id] = [""]
    return []


def _sources(
    section: CompiledSection, sources: Mapping[str, str], before: Answers, after: Answers
) -> dict[str, str]:
    """A source stays as long as its answer does; rows that say more are the person's own."""
    return {
        name: source
        for name, source in sources.items()
        if name not in section.ids or before.get(name) == after.get(name)
    }
