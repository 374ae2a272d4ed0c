"""The day's settlement files and what does not fit."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from payments.reconciliation.differences import (
    NoteMissing,
    UnknownDifference,
    differences,
    resolve,
)
from payments.reconciliation.models import SettlementFile
from payments.reconciliation.service import files, import_file
from payments.settlements import UnrecognisedFile
from payments.settlements.values import FORMAT_TITLES
from portal.access import staff
from portal.context import current_portal
from portal.finance.blueprint import READERS, WORKERS, blueprint
from portal.finance.queries import deposits_of_file, lines_of_file, staff_names
from portal.people import signed_in_staff

#: The largest settlement file, in bytes.
LARGEST = 50 * 1024 * 1024


@blueprint.get("/settlements")
@staff(*READERS)
def settlements() -> ResponseReturnValue:
    """Import, and what was imported before."""
    portal = current_portal()
    with portal.database.reading() as db:
        return render_template(
            "finance/settlements.html",
            files=files(db),
            formats=FORMAT_TITLES,
            names=staff_names(db),
            sandbox=None if portal.config.production else portal.config.sandbox_url,
        )


@blueprint.post("/settlements")
@staff(*WORKERS)
def import_settlement() -> ResponseReturnValue:
    """Import one or several files; each says what became of it."""
    portal = current_portal()
    results, refused = [], []
    for upload in request.files.getlist("files"):
        if not upload.filename:
            continue
        content = upload.stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            refused.append((upload.filename, _("ファイルが大きすぎます（50MBまで）。")))
            continue
        try:
            result = import_file(
                portal.payments,
                filename=upload.filename,
                content=content,
                imported_by=signed_in_staff().id,
            )
        except UnrecognisedFile as error:
            refused.append((upload.filename, error.message.text(_)))
        else:
            results.append((upload.filename, result))
    if not results and not refused:
        flash(_("取り込むファイルを選んでください。"), "error")
        return redirect(url_for("finance.settlements"), 303)
    with portal.database.reading() as db:
        return render_template(
            "finance/imported.html",
            results=results,
            refused=refused,
            differences=differences(db),
            translate=_,
        )


@blueprint.get("/settlements/<file_id>")
@staff(*READERS)
def settlement(file_id: str) -> ResponseReturnValue:
    """One imported file: each line, and what it was matched with."""
    with current_portal().database.reading() as db:
        found = db.get(SettlementFile, file_id) or abort(404)
        return render_template(
            "finance/settlement.html",
            file=found,
            lines=lines_of_file(db, found),
            deposits=deposits_of_file(db, found),
            differences=[d for d in differences(db, open_only=False) if d.file_id == file_id],
            translate=_,
        )


@blueprint.get("/differences")
@staff(*READERS)
def difference_list() -> ResponseReturnValue:
    """差異: what is open, or everything."""
    everything = "all" in request.args
    with current_portal().database.reading() as db:
        return render_template(
            "finance/differences.html",
            differences=differences(db, open_only=not everything),
            everything=everything,
            names=staff_names(db),
            translate=_,
        )


@blueprint.post("/differences/<difference_id>")
@staff(*WORKERS)
def resolve_difference(difference_id: str) -> ResponseReturnValue:
    """Close a difference with a note of what was found out."""
    portal = current_portal()
    try:
        with portal.database.transaction() as db:
            resolve(
                db,
                difference_id,
                note=request.form.get("note", "").strip()[:1000],
                staff=signed_in_staff().id,
                now=portal.clock(),
            )
    except UnknownDifference:
        abort(404)
    except NoteMissing:
        flash(_("確認した内容を書いてください。"), "error")
    else:
        flash(_("差異を解決済みにしました。"), "success")
    return redirect(url_for("finance.difference_list"), 303)
