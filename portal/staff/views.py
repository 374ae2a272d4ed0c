"""Staff sign in with a password and a one-time code."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from auth.staff.results import PasswordAccepted, Refusal, SignInRefused
from auth.staff.service import sign_in_code, sign_in_password
from foundation.paths import local_path
from portal.access import public, staff
from portal.context import current_portal
from portal.i18n import format_moment
from portal.people import current_staff, sign_in_staff
from portal.staff.menu import staff_menu

blueprint = Blueprint("staff", __name__, url_prefix="/staff")

_PENDING = "staff_pending"


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """First step."""

    login = StringField(validators=[InputRequired(), Length(max=64)])
    password = PasswordField(validators=[InputRequired(), Length(max=256)])
    next = HiddenField()


class CodeForm(FlaskForm):  # type: ignore[misc]
    """Second step."""

    code = StringField(validators=[InputRequired(), Length(max=16)])
    next = HiddenField()


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Login and password."""
    portal = current_portal()
    form = PasswordForm(next=request.args.get("next"))
    problem = None
    if form.validate_on_submit():
        with portal.database.transaction() as db:
            outcome = sign_in_password(db, form.login.data, form.password.data, portal.clock())
        if isinstance(outcome, PasswordAccepted):
            session[_PENDING] = outcome.staff_id
            return redirect(url_for("staff.code", next=form.next.data), 303)
        problem = refusal_words(outcome)
    elif request.method == "POST":
        problem = _("ログイン名とパスワードを入力してください。")
    return render_template("staff/sign_in.html", form=form, problem=problem)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """The one-time code of the authenticator; without a password before it, back to that."""
    portal = current_portal()
    pending = session.get(_PENDING)
    if pending is None:
        return redirect(url_for("staff.sign_in"))
    form = CodeForm(next=request.args.get("next"))
    problem = None
    if form.validate_on_submit():
        with portal.database.transaction() as db:
            outcome = sign_in_code(db, pending, form.code.data, portal.clock())
        if not isinstance(outcome, SignInRefused):
            sign_in_staff(outcome.id)
            return redirect(local_path(form.next.data, url_for("staff.home")), 303)
        problem = refusal_words(outcome)
    elif request.method == "POST":
        problem = _("6けたの認証コードを入力してください。")
    return render_template("staff/code.html", form=form, problem=problem)


@blueprint.get("/")
@staff()
def home() -> ResponseReturnValue:
    """Straight to the only thing a person does, or a choice of the few."""
    items = staff_menu()
    if len(items) == 1:
        return redirect(items[0].address)
    return render_template("staff/home.html", items=items, person=current_staff())


def refusal_words(refused: SignInRefused) -> str:
    """Why staff were not let in, and what to do."""
    if refused.reason is Refusal.LOCKED and refused.retry_at is not None:
        return _(
            "失敗が続いたため、%(time)sまでログインできません。",
            time=format_moment(refused.retry_at),
        )
    if refused.reason is Refusal.REPLAYED:
        return _("この認証コードは使用済みです。次のコードが表示されるまでお待ちください。")
    return _("入力された内容が正しくありません。もう一度確かめてください。")
