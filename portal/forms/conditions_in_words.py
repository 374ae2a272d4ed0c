"""Simple conditions as a sentence: 「受け取り方」が「郵送」のとき."""

import re
from collections.abc import Callable, Mapping, Sequence

from foundation.wording import Translate
from portal.forms import messages
from portal.forms import shown_words as words
from portal.forms.fields import ComputedField, FieldBase
from portal.forms.figures import in_figures

_NAME = r"(?P<name>[a-z][a-z0-9_]*)"
_TEXT = r"""(?P<quote>["'])(?P<value>[^"']*)(?P=quote)"""
_OPTION = re.compile(rf"{_NAME} *(?P<sign>[!=]=) *{_TEXT}")
_AMONG = re.compile(rf"{_NAME} +in +\[(?P<values>[^\]]*)\]")
_LISTED = re.compile(r"""["']([^"']*)["']""")
_WITHIN = re.compile(rf"(?P<no>!? *\(? *){_TEXT} +in +{_NAME} *\)?")
_TRUTH = re.compile(rf"{_NAME} *(?P<sign>[!=]=) *(?P<truth>true|false)")
_BARE = re.compile(rf"(?P<no>!?) *{_NAME}")
_ANSWERED = re.compile(rf"(?P<no>!?) *answered\( *{_NAME} *\)")
_NUMBER = re.compile(rf"(?:count\( *)?{_NAME} *\)? *(?P<sign>[<>]=?|[!=]=) *(?P<number>\d+)")
_CHANNEL = {"online": words.ONLINE, "counter": words.AT_COUNTER}
_RESIDENT = {
    "resident.of_city": words.OF_CITY,
    "!resident.of_city": words.NOT_OF_CITY,
    "resident.signed_in": words.SIGNED_IN,
    "!resident.signed_in": words.NOT_SIGNED_IN,
}


def condition_in_words(
    condition: str | None, fields: Mapping[str, FieldBase], translate: Translate
) -> str:
    """A condition for its reader; "" where there is none.

    ``fields`` are those that it may name. What is more than a few comparisons is told in general.
    """
    if condition is None:
        return ""
    ways = []
    pattern = words.WHEN
    for way in condition.split("||"):
        parts = []
        for part in way.split("&&"):
            told = _part(part.strip(), fields, translate)
            if told is None:
                return translate(words.WHEN_SOMETHING)
            parts.append(told)
            pattern = _closing(part.strip())
        ways.append(translate(words.AND).join(parts))
    return translate(pattern) % {"condition": translate(words.OR).join(ways)}


def _closing(part: str) -> str:
    """How a sentence with this last comparison ends: in Japanese a noun needs の before とき."""
    noun = not part.startswith("channel") and "resident." not in part
    verbs = (_WITHIN, _ANSWERED)
    ends_in_noun = noun and not any(verb.fullmatch(part) for verb in verbs)
    return words.WHEN if ends_in_noun else words.WHEN_SO


def _part(written: str, fields: Mapping[str, FieldBase], translate: Translate) -> str | None:
    """One comparison; None where it is none of the simple ones."""
    bare = written.replace(" ", "")
    if bare in _RESIDENT:
        return translate(_RESIDENT[bare])
    if (found := _OPTION.fullmatch(written)) and found["name"] == "channel":
        online = (found["value"] == "online") == (found["sign"] == "==")
        return translate(_CHANNEL["online" if online else "counter"])
    for pattern, tell in _TOLD:
        found = pattern.fullmatch(written)
        if found and found["name"] in fields:
            return tell(found, fields[found["name"]], translate)
    return None


def _is(found: re.Match[str], field: FieldBase, translate: Translate) -> str:
    pattern = words.IS if found["sign"] == "==" else words.IS_NOT
    return _asked(pattern, field, _option(field, found["value"], translate), translate)


def _among(found: re.Match[str], field: FieldBase, translate: Translate) -> str:
    options = [_option(field, value, translate) for value in _LISTED.findall(found["values"])]
    return _asked(words.IS, field, translate(words.EITHER).join(options), translate)


def _holds(found: re.Match[str], field: FieldBase, translate: Translate) -> str:
    pattern = words.HOLDS_NOT if found["no"].startswith("!") else words.HOLDS
    return _asked(pattern, field, _option(field, found["value"], translate), translate)


def _truth(found: re.Match[str], field: FieldBase, translate: Translate) -> str:
    yes = (found["truth"] == "true") == (found["sign"] == "==")
    return _asked(words.IS, field, translate(messages.YES if yes else messages.NO), translate)


def _bare(found: re.Match[str], field: FieldBase, translate: Translate) -> str | None:
    if isinstance(field, ComputedField):
        return None  # its label is no question that can be answered with yes
    return _asked(
        words.IS, field, translate(messages.NO if found["no"] else messages.YES), translate
    )


def _answered(found: re.Match[str], field: FieldBase, translate: Translate) -> str:
    return _asked(words.UNANSWERED if found["no"] else words.ANSWERED, field, "", translate)


def _number(found: re.Match[str], field: FieldBase, translate: Translate) -> str:
    filled = {
        "question": translate(field.label),
        "number": in_figures(int(found["number"]), translate),
    }
    return translate(words.COMPARED[found["sign"]]) % filled


def _asked(pattern: str, field: FieldBase, answer: str, translate: Translate) -> str:
    return translate(pattern) % {"question": translate(field.label), "answer": answer}


def _option(field: FieldBase, value: str, translate: Translate) -> str:
    for option in getattr(field, "options", ()):
        if option.value == value:
            return translate(option.label)
    return value


#: The comparisons that can be told, and how.
_TOLD: Sequence[tuple[re.Pattern[str], Callable[..., str | None]]] = (
    (_OPTION, _is),
    (_AMONG, _among),
    (_WITHIN, _holds),
    (_TRUTH, _truth),
    (_BARE, _bare),
    (_ANSWERED, _answered),
    (_NUMBER, _number),
)
