"""Everything that can be said against a city's definitions, or against one file among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foundation.languages import TRANSLATED
from portal.forms.catalogue import MUNICIPALITY, Catalogue, read_city
from portal.forms.colour import MIN_CONTRAST, contrast_with_white
from portal.forms.examination import examine
from portal.forms.problems import Problem
from portal.forms.procedure import Procedure
from portal.forms.scaffold import file_of
from portal.forms.source import Source, load
from portal.forms.translation import texts, texts_of, untranslated


@dataclass(frozen=True)
class Untranslated:
    """What one language lacks."""

    language: str
    #: different texts that people read
    texts: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What a check came to."""

    #: nothing starts, or nobody gets through, until they are put right
    problems: tuple[Problem, ...]
    #: what somebody should look at
    hints: tuple[Problem, ...] = ()
    languages: tuple[Untranslated, ...] = ()
    #: the procedures that were looked at and are sound
    procedures: tuple[Procedure, ...] = ()


def check(path: Path, today: date, kept: Path | None = None) -> Checked:
    """The check of a city's folder, or of one file in it.

    A procedure is checked alone, in its city; of any other file the whole city depends. ``kept`` is
    where a whole city's definitions are kept for the next start of the portal.
    """
    root, only = path, None
    if path.suffix == ".yaml":
        found = city_of(path)
        if found is None:
            right = f"a file in a folder with {MUNICIPALITY}"
            return Checked((Problem(path, 1, "it belongs to no city", right),))
        root = found
        file = path if root in path.parents else path.absolute()
        only = file if root / "procedures" in file.parents else None
    loaded = read_city(root, None if only else kept, only)
    problems = list(loaded.problems)
    hints: list[Problem] = []
    for place, procedure in loaded.procedures.items():
        source = load(place)
        if isinstance(source, Source):
            findings = examine(procedure, source, today)
            problems += findings.problems
            hints += findings.hints
            hints += _misplaced(procedure, source, root)
    if loaded.catalogue is not None:
        problems += _pale(loaded.catalogue)
    sound = tuple(loaded.procedures.values())
    languages: tuple[Untranslated, ...] = ()
    if loaded.catalogue is not None:
        wanted = tuple(dict.fromkeys(_wanted(loaded.catalogue, sound if only else None)))
        languages = tuple(_lacking(root, tag, wanted) for tag in TRANSLATED)
    return Checked(tuple(sorted(problems)), tuple(sorted(hints)), languages, sound)


def _misplaced(procedure: Procedure, source: Source, root: Path) -> Iterator[Problem]:
    """A file that isn't called after its procedure: the preview and the next author look there."""
    here, there = source.file.resolve(), (root / file_of(procedure.id)).resolve()
    if here != there:
        found = f"“{procedure.id}” in a file of another name"
        yield source.problem(("procedure",), found, f"the file {file_of(procedure.id)}")


def city_of(file: Path) -> Path | None:
    """The folder of the city to which a file belongs."""
    folders = (*file.parents, *file.absolute().parents)
    return next((folder for folder in folders if (folder / MUNICIPALITY).is_file()), None)


def _wanted(catalogue: Catalogue, only: tuple[Procedure, ...] | None) -> Iterator[str]:
    if only is None:
        yield from (text for text, _ in texts(catalogue))
    else:
        for procedure in only:
            yield from texts_of(procedure)


def _lacking(root: Path, tag: str, wanted: tuple[str, ...]) -> Untranslated:
    missing = untranslated(wanted, root / "translations" / f"{tag}.po")
    return Untranslated(tag, len(wanted), missing)


def _pale(catalogue: Catalogue) -> Iterator[Problem]:
    """A key colour on which white letters can't be read."""
    colour = catalogue.city.key_colour
    source = load(catalogue.root / MUNICIPALITY)
    if colour is None or not isinstance(source, Source):
        return
    contrast = contrast_with_white(colour)
    if contrast < MIN_CONTRAST:
        yield source.problem(
            ("key_colour",),
            f"key_colour {colour} has a contrast of {contrast:.1f} with white",
            f"a darker one: at least {MIN_CONTRAST} is needed to be read",
        )
