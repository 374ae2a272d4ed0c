"""What is inside an uploaded file: whether it is what it claims to be, and harms nobody.

Nothing here trusts a name or a size that a file states. A picture is never decoded and a PDF never
drawn; every stream is unpacked with a limit, so that a bomb costs at most a second.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from enum import Enum
from io import BytesIO
from typing import Any

import pikepdf

#: Largest picture, in pixels: a phone's best camera, a poster at 300 dpi.
MAX_PIXELS = 120_000_000
MAX_SIDE = 30_000
#: Bytes to which the packed parts of a file may unpack, together.
MAX_UNPACKED = 512 * 1024 * 1024
#: Objects of a PDF that are looked at; a document of a thousand pages has fewer.
MAX_OBJECTS = 100_000
#: How deep values may be nested inside one object of a PDF.
_MAX_DEPTH = 40
_CHUNK = 1024 * 1024

#: The bytes with which a file of a media type begins.
_BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}
#: Keys and actions with which a PDF runs something, opens something else or carries a file.
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/XFA"})
_ACTIVE_NAMES = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/EmbeddedFile", "/RichMedia", "/Rendition", "/Movie"}
)
_STREAM = re.compile(rb"stream\r?\n")
#: Markers of a JPEG that give its size: SOF0 to SOF15 without DHT, JPG and DAC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Unwelcome(Enum):
    """Why a file of the right type is not taken."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    TOO_MANY_PIXELS = "too_many_pixels"
    BOMB = "bomb"


def media_type_of(content: bytes) -> str | None:
    """The media type by the first bytes; None for what we don't know, whatever its name says."""
    return next(
        (kind for kind, beginning in _BEGINNINGS.items() if content.startswith(beginning)), None
    )


def unwelcome(content: bytes, media_type: str) -> Unwelcome | None:
    """What speaks against a file of a known type. Never raises."""
    try:
        if media_type == "image/png":
            return _png(content)
        if media_type == "image/jpeg":
            return _jpeg(content)
        return _pdf(content)
    except (struct.error, IndexError, ValueError, zlib.error):
        return Unwelcome.DAMAGED


def _size(width: int, height: int) -> Unwelcome | None:
    if width < 1 or height < 1:
        return Unwelcome.DAMAGED
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        return Unwelcome.TOO_MANY_PIXELS
    return None


def _png(content: bytes) -> Unwelcome | None:
    position = 8
    first = True
    data: list[bytes] = []
    while position < len(content):
        length, kind = struct.unpack_from(">I4s", content, position)
        chunk = content[position + 8 : position + 8 + length]
        if len(chunk) < length or first != (kind == b"IHDR"):
            return Unwelcome.DAMAGED
        if first:
            if wrong := _size(*struct.unpack_from(">II", chunk)):
                return wrong
            first = False
        if kind in (b"zTXt", b"iTXt", b"iCCP") and _unpacked(_after_name(chunk), _CHUNK) is None:
            return Unwelcome.BOMB
        if kind == b"IDAT":
            data.append(chunk)
        if kind == b"IEND":
            break
        position += length + 12
    else:
        return Unwelcome.DAMAGED
    if not data:
        return Unwelcome.DAMAGED
    return Unwelcome.BOMB if _unpacked(b"".join(data), MAX_UNPACKED) is None else None


def _after_name(chunk: bytes) -> bytes:
    """The packed part of a text or colour chunk: from the first header of zlib after its name."""
    start = chunk.find(b"\x78", chunk.find(b"\0") + 1)
    return chunk[start:] if start >= 0 else b""


def _jpeg(content: bytes) -> Unwelcome | None:
    position = 2
    while True:
        if content[position] != 0xFF:
            return Unwelcome.DAMAGED
        marker = content[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in (0xD9, 0xDA):
            return Unwelcome.DAMAGED  # the picture begins, or ends, before its size is told
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, position + 5)
            return _size(width, height)
        position += 2 + struct.unpack_from(">H", content, position + 2)[0]


def _pdf(content: bytes) -> Unwelcome | None:
    left = MAX_UNPACKED
    for match in _STREAM.finditer(content):
        unpacked = _unpacked(memoryview(content)[match.end() :], left)
        if unpacked is None:
            return Unwelcome.BOMB
        left -= unpacked
    try:
        with pikepdf.open(BytesIO(content)) as document:
            if len(document.pages) == 0:
                return Unwelcome.DAMAGED
            if len(document.objects) > MAX_OBJECTS:
                return Unwelcome.BOMB
            active = any(_is_active(each) for each in document.objects)
            return Unwelcome.ACTIVE if active else None
    except pikepdf.PasswordError:
        return Unwelcome.ENCRYPTED
    except (pikepdf.PdfError, RuntimeError, TypeError):
        return Unwelcome.DAMAGED


def _unpacked(packed: bytes | memoryview, limit: int) -> int | None:
    """To how many bytes a stream of zlib unpacks; None beyond the limit, 0 where it is none."""
    unpacker = zlib.decompressobj()
    size = 0
    rest: bytes | memoryview = packed[:_CHUNK]
    position = len(rest)
    try:
        while rest:
            size += len(unpacker.decompress(rest, _CHUNK))
            if size > limit:
                return None
            if unpacker.eof:
                break
            rest = unpacker.unconsumed_tail
            if not rest:
                rest = packed[position : position + _CHUNK]
                position += len(rest)
    except zlib.error:
        return size
    return size


def _is_active(value: Any, depth: int = 0) -> bool:
    """Whether an object runs, opens or carries something. Raises ValueError where too deep."""
    if depth > _MAX_DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(value, pikepdf.Array):
        return any(_is_active(item, depth + 1) for item in _direct(value))
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if _ACTIVE_KEYS & set(value.keys()):
        return True
    for key in ("/S", "/Type", "/Subtype"):
        name = value.get(key)
        if isinstance(name, pikepdf.Name) and str(name) in _ACTIVE_NAMES:
            return True
    return any(_is_active(item, depth + 1) for item in _direct(list(value.values())))


def _direct(items: Any) -> Iterator[Any]:
    """The values that stand in an object itself; those elsewhere are looked at there."""
    return (item for item in items if isinstance(item, pikepdf.Object) and not item.is_indirect)
