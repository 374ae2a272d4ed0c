"""全銀 入金通知 (種別 01): deposits into the city's account, as the bank tells them.

200-byte records in JIS X 0201, with or without CR/LF between them: header 1, data 2, trailer 8,
end 9. Dates are wareki ``YYMMDD`` without the era, which here is 令和. The trailer's counts and
sums are checked: where they contradict the data, the deposits of that account are not taken.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from foundation.wording import N_, Message
from payments.settlements.values import (
    UNDECODABLE,
    BankLine,
    FileFormat,
    LineError,
    Parsed,
    Unreadable,
)

#: Characters of one record, which in JIS X 0201 are its bytes.
RECORD_LENGTH = 200

#: 令和 began in 2019, on this day: year 1.
_REIWA = date(2019, 5, 1)

#: Start and end of each field that is used, by the name that the layout gives it.
_HEADER = {
    "作成日": (4, 10),
    "勘定日(自)": (10, 16),
    "勘定日(至)": (16, 22),
    "銀行コード": (22, 26),
    "支店コード": (41, 44),
    "預金種目": (59, 60),
    "口座番号": (60, 67),
}
_DATA = {
    "照会番号": (1, 7),
    "勘定日": (7, 13),
    "起算日": (13, 19),
    "金額": (19, 29),
    "振込依頼人コード": (39, 49),
    "振込依頼人名": (49, 97),
    "仕向銀行名": (97, 112),
    "仕向店名": (112, 127),
    "取消区分": (127, 128),
    "EDI情報": (128, 148),
}
_TRAILER = {
    "入金件数": (1, 7),
    "入金額合計": (7, 19),
    "取消件数": (19, 25),
    "取消額合計": (25, 37),
}

_DIGITS = re.compile(r"[0-9]+")
_JIS_X_0201 = re.compile("[ -~｡-ﾟ]*")
_LINE_END = re.compile(r"\r\n|\n|\r")


def recognises(content: bytes) -> bool:
    """Whether the content begins like a deposit notice: record 1, 種別 01, コード区分 0."""
    return content[:4] == b"1010" and content[4:22].isdigit()


def read(content: bytes) -> Parsed:
    """All deposits of all accounts in the file."""
    reader = _Reader()
    for line, record in enumerate(_records(content), start=1):
        try:
            reader.take(line, record)
        except Unreadable as problem:
            reader.broken(problem.at(line))
    reader.finish()
    return Parsed(FileFormat.ZENGIN_DEPOSITS, reader.lines, reader.errors, reader.period)


@dataclass
class _Block:
    """One account: from its header to its trailer."""

    account: str
    first_day: date
    last_day: date
    lines: list[BankLine] = field(default_factory=list)
    broken: int = 0
    seen: dict[str, int] = field(default_factory=dict)


class _Reader:
    """Goes through the records in order and remembers the account that they belong to."""

    def __init__(self) -> None:
        self.lines: list[BankLine] = []
        self.errors: list[LineError] = []
        self._block: _Block | None = None
        self._last_line = 0
        #: from the first day of the earliest header to the last of the latest
        self.period: tuple[date, date] | None = None

    def take(self, line: int, record: str) -> None:
        self._last_line = line
        kind = record[:1]
        take = self._takers.get(kind)
        if take is None:
            raise Unreadable(
                "データ区分", kind, Message(N_("1、2、8、9 のいずれかである必要があります。"))
            )
        if len(record) != RECORD_LENGTH:
            raise Unreadable(
                "レコード長",
                str(len(record)),
                Message(N_("%(right)s文字である必要があります。"), {"right": RECORD_LENGTH}),
            )
        if not _JIS_X_0201.fullmatch(record):
            raise Unreadable(
                "文字", record, Message(N_("JIS X 0201 の文字だけで書かれている必要があります。"))
            )
        take(self, line, record)

    def broken(self, error: LineError) -> None:
        self.errors.append(error)
        if self._block is not None:
            self._block.broken += 1

    def finish(self) -> None:
        if self._block is not None:
            self._close_unchecked(self._last_line + 1)

    def _header(self, line: int, record: str) -> None:
        if self._block is not None:
            self._close_unchecked(line)
        cut = _cutter(record, _HEADER)
        if record[1:4] != "010":
            raise Unreadable(
                "種別コード", record[1:4], Message(N_("入金通知の 010 である必要があります。"))
            )
        account = "-".join(
            _digits(name, cut[name])
            for name in ("銀行コード", "支店コード", "預金種目", "口座番号")
        )
        first, last = (_wareki(name, cut[name]) for name in ("勘定日(自)", "勘定日(至)"))
        self._block = _Block(account, first, last)
        if self.period is not None:
            first, last = min(first, self.period[0]), max(last, self.period[1])
        self.period = (first, last)

    def _data(self, line: int, record: str) -> None:
        block = self._block
        if block is None:
            raise Unreadable(
                "データ区分", "2", Message(N_("先に口座を示すヘッダー(1)が必要です。"))
            )
        cut = _cutter(record, _DATA)
        booked_on = _wareki("勘定日", cut["勘定日"])
        if not block.first_day <= booked_on <= block.last_day:
            raise Unreadable(
                "勘定日",
                cut["勘定日"],
                Message(
                    N_("ヘッダーの期間 %(first)s〜%(last)s の中である必要があります。"),
                    {"first": str(block.first_day), "last": str(block.last_day)},
                ),
            )
        cancelled = cut["取消区分"].strip()
        if cancelled not in ("", "0", "1"):
            raise Unreadable("取消区分", cancelled, Message(N_("0 か 1 である必要があります。")))
        inquiry, amount = _digits("照会番号", cut["照会番号"]), _amount("金額", cut["金額"])
        base = f"{block.account}/{booked_on:%Y%m%d}/{inquiry}/{amount}/{cancelled or '0'}"
        # Some banks fill 照会番号 with zeros; the n-th equal deposit of a day is still itself.
        nth = block.seen[base] = block.seen.get(base, 0) + 1
        block.lines.append(
            BankLine(
                line=line,
                key=base if nth == 1 else f"{base}/{nth}",
                booked_on=booked_on,
                value_on=_wareki("起算日", cut["起算日"]),
                amount=amount,
                cancelled=cancelled == "1",
                sender_name=cut["振込依頼人名"].strip(),
                sender_code=cut["振込依頼人コード"].strip(),
                sender_bank=cut["仕向銀行名"].strip(),
                sender_branch=cut["仕向店名"].strip(),
                edi=cut["EDI情報"].strip(),
                account=block.account,
            )
        )

    def _trailer(self, line: int, record: str) -> None:
        block = self._block
        if block is None:
            raise Unreadable(
                "データ区分", "8", Message(N_("先に口座を示すヘッダー(1)が必要です。"))
            )
        cut = _cutter(record, _TRAILER)
        told = tuple(int(_digits(name, cut[name])) for name in _TRAILER)
        self._block = None
        kept = [one.amount for one in block.lines if not one.cancelled]
        back = [one.amount for one in block.lines if one.cancelled]
        read = (len(kept), sum(kept), len(back), sum(back))
        if read == told or (block.broken and _could_be_completed(read, told, block.broken)):
            self.lines += block.lines
            return
        self.errors.append(
            LineError(
                line,
                "・".join(_TRAILER),
                "・".join(map(str, told)),
                Message(
                    N_(
                        "読み取った明細は %(read)s です。この口座の明細は取り込んでいません。"
                        "銀行からもう一度受け取ってください。"
                    ),
                    {"read": "・".join(map(str, read))},
                ),
            )
        )

    def _end(self, line: int, record: str) -> None:
        if self._block is not None:
            self._close_unchecked(line)

    def _close_unchecked(self, line: int) -> None:
        """Keep the deposits of a block whose trailer is missing or unreadable, and say so."""
        block, self._block = self._block, None
        if block is None:
            return
        self.lines += block.lines
        if not block.broken:
            self.errors.append(
                LineError(
                    line,
                    "データ区分",
                    "",
                    Message(
                        N_("口座の終わりを示すトレーラー(8)が必要です。合計を確かめられません。")
                    ),
                )
            )

    _takers: Mapping[str, Callable[["_Reader", int, str], None]] = {
        "1": _header,
        "2": _data,
        "8": _trailer,
        "9": _end,
    }


def _could_be_completed(read: Sequence[int], told: Sequence[int], broken: int) -> bool:
    """Whether the broken records alone can explain what the read ones lack."""
    missing = told[0] + told[2] - read[0] - read[2]
    return missing == broken and all(t >= r for t, r in zip(told, read, strict=True))


def _records(content: bytes) -> list[str]:
    text = _decoded(content)
    if _LINE_END.search(text):
        records = [line for line in _LINE_END.split(text) if line.strip()]
    else:
        records = [
            text[start : start + RECORD_LENGTH] for start in range(0, len(text), RECORD_LENGTH)
        ]
    # Some systems close the file with Ctrl-Z.
    return [record for record in records if record.strip("\x1a ")]


def _decoded(content: bytes) -> str:
    """JIS X 0201 as text, one character for each byte; U+FFFD for bytes that it doesn't have.

    A file that an editor saved as UTF-8 has the same characters; it is taken too.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "".join(map(_jis_x_0201, content))
    return text


def _jis_x_0201(byte: int) -> str:
    if byte in (0x0A, 0x0D, 0x1A) or 0x20 <= byte <= 0x7E:
        return chr(byte)
    if 0xA1 <= byte <= 0xDF:
        return chr(byte - 0xA1 + 0xFF61)
    return UNDECODABLE


def _cutter(record: str, layout: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    return {name: record[start:end] for name, (start, end) in layout.items()}


def _digits(name: str, found: str) -> str:
    if not _DIGITS.fullmatch(found):
        raise Unreadable(name, found, Message(N_("数字だけで埋まっている必要があります。")))
    return found


def _amount(name: str, found: str) -> int:
    amount = int(_digits(name, found))
    if amount == 0:
        raise Unreadable(name, found, Message(N_("金額は1円以上です。")))
    return amount


def _wareki(name: str, found: str) -> date:
    right = Message(N_("和暦(令和)の年月日6桁である必要があります。例: 令和8年4月1日は 080401"))
    if not _DIGITS.fullmatch(found):
        raise Unreadable(name, found, right)
    try:
        day = date(2018 + int(found[:2]), int(found[2:4]), int(found[4:6]))
    except ValueError:
        raise Unreadable(name, found, right) from None
    if day < _REIWA:
        raise Unreadable(name, found, right)
    return day
