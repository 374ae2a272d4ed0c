"""The 全銀 入金通知: 200 bytes a record, every field in its place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.sandbox.files.zengin_deposits import (
    DATA,
    END,
    HEADER,
    RECORD_LENGTH,
    TRAILER,
    Account,
    Deposit,
    DepositNotice,
    wareki,
    write,
)

ACCOUNT = Account("9999", "ﾐﾎﾝｷﾞﾝｺｳ", "001", "ﾎﾝﾃﾝ", "1", "0123456", "ﾐﾎﾝｼ ｶｲｹｲｶﾝﾘｼﾔ")
DAY = date(2026, 6, 3)


def deposit(amount: int, *, cancelled: bool = False, sender: str = "ﾍﾟｲﾍﾟｲ(ｶ") -> Deposit:
    return Deposit(
        inquiry=12,
        booked_on=DAY,
        value_on=DAY,
        amount=amount,
        sender_code="0000001980",
        sender_name=sender,
        sender_bank="ﾐﾎﾝｷﾞﾝｺｳ",
        sender_branch="ﾎﾝﾃﾝ",
        edi="PAYPAY-20260603-1",
        cancelled=cancelled,
    )


def notice(*deposits: Deposit) -> DepositNotice:
    return DepositNotice(DAY, DAY, DAY, ACCOUNT, deposits)


@pytest.mark.parametrize("layout", [HEADER, DATA, TRAILER, END])
def test_every_layout_fills_the_record(layout: tuple[tuple[str, int], ...]) -> None:
    assert sum(length for _, length in layout) == RECORD_LENGTH


def test_a_file_byte_for_byte() -> None:
    text = write(notice(deposit(294), deposit(664)), line_end=b"\n").decode("cp932")
    header, first, _, trailer, end, rest = text.split("\n")
    assert header.rstrip() == (
        "1" "01" "0" "080603" "080603" "080603" "9999" "ﾐﾎﾝｷﾞﾝｺｳ       " "001"
        "ﾎﾝﾃﾝ           " "1" "0123456" "ﾐﾎﾝｼ ｶｲｹｲｶﾝﾘｼﾔ"
    )  # fmt: skip
    assert first.rstrip() == (
        "2" "000012" "080603" "080603" "0000000294" "0000000000" "0000001980"
        + "ﾍﾟｲﾍﾟｲ(ｶ".ljust(48) + "ﾐﾎﾝｷﾞﾝｺｳ".ljust(15) + "ﾎﾝﾃﾝ".ljust(15)
        + "0" + "PAYPAY-20260603-1"
    )  # fmt: skip
    assert trailer.rstrip() == "8000002000000000958000000000000000000"
    assert (end.rstrip(), rest) == ("9", "")


def test_what_is_taken_back_is_counted_apart() -> None:
    trailer = write(notice(deposit(294), deposit(100, cancelled=True))).split(b"\r\n")[3]
    assert trailer.rstrip() == b"8000001000000000294000001000000000100"


@given(st.lists(st.integers(0, 9_999_999_999), max_size=20))
def test_records_are_200_bytes_and_the_trailer_is_their_sum(amounts: list[int]) -> None:
    records = write(notice(*map(deposit, amounts)), line_end=b"")
    assert len(records) == (len(amounts) + 3) * RECORD_LENGTH
    trailer = records[-2 * RECORD_LENGTH : -RECORD_LENGTH]
    assert (int(trailer[1:7]), int(trailer[7:19])) == (len(amounts), sum(amounts))


@pytest.mark.parametrize(
    ("sender", "complaint"), [("ペイペイ", "JIS X 0201"), ("ﾍ" * 49, "longer than 48")]
)
def test_what_does_not_fit_is_refused(sender: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        write(notice(deposit(1, sender=sender)))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 6, 3), "080603"),
        (date(2019, 5, 1), "010501"),
        (date(2019, 4, 30), "310430"),
        (date(1989, 1, 7), "640107"),
    ],
)
def test_wareki(day: date, text: str) -> None:
    assert wareki(day) == text
