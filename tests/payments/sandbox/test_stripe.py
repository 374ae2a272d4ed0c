"""The real Stripe library drives the sandbox over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
import stripe

from payments.sandbox.stripe.objects import API_VERSION
from tests.payments.sandbox.world import RETURN, Sandbox, heading

EXPANDED = ["payment_intent.latest_charge.balance_transaction"]


def test_the_shapes_are_those_of_the_library_in_use() -> None:
    assert stripe.api_version == API_VERSION


def test_a_new_session_is_open_and_repeats_what_was_asked(sandbox: Sandbox) -> None:
    expires_at = int((sandbox.clock() + timedelta(minutes=45)).timestamp())
    session = sandbox.session(300, expires_at=expires_at)
    assert session.id.startswith("cs_test_")
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert (session.amount_total, session.currency) == (300, "jpy")
    assert session.client_reference_id == "attempt-1"
    assert session.metadata is not None and session.metadata["attempt_id"] == "attempt-1"
    assert session.expires_at == expires_at
    assert session.payment_intent is None
    assert session.url == f"{sandbox.url}/checkout/{session.id}"


def test_paying_makes_intent_charge_and_balance_transaction(sandbox: Sandbox) -> None:
    session = sandbox.session(1_000)
    answer = sandbox.press(session.url, "pay", card="4242424242424242")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"{RETURN}?session={session.id}",
    )
    paid = sandbox.stripe().v1.checkout.sessions.retrieve(session.id, params={"expand": EXPANDED})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    intent = paid.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert (intent.status, intent.amount_received, intent.currency) == ("succeeded", 1_000, "jpy")
    assert intent.metadata["attempt_id"] == "attempt-1"
    charge = intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert charge.paid and charge.captured and charge.amount_refunded == 0
    transaction = charge.balance_transaction
    assert isinstance(transaction, stripe.BalanceTransaction)
    assert (transaction.amount, transaction.fee, transaction.net) == (1_000, 36, 964)


def test_a_declined_card_leaves_the_session_open_for_another_try(sandbox: Sandbox) -> None:
    session = sandbox.session()
    page = sandbox.press(session.url, "decline")
    assert page.status_code == 402
    assert "カードが使えませんでした" in page.text
    now = sandbox.stripe().v1.checkout.sessions.retrieve(
        session.id, params={"expand": ["payment_intent"]}
    )
    assert (now.status, now.payment_status) == ("open", "unpaid")
    intent = now.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error is not None
    assert intent.last_payment_error.code == "card_declined"
    assert sandbox.press(session.url, "pay", card="5555 5555 5555 4444").status_code == 303
    paid = sandbox.stripe().v1.checkout.sessions.retrieve(session.id)
    assert (paid.status, paid.payment_intent) == ("complete", intent.id)
    tries = sandbox.stripe().v1.charges.list(params={"payment_intent": intent.id})
    assert sorted(charge.status for charge in tries.data) == ["failed", "succeeded"]


def test_leaving_goes_to_the_cancel_url_and_keeps_the_session(sandbox: Sandbox) -> None:
    session = sandbox.session()
    answer = sandbox.press(session.url, "abandon")
    assert answer.headers["Location"] == f"{RETURN}?cancelled=1"
    assert sandbox.stripe().v1.checkout.sessions.retrieve(session.id).status == "open"


def test_a_number_that_is_no_test_card_is_refused_beside_the_field(sandbox: Sandbox) -> None:
    page = sandbox.press(sandbox.session().url, "pay", card="4111 1111 1111 1111<b>")
    assert page.status_code == 400
    assert "練習用のカード番号ではありません" in page.text
    assert "<b>" not in page.text


def test_a_session_lapses_by_itself(sandbox: Sandbox) -> None:
    session = sandbox.session(expires_at=int((sandbox.clock() + timedelta(minutes=30)).timestamp()))
    sandbox.clock.advance(timedelta(minutes=30))
    assert sandbox.stripe().v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert heading(sandbox.press(session.url, "pay", card="4242424242424242")) == (
        "支払いの期限が過ぎました"
    )
    kinds = [event.type for event in sandbox.stripe().v1.events.list().data]
    assert kinds == ["checkout.session.expired"]


def test_a_session_can_be_expired_once(sandbox: Sandbox) -> None:
    session = sandbox.session()
    assert sandbox.stripe().v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="has a status of `expired`"):
        sandbox.stripe().v1.checkout.sessions.expire(session.id)


def test_a_paid_session_is_not_paid_twice(sandbox: Sandbox) -> None:
    session = sandbox.paid_card()
    url = f"{sandbox.url}/checkout/{session.id}"
    assert heading(sandbox.press(url, "pay", card="4242424242424242")) == "支払いが終わりました"
    assert len(sandbox.stripe().v1.charges.list().data) == 1


@pytest.mark.parametrize(
    ("changes", "code", "param"),
    [
        ({"mode": ""}, "parameter_missing", "mode"),
        ({"mode": "subscription"}, None, "mode"),
        ({"line_items": []}, "parameter_missing", "line_items"),
        ({"success_url": "portal"}, "url_invalid", "success_url"),
        ({"wrong": "1"}, "parameter_unknown", "wrong"),
        ({"expires_at": 1}, None, "expires_at"),
        ({"expires_at": 99999999999999}, None, "expires_at"),
        ({"expires_at": "soon"}, "parameter_invalid_integer", "expires_at"),
        ({"metadata": {"k" * 41: "v"}}, None, "metadata"),
        ({"expand": ["nothing"]}, None, "expand"),
    ],
)
def test_mistakes_are_answered_in_stripes_words(
    sandbox: Sandbox, changes: dict[str, Any], code: str | None, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sandbox.session(**changes)
    assert caught.value.http_status == 400
    assert (caught.value.code, caught.value.param) == (code, param)
    assert (caught.value.request_id or "").startswith("req_")


@pytest.mark.parametrize(
    ("price", "quantity", "code"),
    [
        ({"unit_amount": 49}, 1, "amount_too_small"),
        ({"unit_amount": 99_999_999}, 2, "amount_too_large"),
        ({"unit_amount": "3.5"}, 1, "parameter_invalid_integer"),
        ({"unit_amount": 300, "currency": "usd"}, 1, None),
        ({"unit_amount": 300}, 0, None),
    ],
)
def test_amounts_are_checked(
    sandbox: Sandbox, price: dict[str, Any], quantity: int, code: str | None
) -> None:
    data = {"currency": "jpy", "product_data": {"name": "x"}, **price}
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sandbox.session(line_items=[{"price_data": data, "quantity": quantity}])
    assert caught.value.code == code


@pytest.mark.parametrize("key", ["sk_test_wrong_0000000000001", "sk"])
def test_a_wrong_key_is_refused(sandbox: Sandbox, key: str) -> None:
    with pytest.raises(stripe.AuthenticationError) as caught:
        sandbox.stripe(key).v1.refunds.list()
    assert key not in str(caught.value)


def test_basic_authentication_and_a_missing_key(sandbox: Sandbox) -> None:
    url = f"{sandbox.url}/v1/refunds"
    assert sandbox.http.get(url).status_code == 401
    key = sandbox.settings.stripe_secret_keys[1]
    assert sandbox.http.get(url, auth=(key, "")).status_code == 200


def test_what_is_not_there_is_missing(sandbox: Sandbox) -> None:
    client = sandbox.stripe().v1
    for call in (
        lambda: client.checkout.sessions.retrieve("cs_test_none"),
        lambda: client.payment_intents.retrieve("pi_none"),
        lambda: client.refunds.retrieve("re_none"),
        lambda: client.events.retrieve("evt_none"),
    ):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            call()
        assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        client.customers.list()


def test_the_same_key_with_the_same_parameters_answers_the_same(sandbox: Sandbox) -> None:
    first = sandbox.stripe().v1.refunds  # the service is made once, the key is given per call
    session = sandbox.paid_card()
    intent = session.payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    refunds = [
        first.create(
            params={"payment_intent": intent.id, "amount": 100},
            options={"idempotency_key": "refund-1"},
        )
        for _ in range(2)
    ]
    assert refunds[0].id == refunds[1].id
    assert refunds[1].last_response is not None
    assert refunds[1].last_response.headers["Idempotent-Replayed"] == "true"
    charge = sandbox.stripe().v1.charges.list().data[0]
    assert charge.amount_refunded == 100


def test_the_same_key_with_other_parameters_is_an_error(sandbox: Sandbox) -> None:
    intent = sandbox.paid_card().payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    refunds = sandbox.stripe().v1.refunds
    options: stripe.RequestOptions = {"idempotency_key": "refund-1"}
    refunds.create(params={"payment_intent": intent.id, "amount": 100}, options=options)
    with pytest.raises(stripe.IdempotencyError) as caught:
        refunds.create(params={"payment_intent": intent.id, "amount": 101}, options=options)
    assert caught.value.http_status == 400
    sandbox.clock.advance(timedelta(hours=24))
    refunds.create(params={"payment_intent": intent.id, "amount": 101}, options=options)


def test_refunds_go_back_in_parts_but_never_beyond(sandbox: Sandbox) -> None:
    intent = sandbox.paid_card(300).payment_intent
    assert isinstance(intent, stripe.PaymentIntent)
    refunds = sandbox.stripe().v1.refunds
    part = refunds.create(
        params={"payment_intent": intent.id, "amount": 100, "metadata": {"refund_id": "r1"}}
    )
    assert (part.status, part.amount, part.charge) == ("succeeded", 100, intent.latest_charge.id)  # type: ignore[union-attr]
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        refunds.create(params={"payment_intent": intent.id, "amount": 201})
    assert refunds.create(params={"payment_intent": intent.id}).amount == 200
    with pytest.raises(stripe.InvalidRequestError) as caught:
        refunds.create(params={"payment_intent": intent.id})
    assert caught.value.code == "charge_already_refunded"
    charge = sandbox.stripe().v1.charges.retrieve(str(part.charge))
    assert charge.refunded
    found = refunds.list(params={"payment_intent": intent.id}).data
    assert [refund.amount for refund in found] == [200, 100]


def test_a_payment_that_never_succeeded_is_not_refunded(sandbox: Sandbox) -> None:
    session = sandbox.session()
    sandbox.press(session.url, "decline")
    intent = sandbox.stripe().v1.checkout.sessions.retrieve(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sandbox.stripe().v1.refunds.create(params={"payment_intent": str(intent)})
    assert caught.value.code == "payment_intent_unexpected_state"


def test_lists_go_on_where_a_page_ended(sandbox: Sandbox) -> None:
    ids = []
    for _ in range(5):
        ids.append(sandbox.session().id)
        sandbox.clock.advance(timedelta(seconds=1))
    listed = sandbox.stripe().v1.checkout.sessions.list(params={"limit": 2})
    assert [session.id for session in listed.auto_paging_iter()] == ids[::-1]


def test_every_object_is_read_on_its_own(sandbox: Sandbox) -> None:
    session = sandbox.paid_card(1_000)
    client = sandbox.stripe().v1
    items = client.checkout.sessions.line_items.list(session.id).data
    assert [(item.description, item.amount_total) for item in items] == [("住民票の写し", 1_000)]
    with_items = client.checkout.sessions.retrieve(session.id, params={"expand": ["line_items"]})
    assert with_items.line_items is not None and len(with_items.line_items.data) == 1
    listed = client.balance_transactions.list(params={"expand": ["data.source.payment_intent"]})
    charge = listed.data[0].source
    assert isinstance(charge, stripe.Charge) and isinstance(
        charge.payment_intent, stripe.PaymentIntent
    )
    assert client.balance_transactions.retrieve(listed.data[0].id).fee == 36
    assert client.payment_intents.retrieve(charge.payment_intent.id).status == "succeeded"
    event = client.events.list(params={"type": "checkout.session.completed"}).data[0]
    assert client.events.retrieve(event.id).data.object["id"] == session.id


def test_too_deep_an_expansion_is_refused(sandbox: Sandbox) -> None:
    path = ".".join(["payment_intent", "latest_charge"] * 3)
    with pytest.raises(stripe.InvalidRequestError, match="more than 4 levels"):
        sandbox.stripe().v1.checkout.sessions.retrieve(
            sandbox.session().id, params={"expand": [path]}
        )


def test_events_tell_a_payment_in_order(sandbox: Sandbox) -> None:
    sandbox.paid_card()
    kinds = [event.type for event in sandbox.stripe().v1.events.list().data][::-1]
    assert kinds == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
