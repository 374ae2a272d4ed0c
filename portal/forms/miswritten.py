"""What was meant by an expression that is none: said to its author as it should be written."""

import re
import unicodedata

from portal.forms.expressions import Expression

_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_QUOTED = re.compile("[“”„〝＂]([^“”„〝〟＂]*)[“”〟＂]|[‘’＇]([^‘’＇]*)[‘’＇]|「([^「」]*)」")
_NUMBER = re.compile(r"[¥￥]?\s*(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*[^\d\s.()+*/<>=-]{0,4}")
#: What people write for CEL's operators, outside of texts.
_OPERATORS = (
    (re.compile(r"(?<![=!<>])=(?![=<>])"), "=="),
    (re.compile(r"<>|≠"), "!="),
    (re.compile(r"≧|=>"), ">="),
    (re.compile(r"≦|=<"), "<="),
    (re.compile(r"\s*(?:\b(?:and|AND)\b|かつ|(?<!&)&(?!&))\s*"), " && "),
    (re.compile(r"\s*(?:\b(?:or|OR)\b|または|又は|(?<!\|)\|(?!\|))\s*"), " || "),
    (re.compile(r"\b(?:not|NOT)\b\s*"), "!"),
    (re.compile(r"×"), "*"),
    (re.compile(r"÷"), "/"),
    (re.compile(r"\b(?:True|TRUE)\b"), "true"),
    (re.compile(r"\b(?:False|FALSE)\b"), "false"),
)


def meant_by(written: str, message: str) -> str:
    """How to write it right; where nobody can tell, what the parser says, with the column."""
    alone = number_in(written)
    if alone is not None:
        return f"the number alone: {alone}"
    meant = _QUOTED.sub(lambda found: f'"{found[1] or found[2] or found[3] or ""}"', written)
    meant = "".join(_each_outside(meant))
    if meant != written and _is_expression(meant):
        return f"write it so: {meant}"
    return _column(message)


def number_in(written: str) -> str | None:
    """The number of ``3,000円``, ``１００％`` or ``6か月``; None where there is something else."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", written).strip())
    return found["number"].replace(",", "") if found else None


def yen_in(written: str) -> str | None:
    """The number of ``3,000円`` or ``３０００``; None for a class such as ``1級`` or ``1``."""
    text = unicodedata.normalize("NFKC", written).strip()
    amount = re.fullmatch(r"[¥￥]?\d[\d,]*円?", text) and not re.fullmatch(r"\d+", written)
    return number_in(text) if amount else None


def _each_outside(written: str) -> list[str]:
    """The parts of an expression, with operators as CEL has them outside of texts."""
    parts, end = [], 0
    for text in _STRING.finditer(written):
        parts += [_operators(written[end : text.start()]), text[0]]
        end = text.end()
    return [*parts, _operators(written[end:])]


def _operators(part: str) -> str:
    part = unicodedata.normalize("NFKC", part.replace("≠", "!="))
    for pattern, operator in _OPERATORS:
        part = pattern.sub(operator, part)
    return part


def _is_expression(written: str) -> bool:
    try:
        Expression(written)
    except ValueError:
        return False
    return True


def _column(message: str) -> str:
    """The parser's message with the column, without the list of all that it could have taken."""
    told = re.search(r"ERROR: <input>:\d+:(\d+): (.*?)(?: expecting|\n|$)", message)
    return f"column {told[1]}: {told[2]}" if told else message.splitlines()[0]
