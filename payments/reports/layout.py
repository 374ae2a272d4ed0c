"""What the daily report consists of, for the files that finance takes away: tables of cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.wording import N_, Translate
from payments.reconciliation.terms import title as provider_title
from payments.reports.daily import DailyReport, Row

#: A cell: words, or yen and counts as numbers.
Cell = str | int


@dataclass(frozen=True)
class Section:
    """One table of the report, in the reader's language."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: the sums under the numeric columns; empty where a sum means nothing
    totals: tuple[Cell, ...] = ()


def heading(report: DailyReport, translate: Translate) -> str:
    """Title and day of the report."""
    return f"{translate(N_('収入日計表'))} {report.day.isoformat()}"


def sections(report: DailyReport, translate: Translate) -> tuple[Section, ...]:
    """All tables of the report in their order."""
    return (
        _accounts(report, translate),
        _grouped(translate(N_("決済方法別")), report.means, translate),
        _grouped(translate(N_("場所別")), report.places, translate),
        _providers(report, translate),
        _others(report, translate),
        _checks(report, translate),
    )


def _accounts(report: DailyReport, translate: Translate) -> Section:
    words = (N_("款"), N_("項"), N_("目"), N_("節"), N_("科目"))
    rows: list[tuple[Cell, ...]] = [
        (
            *map(translate, (row.kan, row.kou, row.moku, row.setsu, row.title)),
            *_numbers(row),
        )
        for row in report.accounts
    ]
    columns = (*map(translate, words), *_number_columns(translate))
    # One payment may settle several 科目, so counts of rows don't add up to payments.
    sums = (report.gross, report.refunds, report.net)
    totals: tuple[Cell, ...] = (translate(N_("合計")), "", "", "", "", "", *sums)
    return Section(translate(N_("科目別")), columns, tuple(rows), totals)


def _grouped(title: str, rows: Sequence[Row], translate: Translate) -> Section:
    return Section(
        title,
        (translate(N_("区分")), *_number_columns(translate)),
        tuple((translate(row.title), *_numbers(row)) for row in rows),
        (
            translate(N_("合計")),
            sum(row.count for row in rows),
            sum(row.gross for row in rows),
            sum(row.refunds for row in rows),
            sum(row.net for row in rows),
        ),
    )


def _providers(report: DailyReport, translate: Translate) -> Section:
    words = (N_("決済事業者"), N_("手数料"), N_("口座への入金"), N_("未入金残高"))
    rows: list[tuple[Cell, ...]] = [
        (translate(provider_title(row.provider)), row.fees, row.deposited, row.waiting)
        for row in report.providers
    ]
    rows.append((translate(N_("理由の分からない入金")), 0, report.deposits_unidentified, 0))
    return Section(
        translate(N_("決済手数料と入金")),
        tuple(map(translate, words)),
        tuple(rows),
        (
            translate(N_("合計")),
            report.fees,
            report.deposits,
            sum(row.waiting for row in report.providers),
        ),
    )


def _others(report: DailyReport, translate: Translate) -> Section:
    return Section(
        translate(N_("未納の調定")),
        (translate(N_("区分")), translate(N_("件数")), translate(N_("金額"))),
        ((translate(N_("当日末の未納")), report.open_claims.count, report.open_claims.yen),),
    )


def _checks(report: DailyReport, translate: Translate) -> Section:
    words = (N_("検算"), N_("日計表"), N_("元帳"), N_("差"))
    rows: list[tuple[Cell, ...]] = [
        (translate(one.title), one.report, one.expected, one.report - one.expected)
        for one in report.checks
    ]
    rows.append(
        (translate(N_("元帳全体の合計(常に0)")), report.ledger_total, 0, report.ledger_total)
    )
    return Section(translate(N_("検算")), tuple(map(translate, words)), tuple(rows))


def _number_columns(translate: Translate) -> tuple[str, ...]:
    words = (N_("件数"), N_("収納額"), N_("還付額"), N_("差引額"))
    return tuple(map(translate, words))


def _numbers(row: Row) -> tuple[int, int, int, int]:
    return row.count, row.gross, row.refunds, row.net
