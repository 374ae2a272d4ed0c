"""全銀 入金通知 (deposit notice, 種別 01): 200-byte records in JIS X 0201, half-width kana.

Header 1, data 2, trailer 8, end 9. Text is left-aligned and filled with spaces, numbers are
right-aligned and filled with zeros, dates are wareki ``YYMMDD`` without the era.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: Bytes of one record, without the line end.
RECORD_LENGTH = 200

#: (name, bytes) of each record's fields, in order; each sums up to 200.
HEADER = (
    ("record", 1),
    ("kind", 2),
    ("code", 1),
    ("created_on", 6),
    ("from", 6),
    ("until", 6),
    ("bank_code", 4),
    ("bank_name", 15),
    ("branch_code", 3),
    ("branch_name", 15),
    ("account_kind", 1),
    ("account_number", 7),
    ("account_name", 40),
    ("filler", 93),
)
DATA = (
    ("record", 1),
    ("inquiry", 6),
    ("booked_on", 6),
    ("value_on", 6),
    ("amount", 10),
    ("other_bank_amount", 10),
    ("sender_code", 10),
    ("sender_name", 48),
    ("sender_bank", 15),
    ("sender_branch", 15),
    ("cancelled", 1),
    ("edi", 20),
    ("filler", 52),
)
TRAILER = (
    ("record", 1),
    ("count", 6),
    ("amount", 12),
    ("cancelled_count", 6),
    ("cancelled_amount", 12),
    ("filler", 163),
)
END = (("record", 1), ("filler", 199))

#: The first days of the eras that a notice can fall into, latest first.
_ERAS = ((date(2019, 5, 1), 2018), (date(1989, 1, 8), 1988), (date(1926, 12, 25), 1925))


@dataclass(frozen=True)
class Account:
    """The account that was paid into. Names in half-width kana."""

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    #: 預金種目: 1 普通, 2 当座
    kind: str
    number: str
    name: str


@dataclass(frozen=True)
class Deposit:
    """One deposit. Names in half-width kana."""

    #: 照会番号, six digits, unique within the bank
    inquiry: int
    #: 勘定日, when it was booked
    booked_on: date
    #: 起算日, from when it counts
    value_on: date
    #: yen
    amount: int
    sender_code: str
    sender_name: str
    sender_bank: str
    sender_branch: str
    #: EDI information of the sender, up to 20 characters
    edi: str
    #: 取消区分: True takes an earlier deposit back
    cancelled: bool = False


@dataclass(frozen=True)
class DepositNotice:
    """One file: the deposits of one account in a span of days, both ends included."""

    created_on: date
    first_day: date
    last_day: date
    account: Account
    deposits: Sequence[Deposit]


def write(notice: DepositNotice, *, line_end: bytes = b"\r\n") -> bytes:
    """The file; header, trailer and end also where there is no deposit.

    Raises ValueError where a text has a character that JIS X 0201 lacks, or a value is longer
    than its field.
    """
    account = notice.account
    records = [
        _record(
            HEADER,
            "1",
            "01",
            "0",
            wareki(notice.created_on),
            wareki(notice.first_day),
            wareki(notice.last_day),
            account.bank_code,
            account.bank_name,
            account.branch_code,
            account.branch_name,
            account.kind,
            account.number,
            account.name,
            "",
        )
    ]
    records += [_data(deposit) for deposit in notice.deposits]
    kept = [deposit.amount for deposit in notice.deposits if not deposit.cancelled]
    taken_back = [deposit.amount for deposit in notice.deposits if deposit.cancelled]
    records.append(
        _record(
            TRAILER,
            "8",
            f"{len(kept):06d}",
            f"{sum(kept):012d}",
            f"{len(taken_back):06d}",
            f"{sum(taken_back):012d}",
            "",
        )
    )
    records.append(_record(END, "9", ""))
    return b"".join(record + line_end for record in records)


def wareki(day: date) -> str:
    """``YYMMDD`` with the year of the era: 2026-11-20 (令和8年) → ``081120``."""
    for first_day, before in _ERAS:
        if day >= first_day:
            return f"{day.year - before:02d}{day:%m%d}"
    raise ValueError(f"{day} is before 昭和")


def _data(deposit: Deposit) -> bytes:
    return _record(
        DATA,
        "2",
        f"{deposit.inquiry:06d}",
        wareki(deposit.booked_on),
        wareki(deposit.value_on),
        f"{deposit.amount:010d}",
        f"{0:010d}",
        deposit.sender_code,
        deposit.sender_name,
        deposit.sender_bank,
        deposit.sender_branch,
        "1" if deposit.cancelled else "0",
        deposit.edi,
        "",
    )


def _record(layout: Sequence[tuple[str, int]], *values: str) -> bytes:
    fields = []
    for (name, length), value in zip(layout, values, strict=True):
        # cp932 has JIS X 0201 as its single bytes; two bytes mean a full-width character.
        encoded = value.encode("cp932")
        if len(encoded) != len(value):
            raise ValueError(f"{name}: {value!r} has a character that JIS X 0201 lacks")
        if len(encoded) > length:
            raise ValueError(f"{name}: {value!r} is longer than {length} bytes")
        fields.append(encoded.ljust(length))
    return b"".join(fields)
