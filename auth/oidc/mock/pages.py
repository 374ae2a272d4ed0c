"""The pages that a person sees: choose a card, enter the PIN, or give up."""

from enum import StrEnum
from types import MappingProxyType

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from auth.jpki.mock.cards import PinLocked, PinWrong
from auth.jpki.profile import PROFILES, CertificateKind
from auth.jpki.verification import Outcome
from auth.oidc.mock.protocol import answer_url
from auth.oidc.mock.provider import MockProvider, current_provider
from auth.oidc.mock.store import Question
from auth.oidc.results import Reason
from foundation.age import age_on
from foundation.clock import jst_date

blueprint = Blueprint("pages", __name__)

_KIND = CertificateKind.USER_AUTHENTICATION
_PIN = PROFILES[_KIND].pin
_NO_LONGER = 410


class Ending(StrEnum):
    """How a tester may let a sign-in end without a card."""

    CANCELLED = "cancelled"
    CARD_LOCKED = "card_locked"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_REVOKED = "certificate_revoked"
    PROVIDER_ERROR = "provider_error"


#: What the client is told about a certificate that isn't good.
_OUTCOMES = MappingProxyType(
    {
        Outcome.EXPIRED: Reason.CERTIFICATE_EXPIRED,
        Outcome.REVOKED: Reason.CERTIFICATE_REVOKED,
    }
)


@blueprint.get("/")
def start() -> str:
    """What this is, for somebody who finds it by themselves."""
    return render_template("mock_idp/message.html", message="start")


@blueprint.get("/sign-in/<handle>")
def cards(handle: str) -> str | tuple[str, int]:
    """The cards on the table."""
    provider, question = _waiting(handle)
    today = jst_date(provider.clock())
    people = [
        (persona, age_on(persona.basic_four.birth_date, today))
        for persona in provider.cards.personas.values()
    ]
    return render_template(
        "mock_idp/cards.html",
        handle=handle,
        people=people,
        endings=[ending for ending in Ending if ending is not Ending.CANCELLED],
        language=question.language,
    )


@blueprint.get("/sign-in/<handle>/card/<persona_id>")
def card(handle: str, persona_id: str) -> str:
    """Asks for the PIN of one card."""
    provider, question = _waiting(handle)
    return _pin_page(provider, question, handle, persona_id)


@blueprint.post("/sign-in/<handle>/card/<persona_id>")
def enter_pin(handle: str, persona_id: str) -> Response | tuple[str, int]:
    """The PIN is shown to the card; the right one leads back to the client."""
    provider, question = _waiting(handle)
    if persona_id not in provider.cards.personas:
        abort(404)
    pin = request.form.get("pin", "")
    if not _PIN.fullmatch(pin):
        # What can't be a PIN isn't shown to the card, so it costs no try.
        return _pin_page(provider, question, handle, persona_id, error="format"), 422
    result = provider.check_card(persona_id, pin)
    if isinstance(result, PinWrong | PinLocked):
        return _pin_page(provider, question, handle, persona_id, error="wrong"), 422
    if result is not Outcome.GOOD:
        reason = _OUTCOMES.get(result, Reason.CERTIFICATE_REJECTED)
        return _send_back(
            provider, question, handle, {"error": "access_denied", "error_description": reason}
        )
    code = provider.sign_ins.grant(handle, persona_id)
    if code is None:
        abort(_NO_LONGER)
    return redirect(
        answer_url(provider, question.redirect_uri, question.state, {"code": code}), 303
    )


@blueprint.post("/sign-in/<handle>/card/<persona_id>/unlock")
def unlock(handle: str, persona_id: str) -> Response:
    """For testers: what the counter of a city hall does with a locked card."""
    provider, _ = _waiting(handle)
    if persona_id not in provider.cards.personas:
        abort(404)
    provider.cards.unlock(persona_id)
    return redirect(f"/sign-in/{handle}/card/{persona_id}", 303)


@blueprint.post("/sign-in/<handle>/end")
def end(handle: str) -> Response:
    """The person cancels, or a tester wants to see an error."""
    provider, question = _waiting(handle)
    try:
        ending = Ending(request.form.get("ending", Ending.CANCELLED))
    except ValueError:
        abort(400)
    if ending is Ending.PROVIDER_ERROR:
        return _send_back(provider, question, handle, {"error": "server_error"})
    denial = {"error": "access_denied", "error_description": ending.value}
    return _send_back(provider, question, handle, denial)


def _waiting(handle: str) -> tuple[MockProvider, Question]:
    provider = current_provider()
    question = provider.sign_ins.waiting(handle)
    if question is None:
        abort(_NO_LONGER)
    return provider, question


def _send_back(
    provider: MockProvider, question: Question, handle: str, answer: dict[str, str]
) -> Response:
    if not provider.sign_ins.refuse(handle):
        abort(_NO_LONGER)
    return redirect(answer_url(provider, question.redirect_uri, question.state, answer), 303)


def _pin_page(
    provider: MockProvider,
    question: Question,
    handle: str,
    persona_id: str,
    *,
    error: str | None = None,
) -> str:
    persona = provider.cards.personas.get(persona_id)
    if persona is None:
        abort(404)
    return render_template(
        "mock_idp/pin.html",
        handle=handle,
        persona=persona,
        pin=persona.pins[_KIND],
        tries_left=provider.cards.tries_left(persona_id, _KIND),
        error=error,
        language=question.language,
    )
