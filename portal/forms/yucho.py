"""ゆうちょ銀行: 記号 and 番号 of a passbook as branch and account of a transfer.

The rule is the bank's own (記号・番号から振込用の店名・預金種目・口座番号への変換): the second and
third digit of the 記号 with 8 behind them are the branch of a 総合口座, whose 番号 loses its last
digit; with 9 behind them that of a 振替口座, whose 番号 is taken as it is.
"""

import re
from dataclasses import dataclass

#: 金融機関コード
CODE = "9900"
NAME = "ゆうちょ銀行"

_SYMBOL = re.compile(r"[01][0-9]{3}[0-9]")
_BRANCH = re.compile(r"[0-9]{2}[89]")
_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True)
class Account:
    """An account as other banks know it."""

    branch_code: str
    #: ordinary, current
    kind: str
    #: seven digits
    number: str


def is_symbol(text: str) -> bool:
    """Whether this is a 記号: five digits that begin with 1 (総合口座) or 0 (振替口座)."""
    return _SYMBOL.fullmatch(text) is not None


def account(symbol: str, number: str) -> Account | None:
    """The account of a 記号 and a 番号; None where these can't be any."""
    if not is_symbol(symbol) or not number.isdecimal() or not number.isascii():
        return None
    if symbol[0] == "1":
        # The last digit of every 番号 of a 総合口座 is 1 and is dropped.
        if not 2 <= len(number) <= 8 or number[-1] != "1":
            return None
        return Account(symbol[1:3] + "8", "ordinary", number[:-1].zfill(7))
    if len(number) > 6:
        return None
    return Account(symbol[1:3] + "9", "current", number.zfill(7))


def branch_name(code: str) -> str | None:
    """〇一八 for 018; None where no branch has this code."""
    return code.translate(_NUMERALS) if _BRANCH.fullmatch(code) else None
