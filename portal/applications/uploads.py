"""Files that applicants attach: looked at by their bytes, kept beside the application."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from portal.applications.models import Application, Attachment

#: The largest file that is read at all, whatever a definition allows, in bytes.
MAX_BYTES = 10 * 1024 * 1024

#: The bytes with which a file of a media type begins, and how people call it.
_BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}
_NAMES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


@dataclass(frozen=True)
class UploadRefused:
    """Why a file was not taken, in the words of the page; nothing else is lost."""

    message: str


def media_type_of(content: bytes) -> str | None:
    """The media type by the first bytes; None for what we don't know, whatever its name says."""
    return next(
        (kind for kind, beginning in _BEGINNINGS.items() if content.startswith(beginning)), None
    )


def keep_upload(
    session: Session,
    application: Application,
    upload: FileStorage,
    *,
    accept: Collection[str],
    max_bytes: int,
    now: datetime,
) -> Attachment | UploadRefused:
    """Store one uploaded file of one of the media types ``accept``, or say why not."""
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
    media_type = media_type_of(content)
    if media_type is None or media_type not in accept:
        return UploadRefused(
            _(
                "「%(name)s」は受け付けられない種類のファイルです。%(kinds)sのファイルを選んでください。",
                name=name,
                kinds=" / ".join(sorted(_NAMES.get(kind, kind) for kind in accept)),
            )
        )
    attachment = Attachment(
        application_id=application.id,
        filename=name,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=now,
    )
    session.add(attachment)
    session.flush()
    return attachment
