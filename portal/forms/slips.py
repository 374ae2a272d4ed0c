"""Slips of the pen in YAML: said by name, and read as they were meant.

Where libyaml gives up, the line is looked at for what people do who write YAML for the first time:
full-width signs, a colon without a space, an opened bracket. What was meant stands in its place
while the rest of the file is checked, so that one slip doesn't hide everything else.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

#: Slips in one file until it is given up.
MOST_SLIPS = 30
#: Quotation marks that YAML takes for letters, with what closes each.
_QUOTES = {"“": "”", "”": "”", "„": "”", "＂": "＂", "‘": "’", "＇": "＇", "〝": "〟"}
_CLOSERS = {"{": "}", "[": "]"}
#: What no value may begin with unless it is quoted.
_NEEDS_QUOTES = "@`%!&*"

_KEY = r"(?P<key>\s*(?:-\s+)*[A-Za-z_][\w.-]*)"
_TIGHT = re.compile(rf"^{_KEY}\s*(?P<colon>：\s*|:(?=[^\s/]))(?P<rest>.*)$")
_VALUE = re.compile(rf"^{_KEY}:\s+(?P<rest>\S.*)$")
_COMMA = re.compile(r"\s*[、，]\s*(?=[A-Za-z_]\w*\s*[:：])")
_QUOTED = re.compile(r'^("(?:\\.|[^"\\])*"|\'[^\']*\')\s*[^\s#,}\]].*$')
_TIGHT_KEY = re.compile(r"([a-z_]\w*)\s*([:：])\s*(\S.*)")
_THOUSANDS = re.compile(r"(\d{3})(?:円)?")


@dataclass(frozen=True)
class Slip:
    """What stands there, what would be right, and the line as it was meant."""

    #: counted from 0
    line: int
    found: str
    right: str
    meant: str


def slip_in(lines: Sequence[str], suspects: Sequence[int]) -> Slip | None:
    """The slip in one of the lines at which a parser gave up; None for another mistake."""
    for number in dict.fromkeys(suspects):
        if not 0 <= number < len(lines):
            continue
        for look in _LOOKS:
            for found, right, meant in look(lines, number):
                if meant != lines[number]:
                    return Slip(number, found, right, meant)
    return None


def unquoted(text: str) -> str | None:
    """What stands between full-width quotation marks; None where there are none around it all."""
    if len(text) < 2 or _QUOTES.get(text[0]) != text[-1]:
        return None
    return text[1:-1]


def tight_key(key: str) -> tuple[str, str, str] | None:
    """``id:phone`` in braces: the key, the sign between, and the value that were meant."""
    found = _TIGHT_KEY.fullmatch(key)
    return (found[1], found[2], found[3]) if found else None


def thousands(key: str) -> str | None:
    """The digits after the comma of ``{west: 3,000円}``, which YAML takes for a key."""
    found = _THOUSANDS.fullmatch(key)
    return found[1] if found else None


_Found = Iterator[tuple[str, str, str]]


def _indentation(lines: Sequence[str], number: int) -> _Found:
    line = lines[number]
    if not line.strip():
        return
    lead = line[: len(line) - len(line.lstrip())]
    strange = [
        name for sign, name in (("\t", "a tab"), ("　", "a full-width space")) if sign in lead
    ]
    above = next((each for each in reversed(lines[:number]) if each.strip()), "")
    if re.match(r" *[\t　]", above):
        return
    begin = re.match(r" *(?:- +)*", above)
    wanted = (begin.end() if begin else 0) + (2 if above.rstrip().endswith(":") else 0)
    meant = " " * wanted + line.lstrip()
    if strange:
        yield f"{strange[0]} before “{line.split()[0]}”", "spaces, as in the lines around", meant
        return
    found = f"“{line.split()[0]}” stands after {len(lead)} spaces"
    if line.lstrip().startswith("- "):
        dash = _dash_above(lines, number)
        if dash is not None and 0 < abs(len(lead) - dash) < 4:
            yield found, f"{dash} spaces, as the “-” above it", " " * dash + line.lstrip()
        return
    missing = wanted - len(lead)
    under_the_dash = missing == 2 and "-" in above[:wanted]
    # Deeper than a line that has its value already, or not as deep as its own entry.
    if missing == 1 or missing < 0 or under_the_dash:
        yield found, f"{wanted} spaces, as the line above", meant


def _dash_above(lines: Sequence[str], number: int) -> int | None:
    """The spaces before the nearest entry of a list above a line."""
    entries = (re.match(r" *(?=- )", each) for each in reversed(lines[:number]))
    return next((found.end() for found in entries if found), None)


def _tight(lines: Sequence[str], number: int) -> _Found:
    if found := _TIGHT.match(lines[number]):
        key = found["key"].strip(" -")
        meant = f"{found['key']}: {found['rest']}"
        if "：" in found["colon"]:
            yield f"a full-width colon after “{key}”", f"“{key}: ” with a half-width one", meant
        else:
            yield f"no space after “{key}:”", f"“{key}: ” and then the value", meant


def _commas(lines: Sequence[str], number: int) -> _Found:
    line = lines[number]
    if found := _COMMA.search(line):
        meant = _COMMA.sub(", ", line)
        yield f"“{found[0].strip()}” between two keys", "a half-width comma and a space", meant


def _brackets(lines: Sequence[str], number: int) -> _Found:
    line = lines[number]
    opened: list[str] = []
    for sign in re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'', "", line):
        if sign in _CLOSERS:
            opened.append(sign)
        elif opened and sign == _CLOSERS[opened[-1]]:
            opened.pop()
    if opened:
        closing = "".join(_CLOSERS[sign] for sign in reversed(opened))
        yield f"“{opened[-1]}” is never closed", f"“{closing}” at the end", line.rstrip() + closing


def _values(lines: Sequence[str], number: int) -> _Found:
    found = _VALUE.match(lines[number])
    if found is None:
        return
    key, value = found["key"].strip(" -"), found["rest"].strip()
    if _QUOTED.match(value):
        quoted = "'" + value.replace("'", "''") + "'"
        yield (
            f"“{key}” goes on after the closing quote",
            f"all of it in quotes: {quoted}",
            (f"{found['key']}: {quoted}"),
        )
    elif value[0] in _NEEDS_QUOTES or (value[0] not in "\"'{[|>" and re.search(r":(\s|$)", value)):
        sign = value[0] if value[0] in _NEEDS_QUOTES else ":"
        quoted = f"'{value}'" if '"' in value else json.dumps(value, ensure_ascii=False)
        yield (
            f"“{sign}” in the value of “{key}”",
            f"the value in quotes: {quoted}",
            (f"{found['key']}: {quoted}"),
        )


_LOOKS: tuple[Callable[[Sequence[str], int], _Found], ...] = (
    _tight, _commas, _values, _brackets, _indentation,
)  # fmt: skip
