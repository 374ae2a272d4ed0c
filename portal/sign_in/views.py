"""Residents sign in with their card, by way of the national sign-in service, and sign out."""

from flask import Blueprint, Response, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from auth.oidc.results import SignedIn, SignInFailed
from auth.residents.service import recognise
from foundation.paths import local_path
from portal.access import public
from portal.context import current_portal
from portal.counter.service import CARD_PURPOSE, card_was_read
from portal.i18n import page_language
from portal.people import current_resident, sign_in_resident
from portal.people import sign_out as end_session
from portal.sign_in.wording import WORDS

blueprint = Blueprint("sign_in", __name__)

_TRANSACTION = "sign_in"
_PURPOSE = "sign_in"


@blueprint.get("/sign-in")
@public
def begin() -> ResponseReturnValue:
    """Say what comes, then lead to the card."""
    onward = local_path(request.args.get("next"), url_for("catalogue.start"))
    if current_resident() is not None:
        return redirect(onward)
    return render_template("sign_in/begin.html", next=onward)


@blueprint.post("/sign-in")
@public
def go() -> ResponseReturnValue:
    """Off to the sign-in service."""
    onward = local_path(request.form.get("next"), url_for("catalogue.start"))
    return to_card(_PURPOSE, onward)


def to_card(purpose: str, onward: str) -> ResponseReturnValue:
    """Send this browser to the card, for a purpose; the answer arrives at ``callback``."""
    begun = current_portal().relying_party.begin(purpose, onward, language=page_language().bcp47)
    if isinstance(begun, SignInFailed):
        return _failed(begun)
    session[_TRANSACTION] = dict(begun.transaction)
    return redirect(begun.url, 303)


@blueprint.get("/sign-in/callback")
@public
def callback() -> ResponseReturnValue:
    """Back from the card."""
    portal = current_portal()
    outcome = portal.relying_party.finish(session.pop(_TRANSACTION, None), request.args)
    if not isinstance(outcome, SignedIn):
        return _failed(outcome)
    with portal.database.transaction() as db:
        person = recognise(db, outcome.identity, portal.clock())
        if outcome.purpose == CARD_PURPOSE:
            # The card of the person at the window: the employee stays signed in.
            card_was_read(db, person.id)
    if outcome.purpose != CARD_PURPOSE:
        sign_in_resident(person.id)
    return redirect(outcome.next_url)


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this browser's session, whoever's it is."""
    end_session()
    return redirect(url_for("catalogue.start"), 303)


@blueprint.get("/oidc/client-jwks.json")
@public
def client_jwks() -> Response:
    """Our public keys, for the sign-in service to check our requests with."""
    return jsonify(current_portal().relying_party.client_jwks())


def _failed(failure: SignInFailed) -> ResponseReturnValue:
    page = render_template(
        "sign_in/failed.html", words=WORDS[failure.reason], next=failure.next_url
    )
    return page, 403
