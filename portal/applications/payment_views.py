"""Paying: choose how, go to the provider or scan a code, wait, come back, see the receipt."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from payments.attempts import service as attempts
from payments.attempts.models import Attempt, EvidenceSource
from payments.attempts.service import AmountNotOwed, NothingOutstanding, UnknownProvider
from payments.attempts.states import LIVE, AttemptState
from payments.providers.base import Channel, Method, ProviderRefused, ProviderUnavailable
from portal.access import public
from portal.applications.blueprint import blueprint
from portal.applications.payment import Fee, claims_with_standing, due_fee
from portal.applications.qr import qr_data_uri
from portal.applications.visitor import (
    current_actor,
    find_own_application,
    own_application,
)
from portal.context import current_portal
from portal.facilities.service import deadline


@blueprint.get("/applications/<application_id>/pay")
@public
def pay(application_id: str) -> ResponseReturnValue:
    """Two or three large choices, with what each needs."""
    portal = current_portal()
    actor = current_actor()
    with portal.database.reading() as db:
        application = own_application(db, application_id)
        fee = due_fee(db, application)
        if fee is None:
            return redirect(url_for("applications.show", application_id=application_id))
        return render_template(
            "applications/pay.html",
            application=application,
            fee=fee,
            providers=portal.payments.providers.values(),
            at_counter=actor.sitting is not None,
            held_until=deadline(db, application.id),
        )


@blueprint.post("/applications/<application_id>/pay")
@public
def start_payment(application_id: str) -> ResponseReturnValue:
    """Begin an attempt; a card payer goes to the provider's page, a QR payer to our code."""
    portal = current_portal()
    with portal.database.reading() as db:
        application = own_application(db, application_id)
        fee = due_fee(db, application)
    choose_again = redirect(url_for("applications.pay", application_id=application_id), 303)
    if fee is None:
        return redirect(url_for("applications.show", application_id=application_id), 303)
    actor = current_actor()
    try:
        attempt = attempts.start(
            portal.payments,
            fee.claim.id,
            provider=request.form.get("provider", ""),
            channel=Channel.COUNTER if actor.sitting else Channel.ONLINE,
            return_url=portal.config.public_url
            + url_for("applications.payment_return", application_id=application_id),
            operator=actor.id if actor.kind == "staff" else None,
        )
    except (UnknownProvider, NothingOutstanding, AmountNotOwed):
        return choose_again
    except (ProviderUnavailable, ProviderRefused):
        flash(
            _(
                "いま、この支払い方法は使えません。お金は動いていません。"
                "ほかの方法をえらぶか、しばらくしてからもう一度お試しください。"
            ),
            "error",
        )
        return choose_again
    if attempt.method == Method.CARD and attempt.pay_url is not None:
        return redirect(attempt.pay_url, 303)
    return redirect(
        url_for("applications.wait", application_id=application_id, attempt_id=attempt.id), 303
    )


@blueprint.get("/applications/<application_id>/pay/return")
@public
def payment_return(application_id: str) -> ResponseReturnValue:
    """Back from the provider's page: ask the provider, believe nothing that the browser says.

    A phone that paid the code on another screen comes here too and is nobody to us: it is sent back
    to that screen, with words that are the same whether there is such an application or not.
    """
    portal = current_portal()
    with portal.database.reading() as db:
        application = find_own_application(db, application_id)
        if application is None:
            return render_template("applications/paid_elsewhere.html")
        live = [a.id for fee in claims_with_standing(db, application) for a in fee.live]
    for attempt_id in live:
        _ask(attempt_id, EvidenceSource.BROWSER_RETURN)
    with portal.database.reading() as db:
        fees = claims_with_standing(db, own_application(db, application_id))
    if any(fee.is_due for fee in fees):
        waiting = [a for fee in fees for a in fee.live]
        if waiting:
            return redirect(
                url_for(
                    "applications.wait",
                    application_id=application_id,
                    attempt_id=waiting[-1].id,
                )
            )
        return redirect(url_for("applications.pay", application_id=application_id))
    return redirect(url_for("applications.show", application_id=application_id, done=1))


@blueprint.get("/applications/<application_id>/pay/<attempt_id>")
@public
def wait(application_id: str, attempt_id: str) -> ResponseReturnValue:
    """Waits with the person: the code or the link, how long it holds, what else can be done."""
    portal = current_portal()
    _fee, attempt = _own_attempt(application_id, attempt_id)
    if attempt.state in LIVE:
        attempt = _look(attempt) or attempt
    if attempt.state not in LIVE:
        return redirect(_after(application_id, attempt))
    with portal.database.reading() as db:
        application = own_application(db, application_id)
    return render_template(
        "applications/wait.html",
        application=application,
        attempt=attempt,
        qr=qr_data_uri(attempt.qr_text) if attempt.qr_text else None,
    )


@blueprint.get("/applications/<application_id>/pay/<attempt_id>/state")
@public
def payment_state(application_id: str, attempt_id: str) -> ResponseReturnValue:
    """For the waiting page's script: where to go as soon as there is news.

    With ``preparing``, that the payment can begin is news too.
    """
    _fee, attempt = _own_attempt(application_id, attempt_id)
    if attempt.state in LIVE:
        attempt = _look(attempt) or attempt
    if attempt.state not in LIVE:
        return jsonify(next=_after(application_id, attempt))
    if "preparing" in request.args and attempt.pay_url is not None:
        again = url_for("applications.wait", application_id=application_id, attempt_id=attempt_id)
        return jsonify(next=again)
    return jsonify(next=None)


@blueprint.post("/applications/<application_id>/pay/<attempt_id>/cancel")
@public
def cancel_payment(application_id: str, attempt_id: str) -> ResponseReturnValue:
    """Another way after all: stop this attempt, unless it was paid in this very moment."""
    _own_attempt(application_id, attempt_id)
    try:
        attempt = attempts.cancel(current_portal().payments, attempt_id)
    except ProviderUnavailable:
        flash(
            _("支払いの状態を確かめられませんでした。二重に支払わないよう、少しお待ちください。"),
            "warning",
        )
        return redirect(
            url_for("applications.wait", application_id=application_id, attempt_id=attempt_id), 303
        )
    return redirect(_after(application_id, attempt), 303)


@blueprint.get("/applications/<application_id>/receipt")
@public
def receipt(application_id: str) -> ResponseReturnValue:
    """What was paid, how and when; prints on one sheet."""
    portal = current_portal()
    with portal.database.reading() as db:
        application = own_application(db, application_id)
        fees = [fee for fee in claims_with_standing(db, application) if fee.paid_by]
        if not fees:
            abort(404)
        return render_template(
            "applications/receipt.html",
            application=application,
            fees=fees,
            printed_at=portal.clock(),
        )


def _own_attempt(application_id: str, attempt_id: str) -> tuple[Fee, Attempt]:
    """An attempt that belongs to an application of this person; 404 for any other."""
    with current_portal().database.reading() as db:
        fees = claims_with_standing(db, own_application(db, application_id))
    for fee in fees:
        for attempt in fee.attempts:
            if attempt.id == attempt_id:
                return fee, attempt
    raise NotFound


def _look(attempt: Attempt) -> Attempt | None:
    """What a waiting page does: ask, or take up a start that was cut off, without waiting for the
    sweeper to come by. None where the provider doesn't answer.
    """
    payments = current_portal().payments
    if not attempts.was_cut_off(attempt, payments.clock()):
        return _ask(attempt.id, EvidenceSource.POLLER)
    try:
        return attempts.resume(payments, attempt.id)
    except ProviderUnavailable:
        return None


def _ask(attempt_id: str, source: EvidenceSource) -> Attempt | None:
    """The one door; None where the provider doesn't answer (the sweeper will ask again)."""
    try:
        return attempts.gather_evidence(current_portal().payments, attempt_id, source)
    except ProviderUnavailable:
        return None


def _after(application_id: str, attempt: Attempt) -> str:
    """Where an attempt that ended leads: to the receipt, or to another try."""
    if attempt.state == AttemptState.SUCCEEDED:
        return url_for("applications.show", application_id=application_id, done=1)
    return url_for("applications.pay", application_id=application_id)
