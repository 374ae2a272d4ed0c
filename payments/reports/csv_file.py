"""The daily report as CSV: UTF-8 with BOM, which spreadsheets open without asking."""

import csv
import io

from foundation.wording import Translate, untranslated
from payments.reports.daily import DailyReport
from payments.reports.layout import Cell, heading, sections

#: A spreadsheet would run a text that begins like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(report: DailyReport, translate: Translate = untranslated) -> bytes:
    """All tables of the report, one below the other, each with its title, header and sums."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([heading(report, translate)])
    for section in sections(report, translate):
        writer.writerow([])
        writer.writerow([section.title])
        writer.writerow(section.columns)
        for row in section.rows:
            writer.writerow([_harmless(cell) for cell in row])
        if section.totals:
            writer.writerow(section.totals)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
