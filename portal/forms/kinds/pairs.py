"""Family and given name, or their kana: alone, and as parts of a person."""

import re
from collections.abc import Mapping
from typing import Any

from foundation.wording import Translate
from portal.forms import messages, names, normalise
from portal.forms.html import ControlHtml, labelled, text_input
from portal.forms.kinds.base import (
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
    first,
    is_texts,
    shown_texts,
    unusable,
)

#: Longest family or given name, in code points; long names of foreign residents fit.
MAX_NAME = 100
_KATAKANA = re.compile(r"[ァ-ヺー・ヽヾ゠\u3000]+")


class PairKind(Kind):
    """Family and given name, or their kana."""

    controls = ("family", "given")
    composed = True
    remembers = True
    members: Mapping[str, Any] = {"family": {}, "given": {}}

    def __init__(self, *, kana: bool) -> None:
        self._kana = kana
        self.parts = pair_parts("", kana=kana)

    def read(self, posted: Posted, situation: Situation) -> Reading:
        return read_pair(posted, "", kana=self._kana)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        return check_pair(value, "", kana=self._kana)

    def emptied(self, previous: Any, posted: Posted, *, required: bool) -> tuple[Complaint, ...]:
        return emptied_pair(previous, posted, "", whole=required)

    def shown(self, value: Any) -> dict[str, list[str]]:
        return shown_texts(value, "", "family", "given")

    def html(self, control: ControlHtml, translate: Translate) -> str:
        return pair_html(control, translate, "", kana=self._kana)

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", full_name(value)),)

    def samples(self) -> tuple[Any, ...]:
        return ({"family": "ミホン", "given": "ハナ"},)


def read_pair(posted: Posted, prefix: str, *, kana: bool) -> Reading:
    """Two names. A given name may be missing: some people have one name only."""
    typed = {
        part: normalise.one_line(first(posted, prefix + part)[: normalise.LIMIT + 1])
        for part in ("family", "given")
    }
    unfit = [unusable(text, prefix + part) for part, text in typed.items()]
    if found := tuple(one for one in unfit if one):
        return Reading(None, found)
    value = {part: normalise.katakana(text) if kana else text for part, text in typed.items()}
    if not value["family"] and not value["given"]:
        return Reading()
    complaints = check_pair(value, prefix, kana=kana)
    return Reading(None if complaints else value, complaints)


def emptied_pair(
    previous: Any, posted: Posted, prefix: str, *, whole: bool
) -> tuple[Complaint, ...]:
    """Names that were known and are left empty now; both at once only where ``whole``.

    Who has one name only has no given name on the card either.
    """
    if not is_texts(previous, "family", "given"):
        return ()
    empty = [part for part in previous if not normalise.one_line(first(posted, prefix + part))]
    if len(empty) == len(previous) and not whole:
        return ()
    return tuple(Complaint(messages.MISSING, prefix + part) for part in empty if previous[part])


def check_pair(value: Any, prefix: str, *, kana: bool) -> tuple[Complaint, ...]:
    if not is_texts(value, "family", "given"):
        return FOREIGN
    missing = () if value["family"] else (Complaint(messages.MISSING, prefix + "family"),)
    wrong = (_wrong_name(value[part], prefix + part, kana=kana) for part in ("family", "given"))
    return missing + tuple(one for one in wrong if one)


def _wrong_name(text: str, suffix: str, *, kana: bool) -> Complaint | None:
    if len(text) > MAX_NAME:
        return Complaint(messages.TOO_LONG, suffix, {"max": MAX_NAME})
    if complaint := unusable(text, suffix):
        return complaint
    if kana and text and not _KATAKANA.fullmatch(text):
        return Complaint(messages.BAD_KANA, suffix)
    found = names.stranger(text)
    return Complaint(messages.NOT_IN_NAMES, suffix, {"found": found}) if found else None


def pair_parts(prefix: str, *, kana: bool) -> dict[str, str]:
    """What the two boxes are called, by control."""
    family = messages.FAMILY_KANA if kana else messages.FAMILY_NAME
    given = messages.GIVEN_KANA if kana else messages.GIVEN_NAME
    return {prefix + "family": family, prefix + "given": given}


def pair_html(control: ControlHtml, translate: Translate, prefix: str, *, kana: bool) -> str:
    auto = iter(("family-name", "given-name"))
    parts = []
    for suffix, label in pair_parts(prefix, kana=kana).items():
        extra = {"autocomplete": "off" if kana else next(auto), "maxlength": str(MAX_NAME)}
        field = text_input(control, suffix, extra=extra)
        parts.append(labelled(control, suffix, translate(label), field))
    return f'<div class="field__parts">{"".join(parts)}</div>'


def full_name(value: Mapping[str, str]) -> str:
    return f"{value['family']}　{value['given']}".strip("　")
