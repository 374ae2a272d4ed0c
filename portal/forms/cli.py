"""The tools of authors: ``portal forms check | new | show | stats | diff | schema | translate``."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from foundation.clock import jst_date, system_clock
from foundation.commands import LazyGroup
from foundation.languages import JAPANESE, LANGUAGES, TRANSLATED
from portal.forms import checking
from portal.forms.catalogue import CONCEPTS, Catalogue, load_catalogue
from portal.forms.checking import Untranslated
from portal.forms.filling import Stuck
from portal.forms.interview import ask
from portal.forms.listing import listing
from portal.forms.problems import DefinitionErrors, suggest
from portal.forms.procedure import Procedure
from portal.forms.scaffold import file_of, text_of
from portal.forms.schema import SCHEMA_FILE, procedure_schema
from portal.forms.shown import shown
from portal.forms.source import Source, load
from portal.forms.statistics import statistics
from portal.forms.translation import translator, update
from portal.forms.versions import changes

DEFAULT_FOLDER = Path("forms_defs")
#: Untranslated texts that a check names, and characters of each.
_FIRST, _SHOWN = 3, 40


def _folder(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--folder",
        type=click.Path(path_type=Path),
        default=DEFAULT_FOLDER,
        show_default=True,
        help="where the city's definitions are",
    )(command)


# The preview shows pages of the portal: the engine knows no more of it than its name.
@click.group(cls=LazyGroup, lazily={"preview": "portal.preview.cli:preview"})
def forms() -> None:
    """Check, show and translate the definitions of procedures."""


@forms.command()
@click.argument("path", type=click.Path(path_type=Path), default=DEFAULT_FOLDER)
@click.option("--strict", is_flag=True, help="fail for warnings too")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, dir_okay=False),
    help="keep what was found right in this file: DATA_DIR/checked-definitions spares the next "
    "start of the portal the same work",
)
def check(path: Path, strict: bool, keep: Path | None) -> None:
    """Name everything that is wrong with the definitions in PATH: a city's folder, or one file."""
    found = checking.check(path, jst_date(system_clock()), keep)
    for problem in found.problems:
        click.echo(str(problem), err=True)
    warnings = [str(hint) for hint in found.hints]
    warnings += [_lacking(each) for each in found.languages if each.missing]
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
    if found.problems or (strict and warnings):
        click.echo(_counted(len(found.problems), len(warnings)), err=True)
        sys.exit(1)
    sections = sum(len(procedure.section_ids) for procedure in found.procedures)
    looked_at = f"{len(found.procedures)} procedures with {sections} sections"
    if len(found.procedures) == 1:
        looked_at = f"{found.procedures[0].id} with {sections} sections"
    click.echo(f"{looked_at}: {_counted(0, len(warnings)) if warnings else 'all is well'}")


def _lacking(language: Untranslated) -> str:
    first = "".join(f"「{text[:_SHOWN]}」" for text in language.missing[:_FIRST])
    more = ", …" if len(language.missing) > _FIRST else ""
    return (
        f"{language.language}: {len(language.missing)} of {language.texts} texts untranslated: "
        f"{first}{more}"
    )


def _counted(problems: int, warnings: int) -> str:
    told = [f"{problems} problem{'' if problems == 1 else 's'}"] if problems else []
    told += [f"{warnings} warning{'' if warnings == 1 else 's'}"] if warnings else []
    return ", ".join(told)


@forms.command()
@click.argument("procedure")
@_folder
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=JAPANESE)
@click.option("--engine", is_flag=True, help="ids, types and expressions instead")
def show(procedure: str, folder: Path, language: str, engine: bool) -> None:
    """Show PROCEDURE as a resident will meet it."""
    catalogue = _load(folder)
    found = _find(catalogue, procedure)
    if engine:
        click.echo(listing(found, jst_date(system_clock())))
        return
    department = catalogue.departments[found.department]
    click.echo(shown(found, department, translator(folder, language)), nl=False)


@forms.command()
@_folder
def new(folder: Path) -> None:
    """Write the first draft of a procedure's file, from a few questions."""
    catalogue = _load(folder)
    draft = ask(catalogue, _concepts(folder))
    file = folder / file_of(draft.id)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        raise click.ClickException(f"{file} is there already")
    file.write_text(text_of(draft), encoding="utf-8")
    click.echo(f"{file} is written.")
    _load(folder)
    click.echo(f"Next: portal forms show {draft.id}; portal forms preview {draft.id}")


@forms.command()
@click.argument("procedure")
@click.option(
    "--before",
    type=click.Path(path_type=Path),
    required=True,
    help="the folder with the definitions as they were, such as a checkout of an older commit",
)
@_folder
def diff(procedure: str, before: Path, folder: Path) -> None:
    """Show how PROCEDURE differs from an earlier version."""
    old = _find(_load(before), procedure).definition
    found = changes(old, _find(_load(folder), procedure).definition)
    if not found:
        click.echo(f"{procedure}: no difference")
    for each in found:
        place = " › ".join(each.place)
        if each.before is None:
            click.echo(f"+ {place}: {each.after}")
        elif each.after is None:
            click.echo(f"- {place}: {each.before}")
        else:
            click.echo(f"  {place}: {each.before} → {each.after}")


@forms.command()
@click.argument("procedures", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="for another program")
@_folder
def stats(procedures: tuple[str, ...], as_json: bool, folder: Path) -> None:
    """Count what PROCEDURES (all of them, unless named) ask of a resident with a card."""
    catalogue = _load(folder)
    found = [_find(catalogue, name) for name in procedures] or catalogue.procedures.values()
    today = jst_date(system_clock())
    figures = []
    for procedure in found:
        counted = statistics(procedure, today)
        if isinstance(counted, Stuck):
            place = counted.error.path or "the price"
            raise click.ClickException(
                f"{procedure.id} can't be filled in to the end: at {place}: {counted.error.message}"
            )
        figures.append(counted)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in figures], ensure_ascii=False, indent=1))
        return
    click.echo("characters  taps  files  fields  sections  first time  procedure")
    for each in figures:
        click.echo(
            f"{each.characters:10}  {each.taps:4}  {each.attachments:5}  {each.fields:6}  "
            f"{each.sections:8}  {each.first_characters:10}  {each.procedure}"
        )


@forms.command()
@_folder
@click.option("--write", is_flag=True, help=f"bring {SCHEMA_FILE} in the folder up to date")
def schema(folder: Path, write: bool) -> None:
    """Print the JSON Schema of procedure files, for editors."""
    text = json.dumps(procedure_schema(_concepts(folder)), ensure_ascii=False, indent=2)
    if write:
        (folder / SCHEMA_FILE).write_text(text + "\n", encoding="utf-8")
    else:
        click.echo(text)


@forms.command()
@click.argument("languages", nargs=-1)
@_folder
@click.option("--check", "only_check", is_flag=True, help="only report; fail for missing texts")
def translate(languages: tuple[str, ...], folder: Path, only_check: bool) -> None:
    """Bring the catalogues of LANGUAGES (the portal's) up to date and name what is missing."""
    catalogue = _load(folder)
    place = folder / "translations"
    for tag in languages:
        if tag not in TRANSLATED:
            raise click.ClickException(f"“{tag}” is none of the languages {', '.join(TRANSLATED)}")
    files = [place / f"{tag}.po" for tag in languages or TRANSLATED]
    missing = 0
    for file in files:
        updated = update(catalogue, file, write=not only_check)
        missing += len(updated.missing)
        click.echo(
            f"{file}: {updated.texts} texts, {len(updated.missing)} untranslated, "
            f"{updated.obsolete} no longer needed"
        )
        for text in updated.missing:
            click.echo(f"  {text}")
    if only_check and missing:
        sys.exit(1)


def _load(folder: Path) -> Catalogue:
    try:
        return load_catalogue(folder)
    except DefinitionErrors as errors:
        for problem in errors.problems:
            click.echo(str(problem), err=True)
        count = len(errors.problems)
        click.echo(f"{count} problem{'' if count == 1 else 's'}", err=True)
        sys.exit(1)


def _concepts(folder: Path) -> list[str]:
    """The names of the shared concepts."""
    concepts = load(folder / CONCEPTS)
    if not isinstance(concepts, Source):
        raise click.ClickException(str(concepts))
    written = concepts.content if isinstance(concepts.content, dict) else {}
    return sorted(written.get("concepts") or {})


def _find(catalogue: Catalogue, name: str) -> Procedure:
    found = catalogue.procedures.get(name)
    if found is None:
        right = suggest(name, catalogue.procedures)
        raise click.ClickException(f"there is no procedure “{name}”; {right}")
    return found
