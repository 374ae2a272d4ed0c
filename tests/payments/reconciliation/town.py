"""A small town's payments for these tests: people pay, providers settle, the bank tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from foundation.clock import JST, jst, jst_date
from foundation.database import Database
from foundation.events import Events
from payments.attempts.models import Attempt, EvidenceSource
from payments.attempts.service import gather_evidence, start
from payments.claims.service import LineDraft, open_claim
from payments.context import Payments, RevenueAccount
from payments.providers.base import Channel, Method
from payments.reconciliation.differences import differences
from payments.reconciliation.models import Difference
from payments.reconciliation.service import ImportResult, import_file
from payments.refunds.models import Refund
from payments.refunds.service import approve, refundable, request, submit
from payments.sandbox.fees import paypay_fee, stripe_fee
from payments.sandbox.files import paypay_csv, stripe_csv, zengin_deposits
from payments.till.service import ensure_till, take_cash
from tests.payments.reconciliation.counterpart import Counterpart
from tests.support.clock import FixedClock

ACCOUNTS = {
    "certificate-fee": RevenueAccount(
        "certificate-fee", "証明手数料", "使用料及び手数料", "手数料", "総務手数料", "証明"
    ),
    "room-fee": RevenueAccount(
        "room-fee", "会館使用料", "使用料及び手数料", "使用料", "総務使用料", "会館"
    ),
}

SENDERS = {"stripe": "ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ(ｶ", "paypay": "ﾍﾟｲﾍﾟｲ(ｶ"}

_BANK_ACCOUNT = zengin_deposits.Account("9999", "ﾐﾎﾝｷﾞﾝｺｳ", "001", "ﾎﾝﾃﾝ", "1", "0123456", "ﾐﾎﾝｼ")


@dataclass(frozen=True)
class Town:
    """The town, its providers and its clock."""

    payments: Payments
    clock: FixedClock
    stripe: Counterpart
    paypay: Counterpart

    @classmethod
    def found(cls, database: Database, clock: FixedClock) -> "Town":
        stripe = Counterpart("stripe", Method.CARD, clock)
        paypay = Counterpart("paypay", Method.QR, clock)
        payments = Payments(
            database=database,
            clock=clock,
            events=Events(),
            providers={"stripe": stripe, "paypay": paypay},
            accounts=ACCOUNTS,
        )
        return cls(payments, clock, stripe, paypay)

    @property
    def today(self) -> date:
        return jst_date(self.clock())

    def provider(self, name: str) -> Counterpart:
        return self.stripe if name == "stripe" else self.paypay

    def claim(self, amount: int, account: str = "certificate-fee") -> str:
        with self.payments.database.transaction() as session:
            return open_claim(
                session,
                self.payments,
                subject="application:test",
                title="住民票の写し",
                payer_name="見本 花子",
                lines=[LineDraft(account, "手数料", amount)],
                due_on=self.today,
                now=self.clock(),
            ).id

    def pay(
        self,
        provider: str,
        amount: int,
        *,
        account: str = "certificate-fee",
        channel: Channel = Channel.ONLINE,
        told: bool = True,
    ) -> Attempt:
        """Somebody pays; ``told=False`` where the webhook was lost and we don't know yet."""
        attempt = start(
            self.payments,
            self.claim(amount, account),
            provider=provider,
            channel=channel,
            return_url="https://city.example/",
        )
        self.provider(provider).pay(attempt.id, amount)
        if not told:
            return attempt
        return gather_evidence(self.payments, attempt.id, EvidenceSource.POLLER)

    def pay_cash(self, amount: int, account: str = "certificate-fee") -> Attempt:
        claim_id = self.claim(amount, account)
        with self.payments.database.transaction() as session:
            ensure_till(session, "till-1", "市民課")
            return take_cash(
                session, self.payments, claim_id, tendered=amount, till="till-1", operator="s1"
            ).attempt

    def refund(self, attempt: Attempt, amount: int) -> Refund:
        with self.payments.database.transaction() as session:
            asked = request(
                session,
                self.payments,
                attempt_id=attempt.id,
                amount=amount,
                reason="重複",
                requested_by="staff-1",
                expected_refundable=refundable(session, attempt.id),
            )
            approve(session, self.payments, asked.id, approved_by="staff-2")
        return submit(self.payments, asked.id)

    def import_(self, content: bytes, filename: str = "file.csv") -> ImportResult:
        return import_file(
            self.payments, filename=filename, content=content, imported_by="finance-1"
        )

    def differences(self, *, open_only: bool = True) -> list[Difference]:
        with self.payments.database.reading() as session:
            return differences(session, open_only=open_only)

    def kinds(self) -> list[str]:
        return sorted(one.kind for one in self.differences())

    def stripe_row(
        self, attempt: Attempt, *, payout: str = "po_1", trace: str = "", amount: int | None = None
    ) -> stripe_csv.StripeRow:
        gross = attempt.amount if amount is None else amount
        return self._stripe_row(attempt, f"txn_{attempt.id}", "charge", gross, payout, trace)

    def stripe_refund_row(
        self, attempt: Attempt, refund_id: str, amount: int, *, payout: str = "po_1"
    ) -> stripe_csv.StripeRow:
        return self._stripe_row(
            attempt, f"txn_{refund_id}", "refund", -amount, payout, "", refund_id
        )

    def _stripe_row(
        self,
        attempt: Attempt,
        number: str,
        category: str,
        gross: int,
        payout: str,
        trace: str,
        refund_id: str = "",
    ) -> stripe_csv.StripeRow:
        now = self.clock()
        return stripe_csv.StripeRow(
            payout_id=payout,
            payout_effective_at=datetime(*self.today.timetuple()[:3], tzinfo=JST),
            balance_transaction_id=number,
            created=now,
            available_on=now,
            gross=gross,
            fee=stripe_fee(gross) if gross > 0 else 0,
            reporting_category=category,
            source_id=f"re_{refund_id}" if refund_id else f"ch_{attempt.id}",
            description="",
            payment_intent_id=self.stripe.transaction_of(attempt.id),
            charge_id=f"ch_{attempt.id}",
            refund_id=f"re_{refund_id}" if refund_id else "",
            card_brand="visa",
            trace_id=trace,
            client_reference_id=attempt.id,
            attempt_id=attempt.id,
            merchant_refund_id=refund_id,
        )

    def paypay_row(
        self, attempt: Attempt, *, at: datetime | None = None, amount: int | None = None
    ) -> paypay_csv.PayPayRow:
        gross = attempt.amount if amount is None else amount
        number = self.paypay.transaction_of(attempt.id)
        return self._paypay_row(number, paypay_csv.COMPLETED, gross, attempt.id, at)

    def paypay_refund_row(self, refund: Refund) -> paypay_csv.PayPayRow:
        return self._paypay_row("777", paypay_csv.REFUNDED, -refund.amount, refund.id, None)

    def paypay_cancel_row(self, attempt: Attempt) -> paypay_csv.PayPayRow:
        number = self.paypay.transaction_of(attempt.id)
        return self._paypay_row(number, paypay_csv.CANCELLED, -attempt.amount, attempt.id, None)

    def _paypay_row(
        self, number: str, status: str, amount: int, reference: str, at: datetime | None
    ) -> paypay_csv.PayPayRow:
        return paypay_csv.PayPayRow(
            transaction_id=number,
            merchant_id="1",
            merchant_name="見本市",
            store_id="",
            store_name="",
            terminal_id="",
            status=status,
            at=jst(at or self.clock()),
            amount=amount,
            receipt="",
            method="PayPay残高",
            details={"PayPay残高": amount},
            confirm_until=None,
            merchant_payment_id=reference,
        )

    def bank_file(
        self, deposits: Sequence[tuple[str, int]], *, edi: str = "", first_inquiry: int = 1
    ) -> bytes:
        """Deposits of today, (sender, yen); a negative amount is a deposit taken back."""
        day = self.today
        return zengin_deposits.write(
            zengin_deposits.DepositNotice(
                created_on=day,
                first_day=day,
                last_day=day,
                account=_BANK_ACCOUNT,
                deposits=[
                    zengin_deposits.Deposit(
                        inquiry=inquiry,
                        booked_on=day,
                        value_on=day,
                        amount=abs(amount),
                        sender_code="",
                        sender_name=SENDERS.get(sender, sender),
                        sender_bank="",
                        sender_branch="",
                        edi=edi,
                        cancelled=amount < 0,
                    )
                    for inquiry, (sender, amount) in enumerate(deposits, start=first_inquiry)
                ],
            )
        )


def stripe_net(*amounts: int) -> int:
    """What Stripe pays out for these payments, yen."""
    return sum(amount - stripe_fee(amount) for amount in amounts)


def paypay_net(*amounts: int) -> int:
    """What PayPay pays out for these payments, yen."""
    return sum(amount - paypay_fee(amount) for amount in amounts)
