"""An account to pay into or from: bank_account."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from foundation.wording import Translate
from portal.forms import messages, normalise, yucho
from portal.forms.directories import Directories
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

#: What an answer has beside what was typed, where bank and branch are known.
_NAMES = ("bank_name", "branch_name")
#: Banks or branches that are named where several fit.
_MOST_NAMES = 5
#: What a bank's 半角カナ records can hold.
_HOLDER = re.compile(r"[ァ-ヺー\u3000A-Z0-9().,/¥「」-]+")


class BankAccountKind(Kind):
    """An account to pay into or from. Bank and branch may be given by code or by name."""

    controls = ("bank_code", "branch_code", "kind", "number", "holder")
    picked = frozenset({"kind"})
    composed = True
    parts = MappingProxyType(
        {
            "bank_code": messages.BANK,
            "branch_code": messages.BRANCH,
            "kind": messages.ACCOUNT_KIND,
        }
    )
    members: Mapping[str, Any] = {name: {} for name in (*controls, *_NAMES)}

    def __init__(self, directories: Directories) -> None:
        self._directories = directories

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
            "bank_code": self._bank(typed["bank_code"]),
            "branch_code": normalise.digits(typed["branch_code"]),
            "kind": typed["kind"],
            "number": number.zfill(7) if number else "",
            "holder": normalise.zengin(typed["holder"]),
        }
        if value["bank_code"] == yucho.CODE and yucho.is_symbol(value["branch_code"]):
            found = yucho.account(value["branch_code"], number)
            if found is None:
                return Reading(None, (Complaint(messages.BAD_YUCHO_NUMBER, "number"),))
            value |= {
                "branch_code": found.branch_code, "kind": found.kind, "number": found.number,
            }  # fmt: skip
        else:
            value["branch_code"] = self._branch(value["bank_code"], typed["branch_code"])
        complaints = self.check(value, situation)
        return Reading(None if complaints else value | self._names(value), complaints)

    def _bank(self, typed: str) -> str:
        """The code of what was typed; what was typed where no one bank is meant."""
        code = normalise.digits(typed)
        if code.isdecimal():
            return code
        if normalise.width(typed).removesuffix("銀行") == "ゆうちょ":
            return yucho.CODE
        found = self._directories.banks_called(typed)
        return found[0].code if len(found) == 1 else typed

    def _branch(self, bank_code: str, typed: str) -> str:
        """The code of a branch; what was typed where no one branch is meant."""
        code = normalise.digits(typed)
        bank = self._directories.banks.get(bank_code)
        if code.isdecimal() or bank is None:
            return code
        found = bank.branches_called(typed)
        return found[0].code if len(found) == 1 else typed

    def _names(self, value: Mapping[str, str]) -> dict[str, str]:
        """The names of bank and branch, as far as anybody knows them."""
        if value["bank_code"] == yucho.CODE:
            names = (yucho.NAME, yucho.branch_name(value["branch_code"]) or "")
        elif bank := self._directories.banks.get(value["bank_code"]):
            branch = bank.branches.get(value["branch_code"])
            names = (bank.name, branch.name if branch else "")
        else:
            return {}
        return dict(zip(_NAMES, names, strict=True))

    def check(self, value: Any, situation: Situation) -> tuple[Complaint, ...]:
        # An answer of earlier may have no names.
        if not is_texts(value, *self.controls) and not is_texts(value, *self.controls, *_NAMES):
            return FOREIGN
        complaints = list(self._bank_complaints(value["bank_code"], value["branch_code"]))
        if not re.fullmatch(r"[0-9]{7}", value["number"]):
            complaints.append(Complaint(messages.BAD_ACCOUNT_NUMBER, "number"))
        if value["kind"] not in messages.ACCOUNT_KINDS:
            complaints.append(Complaint(messages.MISSING_CHOICE, "kind"))
        if len(value["holder"]) > 48 or not _HOLDER.fullmatch(value["holder"]):
            complaints.append(Complaint(messages.BAD_HOLDER, "holder"))
        return tuple(complaints)

    def _bank_complaints(self, bank_code: str, branch_code: str) -> Iterator[Complaint]:
        """Codes of a wrong shape, and those that no bank and no branch has."""
        bank = self._directories.banks.get(bank_code)
        known = bank_code == yucho.CODE or bank is not None or not self._directories.banks
        if not re.fullmatch(r"[0-9]{4}", bank_code):
            called = [each.name for each in self._directories.banks_called(bank_code)]
            if called:
                names = {"names": "、".join(called[:_MOST_NAMES])}
                yield Complaint(messages.SEVERAL_BANKS, "bank_code", names)
            else:
                yield Complaint(messages.BAD_BANK_CODE, "bank_code")
        elif not known:
            yield Complaint(messages.UNKNOWN_BANK, "bank_code", {"code": bank_code})
        if not re.fullmatch(r"[0-9]{3}", branch_code):
            called = [each.name for each in bank.branches_called(branch_code)] if bank else []
            if called:
                names = {"names": "、".join(called[:_MOST_NAMES])}
                yield Complaint(messages.SEVERAL_BRANCHES, "branch_code", names)
            else:
                yield Complaint(messages.BAD_BRANCH_CODE, "branch_code")
        elif bank_code == yucho.CODE:
            if yucho.branch_name(branch_code) is None:
                yield Complaint(messages.UNKNOWN_BRANCH, "branch_code", {"code": branch_code})
        elif bank is not None and branch_code not in bank.branches:
            yield Complaint(messages.UNKNOWN_BRANCH, "branch_code", {"code": branch_code})

    def shown(self, value: Any) -> dict[str, list[str]]:
        if not isinstance(value, Mapping):
            return {}
        codes = {part: text for part, text in value.items() if part not in _NAMES}
        return shown_texts(codes, "", *self.controls)

    def html(self, control: ControlHtml, translate: Translate) -> str:
        kinds = [(value, translate(label)) for value, label in messages.ACCOUNT_KINDS.items()]
        number = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "16"}
        # A name or a code: no keyboard of digits.
        named = {"autocomplete": "off", "maxlength": "60"}
        narrow = replace(control, width="short")
        fields = {
            "bank_code": (messages.BANK_CODE, text_input(control, "bank_code", extra=named)),
            "branch_code": (
                messages.BRANCH_CODE,
                text_input(control, "branch_code", extra=named),
            ),
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
            Row(translate(messages.BANK), _named(value, "bank", translate)),
            Row(translate(messages.BRANCH), _named(value, "branch", translate)),
            Row(
                translate(messages.ACCOUNT_KIND),
                translate(messages.ACCOUNT_KINDS.get(value["kind"], value["kind"])),
            ),
            Row(translate(messages.ACCOUNT_NUMBER), value["number"]),
            Row(translate(messages.ACCOUNT_HOLDER), value["holder"]),
        )

    def samples(self) -> tuple[Any, ...]:
        bank = next(iter(self._directories.banks.values()), None)
        codes = {
            "bank_code": bank.code if bank else "0001",
            "branch_code": next(iter(bank.branches)) if bank else "001",
            "number": "0000001",
        }
        return ({**codes, "kind": "ordinary", "holder": "ミホン　ハナ"},)


def _named(value: Mapping[str, str], part: str, translate: Translate) -> str:
    """A name with its code in brackets, or the code alone."""
    name, code = value.get(f"{part}_name"), value[f"{part}_code"]
    return name + translate(messages.BRACKETED) % {"text": code} if name else code
