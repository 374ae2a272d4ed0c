"""Stripe's itemised reports: what the writer of the sandbox writes is read back, and the rest."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.clock import JST
from payments.sandbox.files import stripe_csv as writer
from payments.settlements import FileFormat, LineKind, ProviderLine, UnrecognisedFile, parse

#: 2019 to 2099
moments = st.integers(1_556_636_400, 4_102_412_399).map(
    lambda seconds: datetime.fromtimestamp(seconds, JST)
)
words = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
#: descriptions with everything that CSV finds difficult
texts = st.text('住民票ﾐﾎﾝ,"\n; a', max_size=12).map(str.strip)


@st.composite
def rows(draw: st.DrawFn) -> list[writer.StripeRow]:
    numbers = draw(st.lists(words, unique=True, max_size=8))
    return [_row(draw, number) for number in numbers]


def _row(draw: st.DrawFn, number: str) -> writer.StripeRow:
    refund = draw(st.booleans())
    gross = draw(st.integers(1, 10_000_000))
    return writer.StripeRow(
        payout_id=f"po_{draw(words)}",
        payout_effective_at=draw(moments),
        balance_transaction_id=f"txn_{number}",
        created=draw(moments),
        available_on=draw(moments),
        gross=-gross if refund else gross,
        fee=0 if refund else gross * 36 // 1000,
        reporting_category="refund" if refund else "charge",
        source_id=f"re_{number}" if refund else f"ch_{number}",
        description=draw(texts),
        payment_intent_id=f"pi_{number}",
        charge_id=f"ch_{number}",
        refund_id=f"re_{number}" if refund else "",
        card_brand="visa",
        trace_id=draw(words),
        client_reference_id=number,
        attempt_id=number,
        merchant_refund_id=f"ours_{number}" if refund else "",
    )


@given(rows())
def test_what_is_written_is_read_back(written: list[writer.StripeRow]) -> None:
    parsed = parse(writer.write(written))

    assert parsed.format is FileFormat.STRIPE_TRANSACTIONS
    assert not parsed.errors
    assert len(parsed.lines) == len(written)
    for row, line in zip(written, parsed.lines, strict=True):
        assert isinstance(line, ProviderLine)
        assert (line.key, line.gross, line.fee, line.net) == (
            row.balance_transaction_id,
            row.gross,
            row.fee,
            row.net,
        )
        assert line.at == row.created
        assert line.kind is (LineKind.REFUND if row.gross < 0 else LineKind.PAYMENT)
        assert (line.attempt_id, line.payout_id, line.trace_id) == (
            row.attempt_id,
            row.payout_id,
            row.trace_id,
        )
        assert line.payout_on == row.payout_effective_at.date()
        assert line.refund_id == (row.merchant_refund_id or None)
        assert line.description == row.description


HEADER = (
    "balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,"
    "payment_intent_id,payment_metadata[attempt_id]"
)


def _file(*lines: str) -> bytes:
    return "\r\n".join((HEADER, *lines)).encode()


def test_a_column_in_utc_is_utc() -> None:
    (line,) = parse(_file("txn_1,2026-06-02 23:30:00,jpy,300.00,10.00,290.00,charge,pi_1,a1")).lines
    assert isinstance(line, ProviderLine)
    assert line.at == datetime(2026, 6, 2, 23, 30, tzinfo=UTC)
    assert line.gross == 300


@pytest.mark.parametrize(
    ("broken", "field", "found"),
    [
        ("txn_2,2026-06-02 23:30:00,jpy,300.50,10,290.50,charge,pi_2,a2", "gross", "300.50"),
        ("txn_2,2026-06-02 23:30:00,jpy,abc,10,290,charge,pi_2,a2", "gross", "abc"),
        ("txn_2,2026-06-02 23:30:00,jpy,,10,290,charge,pi_2,a2", "gross", ""),
        ("txn_2,2026-06-02 23:30:00,jpy,３００,10,290,charge,pi_2,a2", "gross", "３００"),
        ("txn_2,2026-06-02 23:30:00,jpy,300,10,280,charge,pi_2,a2", "net", "280"),
        ("txn_2,2026-06-02 23:30:00,usd,300,10,290,charge,pi_2,a2", "currency", "usd"),
        ("txn_2,2026-06-31 23:30:00,jpy,300,10,290,charge,pi_2,a2", "created_utc", "2026-06-31"),
        ("txn_2,2026-06-02 23:30:00,jpy,300,10,290,magic,pi_2,a2", "reporting_category", "magic"),
        (",2026-06-02 23:30:00,jpy,300,10,290,charge,pi_2,a2", "balance_transaction_id", ""),
        ("txn_2,2026-06-02 23:30:00,jpy,300,10,290,charge,pi_2", "列の数", "8"),
        ('txn_2,2026-06-02 23:30:00,jpy,"300,10,290,charge,pi_2,a2', "行", "txn_2"),
    ],
)
def test_a_broken_line_imports_nothing_of_itself(broken: str, field: str, found: str) -> None:
    good = "txn_{0},2026-06-02 23:30:00,jpy,300,10,290,charge,pi_{0},a{0}"
    parsed = parse(_file(good.format(1), broken, good.format(3)))

    assert [line.key for line in parsed.lines] == ["txn_1", "txn_3"]
    (error,) = parsed.errors
    assert (error.line, error.field) == (3, field)
    assert error.found.startswith(found)
    assert "3行目" in error.text()
    assert error.right.text()


def test_a_quoted_newline_counts_lines_as_an_editor_does() -> None:
    header = HEADER + ",description"
    good = "txn_{0},2026-06-02 23:30:00,jpy,300,10,290,charge,pi_{0},a{0}"
    content = "\n".join(
        (header, good.format(1) + ',"住民票\n2通"', "x", good.format(2) + ",")
    ).encode()

    parsed = parse(content)

    assert [(line.key, line.line) for line in parsed.lines] == [("txn_1", 2), ("txn_2", 5)]
    assert [error.line for error in parsed.errors] == [4]


def test_the_payouts_report_gives_payouts() -> None:
    content = (
        b"payout_id,effective_at_utc,currency,gross,fee,net,reporting_category,"
        b"balance_transaction_id,payout_expected_arrival_date,payout_status\n"
        b"po_1,2026-06-04 00:00:00,jpy,1157,0,1157,payout,txn_9,2026-06-05 00:00:00,paid\n"
    )

    parsed = parse(content)

    assert parsed.format is FileFormat.STRIPE_PAYOUTS
    (line,) = parsed.lines
    assert isinstance(line, ProviderLine)
    assert (line.kind, line.payout_id, line.gross) == (LineKind.PAYOUT, "po_1", -1157)
    assert line.payout_on == date(2026, 6, 5)


@pytest.mark.parametrize(
    "content",
    [b"", b"  \r\n", b"\x00\x01\x02", b"PK\x03\x04", "日付,金額\n2026-06-01,300\n".encode()],
)
def test_what_nobody_knows_is_refused_with_words(content: bytes) -> None:
    with pytest.raises(UnrecognisedFile) as refusal:
        parse(content)
    assert refusal.value.message.text().endswith("。")


@given(rows().filter(bool), st.data())
def test_damage_never_becomes_money(written: list[writer.StripeRow], data: st.DataObject) -> None:
    """Any one byte changed in the data: every line that is read is one that was written,
    or differs from it in what no amount depends on."""
    content = bytearray(writer.write(written))
    first = content.index(b"\n") + 1
    where = data.draw(st.integers(first, len(content) - 1))
    content[where] = data.draw(st.sampled_from(list(b'"\nx,\xff\x00')))

    parsed = parse(bytes(content))

    amounts = {row.balance_transaction_id: row.gross for row in written}
    for line in parsed.lines:
        assert isinstance(line, ProviderLine)
        if line.key in amounts:
            assert line.gross == amounts[line.key]


def test_later_dates_stay_apart_from_the_moment() -> None:
    """A payout's day is the day that the report writes, not shifted by a zone."""
    row = _example(payout_effective_at=datetime(2026, 6, 5, 0, 0, tzinfo=JST))
    (line,) = parse(writer.write([row])).lines
    assert isinstance(line, ProviderLine)
    assert line.payout_on == date(2026, 6, 5)


def _example(payout_effective_at: datetime) -> writer.StripeRow:
    created = payout_effective_at - timedelta(days=2)
    return writer.StripeRow(
        payout_id="po_1",
        payout_effective_at=payout_effective_at,
        balance_transaction_id="txn_1",
        created=created,
        available_on=created,
        gross=300,
        fee=10,
        reporting_category="charge",
        source_id="ch_1",
        description="",
        payment_intent_id="pi_1",
        charge_id="ch_1",
        refund_id="",
        card_brand="visa",
        trace_id="T1",
        client_reference_id="a1",
        attempt_id="a1",
        merchant_refund_id="",
    )
