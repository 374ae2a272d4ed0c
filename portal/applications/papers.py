"""Answers a request with a copy of an application, for residents and for the office alike."""

from io import BytesIO

from flask import Response, send_file
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.paper_copy import copy_of
from portal.applications.paper_words import Reader
from portal.applications.submissions import submission_of
from portal.context import current_portal
from portal.documents.layout import lay_out
from portal.documents.typefaces import Typefaces
from portal.i18n import current_language


def answer_copy(db: Session, application: Application, address: str) -> Response | None:
    """申請書（控え） in the language of the request; None for what was never sent.

    ``address`` is the page to which its QR code leads. Raises TypefacesMissing where set-up could
    not fetch the typefaces; the error page says so.
    """
    portal = current_portal()
    submission = submission_of(db, application)
    if submission is None:
        return None
    paper = copy_of(
        db,
        portal.catalogue,
        portal.definitions.of(db, application),
        application,
        submission,
        Reader(current_language(), portal.texts.translate, address),
        now=portal.clock(),
    )
    answer = send_file(
        BytesIO(lay_out(paper, Typefaces.load())),
        "application/pdf",
        as_attachment=True,
        download_name=f"{application.reference}.pdf",
        max_age=0,
    )
    # It holds what nobody else may read: no proxy and no shared browser keeps it.
    answer.headers["Cache-Control"] = "no-store"
    return answer
