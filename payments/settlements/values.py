"""What the parsers give: lines of providers, lines of the bank, and errors that name the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from foundation.clock import jst_date
from foundation.wording import N_, Message, Translate, untranslated

#: What stands where a byte is no character, or a character can't be shown.
UNDECODABLE = "\ufffd"


class FileFormat(StrEnum):
    """The formats that can be read."""

    STRIPE_TRANSACTIONS = "stripe_transactions"
    STRIPE_PAYOUTS = "stripe_payouts"
    PAYPAY_TRANSACTIONS = "paypay_transactions"
    ZENGIN_DEPOSITS = "zengin_deposits"


#: How each format is called on pages and in reports.
FORMAT_TITLES = {
    FileFormat.STRIPE_TRANSACTIONS: N_("Stripe 取引明細"),
    FileFormat.STRIPE_PAYOUTS: N_("Stripe 入金一覧"),
    FileFormat.PAYPAY_TRANSACTIONS: N_("PayPay 取引明細"),
    FileFormat.ZENGIN_DEPOSITS: N_("全銀 入金通知"),
}


class LineKind(StrEnum):
    """What a provider's line says about the money."""

    PAYMENT = "payment"
    REFUND = "refund"
    #: chargebacks, reserves and corrections by the provider
    ADJUSTMENT = "adjustment"
    #: a fee that stands on a line of its own
    FEE = "fee"
    #: the provider's balance leaves for the bank
    PAYOUT = "payout"


@dataclass(frozen=True)
class ProviderLine:
    """One transaction as the provider recorded it."""

    #: line of the file where it begins, the header is line 1
    line: int
    provider: str
    kind: LineKind
    #: tells this transaction from every other of the provider, in whichever file it comes
    key: str
    #: when it happened
    at: datetime
    #: yen before fees; negative where money goes back
    gross: int
    #: yen that the provider keeps; None where the file doesn't say
    fee: int | None
    #: the provider's own identifier of the payment (``pi_…``, PayPay's 取引番号)
    transaction_id: str
    #: the attempt's id that we had given to the provider; None where the line has none
    attempt_id: str | None = None
    #: the refund's id that we had given to the provider; None where the line has none
    refund_id: str | None = None
    #: the provider's own identifier of the refund (``re_…``); None where the line has none
    provider_refund_id: str | None = None
    #: the payout that pays it out; None where not yet known, or where the file doesn't say
    payout_id: str | None = None
    #: the day on which that payout is expected in the bank
    payout_on: date | None = None
    #: what the bank's deposit will carry as EDI information; None where the file doesn't say
    trace_id: str | None = None
    description: str = ""

    @property
    def net(self) -> int | None:
        """Yen that reach the bank; None where the fee is not known."""
        return None if self.fee is None else self.gross - self.fee


@dataclass(frozen=True)
class BankLine:
    """One deposit as the bank recorded it."""

    #: record number in the file, the header is 1
    line: int
    #: tells this deposit from every other, in whichever file it comes
    key: str
    #: 勘定日, when the bank booked it
    booked_on: date
    #: 起算日, from when it counts
    value_on: date
    #: yen, positive; a cancelled deposit takes this much back
    amount: int
    #: 取消区分
    cancelled: bool
    #: 振込依頼人名, half-width kana as the bank wrote it
    sender_name: str
    sender_code: str
    sender_bank: str
    sender_branch: str
    #: EDI information, up to 20 characters
    edi: str
    #: 銀行コード-支店コード-種目-口座番号 of the account that was paid into
    account: str


@dataclass(frozen=True)
class LineError:
    """A line that was not imported: where, what was found, and what would be right."""

    line: int
    #: the column or field as the file calls it
    field: str
    found: str
    right: Message

    def text(self, translate: Translate = untranslated) -> str:
        """The whole sentence, in the reader's language."""
        where = Message(
            N_("%(line)s行目の「%(field)s」は「%(found)s」となっています。"),
            {"line": self.line, "field": translate(self.field), "found": self.found},
        )
        return where.text(translate) + self.right.text(translate)


@dataclass(frozen=True)
class Parsed:
    """One file: what could be read, and what could not."""

    format: FileFormat
    lines: Sequence[ProviderLine | BankLine]
    errors: Sequence[LineError]
    #: first and last day (JST) that the file speaks about; None where it has no lines and no period
    period: tuple[date, date] | None = None


def days_of(lines: Sequence[ProviderLine]) -> tuple[date, date] | None:
    """The period of a file that states none: from its first to its last transaction."""
    days = [jst_date(line.at) for line in lines]
    return (min(days), max(days)) if days else None


class UnrecognisedFile(Exception):
    """Nothing that we can read; the message says so to the person who sent it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text())
        self.message = message


class Unreadable(Exception):
    """A field that can't be read; the parser of the file turns it into a LineError."""

    def __init__(self, field: str, found: str, right: Message) -> None:
        super().__init__(field)
        self.field, self.found, self.right = field, found, right

    def at(self, line: int) -> LineError:
        return LineError(line, self.field, shortened(self.found), self.right)


def shortened(found: str) -> str:
    """What was found, short enough for a message and without characters that nobody can see."""
    seen = "".join(one if one.isprintable() else UNDECODABLE for one in found[:60])
    return seen if len(found) <= 60 else seen[:59] + "…"
