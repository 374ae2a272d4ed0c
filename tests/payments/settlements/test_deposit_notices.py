"""全銀 入金通知: round trip, broken records, and trailers that contradict."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.sandbox.files import zengin_deposits as writer
from payments.settlements import BankLine, FileFormat, parse

days = st.dates(date(2019, 5, 1), date(2099, 12, 31))
kana = st.text("ｱｲｳｶﾞﾊﾟｯｰ().-0123ABC ", max_size=15).map(str.strip)

ACCOUNT = writer.Account(
    bank_code="9999",
    bank_name="ﾐﾎﾝｷﾞﾝｺｳ",
    branch_code="001",
    branch_name="ﾎﾝﾃﾝ",
    kind="1",
    number="1234567",
    name="ﾐﾎﾝｼ ｶｲｹｲｶﾝﾘｼﾔ",
)


@st.composite
def notices(draw: st.DrawFn) -> writer.DepositNotice:
    first, last = sorted((draw(days), draw(days)))
    deposits = [
        writer.Deposit(
            inquiry=draw(st.integers(0, 999_999)),
            booked_on=draw(st.dates(first, last)),
            value_on=draw(days),
            amount=draw(st.integers(1, 9_999_999_999)),
            sender_code="",
            sender_name=draw(kana),
            sender_bank=draw(kana),
            sender_branch=draw(kana),
            edi=draw(kana),
            cancelled=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    return writer.DepositNotice(last, first, last, ACCOUNT, deposits)


@given(notices(), st.sampled_from((b"\r\n", b"\n", b"")), st.sampled_from(("raw", "utf-8")))
def test_what_is_written_is_read_back(
    notice: writer.DepositNotice, line_end: bytes, saved_as: str
) -> None:
    content = writer.write(notice, line_end=line_end)
    if saved_as == "utf-8":
        content = content.decode("cp932").encode("utf-8-sig")

    parsed = parse(content)

    assert parsed.format is FileFormat.ZENGIN_DEPOSITS
    assert not parsed.errors
    assert len({line.key for line in parsed.lines}) == len(parsed.lines) == len(notice.deposits)
    for deposit, line in zip(notice.deposits, parsed.lines, strict=True):
        assert isinstance(line, BankLine)
        assert (line.amount, line.booked_on, line.value_on, line.cancelled) == (
            deposit.amount,
            deposit.booked_on,
            deposit.value_on,
            deposit.cancelled,
        )
        assert (line.sender_name, line.edi) == (deposit.sender_name, deposit.edi)
        assert line.account == "9999-001-1-1234567"


def _deposit(inquiry: int, amount: int) -> writer.Deposit:
    return writer.Deposit(
        inquiry=inquiry,
        booked_on=date(2026, 6, 4),
        value_on=date(2026, 6, 4),
        amount=amount,
        sender_code="",
        sender_name="ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ(ｶ",
        sender_bank="ﾐﾎﾝ",
        sender_branch="ﾎﾝﾃﾝ",
        edi="",
    )


def _records() -> list[bytes]:
    day = date(2026, 6, 4)
    notice = writer.DepositNotice(
        day, day, day, ACCOUNT, [_deposit(1, 1000), _deposit(2, 2000), _deposit(3, 3000)]
    )
    return writer.write(notice).split(b"\r\n")[:-1]


@pytest.mark.parametrize(
    ("start", "wrong", "field"),
    [
        (1, b"12345X", "照会番号"),
        (7, b"080231", "勘定日"),
        (7, b"080605", "勘定日"),
        (13, b"010430", "起算日"),
        (19, b"          ", "金額"),
        (19, b"0000000000", "金額"),
        (19, b"00000-2000", "金額"),
        (127, b"7", "取消区分"),
        (49, b"\x83\x58", "文字"),
        (0, b"3", "データ区分"),
    ],
)
def test_a_broken_record_is_named_and_the_rest_goes_on(
    start: int, wrong: bytes, field: str
) -> None:
    records = _records()
    records[2] = records[2][:start] + wrong + records[2][start + len(wrong) :]

    parsed = parse(b"\r\n".join(records))

    assert [line.line for line in parsed.lines] == [2, 4]
    (error,) = parsed.errors
    assert (error.line, error.field) == (3, field)


def test_a_record_cut_short_is_named() -> None:
    records = _records()
    records[2] = records[2][:150]
    parsed = parse(b"\r\n".join(records))
    assert [line.line for line in parsed.lines] == [2, 4]
    assert [(error.line, error.field, error.found) for error in parsed.errors] == [
        (3, "レコード長", "150")
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda records: records[:2] + records[3:],  # a record lost on the way
        lambda records: [*records[:3], records[2], *records[3:]],  # a record twice
        lambda records: [  # a digit changed
            *records[:2],
            records[2].replace(b"0000002000", b"0000009000"),
            *records[3:],
        ],
    ],
)
def test_a_contradicting_trailer_stops_its_account(change: object) -> None:
    assert callable(change)
    parsed = parse(b"\r\n".join(change(_records())))
    assert not parsed.lines
    (error,) = parsed.errors
    assert "入金件数" in error.field
    assert "取り込んでいません" in error.text()


def test_a_missing_trailer_is_told() -> None:
    parsed = parse(b"\r\n".join(_records()[:4]))
    assert len(parsed.lines) == 3
    assert "トレーラー" in parsed.errors[0].text()


def test_equal_deposits_of_one_day_are_two() -> None:
    day = date(2026, 6, 4)
    notice = writer.DepositNotice(day, day, day, ACCOUNT, [_deposit(0, 500), _deposit(0, 500)])
    parsed = parse(writer.write(notice))
    assert len({line.key for line in parsed.lines}) == 2
