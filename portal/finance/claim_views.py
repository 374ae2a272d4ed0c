"""Claims and refunds: look, ask for a refund, approve or decline it as a second person."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auth.staff.roles import Role
from foundation.states import IllegalTransition
from payments.attempts.models import Attempt
from payments.attempts.service import attempts_of
from payments.claims import service as claims
from payments.claims.models import Claim
from payments.ledger.rules import RULES
from payments.reconciliation.terms import title as provider_title
from payments.refunds import service as refunds
from payments.refunds.models import Refund
from payments.refunds.service import NotRefundable, RefundableChanged, SamePerson
from payments.till.service import NotCash, pay_out
from portal.access import staff
from portal.context import current_portal
from portal.finance.accounts import account_titles
from portal.finance.blueprint import READERS, WORKERS, blueprint
from portal.finance.queries import (
    application_of,
    cash_refunds,
    claim_page,
    claims_by_id,
    entries_of_claim,
    refunds_by_turn,
    staff_names,
)
from portal.finance.wording import ATTEMPT_STATES, CANCELLATIONS, METHODS, REFUND_STATES, STANDINGS
from portal.people import signed_in_staff


@blueprint.get("/claims")
@staff(*READERS)
def claim_list() -> ResponseReturnValue:
    """調定一覧."""
    words = request.args.get("q", "")[:80].strip()
    number = max(1, request.args.get("page", 1, type=int))
    with current_portal().database.reading() as db:
        page = claim_page(db, words, number)
    return render_template("finance/claims.html", page=page, words=words, standings=STANDINGS)


@blueprint.get("/claims/<claim_id>")
@staff(*READERS)
def claim(claim_id: str) -> ResponseReturnValue:
    """One claim: what is owed, what was tried, what came, what was booked."""
    person = signed_in_staff()
    with current_portal().database.reading() as db:
        found = db.get(Claim, claim_id) or abort(404)
        attempts = attempts_of(db, claim_id)
        return render_template(
            "finance/claim.html",
            claim=found,
            standing=claims.standing(db, claim_id),
            application=application_of(db, found),
            attempts=attempts,
            refundable={attempt.id: refunds.refundable(db, attempt.id) for attempt in attempts},
            refunds=refunds.refunds_of(db, claim_id),
            entries=entries_of_claim(db, claim_id),
            names=staff_names(db),
            titles=account_titles(),
            provider_title=provider_title,
            rules=RULES,
            standings=STANDINGS,
            attempt_states=ATTEMPT_STATES,
            refund_states=REFUND_STATES,
            methods=METHODS,
            cancellations=CANCELLATIONS,
            works=any(person.may(role) for role in WORKERS),
        )


@blueprint.post("/attempts/<attempt_id>/refunds")
@staff(*WORKERS)
def request_refund(attempt_id: str) -> ResponseReturnValue:
    """還付の申請."""
    portal = current_portal()
    amount = request.form.get("amount", "").replace(",", "").strip()
    seen = request.form.get("refundable", "")
    reason = request.form.get("reason", "").strip()[:500]
    with portal.database.transaction() as db:
        attempt = db.get(Attempt, attempt_id) or abort(404)
        back = redirect(url_for("finance.claim", claim_id=attempt.claim_id), 303)
        if not (amount.isascii() and amount.isdigit()) or not seen.isdigit() or not reason:
            flash(_("還付する金額（数字）と理由を入力してください。"), "error")
            return back
        try:
            refunds.request(
                db,
                portal.payments,
                attempt_id=attempt_id,
                amount=int(amount),
                reason=reason,
                requested_by=signed_in_staff().id,
                expected_refundable=int(seen),
            )
        except (NotRefundable, OverflowError):
            flash(_("その金額は還付できません。還付できる額を確かめてください。"), "error")
        except RefundableChanged:
            flash(_("還付できる額が変わりました。画面を確かめて、やり直してください。"), "error")
        else:
            flash(_("還付を申請しました。別の職員が承認すると返金されます。"), "success")
    return back


@blueprint.get("/refunds")
@staff(*READERS)
def refund_list() -> ResponseReturnValue:
    """還付: those that wait for somebody, then the others."""
    person = signed_in_staff()
    with current_portal().database.reading() as db:
        waiting, others = refunds_by_turn(db)
        return render_template(
            "finance/refunds.html",
            waiting=waiting,
            others=others,
            claims=claims_by_id(db, [*waiting, *others]),
            names=staff_names(db),
            states=REFUND_STATES,
            tills=current_portal().catalogue.city.tills,
            person=person,
            approves=person.may(Role.FINANCE_APPROVER),
            is_cash=cash_refunds(db, [*waiting, *others]),
        )


@blueprint.post("/refunds/<refund_id>/approve")
@staff(Role.FINANCE_APPROVER)
def approve_refund(refund_id: str) -> ResponseReturnValue:
    """還付決定, by somebody who didn't ask for it."""
    return _decide(refund_id, approve=True)


@blueprint.post("/refunds/<refund_id>/decline")
@staff(Role.FINANCE_APPROVER)
def decline_refund(refund_id: str) -> ResponseReturnValue:
    """否認, with a reason."""
    return _decide(refund_id, approve=False)


@blueprint.post("/refunds/<refund_id>/pay-out")
@staff(*WORKERS)
def pay_out_refund(refund_id: str) -> ResponseReturnValue:
    """An approved refund of a cash payment is handed over at the counter."""
    portal = current_portal()
    till = request.form.get("till", "")
    if till not in portal.catalogue.city.tills:
        abort(400)
    with portal.database.transaction() as db:
        if db.get(Refund, refund_id) is None:
            abort(404)
        try:
            operator = signed_in_staff().id
            pay_out(db, portal.payments, refund_id, till=till, operator=operator)
        except (NotCash, IllegalTransition):
            flash(_("この還付は、現金で返すものではないか、もう終わっています。"), "error")
        else:
            flash(_("現金で返金したことを記録しました。"), "success")
    return redirect(url_for("finance.refund_list"), 303)


def _decide(refund_id: str, *, approve: bool) -> ResponseReturnValue:
    portal = current_portal()
    person = signed_in_staff().id
    reason = request.form.get("reason", "").strip()[:500]
    back = redirect(url_for("finance.refund_list"), 303)
    if not approve and not reason:
        flash(_("否認の理由を入力してください。"), "error")
        return back
    with portal.database.transaction() as db:
        if db.get(Refund, refund_id) is None:
            abort(404)
        try:
            if approve:
                refunds.approve(db, portal.payments, refund_id, approved_by=person)
            else:
                refunds.decline(db, portal.payments, refund_id, declined_by=person, reason=reason)
        except SamePerson:
            flash(_("申請した本人は承認も否認もできません。別の職員に依頼してください。"), "error")
        except IllegalTransition:
            flash(_("この還付は、ほかの職員が先に処理しました。"), "warning")
        else:
            flash(_("還付を承認しました。") if approve else _("還付を否認しました。"), "success")
    return back
