"""Pages for what goes wrong: what happened, what is safe, what to do now."""

import logging
from dataclasses import dataclass

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from foundation.ids import new_reference
from foundation.states import IllegalTransition
from portal.documents.typefaces import TypefacesMissing
from portal.people import as_nobody

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ErrorWords:
    """Heading and explanation of an error page."""

    title: str
    text: str


def words_for(status: int) -> ErrorWords:
    """What a person is told for an HTTP status."""
    known = {
        403: ErrorWords(
            _("このページは開けません"),
            _("この操作をする権限がありません。別の担当者か管理者に相談してください。"),
        ),
        404: ErrorWords(
            _("ページが見つかりません"),
            _("アドレスがまちがっているか、ページがなくなりました。ホームからさがしてください。"),
        ),
        413: ErrorWords(
            _("ファイルが大きすぎます"),
            _("前の画面にもどり、小さいファイルを選んでください。ほかの入力は保存されています。"),
        ),
        429: ErrorWords(
            _("少し時間をおいてください"),
            _("短い時間に何度も操作されました。1分ほど待ってから、もう一度お試しください。"),
        ),
    }
    fallback = ErrorWords(
        _("うまくいきませんでした"),
        _("前の画面にもどり、もう一度お試しください。保存した入力は残っています。"),
    )
    return known.get(status, fallback)


def install(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400:
            return error.get_response()
        words = words_for(status)
        return _page(words), status

    @app.errorhandler(CSRFError)
    def form_too_old(_error: CSRFError) -> ResponseReturnValue:
        words = ErrorWords(
            _("画面を開いてから時間がたちました"),
            _("安全のため、送信をとめました。前の画面を開き直して、もう一度送ってください。"),
        )
        return _page(words), 400

    @app.errorhandler(IllegalTransition)
    def moved_on(_error: IllegalTransition) -> ResponseReturnValue:
        words = ErrorWords(
            _("ほかの人が先に操作しました"),
            _("この間に状態が変わりました。画面を開き直して、いまの状態を確かめてください。"),
        )
        return _page(words), 409

    @app.errorhandler(DataError)
    def unstorable(_error: DataError) -> ResponseReturnValue:
        # PostgreSQL takes no NUL in a text, not even to look for it: only a forged request has one.
        return _page(words_for(400)), 400

    @app.errorhandler(OperationalError)
    def database_away(error: OperationalError) -> ResponseReturnValue:
        logger.error("database unavailable", exc_info=error)
        as_nobody()
        words = ErrorWords(
            _("いま、つながりにくくなっています"),
            _("保存した入力は残っています。1分ほど待ってから、もう一度お試しください。"),
        )
        return _page(words), 503

    @app.errorhandler(TypefacesMissing)
    def no_typefaces(error: TypefacesMissing) -> ResponseReturnValue:
        logger.error("no PDF can be made: scripts/vendor fetches the typefaces: %s", error)
        words = ErrorWords(
            _("いま、PDFを作れません"),
            _("印刷用の書体が、このシステムに入っていません。画面の内容はそのまま見られます。"),
        )
        return _page(words), 503

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        # The code on the page is the one in the log.
        code = new_reference()
        logger.exception("unexpected error %s", code, exc_info=error)
        words = ErrorWords(
            _("システムの不具合です"),
            _(
                "申し訳ありません。保存した入力は残っています。くりかえし起きるときは、"
                "下のエラー番号を市役所に伝えてください。"
            ),
        )
        return _page(words, code), 500


def _page(words: ErrorWords, code: str | None = None) -> str:
    return render_template("errors/error.html", title=words.title, text=words.text, code=code)
