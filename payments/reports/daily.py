"""収入日計表: one day's receipts by 科目, by means and by place, from the ledger.

A day is that of the cash book (JST). What is refunded stands on the day on which it was paid back,
and is split by 科目 as its decision (還付決定) was.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.clock import jst_midnight
from foundation.wording import N_
from payments.attempts.models import Receipt
from payments.context import RevenueAccount
from payments.ledger import rules
from payments.ledger.models import LedgerEntry, Posting
from payments.ledger.service import balances, total
from payments.providers.base import Channel, Method
from payments.reports.movements import (
    Movement,
    PostingOfDay,
    money_in_and_out,
    postings_of_day,
)

#: How the means of payment are called.
METHOD_TITLES: Mapping[str, str] = {
    Method.CARD: N_("クレジットカード"),
    Method.QR: N_("コード決済"),
    Method.CASH: N_("現金"),
}

#: How the places of payment are called.
CHANNEL_TITLES: Mapping[str, str] = {
    Channel.ONLINE: N_("オンライン"),
    Channel.COUNTER: N_("窓口"),
}

#: Rules by which providers keep and return fees.
FEE_RULES = (rules.PROVIDER_FEE.id, rules.PROVIDER_FEE_RETURNED.id)

#: Where money stands that settles no claim.
SUSPENSE_TITLE = N_("仮受金(過誤納金・不明入金)")


@dataclass(frozen=True)
class Row:
    """Receipts and refunds of one group. Yen; ``count`` is how many payments came."""

    code: str
    title: str
    count: int
    gross: int
    refunds: int

    @property
    def net(self) -> int:
        return self.gross - self.refunds


@dataclass(frozen=True)
class AccountRow(Row):
    """Receipts and refunds of one 歳入科目."""

    kan: str
    kou: str
    moku: str
    setsu: str


@dataclass(frozen=True)
class ProviderRow:
    """What one provider kept and paid in on the day, and what it still owes at its end. Yen."""

    provider: str
    fees: int
    deposited: int
    waiting: int


@dataclass(frozen=True)
class OpenClaims:
    """調定 that are not (wholly) paid at the end of the day."""

    count: int
    yen: int


@dataclass(frozen=True)
class Check:
    """One total of the report beside the same total of the ledger or of the receipts. Yen."""

    title: str
    report: int
    expected: int

    @property
    def agrees(self) -> bool:
        return self.report == self.expected


@dataclass(frozen=True)
class DailyReport:
    """収入日計表 of one day. All amounts in yen."""

    day: date
    accounts: tuple[AccountRow, ...]
    means: tuple[Row, ...]
    places: tuple[Row, ...]
    providers: tuple[ProviderRow, ...]
    #: 収納額, 還付額, 差引
    count: int
    gross: int
    refunds: int
    #: what providers kept on the day
    fees: int
    #: what reached the bank on the day, also what nobody could explain yet
    deposits: int
    #: of ``deposits``, what is not explained: less than zero where earlier money was explained
    deposits_unidentified: int
    open_claims: OpenClaims
    #: the sum of all postings of the whole ledger; always zero
    ledger_total: int
    checks: tuple[Check, ...]

    @property
    def net(self) -> int:
        return self.gross - self.refunds

    @property
    def agrees(self) -> bool:
        """Whether every total equals the ledger's, and the ledger's sum is zero."""
        return self.ledger_total == 0 and all(check.agrees for check in self.checks)


def daily_report(
    session: Session, day: date, accounts: Mapping[str, RevenueAccount]
) -> DailyReport:
    """The report of one day (JST); ``accounts`` are the city's 歳入科目 by code."""
    of_day = postings_of_day(session, day)
    movements = money_in_and_out(session, of_day)
    account_rows = _account_rows(movements, accounts)
    means = _rows(movements, METHOD_TITLES, lambda one: one.method)
    places = _rows(movements, CHANNEL_TITLES, lambda one: one.channel)
    providers = _provider_rows(session, day, of_day)
    gross = sum(row.gross for row in account_rows)
    refunds = sum(row.refunds for row in account_rows)
    fees = sum(row.fees for row in providers)
    unidentified = (
        _debited(of_day, rules.BANK_UNIDENTIFIED)
        - _debited(of_day, rules.BANK_IDENTIFIED)
        - _debited(of_day, rules.BANK_CANCELLED)
    )
    deposits = sum(row.deposited for row in providers) + unidentified
    return DailyReport(
        day=day,
        accounts=account_rows,
        means=means,
        places=places,
        providers=providers,
        count=len({one.attempt_id for one in movements if one.came_in}),
        gross=gross,
        refunds=refunds,
        fees=fees,
        deposits=deposits,
        deposits_unidentified=unidentified,
        open_claims=_open_claims(session, day),
        ledger_total=total(session),
        checks=_checks(session, day, of_day, account_rows, means, places, fees, deposits),
    )


def _account_rows(
    movements: Iterable[Movement], accounts: Mapping[str, RevenueAccount]
) -> tuple[AccountRow, ...]:
    """Every 科目 on which money moved, in the order of 款・項・目・節; 仮受金 last."""
    counts, gross, refunds = Counter[str](), Counter[str](), Counter[str]()
    for one in movements:
        for account, yen in one.accounts.items():
            if one.came_in:
                counts[account] += 1
                gross[account] += yen
            else:
                refunds[account] += yen

    def row(code: str) -> AccountRow:
        known = accounts.get(code)
        title = SUSPENSE_TITLE if code == rules.SUSPENSE else code
        return AccountRow(
            code=code,
            title=known.title if known else title,
            count=counts[code],
            gross=gross[code],
            refunds=refunds[code],
            kan=known.kan if known else "",
            kou=known.kou if known else "",
            moku=known.moku if known else "",
            setsu=known.setsu if known else "",
        )

    rows = [row(code) for code in {*counts, *refunds}]
    return tuple(
        sorted(
            rows,
            key=lambda one: (
                one.code == rules.SUSPENSE,
                one.kan,
                one.kou,
                one.moku,
                one.setsu,
                one.code,
            ),
        )
    )


def _rows(
    movements: Iterable[Movement],
    titles: Mapping[str, str],
    group: Callable[[Movement], str],
) -> tuple[Row, ...]:
    """One row for each title, also where nothing came: a report that can be laid on another."""
    attempts: dict[str, set[str]] = {code: set() for code in titles}
    gross, refunds = Counter[str](), Counter[str]()
    for one in movements:
        code = group(one)
        if one.came_in:
            attempts[code].add(one.attempt_id)
            gross[code] += one.yen
        else:
            refunds[code] += one.yen
    return tuple(
        Row(str(code), title, len(attempts[code]), gross[code], refunds[code])
        for code, title in titles.items()
    )


def _provider_rows(
    session: Session, day: date, of_day: Sequence[PostingOfDay]
) -> tuple[ProviderRow, ...]:
    fees, deposited = Counter[str](), Counter[str]()
    for one in of_day:
        kind, _, provider = one.account.partition(":")
        if kind == "fees":
            fees[provider] += one.amount
        elif kind == "clearing" and one.rule in (
            rules.BANK_DEPOSIT.id,
            rules.BANK_IDENTIFIED.id,
            rules.BANK_WITHDRAWAL.id,
        ):
            deposited[provider] -= one.amount
    waiting = {
        account.partition(":")[2]: yen
        for account, yen in balances(session, until=day).items()
        if account.startswith("clearing:")
    }
    return tuple(
        ProviderRow(provider, fees[provider], deposited[provider], waiting.get(provider, 0))
        for provider in sorted({*fees, *deposited, *waiting})
    )


def _open_claims(session: Session, day: date) -> OpenClaims:
    owed = (
        select(func.sum(Posting.amount).label("yen"))
        .join(LedgerEntry, LedgerEntry.seq == Posting.entry_seq)
        .where(
            LedgerEntry.day <= day,
            LedgerEntry.claim_id.is_not(None),
            Posting.account.startswith("receivable:"),
        )
        .group_by(LedgerEntry.claim_id)
        .having(func.sum(Posting.amount) > 0)
        .subquery()
    )
    count, yen = session.execute(
        select(func.count(), func.coalesce(func.sum(owed.c.yen), 0)).select_from(owed)
    ).one()
    return OpenClaims(int(count), int(yen))


def _checks(
    session: Session,
    day: date,
    of_day: Sequence[PostingOfDay],
    accounts: Sequence[Row],
    means: Sequence[Row],
    places: Sequence[Row],
    fees: int,
    deposits: int,
) -> tuple[Check, ...]:
    """The report's totals beside the ledger's accounts, and beside the receipts themselves."""
    money = sum(
        one.amount
        for one in of_day
        if one.account.startswith(("clearing:", "till:")) and not _moves_on(one.rule)
    )
    returned = _debited(of_day, rules.REFUND_RETURNED)
    return (
        Check(N_("科目別の差引と元帳"), sum(row.net for row in accounts), money),
        Check(N_("決済方法別の差引と元帳"), sum(row.net for row in means), money),
        Check(N_("場所別の差引と元帳"), sum(row.net for row in places), money),
        Check(
            N_("収納額と収納記録"),
            sum(row.gross for row in accounts) - returned,
            _receipts(session, day),
        ),
        Check(
            N_("手数料と元帳"),
            fees,
            # The other side of the same bookings: what the providers no longer owe for it.
            -sum(
                one.amount
                for one in of_day
                if one.account.startswith("clearing:") and one.rule in FEE_RULES
            ),
        ),
        Check(
            N_("入金と元帳"),
            deposits,
            sum(
                one.amount
                for one in of_day
                if one.account == rules.BANK and one.rule != rules.TILL_BANKED.id
            ),
        ),
    )


def _moves_on(rule: str) -> bool:
    """Whether a rule moves money that is ours already: to the bank, or to the provider as a fee."""
    return rule.startswith(("bank.", "provider.")) or rule == rules.TILL_BANKED.id


def _receipts(session: Session, day: date) -> int:
    begin = jst_midnight(day)
    return int(
        session.scalar(
            select(func.coalesce(func.sum(Receipt.amount), 0)).where(
                Receipt.recorded_at >= begin, Receipt.recorded_at < begin + timedelta(days=1)
            )
        )
        or 0
    )


def _debited(of_day: Sequence[PostingOfDay], rule: rules.Rule) -> int:
    return sum(one.amount for one in of_day if one.rule == rule.id and one.amount > 0)
