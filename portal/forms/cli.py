"""The tools of authors: ``portal forms check | new | show | stats | diff | schema | translate``."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from foundation.clock import jst_date, system_clock
from foundation.commands import LazyGroup
from foundation.languages import JAPANESE, LANGUAGES, TRANSLATED
from foundation.wording import N_
from portal.forms import checking
from portal.forms.asking import Asking, interrupted
from portal.forms.catalogue import CONCEPTS, Catalogue, load_catalogue
from portal.forms.checking import Untranslated
from portal.forms.filling import Stuck
from portal.forms.interview import ask
from portal.forms.listing import listing
from portal.forms.problems import DefinitionErrors, suggest
from portal.forms.procedure import Procedure
from portal.forms.reports import changes_told, statistics_told, translations_told
from portal.forms.scaffold import file_of, text_of
from portal.forms.schema import SCHEMA_FILE, procedure_schema
from portal.forms.shown import shown
from portal.forms.source import Source, load
from portal.forms.spoken import SPOKEN, language_of, problem_told, say, sentence_told, speak, words
from portal.forms.statistics import statistics
from portal.forms.translation import translator, update

DEFAULT_FOLDER = Path("forms_defs")
#: In the city's folder: what was answered before ``portal forms new`` was interrupted.
ANSWERS = ".new-procedure.json"
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
@click.option(
    "--lang",
    type=click.Choice(SPOKEN),
    help="in which language the tools speak; that of the terminal, unless said",
)
def forms(lang: str | None) -> None:
    """Check, show and translate the definitions of procedures."""
    speak(lang or language_of(os.environ))


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
        click.echo(problem_told(problem), err=True)
    warnings = [problem_told(hint) for hint in found.hints]
    warnings += [_lacking(each) for each in found.languages if each.missing]
    for warning in warnings:
        say(N_("注意：%(warning)s"), err=True, warning=warning)
    if found.problems or (strict and warnings):
        click.echo(_counted(len(found.problems), len(warnings)), err=True)
        sys.exit(1)
    sections = sum(len(procedure.section_ids) for procedure in found.procedures)
    looked_at = words(
        N_("%(count)s個の手続き（セクション%(sections)s個）"),
        count=len(found.procedures),
        sections=sections,
    )
    if len(found.procedures) == 1:
        one = found.procedures[0].id
        looked_at = words(
            N_("%(procedure)s（セクション%(sections)s個）"), procedure=one, sections=sections
        )
    result = _counted(0, len(warnings)) if warnings else words(N_("直すところはありません"))
    say(N_("%(looked_at)s：%(result)s"), looked_at=looked_at, result=result)


def _lacking(language: Untranslated) -> str:
    first = "".join(f"「{text[:_SHOWN]}」" for text in language.missing[:_FIRST])
    more = "…" if len(language.missing) > _FIRST else ""
    return words(
        N_("%(language)s：%(texts)s個の文のうち%(missing)s個に訳がありません：%(first)s"),
        language=language.language,
        missing=len(language.missing),
        texts=language.texts,
        first=first + more,
    )


def _counted(problems: int, warnings: int) -> str:
    told = [_number(problems, N_("まちがい1件"), N_("まちがい%(count)s件"))] if problems else []
    told += [_number(warnings, N_("注意1件"), N_("注意%(count)s件"))] if warnings else []
    return words(N_("、")).join(told)


def _number(count: int, one: str, several: str) -> str:
    return words(one) if count == 1 else words(several, count=count)


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
    here = "" if folder == DEFAULT_FOLDER else f" --folder {folder}"
    asking: Asking | None = None
    try:
        asking = Asking(folder / ANSWERS)
        draft = ask(catalogue, _concepts(folder), asking)
    except click.Abort:
        click.echo(err=True)
        interrupted(asking, f"portal forms new{here}")
        sys.exit(1)
    file = folder / file_of(draft.id)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text_of(draft), encoding="utf-8")
    asking.finish()
    say(N_("%(file)sを書きました。"), file=str(file))
    _load(folder)
    steps = "; ".join(f"portal forms {step} {draft.id}{here}" for step in ("show", "preview"))
    say(N_("つぎは：%(steps)s"), steps=steps)


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
    after = _find(_load(folder), procedure)
    earlier = _load(before).procedures.get(procedure)
    for line in changes_told(earlier, after):
        click.echo(line)


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
            stuck = N_("%(procedure)sは最後まで入力できません。%(place)s：%(message)s")
            place = counted.error.path or words(N_("料金"))
            message = counted.error.message
            told = words(stuck, procedure=procedure.id, place=place, message=message)
            raise click.ClickException(told)
        figures.append(counted)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in figures], ensure_ascii=False, indent=1))
        return
    for line in statistics_told(figures):
        click.echo(line)


@forms.command()
@_folder
@click.option("--write", is_flag=True, help=f"bring {SCHEMA_FILE} in the folder up to date")
def schema(folder: Path, write: bool) -> None:
    """Print the JSON Schema of procedure files, for editors."""
    text = json.dumps(procedure_schema(list(_concepts(folder))), ensure_ascii=False, indent=2)
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
            known = ", ".join(TRANSLATED)
            wrong = N_("「%(tag)s」ということばはありません。あるのは：%(known)s")
            raise click.ClickException(words(wrong, tag=tag, known=known))
    files = [place / f"{tag}.po" for tag in languages or TRANSLATED]
    done = [update(catalogue, file, write=not only_check) for file in files]
    for line in translations_told(done):
        click.echo(line)
    if only_check and any(updated.missing for updated in done):
        sys.exit(1)


def _load(folder: Path) -> Catalogue:
    try:
        return load_catalogue(folder)
    except DefinitionErrors as errors:
        for problem in errors.problems:
            click.echo(problem_told(problem), err=True)
        click.echo(_counted(len(errors.problems), 0), err=True)
        sys.exit(1)


def _concepts(folder: Path) -> dict[str, str]:
    """The shared concepts with their labels."""
    concepts = load(folder / CONCEPTS)
    if not isinstance(concepts, Source):
        raise click.ClickException(problem_told(concepts))
    written = concepts.content if isinstance(concepts.content, dict) else {}
    known = written.get("concepts") or {}
    return {name: str(known[name].get("label", name)) for name in sorted(known)}


def _find(catalogue: Catalogue, name: str) -> Procedure:
    found = catalogue.procedures.get(name)
    if found is None:
        right = suggest(name, catalogue.procedures)
        missing = N_("「%(name)s」という手続きはありません（%(right)s）")
        raise click.ClickException(words(missing, name=name, right=sentence_told(right)))
    return found
