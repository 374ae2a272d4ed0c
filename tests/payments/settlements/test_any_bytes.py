"""Whatever is sent: lines, named errors, or a refusal in words; no exception, no guess."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from payments.sandbox.files import zengin_deposits
from payments.settlements import Parsed, UnrecognisedFile, parse

STRIPE = (
    b"balance_transaction_id,created,currency,gross,fee,net,reporting_category,description\r\n"
    b'txn_1,2026-06-03 10:00:00,jpy,300,10,290,charge,"a\r\nb"\r\n'
    b"txn_2,2026-06-03 10:00:00,jpy,-300,0,-300,refund,\r\n"
)
PAYPAY = (
    "取引番号,取引ステータス,取引日時,取引金額,加盟店決済ID\r\n"
    "1,取引完了,2026/06/03 10:00:00,300,a1\r\n"
    "2,返金完了,2026/06/03 10:00:00,-300,a1\r\n"
).encode("cp932")
DAY = date(2026, 6, 3)
ZENGIN = zengin_deposits.write(
    zengin_deposits.DepositNotice(
        DAY,
        DAY,
        DAY,
        zengin_deposits.Account("9999", "ﾐﾎﾝ", "001", "ﾎﾝ", "1", "0123456", "ﾐﾎﾝｼ"),
        [
            zengin_deposits.Deposit(1, DAY, DAY, 300, "", "ﾍﾟｲﾍﾟｲ(ｶ", "", "", "T-1"),
            zengin_deposits.Deposit(2, DAY, DAY, 500, "", "ﾐﾎﾝ", "", "", ""),
        ],
    )
)


def _read(content: bytes) -> Parsed | None:
    try:
        parsed = parse(content)
    except UnrecognisedFile as refusal:
        assert refusal.message.text()
        return None
    for error in parsed.errors:
        assert error.line > 0
        assert error.text().isprintable()
    assert len({line.key for line in parsed.lines}) <= len(parsed.lines)
    return parsed


@given(st.binary(max_size=600))
@example(b"1010" + b"0" * 18)
@example(b"\xef\xbb\xbf")
@example(b'"')
def test_noise(content: bytes) -> None:
    _read(content)


@given(st.sampled_from((STRIPE, PAYPAY, ZENGIN)), st.data())
def test_damaged_files(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(damaged) - 1))
        cut = data.draw(st.integers(0, 30))
        damaged[where : where + cut] = data.draw(st.binary(max_size=6))
        if not damaged:
            break
    _read(bytes(damaged))


@pytest.mark.parametrize(
    ("content", "where"), [(STRIPE, b"a\r\n"), (PAYPAY, b"a1"), (ZENGIN, b"T-1")]
)
@pytest.mark.parametrize("wrong", [b"\x00", b"\x1b", b"\x7f"])
def test_control_characters_cost_their_line(content: bytes, where: bytes, wrong: bytes) -> None:
    """A database would refuse some of them, and the whole file with them."""
    parsed = _read(content.replace(where, wrong + where[1:], 1))
    assert parsed is not None
    assert len(parsed.lines) == 1
    assert len(parsed.errors) == 1


@pytest.mark.parametrize("moment", ["9999-12-31 23:59:59", "0001-01-01 00:00:00"])
def test_years_out_of_reach(moment: str) -> None:
    parsed = _read(STRIPE.replace(b"2026-06-03 10:00:00", moment.encode(), 1))
    assert parsed is not None
    assert [error.field for error in parsed.errors] == ["created"]
