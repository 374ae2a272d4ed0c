"""Stripe's hosted payment page: pay, be declined and try again, or leave."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from payments.sandbox.pages.language import page_language
from payments.sandbox.stripe.cards import DECLINED, GOOD, TestCard, find_card
from payments.sandbox.stripe.models import ChargeStatus, CheckoutSession, SessionStatus
from payments.sandbox.stripe.sessions import try_card
from payments.sandbox.world import World, current_world

blueprint = Blueprint("checkout", __name__, url_prefix="/checkout")


@blueprint.get("/<session_id>")
def show(session_id: str) -> ResponseReturnValue:
    world = current_world()
    with world.transaction() as session:
        checkout = session.get(CheckoutSession, session_id)
        return _page(world, checkout)


@blueprint.post("/<session_id>")
def act(session_id: str) -> ResponseReturnValue:
    world = current_world()
    action = request.form.get("action")
    with world.transaction() as session:
        checkout = session.get(CheckoutSession, session_id)
        if checkout is None or checkout.status != SessionStatus.OPEN:
            return _page(world, checkout)
        if action == "abandon":
            # Stripe leaves the session open: it can be paid until it expires.
            return redirect(checkout.cancel_url or request.path, 303)
        if action == "decline":
            return _try(session, world, checkout, DECLINED)
        typed = request.form.get("card", "")
        card = find_card(typed)
        if action != "pay" or card is None:
            return _page(world, checkout, 400, typed=typed, error="card_wrong")
        return _try(session, world, checkout, card)


def _try(
    session: Session, world: World, checkout: CheckoutSession, card: TestCard
) -> ResponseReturnValue:
    charge = try_card(session, world.settings, checkout, card, world.now())
    if charge.status == ChargeStatus.FAILED:
        return _page(world, checkout, 402, declined=True)
    return redirect(success_address(checkout), 303)


def success_address(checkout: CheckoutSession) -> str:
    """``success_url`` with the session's id in its place."""
    return checkout.success_url.replace("{CHECKOUT_SESSION_ID}", checkout.id)


def _page(
    world: World,
    checkout: CheckoutSession | None,
    status: int = 200,
    *,
    typed: str | None = None,
    error: str | None = None,
    declined: bool = False,
) -> ResponseReturnValue:
    language = page_language(checkout.locale if checkout else None)
    if checkout is None:
        text = render_template(
            "message.html", language=language, outcome="not_found", back=None, good=False
        )
        return text, 404
    if checkout.status != SessionStatus.OPEN:
        paid = checkout.status == SessionStatus.COMPLETE
        return render_template(
            "message.html",
            language=language,
            outcome="paid" if paid else "expired",
            back=success_address(checkout) if paid else checkout.cancel_url,
            good=paid,
        )
    text = render_template(
        "checkout.html",
        language=language,
        settings=world.settings,
        checkout=checkout,
        card=GOOD.number if typed is None else typed,
        error=error,
        declined=declined,
    )
    return text, status
