"""The typefaces of our papers: which one has a character, how it is shaped, what of it is embedded.

Shaping and subsetting are HarfBuzz's. A variation sequence (IVS: a kanji and the selector of one of
its forms, as in 葛󠄀 of 葛󠄀城市) is one cluster all the way: it is drawn with the very glyph that it
asks for, and copied out with its selector.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import uharfbuzz as hb

#: Where ``scripts/vendor`` puts the typefaces.
FOLDER = Path(__file__).with_name("vendor")

#: In order of preference, each as it is and bold: Japanese, then what Japanese typefaces lack.
FILES = (
    ("NotoSansJP_400Regular.ttf", "NotoSansJP_700Bold.ttf"),
    ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf"),
    ("NotoSans_400Regular.ttf", "NotoSans_700Bold.ttf"),
)

#: 〓 (geta): what Japanese printers put where they have no type.
GETA = "〓"

#: Widths and offsets are in thousandths of the type size, as in PDF.
EM = 1000

#: Ligatures would tie several characters to one glyph; nobody misses them in a form.
_FEATURES = {"liga": False, "clig": False}

_POSTSCRIPT_NAME = 6
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "name", "post", "cmap", "OS/2", "vhea", "vmtx")


class TypefacesMissing(Exception):
    """The typefaces were not fetched at set-up; without them no paper can be made."""


@dataclass(frozen=True)
class Glyph:
    """A glyph of a face and where it stands in its cluster, in thousandths of the type size."""

    index: int
    advance: float
    dx: float = 0
    dy: float = 0


@dataclass(frozen=True, eq=False)
class Face:
    """One typeface from one file."""

    name: str
    face: "hb.Face"
    font: "hb.Font"

    @classmethod
    def read(cls, path: Path) -> "Face":
        """The typeface in a file; the file is mapped, not read."""
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        return cls(face.get_name(_POSTSCRIPT_NAME), face, hb.Font(face))

    def has(self, cluster: str) -> bool:
        """Whether every character is there; a variation only where this very form is."""
        before = ""
        for character in cluster:
            if _is_selector(character):
                if not before or not self.font.get_variation_glyph(ord(before), ord(character)):
                    return False
            elif not _is_invisible(character):
                if self.font.get_nominal_glyph(ord(character)) is None:
                    return False
                before = character
        return True

    def subset(self, glyphs: Sequence[int]) -> tuple[bytes, dict[int, int]]:
        """A TrueType file with only these glyphs, and under which number each is in it."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(f"{t:4}".encode(), "big") for t in _DROPPED)
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        plan = hb.SubsetPlan(self.face, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def measure(self, name: str) -> float:
        """``ascender`` or ``descender`` in thousandths of the type size."""
        extent = getattr(self.font.get_font_extents("ltr"), name)
        return float(extent) * EM / float(self.face.upem)

    def advance(self, glyph: int) -> float:
        """The width of a glyph by itself, in thousandths of the type size."""
        return float(self.font.get_glyph_h_advance(glyph)) * EM / float(self.face.upem)

    def box(self) -> tuple[int, int, int, int]:
        """The box in which every glyph fits (``head``), in thousandths of the type size."""
        head = self.face.reference_table("head").data
        corners = (int.from_bytes(head[at : at + 2], "big", signed=True) for at in (36, 38, 40, 42))
        left, bottom, right, top = (round(corner * EM / self.face.upem) for corner in corners)
        return left, bottom, right, top


@dataclass(frozen=True)
class Cluster:
    """What stands or falls together: a character with its marks and its variation selector."""

    #: as it was written, to be copied out
    text: str
    face: Face
    glyphs: tuple[Glyph, ...]
    #: the characters that are drawn for it: others than ``text`` where no typeface has those
    drawn: str

    @property
    def is_missing(self) -> bool:
        """Whether 〓 stands for it."""
        return self.drawn == GETA != self.text

    @property
    def has_other_form(self) -> bool:
        """Whether a kanji is drawn in its ordinary form because the one asked for isn't there."""
        return self.drawn != self.text and any(_is_ideographic_selector(c) for c in self.text)

    @property
    def width(self) -> float:
        """In thousandths of the type size."""
        return sum(glyph.advance for glyph in self.glyphs)


class Typefaces:
    """The faces of one weight each for text and headings, with their substitutes."""

    def __init__(self, regular: Sequence[Face], bold: Sequence[Face]) -> None:
        self._regular = tuple(regular)
        self._bold = tuple(bold)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Typefaces":
        """The typefaces that set-up fetched. Raises TypefacesMissing, naming the folder."""
        absent = missing_files(folder)
        if absent:
            raise TypefacesMissing(f"{', '.join(absent)} in {folder}")
        regular, bold = zip(
            *((Face.read(folder / light), Face.read(folder / heavy)) for light, heavy in FILES),
            strict=True,
        )
        return cls(regular, bold)

    def shape(self, text: str, *, bold: bool = False) -> tuple[Cluster, ...]:
        """A line of text as clusters. Nothing is ever left out: what no face has becomes 〓.

        One face sets the whole text where one has all of it, so that a Chinese sentence isn't set
        from two typefaces; otherwise the first that has a cluster sets it.
        """
        faces = self._bold if bold else self._regular
        parts = list(_clusters(text))
        whole = next((face for face in faces if all(face.has(part) for part in parts)), None)
        order = (whole,) if whole is not None else faces
        shaped: list[Cluster] = []
        run: list[_Wanted] = []
        for part in parts:
            wanted = _find(part, order)
            if run and run[-1].face is not wanted.face:
                shaped += _shape(run)
                run = []
            run.append(wanted)
        if run:
            shaped += _shape(run)
        return tuple(shaped)


def missing_files(folder: Path = FOLDER) -> tuple[str, ...]:
    """The typefaces that were not fetched."""
    return tuple(name for pair in FILES for name in pair if not (folder / name).is_file())


@dataclass(frozen=True)
class _Wanted:
    """A cluster and the characters that a face shall draw for it."""

    text: str
    drawn: str
    face: Face


def _find(part: str, faces: Sequence[Face]) -> _Wanted:
    face = next((face for face in faces if face.has(part)), None)
    if face is not None:
        return _Wanted(part, part, face)
    plain = "".join(character for character in part if not _is_selector(character))
    face = next((face for face in faces if plain and face.has(plain)), None)
    if face is not None:
        return _Wanted(part, plain, face)
    return _Wanted(part, GETA, faces[0])


def _shape(run: Sequence[_Wanted]) -> list[Cluster]:
    """Clusters of one face, shaped together so that letters keep their distance."""
    face = run[0].face
    drawn = [(ord(character), at) for at, part in enumerate(run) for character in part.drawn]
    buffer = hb.Buffer()
    buffer.add_codepoints([codepoint for codepoint, _ in drawn])
    buffer.guess_segment_properties()
    # What is written from right to left is in none of the faces.
    buffer.direction = "ltr"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(face.font, buffer, _FEATURES)
    scale = EM / face.face.upem
    glyphs: list[list[Glyph]] = [[] for _ in run]
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs[drawn[info.cluster][1]].append(
            Glyph(
                info.codepoint,
                position.x_advance * scale,
                position.x_offset * scale,
                position.y_offset * scale,
            )
        )
    shaped: list[Cluster] = []
    for part, placed in zip(run, glyphs, strict=True):
        if placed or not shaped:
            shaped.append(Cluster(part.text, face, tuple(placed), part.drawn))
        else:  # it has become one glyph with what stands before it
            last = shaped.pop()
            shaped.append(replace(last, text=last.text + part.text, drawn=last.drawn + part.drawn))
    return shaped


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for character in text:
        if cluster and (_is_selector(character) or unicodedata.category(character) in _EXTENDING):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = _STRAY.get(unicodedata.category(character), character)
    if cluster:
        yield cluster


#: What has no form and can't be written to a file either must not stop the paper: a control
#: character is a space, half of a surrogate pair the sign for what could not be read.
_STRAY = {"Cc": " ", "Cs": "\ufffd"}

#: Marks and formatting characters belong to what stands before them.
_EXTENDING = frozenset({"Mn", "Mc", "Me", "Cf"})


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or _is_ideographic_selector(character)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def _is_ideographic_selector(character: str) -> bool:
    """Whether a selector asks for a form of a kanji; others only say "as a picture" or the like."""
    return "\U000e0100" <= character <= "\U000e01ef"
