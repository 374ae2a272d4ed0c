"""The routes of the Open Payment API that the portal uses, under ``/v2``."""

from flask import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.sandbox.paypay.codes import cancel, create_code, delete_code, payment
from payments.sandbox.paypay.guard import Answer, json_body, operation
from payments.sandbox.paypay.models import Code, PayPayRefund
from payments.sandbox.paypay.objects import code_data, payment_data, refund_data
from payments.sandbox.paypay.refunds import create_refund, find_refund
from payments.sandbox.paypay.results import ACCEPTED, CREATED, NOT_FOUND, SUCCESS, PayPayRefusal
from payments.sandbox.world import World

blueprint = Blueprint("paypay", __name__, url_prefix="/v2")


@blueprint.post("/codes")
@operation
def post_code(session: Session, world: World) -> Answer:
    code = create_code(session, world.settings, json_body(), world.now())
    return CREATED, code_data(code, world.settings.base_url)


@blueprint.delete("/codes/<code_id>")
@operation
def remove_code(session: Session, world: World, code_id: str) -> Answer:
    delete_code(session, world.settings, code_id, world.now())
    return SUCCESS, None


@blueprint.get("/codes/payments/<merchant_payment_id>")
@operation
def get_payment(session: Session, world: World, merchant_payment_id: str) -> Answer:
    code = payment(session, merchant_payment_id)
    refunds = session.scalars(
        select(PayPayRefund).where(PayPayRefund.code == code.id).order_by(PayPayRefund.accepted_at)
    ).all()
    return SUCCESS, payment_data(code, refunds, world.settings.paypay_merchant_id)


@blueprint.delete("/payments/<merchant_payment_id>")
@operation
def cancel_payment(session: Session, world: World, merchant_payment_id: str) -> Answer:
    code = payment(session, merchant_payment_id)
    cancel(session, world.settings, code, world.now())
    return ACCEPTED, None


@blueprint.post("/refunds")
@operation
def post_refund(session: Session, world: World) -> Answer:
    refund = create_refund(session, json_body(), world.now())
    return CREATED, refund_data(refund, session.get_one(Code, refund.code))


@blueprint.get("/refunds/<merchant_refund_id>")
@operation
def get_refund(session: Session, world: World, merchant_refund_id: str) -> Answer:
    refund = find_refund(session, merchant_refund_id)
    return SUCCESS, refund_data(refund, session.get_one(Code, refund.code))


@blueprint.route("/<path:rest>", methods=["GET", "POST", "DELETE"])
@operation
def unknown(session: Session, world: World, rest: str) -> Answer:
    """Whatever the stand-in does not have."""
    raise PayPayRefusal(NOT_FOUND)
