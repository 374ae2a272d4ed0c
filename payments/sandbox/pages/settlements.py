"""Closing a day, and the files to download."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.clock import jst_date
from payments.sandbox.files.paypay_csv import Encoding
from payments.sandbox.pages.language import page_language
from payments.sandbox.settlements.closing import close_day, waiting
from payments.sandbox.settlements.models import Closing, FileKind, SettlementFile
from payments.sandbox.world import World, current_world

blueprint = Blueprint("settlements", __name__, url_prefix="/settlements")

_MEDIA_TYPES = {
    FileKind.STRIPE: "text/csv; charset=utf-8",
    FileKind.PAYPAY: "text/csv",
    FileKind.BANK: "text/plain; charset=shift_jis",
}


@dataclass(frozen=True)
class ClosedDay:
    """One closing with its files, for the page."""

    closing: Closing
    files: list[SettlementFile]


@blueprint.get("/")
def show() -> ResponseReturnValue:
    with current_world().transaction() as session:
        return _page(current_world(), session)


@blueprint.post("/close")
def close() -> ResponseReturnValue:
    """Close ``day`` (today in Japan where none is given), by form, query or JSON.

    A browser is led back to the page; who asks for JSON gets {day, number, files: [{kind, name,
    url, lines, amount}]}.
    """
    world = current_world()
    asked = request.get_json(silent=True) if request.is_json else None
    typed = asked.get("day") if isinstance(asked, dict) else None
    typed = typed or request.values.get("day")
    with world.transaction() as session:
        day = _day(typed) if typed else jst_date(world.now())
        if day is None:
            return _page(world, session, error="bad_day", status=400)
        closing = close_day(session, world.settings, day, world.now())
        session.flush()
        if _wants_json():
            return jsonify(_closing_json(world, session, closing))
    return redirect(url_for("settlements.show", lang=request.args.get("lang")), 303)


@blueprint.get("/<name>")
def download(name: str) -> ResponseReturnValue:
    """One file. ``?encoding=shift_jis`` gives PayPay's in Shift_JIS."""
    with current_world().transaction() as session:
        file = session.scalars(
            select(SettlementFile).where(SettlementFile.name == name)
        ).one_or_none()
        if file is None:
            return Response("no such file", 404, content_type="text/plain")
        kind, content = FileKind(file.kind), file.content
    if kind is FileKind.PAYPAY and request.args.get("encoding") == "shift_jis":
        text = content.decode(Encoding.UTF_8_BOM.value)
        content = text.encode(Encoding.SHIFT_JIS.value, errors="replace")
    response = Response(content, content_type=_MEDIA_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _day(typed: object) -> date | None:
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _files(session: Session, closing: Closing) -> list[SettlementFile]:
    return list(
        session.scalars(
            select(SettlementFile)
            .where(SettlementFile.closing == closing.id)
            .order_by(SettlementFile.id)
        )
    )


def _closing_json(world: World, session: Session, closing: Closing) -> dict[str, Any]:
    return {
        "day": closing.day.isoformat(),
        "number": closing.number,
        "files": [
            {
                "kind": file.kind,
                "name": file.name,
                "url": f"{world.settings.base_url}/settlements/{file.name}",
                "lines": file.lines,
                "amount": file.amount,
            }
            for file in _files(session, closing)
        ],
    }


def _page(
    world: World, session: Session, *, error: str | None = None, status: int = 200
) -> ResponseReturnValue:
    closings = session.scalars(
        select(Closing).order_by(Closing.day.desc(), Closing.number.desc())
    ).all()
    text = render_template(
        "settlements.html",
        language=page_language(),
        current="settlements",
        today=jst_date(world.now()),
        waiting=waiting(session),
        days=[ClosedDay(closing, _files(session, closing)) for closing in closings],
        error=error,
    )
    return text, status
