"""Which payouts a deposit is the money of, and booking it.

Deposits are net of fees: they are compared with payouts in total. The provider's trace number
decides where both sides have it; else the exact sum does, of one payout, of several days in a
row, or of payouts that arrived in parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from foundation.ids import new_id
from foundation.money import format_yen
from payments.ledger import rules
from payments.ledger.service import Amount, Cause, post
from payments.reconciliation.models import BankDeposit, Remittance, SettlementLine
from payments.reconciliation.terms import TERMS, title
from payments.settlements.values import LineKind

#: EDI information of a deposit holds this many characters of a trace number.
EDI_LENGTH = 20


@dataclass(frozen=True)
class Batch:
    """What a provider pays out together and has not reached the bank yet. Yen."""

    provider: str
    name: str
    #: the last day (JST) of its transactions
    day: date
    gross: int
    fee: int
    payout_on: date | None
    trace_id: str | None

    @property
    def net(self) -> int:
        return self.gross - self.fee

    @property
    def due_on(self) -> date:
        """The day by which it must have reached the bank."""
        return self.payout_on or self.day + timedelta(days=TERMS[self.provider].due_after_days)


@dataclass(frozen=True)
class Pair:
    """Payouts and deposits with the same sum, and how they were found."""

    batches: Sequence[Batch]
    deposits: Sequence[BankDeposit]
    found_by: str


def waiting_batches(session: Session) -> list[Batch]:
    """All payouts that no deposit has been found for, oldest first."""
    rows = session.execute(
        select(
            SettlementLine.provider,
            SettlementLine.batch,
            func.max(SettlementLine.day),
            func.sum(SettlementLine.gross),
            func.sum(SettlementLine.fee),
            func.max(SettlementLine.payout_on),
            func.max(SettlementLine.trace_id),
        )
        .where(
            SettlementLine.remittance_id.is_(None),
            SettlementLine.batch.is_not(None),
            SettlementLine.kind != LineKind.PAYOUT,
        )
        .group_by(SettlementLine.provider, SettlementLine.batch)
        .order_by(func.max(SettlementLine.day), SettlementLine.batch)
    )
    return [
        Batch(provider, name or "", day, int(gross), int(fee), payout_on, trace_id)
        for provider, name, day, gross, fee, payout_on, trace_id in rows
    ]


def waiting_deposits(session: Session) -> list[BankDeposit]:
    """All deposits whose reason is not known yet, oldest first."""
    return list(
        session.scalars(
            select(BankDeposit)
            .where(BankDeposit.remittance_id.is_(None), BankDeposit.amount > 0)
            .order_by(BankDeposit.booked_on, BankDeposit.key)
        )
    )


def settle_deposits(session: Session, now: datetime) -> int:
    """Pair and book what belongs together; the rest of the bank's money goes to 仮受金."""
    batches = waiting_batches(session)
    deposits = waiting_deposits(session)
    booked = 0
    for provider in TERMS:
        own = [one for one in batches if one.provider == provider]
        paid = [one for one in deposits if one.provider == provider]
        for pair in find_pairs(own, paid):
            _book(session, provider, pair, now)
            booked += 1
    _book_unidentified(session, now)
    session.flush()
    return booked


def find_pairs(batches: Sequence[Batch], deposits: Sequence[BankDeposit]) -> list[Pair]:
    """What belongs together among the payouts and deposits of one provider, each used once."""
    free, unpaid, pairs = list(deposits), list(batches), list[Pair]()

    def keep(pair: Pair | None) -> None:
        if pair is not None:
            pairs.append(pair)
            for deposit in pair.deposits:
                free.remove(deposit)
            for batch in pair.batches:
                unpaid.remove(batch)

    for find in (_by_trace, _by_amount):
        for deposit in deposits:
            if deposit in free:
                keep(find(deposit, unpaid))
    while (pair := _in_a_row(unpaid, free)) is not None:
        keep(pair)
    return pairs


def _by_trace(deposit: BankDeposit, batches: Sequence[Batch]) -> Pair | None:
    if not deposit.edi:
        return None
    named = [one for one in batches if one.trace_id and one.trace_id[:EDI_LENGTH] == deposit.edi]
    if named and sum(one.net for one in named) == deposit.amount:
        return Pair(named, [deposit], "trace_id")
    return None


def _by_amount(deposit: BankDeposit, batches: Sequence[Batch]) -> Pair | None:
    same = [one for one in _possible(deposit, batches) if one.net == deposit.amount]
    if not same:
        return None
    on_the_day = [one for one in same if one.payout_on in (deposit.value_on, deposit.booked_on)]
    return Pair([(on_the_day or same)[0]], [deposit], "amount")


def _in_a_row(batches: Sequence[Batch], deposits: Sequence[BankDeposit]) -> Pair | None:
    """Payouts in a row and deposits in a row with exactly the same sum, the oldest such rows."""
    for first_batch in range(len(batches)):
        for first_deposit in range(len(deposits)):
            pair = _row_from(batches[first_batch:], deposits[first_deposit:])
            if pair is not None:
                return pair
    return None


def _row_from(batches: Sequence[Batch], deposits: Sequence[BankDeposit]) -> Pair | None:
    """The shortest rows with the same sum that begin with the first of each."""
    earned, paid = batches[0].net, deposits[0].amount
    taken, arrived = 1, 1
    while earned != paid:
        if earned < paid:
            if taken == len(batches):
                return None
            earned += batches[taken].net
            taken += 1
        else:
            if arrived == len(deposits):
                return None
            paid += deposits[arrived].amount
            arrived += 1
    used, money = batches[:taken], deposits[:arrived]
    if not all(_fits(money[-1], batch) for batch in used) or len(used) == len(money) == 1:
        return None
    return Pair(used, money, "amount_of_several")


def _possible(deposit: BankDeposit, batches: Sequence[Batch]) -> list[Batch]:
    return [one for one in batches if _fits(deposit, one)]


def _fits(deposit: BankDeposit, batch: Batch) -> bool:
    """Money does not arrive before it was earned, nor under another payout's trace number."""
    contradicts = deposit.edi and batch.trace_id and batch.trace_id[:EDI_LENGTH] != deposit.edi
    return batch.day <= deposit.booked_on and not contradicts


def _book(session: Session, provider: str, pair: Pair, now: datetime) -> None:
    gross = sum(one.gross for one in pair.batches)
    fee = sum(one.fee for one in pair.batches)
    remittance = Remittance(
        id=new_id(),
        provider=provider,
        gross=gross,
        fee=fee,
        net=gross - fee,
        received_on=max(one.booked_on for one in pair.deposits),
        found_by=pair.found_by,
        booked_at=now,
    )
    session.add(remittance)
    session.flush()
    session.execute(
        update(SettlementLine)
        .where(
            SettlementLine.provider == provider,
            SettlementLine.remittance_id.is_(None),
            SettlementLine.batch.in_([one.name for one in pair.batches]),
        )
        .values(remittance_id=remittance.id)
    )
    fresh = sum(one.amount for one in pair.deposits if not one.in_suspense)
    suspended = sum(one.amount for one in pair.deposits if one.in_suspense)
    for deposit in pair.deposits:
        deposit.remittance_id = remittance.id
        deposit.in_suspense = False
    cause = Cause("remittance", remittance.id)
    fee_rule = rules.PROVIDER_FEE if fee >= 0 else rules.PROVIDER_FEE_RETURNED
    for rule, yen in (
        (rules.BANK_DEPOSIT, fresh),
        (rules.BANK_IDENTIFIED, suspended),
        (fee_rule, abs(fee)),
    ):
        post(
            session,
            rule,
            [Amount(yen, provider=provider)],
            cause=cause,
            text=f"{title(provider)} {remittance.received_on} {format_yen(yen)}",
            at=now,
        )


def _book_unidentified(session: Session, now: datetime) -> None:
    """Bank money whose reason is not known (yet), and deposits that the bank took back."""
    for deposit in session.scalars(
        select(BankDeposit)
        .where(BankDeposit.remittance_id.is_(None), BankDeposit.in_suspense.is_(False))
        .order_by(BankDeposit.booked_on, BankDeposit.key)
    ):
        deposit.in_suspense = True
        post(
            session,
            rules.BANK_UNIDENTIFIED if deposit.amount > 0 else rules.BANK_CANCELLED,
            [Amount(abs(deposit.amount))],
            cause=Cause("bank_deposit", deposit.id),
            text=f"{deposit.sender_name} {deposit.booked_on} {format_yen(deposit.amount)}",
            at=now,
        )
