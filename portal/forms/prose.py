"""Explanatory texts: paragraphs, lists and links, and nothing else that HTML can do."""

import re

from portal.forms.html import escaped

#: [書き方の説明](https://www.city.example.jp/help), [窓口の地図](/map)
_LINK = re.compile(
    r"\[([^\[\]\n]{1,200})\]\((https://[^\s()<>\"]{1,500}|/[^\s()<>\"/][^\s()<>\"]*)\)"
)
_ITEM = re.compile(r"[-・] ?")


def html(text: str) -> str:
    """A text as HTML. A blank line ends a paragraph; lines that begin with “-” are a list."""
    blocks = []
    for block in re.split(r"\n[ \t]*\n", text.strip()):
        items: list[str] = []
        lines: list[str] = []
        for line in block.split("\n"):
            if line.startswith(("- ", "・")):
                blocks += _paragraph(lines)
                lines = []
                items.append(_ITEM.sub("", line, count=1))
            else:
                blocks += _list(items)
                items = []
                lines.append(line)
        blocks += _paragraph(lines) + _list(items)
    return "".join(blocks)


def _paragraph(lines: list[str]) -> list[str]:
    return [f"<p>{'<br>'.join(map(_inline, lines))}</p>"] if lines else []


def _list(items: list[str]) -> list[str]:
    if not items:
        return []
    written = "".join(f"<li>{_inline(item)}</li>" for item in items)
    return [f'<ul class="list">{written}</ul>']


def _inline(line: str) -> str:
    """A line with its links; all else is text."""
    parts = []
    end = 0
    for match in _LINK.finditer(line):
        parts.append(escaped(line[end : match.start()]))
        parts.append(f'<a href="{escaped(match[2])}">{escaped(match[1])}</a>')
        end = match.end()
    return "".join(parts) + escaped(line[end:])
