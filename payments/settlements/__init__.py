"""Parsers of the settlement files of providers and banks, one module per format.

Pure: bytes in, frozen values out; no database, no clock. ``parse(content)`` recognises the format
by content. A line that can't be read becomes a ``LineError`` and imports nothing of itself; the
others go on. A file that nobody knows raises ``UnrecognisedFile``.
"""

from payments.settlements.recognise import parse
from payments.settlements.values import (
    BankLine,
    FileFormat,
    LineError,
    LineKind,
    Parsed,
    ProviderLine,
    UnrecognisedFile,
)

__all__ = [
    "BankLine",
    "FileFormat",
    "LineError",
    "LineKind",
    "Parsed",
    "ProviderLine",
    "UnrecognisedFile",
    "parse",
]
