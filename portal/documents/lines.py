"""Where a line of text ends: at a space, between Japanese characters, not before 、 or after 「."""

import unicodedata
from collections.abc import Sequence

from portal.documents.typefaces import EM, Cluster, Typefaces

#: 行頭禁則: no line begins with these.
_NOT_FIRST = frozenset(
    "、。，．,.・：:；;！!？?)）]］}｝〕〉》」』】’”ー〜～…‥々ゝゞヽヾ"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%℃円"
)
#: 行末禁則: no line ends with these.
_NOT_LAST = frozenset("(（[［{｛〔〈《「『【‘“¥￥#＃〒")

#: A line of shaped text.
Line = tuple[Cluster, ...]


def width_of(line: Sequence[Cluster], size: float) -> float:
    """How wide a line is at a type size, both in points."""
    return sum(cluster.width for cluster in line) * size / EM


def lines_of(
    typefaces: Typefaces, text: str, size: float, width: float, *, bold: bool = False
) -> list[Line]:
    """A text as lines of at most ``width`` points; a line break in it stays one.

    A word that is longer than a line is cut where the line is full: nothing leaves the paper.
    """
    lines: list[Line] = []
    for paragraph in text.splitlines() or [""]:
        lines += _broken(typefaces.shape(paragraph.strip(), bold=bold), width * EM / size)
    return lines


def _broken(clusters: Sequence[Cluster], limit: float) -> list[Line]:
    lines: list[Line] = []
    start, at, filled = 0, 0, 0.0
    #: the last place in this line where it may end
    last = 0
    while at < len(clusters):
        if at > start and _may_break(clusters[at - 1].text, clusters[at].text):
            last = at
        cluster = clusters[at]
        # A space at the end of a line takes no room.
        if filled + cluster.width > limit and not cluster.text.isspace() and at > start:
            end = last if last > start else at
            lines.append(_stripped(clusters[start:end]))
            start = at = last = end
            while at < len(clusters) and clusters[at].text.isspace():
                start = at = last = at + 1
            filled = 0.0
            continue
        filled += cluster.width
        at += 1
    if start < len(clusters) or not lines:
        lines.append(_stripped(clusters[start:]))
    return lines


def _stripped(clusters: Sequence[Cluster]) -> Line:
    end = len(clusters)
    while end and clusters[end - 1].text.isspace():
        end -= 1
    return tuple(clusters[:end])


def _may_break(before: str, after: str) -> bool:
    if before.isspace():
        return True
    if after.isspace() or after[0] in _NOT_FIRST or before[0] in _NOT_LAST:
        return False
    return before in "-‐–/@" or _is_wide(before) or _is_wide(after)


def _is_wide(text: str) -> bool:
    return unicodedata.east_asian_width(text[0]) in "WF"
