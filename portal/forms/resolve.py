"""Filling in what a definition only names: concepts and lists of options."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from portal.forms.city import ListedOption
from portal.forms.fields import AnyField
from portal.forms.problems import Problem, suggest
from portal.forms.source import Place, Source, load

_FIELD: TypeAdapter[Any] = TypeAdapter(AnyField)
_OPTION = TypeAdapter(ListedOption)


@dataclass(frozen=True)
class Concepts:
    """concepts.yaml: what many forms ask for, as keys of a field without its id."""

    by_id: Mapping[str, Mapping[str, Any]]

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
        problems = [
            source.problem((key,), f"unknown key “{key}”", "“concepts:” only")
            for key in content
            if key != "concepts"
        ]
        for name, concept in written.items():
            if not isinstance(concept, dict):
                problems.append(
                    source.problem(("concepts", name), f"“{name}” is no concept", "type:, label: …")
                )
                continue
            try:
                _FIELD.validate_python({"id": "concept", **concept})
            except ValidationError as error:
                for detail in error.errors():
                    place = ("concepts", name, *detail["loc"])
                    key = detail["loc"][-1] if detail["loc"] else name
                    problems.append(source.problem(place, f"“{key}” of “{name}”", detail["msg"]))
        return Concepts({name: c for name, c in written.items() if isinstance(c, dict)}), problems


class OptionLists:
    """``options_from: nurseries`` is the list ``nurseries`` of a file of that name."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, list[dict[str, str]] | Problem] = {}

    def options(self, name: str) -> list[dict[str, str]] | Problem | None:
        """The options of a list; None where there is none, a problem where it is wrong."""
        if name not in self._known:
            file = next((f for f in self._files() if f.stem == name), None)
            if file is None:
                return None
            self._known[name] = _read_list(file, name)
        return self._known[name]

    def names(self) -> list[str]:
        return [file.stem for file in self._files()]

    def _files(self) -> list[Path]:
        return sorted(self._root.glob("*.yaml")) + sorted(self._root.glob("sample/*.yaml"))


def _read_list(file: Path, name: str) -> list[dict[str, str]] | Problem:
    source = load(file)
    if isinstance(source, Problem):
        return source
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


def resolve(source: Source, concepts: Concepts, lists: OptionLists) -> tuple[Any, list[Problem]]:
    """The content of a procedure's file with concepts and lists in place of their names."""
    content = source.content
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
        # A text stands in for it, so that the rest of the file can be checked.
        return {"type": "text", "label": str(name), **written, "concept": None}
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
    options = lists.options(name) if isinstance(name, str) else None
    if isinstance(options, Problem):
        problems.append(options)
    elif options is None:
        right = suggest(str(name), lists.names())
        problems.append(source.problem((*here, "options_from"), f"unknown list “{name}”", right))
    else:
        return {**written, "options": options}
    return {**written, "options": [{"value": "x", "label": "x"}]}
