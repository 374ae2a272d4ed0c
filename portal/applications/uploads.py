"""Files that applicants attach: looked at by their bytes, kept beside the application."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from foundation.wording import N_
from portal.applications.models import Attachment
from portal.applications.upload_checks import Unwelcome, media_type_of, unwelcome

#: How people call what a media type means.
_NAMES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
#: What is said of a file that is what it claims to be, but not welcome.
_REASONS = {
    Unwelcome.DAMAGED: N_(
        "「%(name)s」は壊れているようです。開けることを確かめて、もう一度選んでください。"
    ),
    Unwelcome.ENCRYPTED: N_(
        "「%(name)s」にはパスワードがかかっています。パスワードなしで保存し直してください。"
    ),
    Unwelcome.ACTIVE: N_(
        "「%(name)s」には、プログラムや別のファイルが入っています。"
        "印刷したものをスキャンするか、写真にとって付けてください。"
    ),
    Unwelcome.TOO_MANY_PIXELS: N_(
        "「%(name)s」は画像の縦横が大きすぎます。小さくして保存し直してください。"
    ),
    Unwelcome.BOMB: N_(
        "「%(name)s」は、開くととても大きくなるファイルなので受け付けられません。別の形で保存し直してください。"
    ),
}


@dataclass(frozen=True)
class UploadRefused:
    """Why a file was not taken, in the words of the page; nothing else is lost."""

    message: str


def keep_upload(
    session: Session,
    application_id: str,
    upload: FileStorage,
    *,
    accept: Collection[str],
    max_bytes: int,
    now: datetime,
) -> Attachment | UploadRefused:
    """Store one uploaded file of one of the media types ``accept``, or say why not."""
    name = PurePath((upload.filename or "").replace("\\", "/")).name[-120:] or "file"
    content = upload.stream.read(max_bytes + 1)
    if len(content) > max_bytes:
        return UploadRefused(
            _(
                "「%(name)s」は大きすぎます。%(mb)sMBまでのファイルを選んでください。",
                name=name,
                mb=max_bytes // (1024 * 1024),
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
    if reason := unwelcome(content, media_type):
        return UploadRefused(_(_REASONS[reason], name=name))
    attachment = Attachment(
        application_id=application_id,
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
