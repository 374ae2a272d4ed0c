"""What a PayPay user sees on the phone: pay, be declined, or close."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from payments.sandbox.pages.language import page_language
from payments.sandbox.paypay.codes import fail, pay
from payments.sandbox.paypay.models import Code, CodeStatus
from payments.sandbox.world import World, current_world

blueprint = Blueprint("phone", __name__, url_prefix="/paypay")

#: Which words a code that is not open any more is shown with.
_OUTCOMES = {
    CodeStatus.COMPLETED: "paid",
    CodeStatus.EXPIRED: "expired",
    CodeStatus.CANCELED: "cancelled",
    CodeStatus.FAILED: "failed",
    CodeStatus.REFUNDED: "refunded",
}


@blueprint.get("/<code_id>")
def show(code_id: str) -> ResponseReturnValue:
    world = current_world()
    with world.transaction() as session:
        return _page(world, session.get(Code, code_id))


@blueprint.post("/<code_id>")
def act(code_id: str) -> ResponseReturnValue:
    world = current_world()
    action = request.form.get("action")
    with world.transaction() as session:
        code = session.get(Code, code_id)
        if code is None or code.status != CodeStatus.CREATED:
            return _page(world, code)
        if action == "pay":
            pay(session, world.settings, code, world.now())
        elif action == "decline":
            fail(session, world.settings, code, world.now())
        elif action != "abandon":
            return _page(world, code)
        back = _way_back(code)
        if back is not None:
            return redirect(back, 303)
        return _message(code, "left" if action == "abandon" else None)


def _way_back(code: Code) -> str | None:
    """Where the payer goes afterwards; PayPay follows web links alone without the app."""
    if code.request.get("redirectType") != "WEB_LINK":
        return None
    address = code.request.get("redirectUrl")
    return address if isinstance(address, str) else None


def _page(world: World, code: Code | None) -> ResponseReturnValue:
    language = page_language()
    if code is None:
        text = render_template(
            "message.html", language=language, outcome="not_found", back=None, good=False
        )
        return text, 404
    if code.status != CodeStatus.CREATED:
        return _message(code)
    return render_template("phone.html", language=language, settings=world.settings, code=code)


def _message(code: Code, outcome: str | None = None) -> str:
    return render_template(
        "message.html",
        language=page_language(),
        outcome=outcome or _OUTCOMES[CodeStatus(code.status)],
        back=_way_back(code),
        good=code.status == CodeStatus.COMPLETED,
    )
