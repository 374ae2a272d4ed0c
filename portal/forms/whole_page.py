"""``layout: one_page``: all sections on one page and in one post, by the rules of each section."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from foundation.wording import Translate, untranslated
from portal.forms.posted import Uploads
from portal.forms.procedure import Procedure
from portal.forms.results import Action, Answers, Context, FieldError, Form, Journey, SectionPost


@dataclass(frozen=True)
class PagePart:
    """One section of the page."""

    id: str
    title: str
    intro: str | None
    fields: Markup


def page_parts(
    procedure: Procedure,
    journey: Journey,
    answers: Answers,
    context: Context,
    *,
    post: SectionPost | None = None,
    errors: Sequence[FieldError] = (),
    sources: Mapping[str, str] | None = None,
    edit: frozenset[str] = frozenset(),
    translate: Translate = untranslated,
    language: str | None = None,
) -> list[PagePart]:
    """The sections that apply, each with its fields as HTML."""
    return [
        PagePart(
            section.id,
            section.title,
            procedure.section_intro(section.id),
            procedure.render_section(
                section.id,
                answers,
                context,
                raw=post.raw if post else None,
                errors=[error for error in errors if error.section == section.id],
                sources=sources,
                edit=edit,
                translate=translate,
                language=language,
                evaluated=journey.evaluated,
            ),
        )
        for section in journey.sections
    ]


def read_page(
    procedure: Procedure,
    form: Form,
    answers: Answers,
    context: Context,
    *,
    sources: Mapping[str, str] | None = None,
    uploads: Uploads | None = None,
    translate: Translate = untranslated,
) -> SectionPost:
    """The post of a page with all sections. Any bytes give a result.

    It is read twice: what one section says may decide what is right in another, whichever of the
    two comes first.
    """
    before = procedure.journey(answers, context)
    files = uploads or {}
    first = _sections(procedure, form, answers, context, sources or {}, files, translate, before)
    if first.action != "continue":
        return first
    second = _sections(
        procedure, form, first.answers, context, first.sources, {}, translate, before
    )
    # A file that was refused is gone by the second time.
    refused = [error for error in first.errors if error.path in files]
    visible = before.evaluated.visible if before.evaluated is not None else frozenset()
    new = [
        error.path
        for error in second.errors
        if error.path not in visible and not _posted(form, (error.path,))
    ]
    revealed = tuple(dict.fromkeys((*first.revealed, *second.revealed, *new)))
    return replace(
        second,
        errors=(*refused, *(e for e in second.errors if e.path not in (*revealed, *files))),
        revealed=revealed,
    )


def _sections(
    procedure: Procedure,
    form: Form,
    answers: Answers,
    context: Context,
    sources: Mapping[str, str],
    uploads: Uploads,
    translate: Translate,
    before: Journey,
) -> SectionPost:
    """Section by section, each over the answers of those before it."""
    shown = {section.id for section in before.sections}
    fields = {
        section.id: [field.id for field in section.fields]
        for section in procedure.definition.sections
    }
    posts: list[SectionPost] = []
    revealed: list[str] = []
    now, known, raw = dict(answers), dict(sources), dict[str, list[str]]()
    for section_id in procedure.section_ids:
        if section_id not in {each.id for each in procedure.journey(now, context).sections}:
            continue
        if section_id not in shown and not _posted(form, fields[section_id]):
            # It has only come up through what this post says elsewhere.
            revealed.append(section_id)
            continue
        post = procedure.read_section(
            section_id,
            form,
            now,
            context,
            sources=known,
            uploads=_of_fields(uploads, fields[section_id]),
            translate=translate,
        )
        now, known = dict(post.answers), dict(post.sources)
        raw |= post.raw
        revealed += post.revealed
        posts.append(post)
    # The button belongs to one section; what others lack is no matter then.
    actions = [post.action for post in posts if post.action != "continue"]
    action: Action = actions[0] if actions else "continue"
    errors = [error for post in posts if post.action == action for error in post.errors]
    return SectionPost(now, raw, tuple(errors), action, known, tuple(revealed))


def _posted(form: Form, paths: Collection[str]) -> bool:
    """Whether there was a control of one of these fields on the page."""
    return any(name == path or name.startswith(f"{path}.") for name in form for path in paths)


def _of_fields(uploads: Uploads, ids: Collection[str]) -> dict[str, Any]:
    return {name: files for name, files in uploads.items() if name.partition(".")[0] in ids}
