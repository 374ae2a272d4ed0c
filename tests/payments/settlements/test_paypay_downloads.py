"""PayPay's download in both encodings."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.clock import JST
from payments.sandbox.files import paypay_csv as writer
from payments.settlements import FileFormat, LineKind, ProviderLine, parse

#: 2019 to 2099
moments = st.integers(1_556_636_400, 4_102_412_399).map(
    lambda seconds: datetime.fromtimestamp(seconds, JST)
)
numbers = st.integers(10**17, 10**18 - 1).map(str)
names = st.text('見本市ﾐﾎﾝｼ髙﨑,"\n a', max_size=10)


@st.composite
def rows(draw: st.DrawFn) -> list[writer.PayPayRow]:
    return [_row(draw, number) for number in draw(st.lists(numbers, unique=True, max_size=8))]


def _row(draw: st.DrawFn, number: str) -> writer.PayPayRow:
    refund = draw(st.booleans())
    amount = draw(st.integers(1, 10_000_000))
    return writer.PayPayRow(
        transaction_id=number,
        merchant_id="1234567",
        merchant_name=draw(names),
        store_id="",
        store_name=draw(names),
        terminal_id="",
        status=writer.REFUNDED if refund else writer.COMPLETED,
        at=draw(moments),
        amount=-amount if refund else amount,
        receipt="",
        method="PayPay(残高)",
        details={"PayPay(残高)": amount},
        confirm_until=None,
        merchant_payment_id=f"attempt-{number}",
    )


@given(rows(), st.sampled_from(writer.Encoding))
def test_what_is_written_is_read_back(
    written: list[writer.PayPayRow], encoding: writer.Encoding
) -> None:
    parsed = parse(writer.write(written, encoding=encoding))

    assert parsed.format is FileFormat.PAYPAY_TRANSACTIONS
    assert not parsed.errors
    assert len(parsed.lines) == len(written)
    for row, line in zip(written, parsed.lines, strict=True):
        assert isinstance(line, ProviderLine)
        assert (line.transaction_id, line.gross, line.at) == (
            row.transaction_id,
            row.amount,
            row.at,
        )
        assert line.kind is (LineKind.REFUND if row.amount < 0 else LineKind.PAYMENT)
        assert line.attempt_id == row.merchant_payment_id
        assert line.fee is None
        assert line.net is None


HEADER = ",".join(writer.COLUMNS)
LINE = "{0},1,見本市,1,窓口,,{1},{2},{3},,PayPay(残高),[],,attempt-{0}"


def _file(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *lines)).encode("cp932")


@pytest.mark.parametrize(
    ("status", "at", "amount", "field"),
    [
        ("取引完了", "2026/06/03 10:00:00", "三百", "取引金額"),
        ("取引完了", "2026/06/03 10:00:00", "", "取引金額"),
        ("取引完了", "2026/06/03 10:00:00", "0", "取引金額"),
        ("取引完了", "2026/06/03 10:00:00", "-300", "取引金額"),
        ("返金完了", "2026/06/03 10:00:00", "300", "取引金額"),
        ("取引完了", "2026/06/03 25:00:00", "300", "取引日時"),
        ("審査中", "2026/06/03 10:00:00", "300", "取引ステータス"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_goes_on(
    status: str, at: str, amount: str, field: str
) -> None:
    good = LINE.format(11, "取引完了", "2026/06/03 09:00:00", "300")
    parsed = parse(_file(LINE.format(10, status, at, amount), good))

    assert [line.key for line in parsed.lines] == ["11"]
    (error,) = parsed.errors
    assert (error.line, error.field) == (2, field)


def test_failed_transactions_moved_no_money() -> None:
    parsed = parse(_file(LINE.format(10, "取引失敗", "2026/06/03 09:00:00", "300")))
    assert not parsed.lines
    assert not parsed.errors


def test_amounts_may_be_grouped_and_columns_renamed() -> None:
    header = HEADER.replace("取引番号", "決済番号")
    parsed = parse(
        _file(LINE.format(10, "取引完了", "2026/06/03 09:00:00", '"1,300"'), header=header)
    )
    (line,) = parsed.lines
    assert isinstance(line, ProviderLine)
    assert line.gross == 1300


def test_two_refunds_of_one_payment_are_two() -> None:
    lines = (
        LINE.format(10, "返金完了", "2026/06/03 09:00:00", "-100"),
        LINE.format(10, "返金完了", "2026/06/03 09:00:05", "-100"),
    )
    assert len({line.key for line in parse(_file(*lines)).lines}) == 2


def test_one_damaged_byte_costs_one_line() -> None:
    lines = [LINE.format(n, "取引完了", "2026/06/03 09:00:00", "300") for n in range(10, 13)]
    content = ("\ufeff" + "\r\n".join((HEADER, *lines))).encode()
    damaged = content.replace(b"attempt-11", b"attempt\xff11")

    parsed = parse(damaged)

    assert [line.key for line in parsed.lines] == ["10", "12"]
    assert [error.line for error in parsed.errors] == [3]
