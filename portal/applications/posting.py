"""A posted section as the form engine takes it: text as text, files as what was stored of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from portal.applications.uploads import UploadRefused, keep_upload
from portal.forms import FieldError, Procedure


@dataclass(frozen=True)
class PostedSection:
    """The request, taken apart."""

    form: Mapping[str, Sequence[str]]
    #: what was stored, by control name, in the shape of the answer
    uploads: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    #: files that were not taken, each with its reason
    refused: tuple[FieldError, ...] = ()


def posted_section(
    db: Session,
    application_id: str,
    procedure: Procedure,
    section_id: str,
    now: datetime,
    *,
    staff: bool = False,
) -> PostedSection:
    """Store the files of this request that its procedure asks for, and keep the fields as text."""
    uploads: dict[str, list[dict[str, Any]]] = {}
    refused = []
    for name, files in request.files.lists():
        rule = procedure.file_rule(name, staff=staff)
        given = [file for file in files if file.filename]
        if rule is None or not given:
            continue
        for upload in given[: rule.max_files]:
            outcome = keep_upload(
                db,
                application_id,
                upload,
                accept=rule.accept,
                max_bytes=rule.max_bytes,
                now=now,
            )
            if isinstance(outcome, UploadRefused):
                control = f"f-{name.replace('.', '-')}"
                refused.append(FieldError(name, control, outcome.message, section_id))
            else:
                uploads.setdefault(name, []).append(
                    {
                        "id": outcome.id,
                        "filename": outcome.filename,
                        "size": outcome.size,
                        "media_type": outcome.media_type,
                    }
                )
    return PostedSection(request.form.to_dict(flat=False), uploads, tuple(refused))
