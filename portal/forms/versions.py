"""What became of a definition: the difference between two versions, for authors and staff."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.forms.definition import ProcedureDefinition


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was. None where it is new, or gone."""

    #: from the top: ("sections", "request", "copies", "max")
    place: tuple[str, ...]
    before: str | None
    after: str | None


#: Steps that say nothing to a reader: where things are listed is plain from their ids.
_SILENT = frozenset({"fields", "lines", "options"})


def changes(before: ProcedureDefinition, after: ProcedureDefinition) -> tuple[Change, ...]:
    """Everything that differs, in the order of the newer version; what is gone comes last.

    Sections, fields, options and fee lines are known by their ids, so that one that only moved is
    told as its new place and not as removed and added.
    """
    return tuple(_compared((), _plain(before), _plain(after)))


def _plain(definition: ProcedureDefinition) -> Any:
    return definition.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def _compared(place: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    old, new = _entries(before), _entries(after)
    if old is None or new is None:
        yield Change(place, _words(before), _words(after))
        return
    for key in [*new, *(key for key in old if key not in new)]:
        step = () if key in _SILENT else (key,)
        yield from _compared((*place, *step), old.get(key), new.get(key))
    kept = [key for key in old if key in new]
    if isinstance(after, Sequence) and kept != [key for key in new if key in old]:
        yield Change((*place, "order"), " ".join(kept), " ".join(k for k in new if k in old))


def _entries(value: Any) -> Mapping[str, Any] | None:
    """A mapping, or a list of things with ids as one; None for everything else."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        return None
    keys = [each.get("id", each.get("value")) for each in value]
    if any(key is None for key in keys) or len(set(keys)) < len(keys):
        return None
    return dict(zip(keys, value, strict=True))


def _words(value: Any) -> str | None:
    """A value for a line of text: what a whole field or section is called, or what it is."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        name = value.get("label") or value.get("title")
        return str(name) if name else ", ".join(f"{key}: {_words(v)}" for key, v in value.items())
    if isinstance(value, list):
        return ", ".join(_words(each) or "" for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
