"""Finance: the day's files from the providers, what they add up to, and what the pages say."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.support.system import RunningSystem

_SUM = re.compile(r"=SUM\(([A-Z])(\d+):[A-Z](\d+)\)")


@dataclass(frozen=True)
class Sums:
    """What the files of the providers and of the bank add up to, in yen."""

    card_paid: int
    card_refunded: int
    card_fees: int
    code_paid: int
    code_refunded: int
    deposited: int


def close_day(system: RunningSystem, folder: Path) -> dict[str, Path]:
    """Close today in the sandbox and download its files: stripe, paypay and bank."""
    closing = httpx.post(
        f"{system.sandbox_url}/settlements/close", headers={"Accept": "application/json"}
    ).json()
    paths = {}
    for file in closing["files"]:
        paths[file["kind"]] = path = folder / file["name"]
        path.write_bytes(httpx.get(file["url"]).content)
    return paths


def add_up(files: Sequence[Mapping[str, Path]]) -> Sums:
    """Sum the files of several closings as an accountant would, knowing nothing of our parsers."""
    stripe = [row for each in files for row in _rows(each["stripe"], "utf-8")]
    paypay = [row for each in files for row in _rows(each["paypay"], "utf-8-sig")]
    bank = b"".join(each["bank"].read_bytes() for each in files).split(b"\r\n")
    cards = {kind: [r for r in stripe if r["reporting_category"] == kind] for kind in _KINDS}
    codes = [int(row["取引金額"]) for row in paypay]
    return Sums(
        card_paid=sum(int(row["gross"]) for row in cards["charge"]),
        card_refunded=-sum(int(row["gross"]) for row in cards["refund"]),
        card_fees=sum(int(row["fee"]) for row in stripe),
        code_paid=sum(amount for amount in codes if amount > 0),
        code_refunded=-sum(amount for amount in codes if amount < 0),
        deposited=sum(int(record[19:29]) for record in bank if record.startswith(b"2")),
    )


_KINDS = ("charge", "refund")


def _rows(path: Path, encoding: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def import_files(page: Page, *paths: Path) -> None:
    """Hand the files in, all at once; ends at the page that says what became of each."""
    page.goto("/finance/settlements")
    page.get_by_label("ファイル（いくつでも）").set_input_files(list(paths))
    page.get_by_role("button", name="取り込む").click()
    expect(page.get_by_role("heading", level=1, name="取込の結果")).to_be_visible()


def table(page: Page, caption: str) -> dict[str, list[int | None]]:
    """The table with this caption: its rows by their heading, the cells as yen or counts."""
    rows = page.locator("table", has=page.locator("caption", has_text=caption)).locator("tr")
    found: dict[str, list[int | None]] = {}
    for row in rows.all():
        heading = row.locator("th[scope=row]")
        if heading.count():
            found[heading.inner_text()] = [
                yen(cell) for cell in row.locator("td").all_inner_texts()
            ]
    return found


def yen(text: str) -> int | None:
    """``1,200円`` → 1200; None where there is no number."""
    digits = re.sub(r"[円,\s]", "", text).replace("−", "-")
    return int(digits) if re.fullmatch(r"-?\d+", digits) else None


def expect_zero(page: Page) -> None:
    """The ledger's sum is zero, and it is there to see."""
    page.goto("/finance/ledger?verify=1")
    expect(page.get_by_text("仕訳の合計 0円")).to_be_visible()
    expect(page.get_by_text("仕訳の連鎖は完全です")).to_be_visible()
    debit, credit = table(page, "残高")["合計"]
    assert debit == credit


def cells_of_csv(content: bytes) -> list[list[str]]:
    """Every row of the CSV that has something in it."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [_filled(row) for row in rows if row]


def cells_of_workbook(content: bytes) -> list[list[str]]:
    """Every row of the workbook that has something in it, its sums worked out."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    rows = []
    for row in sheet.iter_rows(values_only=True):
        values = []
        for value in row:
            formula = _SUM.fullmatch(str(value))
            if formula:
                column, first, last = formula.groups()
                value = sum(cell[0].value for cell in sheet[f"{column}{first}:{column}{last}"])
            values.append("" if value is None else str(value))
        # The last cell of a row of sums says by a formula whether they agree with the ledger.
        filled = _filled([value for value in values if not value.startswith("=IF")])
        if filled:
            rows.append(filled)
    return rows


def _filled(row: Sequence[str]) -> list[str]:
    return [value for value in row if value]
