"""Finance's day: the overview, the daily report, the ledger and its rules."""

from datetime import date, timedelta
from io import BytesIO

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from foundation.clock import jst_date
from payments.ledger.rules import RULES
from payments.ledger.service import balances, total, verify
from payments.reconciliation.differences import differences
from payments.reconciliation.service import overview as yesterday_overview
from payments.reconciliation.terms import title as provider_title
from payments.reports.csv_file import to_csv
from payments.reports.daily import DailyReport, daily_report
from payments.reports.workbook import to_xlsx
from portal.access import staff
from portal.context import current_portal
from portal.finance.accounts import account_titles
from portal.finance.blueprint import READERS, blueprint
from portal.finance.queries import ledger_page, refunds_by_turn

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/")
@staff(*READERS)
def overview() -> ResponseReturnValue:
    """One sentence about yesterday, and the work of today under it."""
    portal = current_portal()
    with portal.database.reading() as db:
        waiting, _others = refunds_by_turn(db)
        return render_template(
            "finance/overview.html",
            overview=yesterday_overview(db, jst_date(portal.clock())),
            differences=differences(db),
            refunds=waiting,
            ledger_total=total(db),
            translate=gettext,
        )


@blueprint.get("/daily")
@staff(*READERS)
def daily() -> ResponseReturnValue:
    """収入日計表 of a day, on screen and on paper."""
    report = _report()
    return render_template(
        "finance/daily.html",
        report=report,
        provider_title=provider_title,
        before=report.day - timedelta(days=1),
        after=report.day + timedelta(days=1),
        today=jst_date(current_portal().clock()),
    )


@blueprint.get("/daily.csv")
@staff(*READERS)
def daily_csv() -> ResponseReturnValue:
    """The same as CSV (UTF-8 with a byte order mark, as Excel expects)."""
    report = _report()
    name = f"daily-{report.day.isoformat()}.csv"
    translate = current_portal().texts.translate
    return send_file(BytesIO(to_csv(report, translate)), "text/csv", True, name)


@blueprint.get("/daily.xlsx")
@staff(*READERS)
def daily_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    report = _report()
    name = f"daily-{report.day.isoformat()}.xlsx"
    translate = current_portal().texts.translate
    return send_file(BytesIO(to_xlsx(report, translate)), _SHEET, True, name)


@blueprint.get("/ledger")
@staff(*READERS)
def ledger() -> ResponseReturnValue:
    """The ledger: balances, their sum, and every entry."""
    account = request.args.get("account", "")[:100]
    number = max(1, request.args.get("page", 1, type=int))
    with current_portal().database.reading() as db:
        page = ledger_page(db, account, number)
        return render_template(
            "finance/ledger.html",
            page=page,
            account=account,
            balances=balances(db),
            total=total(db),
            verification=verify(db) if "verify" in request.args else None,
            titles=account_titles(),
            rules=RULES,
        )


@blueprint.get("/rules")
@staff(*READERS)
def rules() -> ResponseReturnValue:
    """仕訳規則: the whole table of how money is booked."""
    return render_template("finance/rules.html", rules=RULES.values(), titles=account_titles())


def _report() -> DailyReport:
    """The report of the day that is asked for; today's for anything that is no day."""
    portal = current_portal()
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = jst_date(portal.clock())
    with portal.database.reading() as db:
        return daily_report(db, day, portal.payments.accounts)
