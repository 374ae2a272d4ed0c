"""Definitions that were found right, kept so that the next start need not check them again.

A file is as right as it was while neither it changes, nor what it may name (concepts, accounts,
lists, tables, facilities), nor the program that checks it. What is kept is the definition with
all that filled in; it is read again by its model, so that a damaged file can't do harm.
"""

import hashlib
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from pydantic import ValidationError

from portal.forms.definition import ProcedureDefinition

#: What a check depends on beside our own program.
_LIBRARIES = ("pydantic", "common-expression-language", "PyYAML")
#: Parts of a city's folder that no procedure's check looks at.
_APART = frozenset({"procedures", "translations"})


@dataclass
class Kept:
    """The definitions of one city in one file: found there, and written there.

    Its first line says for what they were found right; each other one is the key of a file and
    the definition in JSON, read only when it is asked for.
    """

    file: Path | None
    _around: bytes
    _known: Mapping[bytes, bytes]
    _found: dict[bytes, bytes] = field(default_factory=dict)

    @staticmethod
    def beside(root: Path, file: Path | None) -> "Kept":
        """What an earlier start has kept; nothing where there is no file, or another program's."""
        if file is None:
            return Kept(None, b"", {})
        around = _around(root)
        known: dict[bytes, bytes] = {}
        with suppress(OSError), file.open("rb") as lines:
            if next(lines, b"").strip() == around:
                for line in lines:
                    key, _, document = line.partition(b"\t")
                    known[key] = document
        return Kept(file, around, known)

    def definition(self, key: bytes) -> ProcedureDefinition | None:
        """The definition that came of a file, where it is known to be right."""
        document = self._known.get(key)
        if document is None:
            return None
        try:
            definition = ProcedureDefinition.model_validate_json(document)
        except ValidationError:
            return None
        self._found[key] = document
        return definition

    def add(self, key: bytes, definition: ProcedureDefinition) -> None:
        """A definition that was checked just now and found right."""
        if self.file is not None:
            document = definition.model_dump_json(exclude_defaults=True, by_alias=True)
            self._found[key] = document.encode() + b"\n"

    def write(self) -> None:
        """Keep what this start has found. What can't be written is checked again next time."""
        if self.file is None or self._found == self._known:
            return
        with suppress(OSError):
            # Several processes may start at once: each writes its own and puts it there whole.
            self.file.parent.mkdir(parents=True, exist_ok=True)
            new = self.file.with_name(f"{self.file.name}.{os.getpid()}")
            with new.open("wb") as lines:
                lines.write(self._around + b"\n")
                lines.writelines(b"\t".join(entry) for entry in self._found.items())
            new.replace(self.file)


def key_of(file: Path, root: Path) -> bytes:
    """What identifies a file with its content. Raises OSError."""
    path = quote(file.relative_to(root).as_posix())
    return f"{path} {_digest(file.read_bytes())}".encode()


def _around(root: Path) -> bytes:
    """A hash of the program and of all files that a procedure may name."""
    program = sorted(Path(__file__).parent.rglob("*.py"))
    named = sorted(
        file
        for file in root.rglob("*")
        if file.is_file() and file.relative_to(root).parts[0] not in _APART
    )
    lines = [sys.version, *(f"{name} {version(name)}" for name in _LIBRARIES)]
    lines += [f"{file} {_digest(file.read_bytes())}" for file in (*program, *named)]
    return _digest("\n".join(lines).encode()).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
