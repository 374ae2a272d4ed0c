"""Files that applicants attach: looked at by their bytes, kept beside the application."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from portal.applications.models import Application, Attachment

#: The largest file that is read at all, whatever a definition allows, in bytes.
MAX_BYTES = 10 * 1024 * 1024

#: Kind → media type and the bytes that such a file begins with.
_KINDS = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
}


@dataclass(frozen=True)
class UploadRefused:
    """Why a file was not taken, in the words of the page; nothing else is lost."""

    message: str


def kind_of(content: bytes) -> str | None:
    """pdf, jpeg or png by the first bytes; None for anything else, whatever its name says."""
    for kind, (_media_type, beginnings) in _KINDS.items():
        if content.startswith(beginnings):
            return kind
    return None


def keep_upload(
    session: Session,
    application: Application,
    upload: FileStorage,
    *,
    accept: Iterable[str],
    max_bytes: int,
    now: datetime,
) -> Attachment | UploadRefused:
    """Store one uploaded file, or say why not."""
    name = PurePath((upload.filename or "").replace("\\", "/")).name[-120:] or "file"
    limit = min(max_bytes, MAX_BYTES)
    content = upload.stream.read(limit + 1)
    if len(content) > limit:
        return UploadRefused(
            _(
                "「%(name)s」は大きすぎます。%(mb)sMBまでのファイルを選んでください。",
                name=name,
                mb=limit // (1024 * 1024),
            )
        )
    kind = kind_of(content)
    if kind is None or kind not in accept:
        return UploadRefused(
            _(
                "「%(name)s」は受け付けられない種類のファイルです。%(kinds)sのファイルを選んでください。",
                name=name,
                kinds="・".join(sorted(accepted.upper() for accepted in accept)),
            )
        )
    attachment = Attachment(
        application_id=application.id,
        filename=name,
        media_type=_KINDS[kind][0],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=now,
    )
    session.add(attachment)
    session.flush()
    return attachment
