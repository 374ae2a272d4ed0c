"""All definitions of a city, loaded once, or everything that is wrong with them at once."""

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from portal.forms.acting import acts_for_others, with_acting
from portal.forms.city import Account, Accounts, City, Department, LifeEvent
from portal.forms.concept_lint import contradictions
from portal.forms.definition import ProcedureDefinition
from portal.forms.directories import NOTHING_KNOWN, Directories, read_directories
from portal.forms.facility import ClosedDefinition, FacilityDefinition
from portal.forms.kept import Kept, key_of
from portal.forms.lint import lint, raw_ids
from portal.forms.problems import DefinitionErrors, Problem, suggest
from portal.forms.procedure import Procedure
from portal.forms.resolve import Concepts, OptionLists, resolve
from portal.forms.source import Place, Source, load
from portal.forms.table_lint import lint_table
from portal.forms.tables import TablesFile
from portal.forms.validation import validate

M = TypeVar("M", bound=BaseModel)

MUNICIPALITY = "municipality.yaml"
ACCOUNTS = "accounts.yaml"
CONCEPTS = "concepts.yaml"
#: The line of a file that says which procedure it is.
_PROCEDURE = re.compile(r"^procedure: *([a-z0-9.-]+)", re.MULTILINE)


@dataclass(frozen=True)
class Catalogue:
    """What a city offers."""

    root: Path
    city: City
    accounts: Mapping[str, Account]
    procedures: Mapping[str, Procedure]
    facilities: Mapping[str, FacilityDefinition]
    #: what the city knows beside its definitions: banks
    directories: Directories = field(default=NOTHING_KNOWN, repr=False)

    @property
    def departments(self) -> Mapping[str, Department]:
        return self.city.departments

    @property
    def life_events(self) -> Sequence[LifeEvent]:
        return self.city.life_events

    def booked_by(self, facility: str) -> Procedure | None:
        """The procedure by which a facility is booked; None for one that nobody can book."""
        return self._booking.get(facility)

    def bookable(self) -> list[FacilityDefinition]:
        """The facilities that can be booked."""
        return [one for one in self.facilities.values() if one.id in self._booking]

    @cached_property
    def _booking(self) -> Mapping[str, Procedure]:
        """The first procedure that books each facility."""
        booking = [each for each in self.procedures.values() if each.booking]
        return {each.booking.facility: each for each in reversed(booking) if each.booking}


@dataclass(frozen=True)
class Loaded:
    """What reading a city's folder came to."""

    #: None where there is a problem
    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    #: the procedures in which nothing is wrong, by their files
    procedures: Mapping[Path, Procedure]


def load_catalogue(root: Path, kept: Path | None = None) -> Catalogue:
    """The definitions under a folder. Raises DefinitionErrors with every problem found.

    ``kept`` is a file where those that were found right are kept for the next start.
    """
    loaded = read_city(root, kept)
    if loaded.catalogue is None:
        raise DefinitionErrors(loaded.problems)
    return loaded.catalogue


def read_city(root: Path, kept: Path | None = None, only: Path | None = None) -> Loaded:
    """The definitions under a folder, or what is wrong with them.

    ``only`` is the one procedure's file that is read beside what procedures have in common.
    """
    loading = _Loading(root, kept, only)
    with _no_garbage():
        catalogue = loading.catalogue()
    problems = DefinitionErrors(loading.problems).problems
    return Loaded(None if problems else catalogue, problems, loading.sound)


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Without the collector: next to nothing of what is read is let go, and it would look at all
    of it again and again.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Loading:
    """One pass over all files.

    What is written somewhere counts as known even where it is wrong itself: its own problem is
    told once, where it stands, and not again in every procedure that names it.
    """

    def __init__(self, root: Path, kept: Path | None, only: Path | None) -> None:
        self._root = root
        self._kept = Kept.beside(root, kept)
        self._only = only
        self.problems: list[Problem] = []
        self.sound: dict[Path, Procedure] = {}
        self._departments: set[str] = set()
        self._life_events: set[str] = set()
        self._accounts: set[str] = set()
        self._facilities: set[str] = set()
        #: what people call departments and life events → their ids
        self._called: dict[str, str] = {}

    def catalogue(self) -> Catalogue | None:
        if not self._root.is_dir():
            self.problems.append(
                Problem(self._root, 1, "there is no such folder", "the one with municipality.yaml")
            )
            return None
        city = self._whole(MUNICIPALITY, City)
        accounts = self._whole(ACCOUNTS, Accounts)
        concepts = self._concepts()
        lists = OptionLists(self._root)
        directories, wrong = read_directories(self._root)
        self.problems += wrong
        tables = self._tables()
        closed = city.closed if city is not None else None
        facilities = self._facility_definitions()
        common = not self.problems
        seen = self._elsewhere()
        for file in [self._only] if self._only else self._files("procedures"):
            before = len(self.problems)
            definition = self._kept_or_checked(file, concepts, lists, tables, closed)
            if definition is None:
                continue
            if definition.procedure in seen:
                found = f"“{definition.procedure}” is already {seen[definition.procedure]}"
                source = self._load(file)
                if source is not None:
                    self._problem(source, ("procedure",), found, "an id of its own")
            seen[definition.procedure] = file
            if common and len(self.problems) == before:
                self.sound[file] = Procedure(definition, directories)
        if city is None or accounts is None or self.problems:
            return None
        self._kept.write()
        procedures = {each.id: each for each in self.sound.values()}
        return Catalogue(self._root, city, accounts.accounts, procedures, facilities, directories)

    def _whole(self, name: str, model: type[M]) -> M | None:
        source = self._load(self._root / name)
        if source is None:
            return None
        content = source.content if isinstance(source.content, dict) else {}
        self._departments |= _ids(content.get("departments"))
        self._life_events |= _ids(content.get("life_events"))
        self._accounts |= _ids(content.get("accounts"))
        for part in ("departments", "life_events"):
            self._called |= _titles(content.get(part))
        found, problems = validate(model, source, content)
        self.problems += problems
        return found

    def _load(self, file: Path) -> Source | None:
        loaded = load(file)
        if isinstance(loaded, Problem):
            self.problems.append(loaded)
            return None
        self.problems += loaded.slips
        return loaded

    def _files(self, folder: str) -> list[Path]:
        return sorted((self._root / folder).rglob("*.yaml"))

    def _elsewhere(self) -> dict[str, Path]:
        """The ids of the procedures that aren't read, where only one is."""
        found: dict[str, Path] = {}
        if self._only is None:
            return found
        only = self._only.resolve()
        for file in self._files("procedures"):
            with suppress(OSError, UnicodeError):
                written = _PROCEDURE.search(file.read_text(encoding="utf-8"))
                if written and file.resolve() != only:
                    found[written[1]] = file
        return found

    def _sources(self, folder: str) -> list[Source]:
        files = self._files(folder)
        return [source for file in files if (source := self._load(file)) is not None]

    def _kept_or_checked(
        self,
        file: Path,
        concepts: Concepts,
        lists: OptionLists,
        tables: Mapping[str, Any],
        closed: ClosedDefinition | None,
    ) -> ProcedureDefinition | None:
        """The definition of a file, checked unless it was found right before and is the same."""
        try:
            key = key_of(file, self._root)
        except OSError:
            key = b""
        if (definition := self._kept.definition(key)) is not None:
            return definition
        before = len(self.problems)
        source = self._load(file)
        if source is None:
            return None
        definition = self._procedure(source, concepts, lists, tables, closed)
        if definition is not None and len(self.problems) == before:
            self._kept.add(key, definition)
        return definition

    def _concepts(self) -> Concepts:
        source = self._load(self._root / CONCEPTS)
        if source is None:
            return Concepts({})
        concepts, problems = Concepts.read(source)
        self.problems += problems
        return concepts

    def _facility_definitions(self) -> dict[str, FacilityDefinition]:
        found: dict[str, FacilityDefinition] = {}
        for source in self._sources("facilities"):
            if isinstance(source.content, dict):
                self._facilities.add(str(source.content.get("facility")))
            facility, problems = validate(FacilityDefinition, source, source.content)
            self.problems += problems
            if facility is None:
                continue
            if facility.id in found:
                self._problem(source, ("facility",), f"“{facility.id}” stands twice", "one id each")
            found[facility.id] = facility
        return found

    def _tables(self) -> dict[str, Any]:
        """The tables that procedures share, as written."""
        found: dict[str, Any] = {}
        for source in self._sources("tables"):
            shared, problems = validate(TablesFile, source, source.content)
            self.problems += problems
            for name, table in shared.tables.items() if shared is not None else ():
                self.problems += lint_table(table, source, ("tables", name))
                if name in found:
                    self._problem(
                        source, ("tables", name), f"table “{name}” stands twice", "each name once"
                    )
                found[name] = source.content["tables"][name]
        return found

    def _procedure(
        self,
        source: Source,
        concepts: Concepts,
        lists: OptionLists,
        tables: Mapping[str, Any],
        closed: ClosedDefinition | None,
    ) -> ProcedureDefinition | None:
        content, problems = resolve(source, concepts, lists, tables)
        problems += contradictions(source, concepts)
        definition, shape = validate(ProcedureDefinition, source, content)
        if isinstance(source.content, dict):
            for name in _ids(source.content.get("tables")) & set(tables):
                found = f"table “{name}” is shared by all procedures"
                problems.append(source.problem(("tables", name), found, "a name of its own"))
        if definition is not None and definition.closed is None:
            definition = definition.model_copy(update={"closed": closed})
        problems += shape
        if definition is not None and acts_for_others(definition):
            if concepts.acting is None:
                found = "an application for somebody else"
                right = f"what is asked then, under “acting:” in {CONCEPTS}"
                problems.append(source.problem(("applicants",), found, right))
            else:
                definition = with_acting(definition, concepts.acting)
        if definition is not None:
            written = raw_ids(source.content) if problems else set()
            problems += lint(definition, source, accounts=self._accounts, raw_ids=written)
            problems += self._references(source, definition)
        self.problems += problems
        return definition

    def _references(self, source: Source, definition: ProcedureDefinition) -> list[Problem]:
        """Departments, life events and facilities that don't exist."""
        named: list[tuple[str, Place, str, set[str]]] = [
            ("department", ("department",), definition.department, self._departments)
        ]
        for number, event in enumerate(definition.life_events):
            named.append(("life event", ("life_events", number), event, self._life_events))
        if definition.booking is not None:
            facility = definition.booking.facility
            named.append(("facility", ("booking", "facility"), facility, self._facilities))
        return [
            source.problem(
                place, f"unknown {what} “{name}”", suggest(self._called.get(name, name), known)
            )
            for what, place, name, known in named
            if name not in known
        ]

    def _problem(self, source: Source, place: tuple[str, ...], found: str, right: str) -> None:
        self.problems.append(source.problem(place, found, right))


def _ids(written: Any) -> set[str]:
    """The ids that a mapping or a list of entries means to define, right or wrong."""
    if isinstance(written, dict):
        return {str(key) for key in written}
    if isinstance(written, list):
        return {str(entry["id"]) for entry in written if isinstance(entry, dict) and "id" in entry}
    return set()


def _titles(written: Any) -> dict[str, str]:
    """The ids of departments or life events by the titles that people know."""
    entries: list[tuple[Any, Any]] = list(written.items()) if isinstance(written, dict) else []
    if isinstance(written, list):
        entries = [(each.get("id"), each) for each in written if isinstance(each, dict)]
    return {
        str(entry["title"]): str(key)
        for key, entry in entries
        if isinstance(entry, dict) and "title" in entry
    }
