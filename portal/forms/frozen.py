"""A definition as an application keeps it: everything that it says, with a checksum."""

import hashlib
from collections.abc import Mapping
from typing import Any

from foundation.hashchain import canonical_json
from portal.forms.definition import ProcedureDefinition

#: Of the shape of what is frozen; raised when an old one can't be read any more.
FROZEN_FORMAT = 1


class ThawError(Exception):
    """What was frozen is damaged, or of a format that nobody reads any more."""


def freeze(definition: ProcedureDefinition) -> dict[str, Any]:
    """JSON of a definition."""
    document = _document(definition)
    return {"checksum": _checksum(document), **document}


def thawed(frozen: Mapping[str, Any]) -> ProcedureDefinition:
    """The definition as it was frozen. Raises ThawError where it was damaged."""
    document = {key: value for key, value in frozen.items() if key != "checksum"}
    if document.get("format") != FROZEN_FORMAT:
        raise ThawError(f"format {document.get('format')!r} instead of {FROZEN_FORMAT}")
    if _checksum(document) != frozen.get("checksum"):
        raise ThawError("the checksum doesn't match")
    return ProcedureDefinition.model_validate(document["definition"])


def checksum(definition: ProcedureDefinition) -> str:
    """Of everything that a definition says: the same for the same rules."""
    return _checksum(_document(definition))


def _document(definition: ProcedureDefinition) -> dict[str, Any]:
    written = definition.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return {"format": FROZEN_FORMAT, "definition": written}


def _checksum(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical_json(document)).hexdigest()
