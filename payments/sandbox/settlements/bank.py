"""The sample bank: who has an account, who pays in, and its deposit notice."""

from collections.abc import Sequence
from datetime import date

from payments.sandbox.files.zengin_deposits import Account, Deposit, DepositNotice, write
from payments.sandbox.settings import SandboxSettings
from payments.sandbox.settlements.models import BankDeposit
from payments.sandbox.webhooks.signing import PAYPAY, STRIPE

#: 依頼人コード and 依頼人名 of each provider, half-width kana.
SENDERS = {
    STRIPE: ("0000003600", "ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ(ｶ"),
    PAYPAY: ("0000001980", "ﾍﾟｲﾍﾟｲ(ｶ"),
}


def account(settings: SandboxSettings) -> Account:
    """The city's account at the sample bank (a bank code that no bank has)."""
    return Account(
        bank_code="9999",
        bank_name="ﾐﾎﾝｷﾞﾝｺｳ",
        branch_code="001",
        branch_name="ﾎﾝﾃﾝ",
        kind="1",
        number="0123456",
        name=settings.merchant_kana,
    )


def notice(settings: SandboxSettings, day: date, deposits: Sequence[BankDeposit]) -> bytes:
    """The 入金通知 of one closing: booked and valued on its day."""
    return write(
        DepositNotice(
            created_on=day,
            first_day=day,
            last_day=day,
            account=account(settings),
            deposits=[_deposit(deposit, day) for deposit in deposits],
        )
    )


def _deposit(deposit: BankDeposit, day: date) -> Deposit:
    code, name = SENDERS[deposit.provider]
    return Deposit(
        inquiry=deposit.id,
        booked_on=day,
        value_on=day,
        amount=deposit.amount,
        sender_code=code,
        sender_name=name,
        sender_bank="ﾐﾎﾝｷﾞﾝｺｳ",
        sender_branch="ﾎﾝﾃﾝ",
        edi=deposit.reference,
    )
