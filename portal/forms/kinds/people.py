"""Who and where: address, person."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from foundation.wording import Translate
from portal.forms import dates, messages, normalise
from portal.forms.functions import moment
from portal.forms.html import ControlHtml, escaped, labelled, text_input
from portal.forms.kinds import days
from portal.forms.kinds.base import (
    BLANK,
    FOREIGN,
    Complaint,
    Kind,
    Posted,
    Reading,
    Row,
    Situation,
    first,
    is_texts,
    pictured,
    shown_texts,
    unusable,
)
from portal.forms.kinds.pairs import (
    PairKind,
    check_pair,
    emptied_pair,
    full_name,
    pair_html,
    pair_parts,
    read_pair,
)

#: 住所 on the certificate of a card: up to 200 characters.
MAX_ADDRESS = 200

_POSTCODE = re.compile(r"[0-9]{7}")


class AddressKind(Kind):
    """Postcode and address."""

    controls = ("postcode", "text")
    composed = True
    addresses = ("",)
    members: Mapping[str, Any] = {"postcode": {}, "text": {}}
    #: what the field is called says what the text is: 本籍 is no 住所, a 場所 needs none
    parts = MappingProxyType({"postcode": messages.POSTCODE})

    def absent(self) -> tuple[Complaint, ...]:
        """A postcode isn't needed, and only a help."""
        return (Complaint(self.missing, "text"),)

    def read(self, posted: Posted, situation: Situation) -> Reading:
        return read_address(posted, "")

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        return check_address(value, "")

    def shown(self, value: Any) -> dict[str, list[str]]:
        return shown_address(value, "")

    def html(self, control: ControlHtml, translate: Translate) -> str:
        return address_html(control, translate, "")

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (Row("", address_words(value)),)

    def samples(self) -> tuple[Any, ...]:
        return ({"postcode": "1000001", "text": "見本県見本市1-1"},)


def read_address(posted: Posted, prefix: str) -> Reading:
    typed = {}
    for part in ("postcode", "text"):
        typed[part] = normalise.one_line(first(posted, prefix + part)[: normalise.LIMIT + 1])
        suffix = prefix + part
        if complaint := unusable(typed[part], suffix) or pictured(typed[part], suffix):
            return Reading(None, (complaint,))
    if not typed["postcode"] and not typed["text"]:
        return Reading()
    value = {
        "postcode": normalise.digits(typed["postcode"]).removeprefix("〒"),
        "text": typed["text"],
    }
    complaints = check_address(value, prefix)
    return Reading(None if complaints else value, complaints)


def check_address(value: Any, prefix: str) -> tuple[Complaint, ...]:
    if not is_texts(value, "postcode", "text"):
        return FOREIGN
    complaints = []
    if value["postcode"] and not _POSTCODE.fullmatch(value["postcode"]):
        complaints.append(Complaint(messages.BAD_POSTCODE, prefix + "postcode"))
    if not value["text"]:
        complaints.append(Complaint(messages.MISSING, prefix + "text"))
    elif len(value["text"]) > MAX_ADDRESS:
        complaints.append(Complaint(messages.TOO_LONG, prefix + "text", {"max": MAX_ADDRESS}))
    elif complaint := unusable(value["text"], prefix + "text"):
        complaints.append(complaint)
    return tuple(complaints)


def shown_address(value: Any, prefix: str) -> dict[str, list[str]]:
    shown = shown_texts(value, prefix, "postcode", "text")
    if shown:
        shown[prefix + "postcode"] = [hyphenated(value["postcode"])]
    return shown


def hyphenated(postcode: str) -> str:
    return f"{postcode[:3]}-{postcode[3:]}" if len(postcode) == 7 else postcode


def address_html(control: ControlHtml, translate: Translate, prefix: str) -> str:
    postcode = {"inputmode": "numeric", "autocomplete": "postal-code", "maxlength": "16"}
    lines = {"autocomplete": "street-address", "maxlength": str(MAX_ADDRESS * 2)}
    narrow = replace(control, width="short")
    parts = labelled(
        control,
        prefix + "postcode",
        translate(messages.POSTCODE),
        text_input(narrow, prefix + "postcode", extra={**postcode, "data-postcode": True})
        + _search_button(control, translate, prefix),
    )
    parts += labelled(
        control,
        prefix + "text",
        translate(messages.ADDRESS_TEXT),
        text_input(control, prefix + "text", width="long", extra=lines),
    )
    return f'<div class="field__lines">{parts}</div>'


def _search_button(control: ControlHtml, translate: Translate, prefix: str) -> str:
    """The button that fills in the address; what it looks up is read by portal.forms.reading."""
    target = control.name(prefix.removesuffix("."))
    label = escaped(translate(messages.SEARCH_ADDRESS))
    of = f'<span class="visually-hidden"> {escaped(control.label)}</span>'
    return (
        f' <button class="button button--secondary button--small field__search" name="_lookup"'
        f' value="{target}" formnovalidate>{label}{of}</button>'
    )


def address_words(value: Mapping[str, str]) -> str:
    postcode = f"〒{hyphenated(value['postcode'])}\n" if value["postcode"] else ""
    return postcode + value["text"]


class PersonKind(Kind):
    """Name, kana, birth date and address of one person, usually from the card."""

    controls = (
        "name.family",
        "name.given",
        "kana.family",
        "kana.given",
        *days.day_controls("birth_date."),
        "address.postcode",
        "address.text",
    )
    picked = frozenset({"birth_date.era"})
    composed = True
    remembers = True
    addresses = ("address",)
    parts = MappingProxyType(
        pair_parts("name.", kana=False)
        | pair_parts("kana.", kana=True)
        | dict.fromkeys(days.day_controls("birth_date."), messages.BIRTH_DATE)
        | {"address.postcode": messages.POSTCODE, "address.text": messages.ADDRESS}
    )
    members: Mapping[str, Any] = {
        "name": PairKind.members,
        "kana": PairKind.members,
        "birth_date": {},
        "sex": {},
        "address": AddressKind.members,
    }

    def read(self, posted: Posted, situation: Situation) -> Reading:
        name = read_pair(posted, "name.", kana=False)
        kana = read_pair(posted, "kana.", kana=True)
        birth = days.read_day(posted, "birth_date.")
        address = read_address(posted, "address.")
        readings = {"name": name, "birth_date": birth, "address": address}
        complaints = [one for reading in (*readings.values(), kana) for one in reading.complaints]
        if (
            not complaints
            and kana.value is None
            and all(r.value is None for r in readings.values())
        ):
            return Reading()
        complaints += [
            complaint
            for complaint in self.absent()
            if readings[complaint.suffix.partition(".")[0]] == BLANK
        ]
        value = {part: reading.value for part, reading in readings.items()} | {"kana": kana.value}
        if not complaints:
            complaints = list(self.check(value, situation))
        return Reading(None if complaints else value, tuple(complaints))

    def absent(self) -> tuple[Complaint, ...]:
        """Each part that is needed, for itself."""
        needed = ("name.family", "birth_date.year", "address.text")
        return tuple(Complaint(self.missing, suffix) for suffix in needed)

    def emptied(self, previous: Any, posted: Posted, *, required: bool) -> tuple[Complaint, ...]:
        """The name where anything of the person is said; 振り仮名 may be left out as a whole."""
        if not isinstance(previous, Mapping):
            return ()
        said = required or any(
            first(posted, suffix).strip() for suffix in self.controls if suffix not in self.picked
        )
        return (
            *emptied_pair(previous.get("name"), posted, "name.", whole=said),
            *emptied_pair(previous.get("kana"), posted, "kana.", whole=False),
        )

    def carried(self, previous: Any, value: Any) -> Any:
        """The sex, which only the card and the register know, while the person is the same."""
        known = isinstance(previous, Mapping) and "sex" in previous
        if known and previous.get("birth_date") == value["birth_date"]:
            return {**value, "sex": previous["sex"]}
        return value

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        wanted = {"name", "birth_date", "address"}
        known = wanted | {"kana", "sex"}
        if not isinstance(value, Mapping) or not wanted <= set(value) <= known:
            return FOREIGN
        birth = dates.iso(value["birth_date"])
        if birth is None or value.get("sex") not in (None, "male", "female", "unknown"):
            return FOREIGN
        complaints = list(check_pair(value["name"], "name.", kana=False))
        if value.get("kana") is not None:
            complaints += check_pair(value["kana"], "kana.", kana=True)
        complaints += check_address(value["address"], "address.")
        if birth > situation.today:
            complaints.append(
                Complaint(messages.TOO_LATE, "birth_date.year", {"max": situation.today})
            )
        return tuple(complaints)

    def shown(self, value: Any) -> dict[str, list[str]]:
        if not isinstance(value, Mapping):
            return {}
        return {
            **shown_texts(value.get("name"), "name.", "family", "given"),
            **shown_texts(value.get("kana"), "kana.", "family", "given"),
            **days.shown_day(value.get("birth_date"), "birth_date."),
            **shown_address(value.get("address"), "address."),
        }

    def in_wareki(self, shown: Posted) -> Posted:
        return days.era_day(shown, "birth_date.")

    def html(self, control: ControlHtml, translate: Translate) -> str:
        def part(label: str, html: str) -> str:
            legend = f"<legend>{escaped(translate(label))}</legend>"
            return f'<fieldset class="field__group">{legend}{html}</fieldset>'

        return (
            part(messages.NAME, pair_html(control, translate, "name.", kana=False))
            + part(
                messages.KANA,
                pair_html(replace(control, required=False), translate, "kana.", kana=True),
            )
            + part(
                messages.BIRTH_DATE,
                days.day_html(control, translate, "birth_date.", birthday=True),
            )
            + part(messages.ADDRESS, address_html(control, translate, "address."))
        )

    def slots(self, posted: Posted) -> dict[str, str]:
        return {**super().slots(posted), **days.day_slots(posted, "birth_date.")}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        rows = [Row(translate(messages.NAME), full_name(value["name"]))]
        if value.get("kana"):
            rows.append(Row(translate(messages.KANA), full_name(value["kana"])))
        birth = days.day_words(date.fromisoformat(value["birth_date"]), translate)
        rows.append(Row(translate(messages.BIRTH_DATE), birth))
        if value.get("sex") in messages.SEXES:
            rows.append(Row(translate(messages.SEX), translate(messages.SEXES[value["sex"]])))
        rows.append(Row(translate(messages.ADDRESS), address_words(value["address"])))
        return tuple(rows)

    def seen(self, value: Any) -> Any:
        if value is None:
            return None
        birth = dates.iso(value.get("birth_date"))
        return {
            "kana": None,
            "sex": None,
            **value,
            "birth_date": None if birth is None else moment(birth),
        }

    def samples(self) -> tuple[Any, ...]:
        name = {"family": "ミホン", "given": "ハナ"}
        address = {"postcode": "1000001", "text": "見本県見本市1-1"}
        birth = {"birth_date": "1990-01-02", "sex": "female"}
        return ({"name": name, "kana": name, "address": address, **birth},)
