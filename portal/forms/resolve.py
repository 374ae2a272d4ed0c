"""Filling in what a definition only names: concepts and lists of options."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from portal.forms.acting import ActingBlock
from portal.forms.city import ListedOption
from portal.forms.fields import AnyField, OptionsTable, Strict
from portal.forms.option_tables import read_options
from portal.forms.problems import Problem, suggest
from portal.forms.source import Place, Source, load
from portal.forms.tables import with_shared
from portal.forms.validation import validate

_OPTION = TypeAdapter(ListedOption)
#: In place of options that are wrong.
_NO_OPTIONS = [{"value": "x", "label": "x"}]
#: In place of a concept that is wrong, while the procedures that name it are checked.
_STAND_IN: Mapping[str, Any] = {"type": "note", "label": "?"}


class _ConceptsFile(Strict):
    concepts: dict[str, AnyField]
    acting: ActingBlock | None = None


@dataclass(frozen=True)
class Concepts:
    """concepts.yaml: what many forms ask for, as keys of a field without its id."""

    by_id: Mapping[str, Mapping[str, Any]]
    #: what is asked where somebody may apply for others
    acting: ActingBlock | None = None

    @staticmethod
    def read(source: Source) -> tuple["Concepts", list[Problem]]:
        """The concepts and what is wrong with them; a wrong one is known all the same."""
        content = source.content if isinstance(source.content, dict) else {}
        written = content.get("concepts")
        if not isinstance(written, dict):
            problem = source.problem(
                (), "no concepts", "begin with “concepts:” and a name under it"
            )
            return Concepts({}), [problem]
        entries = {
            name: {"id": "concept", **concept} if isinstance(concept, dict) else concept
            for name, concept in written.items()
        }
        # The names stay known, so that one mistake here isn't one in every procedure too.
        right, problems = validate(_ConceptsFile, source, {**content, "concepts": entries})
        sound = right.concepts if right else {}
        usable = {name: written[name] if name in sound else _STAND_IN for name in written}
        return Concepts(usable, right.acting if right else None), problems


class OptionLists:
    """``options_from: nurseries`` is the list ``nurseries`` of a file of that name."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, list[dict[str, str]] | Problem] = {}
        self._tables: dict[str, list[dict[str, Any]] | Problem] = {}

    def options(self, name: str) -> list[dict[str, str]] | Problem | None:
        """The options of a list; None where there is none, a problem where it is wrong."""
        if name not in self._known:
            file = next((f for f in self._files() if f.stem == name), None)
            if file is None:
                return None
            self._known[name] = _read_list(file, name)
        return self._known[name]

    def table(self, table: OptionsTable) -> list[dict[str, Any]] | Problem:
        """The options of a table with codes, or what is wrong with it."""
        key = table.model_dump_json()
        if key not in self._tables:
            self._tables[key] = read_options(self._root, table)
        return self._tables[key]

    def names(self) -> list[str]:
        return [file.stem for file in self._files()]

    def _files(self) -> list[Path]:
        return sorted(self._root.glob("*.yaml")) + sorted(self._root.glob("sample/*.yaml"))


def _read_list(file: Path, name: str) -> list[dict[str, str]] | Problem:
    source = load(file)
    if isinstance(source, Problem):
        return source
    if source.slips:
        return source.slips[0]
    entries = source.content.get(name) if isinstance(source.content, dict) else None
    if not isinstance(entries, list) or not entries:
        return source.problem((), f"no list “{name}:”", f"“{name}:” and entries under it")
    options = []
    for number, entry in enumerate(entries):
        try:
            option = _OPTION.validate_python(entry)
        except ValidationError as error:
            detail = error.errors()[0]
            place: Place = (name, number, *detail["loc"])
            return source.problem(place, f"entry {number + 1} of “{name}”", detail["msg"])
        options.append({"value": option.value, "label": option.label})
    return options


def resolve(
    source: Source, concepts: Concepts, lists: OptionLists, tables: Mapping[str, Any]
) -> tuple[Any, list[Problem]]:
    """The content of a procedure's file with concepts and lists in place of their names.

    ``tables`` are the shared ones as written; those that it looks up are copied into it.
    """
    content = with_shared(source.content, tables)
    problems: list[Problem] = []
    if not isinstance(content, dict) or not isinstance(content.get("sections"), list):
        return content, problems
    resolved = []
    for number, section in enumerate(content["sections"]):
        if isinstance(section, dict) and isinstance(section.get("fields"), list):
            place: Place = ("sections", number, "fields")
            fields = _fields(section["fields"], place, source, concepts, lists, problems)
            section = {**section, "fields": fields}
        resolved.append(section)
    return {**content, "sections": resolved}, problems


def _fields(
    fields: list[Any],
    place: Place,
    source: Source,
    concepts: Concepts,
    lists: OptionLists,
    problems: list[Problem],
) -> list[Any]:
    resolved = []
    for number, written in enumerate(fields):
        here: Place = (*place, number)
        if not isinstance(written, dict):
            resolved.append(written)
            continue
        done = _with_concept(written, here, source, concepts, problems)
        done = _with_options(done, here, source, lists, problems)
        if done.get("type") == "group" and isinstance(done.get("fields"), list):
            inner = _fields(done["fields"], (*here, "fields"), source, concepts, lists, problems)
            done = {**done, "fields": inner}
        resolved.append(done)
    return resolved


def _with_concept(
    written: dict[str, Any],
    here: Place,
    source: Source,
    concepts: Concepts,
    problems: list[Problem],
) -> dict[str, Any]:
    name = written.get("concept")
    if name is None:
        return written
    concept = concepts.by_id.get(name) if isinstance(name, str) else None
    if concept is None:
        right = suggest(str(name), concepts.by_id)
        problems.append(source.problem((*here, "concept"), f"unknown concept “{name}”", right))
        return {**_STAND_IN, "id": written.get("id")}
    return {"profile": name, **concept, **written}


def _with_options(
    written: dict[str, Any],
    here: Place,
    source: Source,
    lists: OptionLists,
    problems: list[Problem],
) -> dict[str, Any]:
    name = written.get("options_from")
    if name is None:
        return written
    options: list[dict[str, Any]] | Problem | None = None
    if isinstance(name, str):
        options = lists.options(name)
    else:
        table, wrong = validate(OptionsTable, source, name, (*here, "options_from"))
        problems += wrong
        if table is None or wrong:
            return {**written, "options_from": None, "options": _NO_OPTIONS}
        options = lists.table(table)
    if isinstance(options, Problem):
        problems.append(options)
    elif options is None:
        right = suggest(str(name), lists.names())
        problems.append(source.problem((*here, "options_from"), f"unknown list “{name}”", right))
    else:
        return {**written, "options": options}
    return {**written, "options": _NO_OPTIONS}
