"""The part of a typeface that a document carries with it.

Each pair of a glyph and the text that it stands for has a code of its own, so that what is copied
out is what was written, also where two characters share one form (葛 with and without a selector).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from portal.documents.typefaces import Cluster, Face, Glyph

#: Of a second glyph of one character: the first one says it all.
_NOTHING = "\u200b"

#: Entries that one block of a ToUnicode map may have.
_BLOCK = 100

#: The font has other characters than those of Latin-1.
_SYMBOLIC = 4

_TO_UNICODE_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_TO_UNICODE_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(frozen=True)
class ShownGlyph:
    """A glyph as a page shows it; lengths in thousandths of the type size."""

    code: int
    #: to the right and up from where it would stand
    dx: float
    dy: float
    #: how far the next one moves left from where it would stand
    after: float


@dataclass(frozen=True)
class Shown:
    """A cluster as a page shows it."""

    glyphs: tuple[ShownGlyph, ...]
    #: what is to be copied out instead of what the codes say
    instead: str = ""


class EmbeddedFace:
    """A face with the glyphs that a document has used so far."""

    def __init__(self, name: str, face: Face) -> None:
        #: of the resource in the page: F1
        self.name = name
        self._face = face
        #: 0 is what PDF shows for a code that isn't there
        self._codes: dict[tuple[int, str], int] = {(0, ""): 0}

    def shown(self, cluster: Cluster) -> Shown:
        """The codes for a cluster, which are given out when first asked for."""
        says = _parts(cluster)
        glyphs = tuple(
            self._shown_glyph(glyph, text) for glyph, text in zip(cluster.glyphs, says, strict=True)
        )
        return Shown(glyphs, cluster.text if "".join(says) != cluster.text else "")

    def _shown_glyph(self, glyph: Glyph, text: str) -> ShownGlyph:
        code = self._codes.setdefault((glyph.index, text), len(self._codes))
        return ShownGlyph(
            code,
            glyph.dx,
            glyph.dy,
            round(self._face.advance(glyph.index) + glyph.dx - glyph.advance, 2),
        )

    def written(self, pdf: Pdf) -> Object:
        """The font with its subset inside."""
        indices = [index for index, _ in self._codes]
        program, numbers = self._face.subset(indices)
        name = Name(f"/{_subset_tag(self._codes)}+{self._face.name}")
        file = pdf.make_stream(program)
        file.Length1 = len(program)
        descriptor = pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=name,
                Flags=_SYMBOLIC,
                FontBBox=Array(list(self._face.box())),
                ItalicAngle=0,
                Ascent=round(self._face.measure("ascender")),
                Descent=round(self._face.measure("descender")),
                CapHeight=round(self._face.measure("ascender")),
                StemV=80,
                FontFile2=file,
            )
        )
        descendant = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType2,
                BaseFont=name,
                CIDSystemInfo=Dictionary(
                    Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
                ),
                FontDescriptor=descriptor,
                W=Array([0, Array([round(self._face.advance(index), 2) for index in indices])]),
                CIDToGIDMap=pdf.make_stream(
                    b"".join(numbers[index].to_bytes(2, "big") for index in indices)
                ),
            )
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([descendant]),
                ToUnicode=pdf.make_stream(_to_unicode(self._codes).encode("ascii")),
            )
        )


def _parts(cluster: Cluster) -> list[str]:
    """What each glyph of a cluster says."""
    count = len(cluster.glyphs)
    if cluster.is_missing:
        return [cluster.drawn] * count
    if count == len(cluster.text):
        return list(cluster.text)
    return [cluster.text, *[_NOTHING] * (count - 1)] if count else []


def _to_unicode(codes: Mapping[tuple[int, str], int]) -> str:
    """The map from codes to text, in blocks as short as the format demands."""
    return "\n".join([_TO_UNICODE_HEAD, *_blocks(codes), _TO_UNICODE_TAIL])


def _blocks(codes: Mapping[tuple[int, str], int]) -> Iterator[str]:
    lines = [
        f"<{code:04x}> <{text.encode('utf-16-be').hex()}>"
        for (_, text), code in codes.items()
        if text
    ]
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"


def _subset_tag(codes: Mapping[tuple[int, str], int]) -> str:
    """Six letters before the name of a subset, other ones for other glyphs (9.6.4)."""
    number = sum(hash_step * (index + 1) for hash_step, (index, _) in enumerate(codes, 1))
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters += chr(ord("A") + letter)
    return letters
