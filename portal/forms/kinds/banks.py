"""An account to pay into or from: bank_account."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foundation.wording import Translate
from portal.forms import messages, normalise
from portal.forms.html import ControlHtml, labelled, select, text_input
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

#: What a bank's 半角カナ records can hold.
_HOLDER = re.compile(r"[ァ-ヺー\u3000A-Z0-9().,/¥「」-]+")


class BankAccountKind(Kind):
    """An account to pay into or from."""

    controls = ("bank_code", "branch_code", "kind", "number", "holder")
    composed = True
    members: Mapping[str, Any] = {name: {} for name in controls}

    def read(self, posted: Posted, situation: Situation) -> Reading:
        typed = {}
        for part in self.controls:
            typed[part] = normalise.one_line(first(posted, part)[: normalise.LIMIT + 1])
            if complaint := unusable(typed[part], part):
                return Reading(None, (complaint,))
        if not any(text for part, text in typed.items() if part != "kind"):
            return Reading()
        number = normalise.digits(typed["number"])
        value = {
            "bank_code": normalise.digits(typed["bank_code"]),
            "branch_code": normalise.digits(typed["branch_code"]),
            "kind": typed["kind"],
            "number": number.zfill(7) if number else "",
            "holder": normalise.katakana(typed["holder"]).upper(),
        }
        complaints = self.check(value, situation)
        return Reading(None if complaints else value, complaints)

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        if not is_texts(value, *self.controls):
            return FOREIGN
        complaints = []
        for part, wanted, message in (
            ("bank_code", r"[0-9]{4}", messages.BAD_BANK_CODE),
            ("branch_code", r"[0-9]{3}", messages.BAD_BRANCH_CODE),
            ("number", r"[0-9]{7}", messages.BAD_ACCOUNT_NUMBER),
        ):
            if not re.fullmatch(wanted, value[part]):
                complaints.append(Complaint(message, part))
        if value["kind"] not in messages.ACCOUNT_KINDS:
            complaints.append(
                Complaint(messages.MISSING_PART, "kind", texts={"part": messages.ACCOUNT_KIND})
            )
        if len(value["holder"]) > 48 or not _HOLDER.fullmatch(value["holder"]):
            complaints.append(Complaint(messages.BAD_HOLDER, "holder"))
        return tuple(complaints)

    def shown(self, value: Any) -> dict[str, list[str]]:
        return shown_texts(value, "", *self.controls)

    def html(self, control: ControlHtml, translate: Translate) -> str:
        kinds = [(value, translate(label)) for value, label in messages.ACCOUNT_KINDS.items()]
        number = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "16"}
        narrow = replace(control, width="short")
        fields = {
            "bank_code": (messages.BANK_CODE, text_input(narrow, "bank_code", extra=number)),
            "branch_code": (messages.BRANCH_CODE, text_input(narrow, "branch_code", extra=number)),
            "kind": (
                messages.ACCOUNT_KIND,
                select(control, "kind", kinds, translate(messages.CHOOSE)),
            ),
            "number": (messages.ACCOUNT_NUMBER, text_input(narrow, "number", extra=number)),
            "holder": (
                messages.ACCOUNT_HOLDER,
                text_input(control, "holder", extra={"autocomplete": "off", "maxlength": "96"}),
            ),
        }
        parts = [
            labelled(control, part, translate(label), field)
            for part, (label, field) in fields.items()
        ]
        return f'<div class="field__lines">{"".join(parts)}</div>'

    def slots(self, posted: Posted) -> dict[str, str]:
        return {**super().slots(posted), f"o:kind:{first(posted, 'kind')}": " selected"}

    def rows(self, value: Any, translate: Translate) -> tuple[Row, ...]:
        return (
            Row(translate(messages.BANK_CODE), value["bank_code"]),
            Row(translate(messages.BRANCH_CODE), value["branch_code"]),
            Row(
                translate(messages.ACCOUNT_KIND),
                translate(messages.ACCOUNT_KINDS.get(value["kind"], value["kind"])),
            ),
            Row(translate(messages.ACCOUNT_NUMBER), value["number"]),
            Row(translate(messages.ACCOUNT_HOLDER), value["holder"]),
        )

    def samples(self) -> tuple[Any, ...]:
        codes = {"bank_code": "0001", "branch_code": "001", "number": "0000001"}
        return ({**codes, "kind": "ordinary", "holder": "ミホン　ハナ"},)
