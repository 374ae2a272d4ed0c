"""The counter: begin a sitting, identify the person, choose the procedure, hand over, take cash."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from auth.residents.models import Resident
from auth.residents.service import find_by_typing
from auth.staff.results import PasswordAccepted
from auth.staff.roles import Role
from auth.staff.service import verify_password
from foundation.paths import local_path
from payments.attempts.service import AmountNotOwed, NothingOutstanding, cancel
from payments.providers.base import ProviderRefused, ProviderUnavailable
from payments.till.service import TenderedTooLittle, take_cash
from portal.access import staff
from portal.applications.payment import claims_with_standing, due_fee
from portal.applications.visitor import own_application
from portal.applications.wording import OFFICE
from portal.catalogue.listing import own_first
from portal.context import current_portal
from portal.counter.forms import CashForm, PersonForm, TakeBackForm
from portal.counter.presentation import SittingView, current_sitting
from portal.counter.service import (
    CARD_PURPOSE,
    applications_of_sitting,
    begin_sitting,
    end_sitting,
    identify,
    open_sitting,
)
from portal.counter.tablet import (
    forget_sitting,
    hand_over_tablet,
    remember_sitting,
    tablet_is_with_resident,
    take_back_tablet,
)
from portal.i18n import current_language
from portal.people import signed_in_staff
from portal.sign_in.views import to_card
from portal.staff.views import refusal_words

blueprint = Blueprint("counter", __name__, url_prefix="/counter")


def _sitting() -> SittingView:
    """The sitting of a page that makes sense in one only."""
    sitting = current_sitting()
    if sitting is None:
        abort(404)
    return sitting


@blueprint.get("/")
@staff(Role.COUNTER)
def desk() -> ResponseReturnValue:
    """The desk: the sitting that is on, or the way to begin one."""
    portal = current_portal()
    sitting = current_sitting()
    if sitting is None:
        return render_template("counter/desk.html", tills=portal.catalogue.city.tills)
    with portal.database.reading() as db:
        begun = applications_of_sitting(db, sitting.id)
    offered = [p for p in portal.catalogue.procedures.values() if "counter" in p.channels]
    # Who works at the counter of the whole house may still belong to a department.
    departments = {place for _, place in signed_in_staff().roles if place}
    own, others = own_first(departments, portal.catalogue.life_events, offered)
    words = request.args.get("q", "")[:100].strip()
    if words:
        found = portal.finder.find(words, current_language(), 30)
        own = [procedure for procedure in found if "counter" in procedure.channels]
        others = ()
    return render_template(
        "counter/sitting.html",
        own=own,
        others=others,
        words=words,
        begun=begun,
        state_words=OFFICE,
        form=PersonForm(),
    )


@blueprint.post("/sittings")
@staff(Role.COUNTER)
def begin() -> ResponseReturnValue:
    """Next, please."""
    portal = current_portal()
    till = request.form.get("till", "")
    if till not in portal.catalogue.city.tills:
        abort(400)
    with portal.database.transaction() as db:
        sitting = begin_sitting(db, signed_in_staff(), till, portal.clock())
    remember_sitting(sitting.id)
    return redirect(url_for("counter.desk"), 303)


@blueprint.post("/sittings/end")
@staff(Role.COUNTER)
def end() -> ResponseReturnValue:
    """Thank you: the tablet forgets the person."""
    portal = current_portal()
    with portal.database.transaction() as db:
        end_sitting(open_sitting(db, _sitting().id, signed_in_staff()), portal.clock())
    forget_sitting()
    flash(_("受付を終わりました。次のかたをお呼びください。"), "success")
    return redirect(url_for("counter.desk"), 303)


@blueprint.post("/card")
@staff(Role.COUNTER)
def read_card() -> ResponseReturnValue:
    """The person at the window reads their card; they type the PIN themselves."""
    _sitting()
    return to_card(CARD_PURPOSE, url_for("counter.desk"))


@blueprint.route("/person", methods=["GET", "POST"])
@staff(Role.COUNTER)
def person() -> ResponseReturnValue:
    """Look the person up in the register by what they say."""
    portal = current_portal()
    _sitting()
    form = PersonForm()
    found: list[Resident] = []
    searched = form.validate_on_submit()
    if searched:
        with portal.database.reading() as db:
            found = find_by_typing(
                db,
                family_name=form.family_name.data,
                given_name=form.given_name.data or "",
                birth_date=form.birth_date.data,
            )
    return render_template("counter/person.html", form=form, found=found, searched=searched)


@blueprint.post("/person/<resident_id>")
@staff(Role.COUNTER)
def choose_person(resident_id: str) -> ResponseReturnValue:
    """That is the person; staff have looked at a document that proves it."""
    portal = current_portal()
    with portal.database.transaction() as db:
        if db.get(Resident, resident_id) is None:
            abort(404)
        sitting = open_sitting(db, _sitting().id, signed_in_staff())
        identify(sitting, resident_id, "register")
    return redirect(url_for("counter.desk"), 303)


@blueprint.post("/hand-over")
@staff(Role.COUNTER)
def hand_over() -> ResponseReturnValue:
    """The tablet goes to the resident, who checks the answers and sends them."""
    _sitting()
    with current_portal().database.reading() as db:
        application = own_application(db, request.form.get("application", ""))
    hand_over_tablet()
    return redirect(url_for("applications.show", application_id=application.id), 303)


@blueprint.route("/take-back", methods=["GET", "POST"])
@staff(Role.COUNTER)
def take_back() -> ResponseReturnValue:
    """The tablet comes back: the employee proves to be the one who handed it over."""
    portal = current_portal()
    target = local_path(request.args.get("next"), url_for("counter.desk"))
    if not tablet_is_with_resident():
        return redirect(target)
    form = TakeBackForm()
    problem = None
    if form.validate_on_submit():
        with portal.database.transaction() as db:
            outcome = verify_password(db, signed_in_staff().id, form.password.data, portal.clock())
        if isinstance(outcome, PasswordAccepted):
            take_back_tablet()
            return redirect(target, 303)
        problem = refusal_words(outcome)
    elif request.method == "POST":
        problem = _("パスワードを入力してください。")
    return render_template("counter/take_back.html", form=form, problem=problem)


@blueprint.route("/applications/<application_id>/cash", methods=["GET", "POST"])
@staff(Role.COUNTER)
def cash(application_id: str) -> ResponseReturnValue:
    """Take cash: the amount due, what was handed over, the change."""
    portal = current_portal()
    sitting = _sitting()
    form = CashForm()
    problem = None
    with portal.database.reading() as db:
        application = own_application(db, application_id)
        fee = due_fee(db, application)
    if fee is None:
        return redirect(url_for("applications.show", application_id=application_id))
    if form.validate_on_submit():
        try:
            # What is still open on a screen or a phone would be paid a second time.
            for attempt in fee.live:
                cancel(portal.payments, attempt.id)
            with portal.database.transaction() as db:
                taken = take_cash(
                    db,
                    portal.payments,
                    fee.claim.id,
                    tendered=form.tendered.data,
                    till=sitting.till,
                    operator=sitting.staff_id,
                )
        except TenderedTooLittle:
            problem = _("受け取った金額が足りません。")
        except (ProviderUnavailable, ProviderRefused):
            problem = _(
                "表示中の支払い画面をとめられませんでした。二重に支払われないよう、"
                "少し待ってからもう一度お試しください。現金はまだ記録していません。"
            )
        except (NothingOutstanding, AmountNotOwed):
            return redirect(url_for("applications.show", application_id=application_id), 303)
        else:
            given = url_for(
                "counter.change",
                application_id=application_id,
                attempt_id=taken.attempt.id,
                tendered=form.tendered.data,
            )
            return redirect(given, 303)
    elif form.tendered.errors:
        problem = form.tendered.errors[0]
    return render_template(
        "counter/cash.html", application=application, fee=fee, form=form, problem=problem
    )


@blueprint.get("/applications/<application_id>/cash/<attempt_id>")
@staff(Role.COUNTER)
def change(application_id: str, attempt_id: str) -> ResponseReturnValue:
    """What to hand back of ``tendered`` yen; a page of its own, so that Back pays nothing again."""
    tendered = request.args.get("tendered", 0, type=int)
    with current_portal().database.reading() as db:
        application = own_application(db, application_id)
        fees = claims_with_standing(db, application)
    amounts = [paid.amount for fee in fees for paid in fee.paid_by if paid.id == attempt_id]
    if not amounts or tendered < amounts[0]:
        abort(404)
    return render_template(
        "counter/change.html", application=application, amount=amounts[0], tendered=tendered
    )
