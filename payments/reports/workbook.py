"""The daily report as an Excel workbook: one A4 page, real numbers, sums as formulas.

Each sum is a formula over the cells above it; beside it stands the figure of the ledger, and a
formula says whether they agree, so that whoever changes a cell sees it.
"""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from foundation.wording import N_, Translate, untranslated
from payments.reports.daily import DailyReport
from payments.reports.layout import Section, heading, sections

_YEN = "#,##0;[Red]-#,##0"
_FONT = "游ゴシック"
_LINE = Border(bottom=Side(style="thin", color="B3B3B3"))
_SUM_LINE = Border(top=Side(style="thin", color="1A1A1A"), bottom=Side(style="double"))
_HEAD = PatternFill("solid", fgColor="E8F1FE")
#: Widths of the columns in characters; the first five hold words in the table of accounts.
_WIDTHS = (22, 14, 14, 14, 22, 9, 13, 13, 13, 11)


def to_xlsx(report: DailyReport, translate: Translate = untranslated) -> bytes:
    """The workbook, ready to print."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = report.day.isoformat()
    title = sheet.cell(1, 1, heading(report, translate))
    title.font = Font(name=_FONT, size=16, bold=True)
    row = 3
    for section in sections(report, translate):
        row = _write(sheet, row, section, translate) + 2
    for index, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    _prepare_print(sheet, heading(report, translate))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet: Worksheet, row: int, section: Section, translate: Translate) -> int:
    """Write one table; gives the last row that it used."""
    sheet.cell(row, 1, section.title).font = Font(name=_FONT, size=12, bold=True)
    row += 1
    for column, text in enumerate(section.columns, start=1):
        cell = sheet.cell(row, column, text)
        cell.font, cell.fill, cell.border = Font(name=_FONT, bold=True), _HEAD, _LINE
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    first = row + 1
    for values in section.rows:
        row += 1
        for column, value in enumerate(values, start=1):
            _put(sheet.cell(row, column), value)
    if section.totals:
        row += 1
        _sums(sheet, row, first, section.totals, translate)
    return row


def _put(cell: ExcelCell, value: str | int) -> None:
    cell.font, cell.border = Font(name=_FONT), _LINE
    if isinstance(value, int):
        cell.value = value
        cell.number_format = _YEN
    else:
        # A title that begins with "=" is a title.
        cell.value = value
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _sums(
    sheet: Worksheet,
    row: int,
    first: int,
    totals: Sequence[str | int],
    translate: Translate,
) -> None:
    tests = []
    for column, total in enumerate(totals, start=1):
        cell = sheet.cell(row, column)
        cell.font, cell.border = Font(name=_FONT, bold=True), _SUM_LINE
        if isinstance(total, str):
            cell.value = total
            continue
        letter = get_column_letter(column)
        above = f"{letter}{first}:{letter}{row - 1}"
        cell.value = f"=SUM({above})" if row > first else 0
        cell.number_format = _YEN
        tests.append(f"{letter}{row}={total}")
    yes, no = translate(N_("一致")), translate(N_("不一致"))
    check = sheet.cell(row, len(totals) + 1, f'=IF(AND({",".join(tests)}),"{yes}","{no}")')
    check.font = Font(name=_FONT, color="666666")


def _prepare_print(sheet: Worksheet, title: str) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.print_area = f"A1:{get_column_letter(len(_WIDTHS))}{sheet.max_row}"
    sheet.oddFooter.left.text = title
    sheet.oddFooter.right.text = "&P / &N"
    sheet.sheet_view.showGridLines = False
