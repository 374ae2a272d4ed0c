"""Which format a file is in, told by its content alone; names of files lie."""

from foundation.wording import N_, Message
from payments.settlements import paypay_csv, stripe_csv, zengin
from payments.settlements.table import candidates
from payments.settlements.values import Parsed, UnrecognisedFile


def parse(content: bytes) -> Parsed:
    """Read a settlement file. Raises UnrecognisedFile for what is none."""
    if not content.strip():
        raise UnrecognisedFile(Message(N_("ファイルが空です。")))
    if zengin.recognises(content.removeprefix(b"\xef\xbb\xbf")):
        return zengin.read(content)
    for table in candidates(content):
        if stripe_csv.recognises(table.header):
            return stripe_csv.read(table)
        if paypay_csv.recognises(table.header):
            return paypay_csv.read(table)
    raise UnrecognisedFile(
        Message(
            N_(
                "Stripe の取引明細・入金一覧、PayPay の取引明細、全銀の入金通知のどれでもないため、"
                "読み取れません。何も取り込んでいません。"
            )
        )
    )
