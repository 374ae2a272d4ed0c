"""Fields that name a concept and say something else than it."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.forms.problems import Problem
from portal.forms.resolve import Concepts
from portal.forms.source import Place, Source
from portal.forms.written import places_of_fields


def contradictions(source: Source, concepts: Concepts) -> Iterator[Problem]:
    """Another type than the concept's, or the label of another concept.

    A concept may be asked for twice, each time with a label of its own (飼い主, 世帯主). But who
    is asked for what another concept is called is offered the wrong answer from their profile.
    """
    called: dict[str, str] = {}
    for other, known in concepts.by_id.items():
        called.setdefault(str(known.get("label")), other)
    for place, field in _fields(source.content):
        name = field.get("concept")
        concept = concepts.by_id.get(name) if isinstance(name, str) else None
        if concept is None:
            continue
        kind, label = field.get("type"), field.get("label")
        if kind is not None and kind != concept["type"]:
            found = f"type “{kind}” of a field for the concept “{name}”"
            right = f"“{concept['type']}” like the concept, or no type"
            yield source.problem((*place, "type"), found, right)
        another = called.get(str(label))
        if another is not None and label != concept.get("label"):
            found = f"label “{label}” of a field for the concept “{name}”"
            right = f"that is what the concept “{another}” is called: name it, or another label"
            yield source.problem((*place, "label"), found, right)


def _fields(content: Any) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Every field as it is written, those of rows included."""
    for _, place in places_of_fields(content):
        field = content["sections"][place[1]]["fields"][place[3]]
        yield place, field
        rows = field.get("fields")
        for index, inner in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(inner, dict):
                yield (*place, "fields", index), inner
