"""The staff of the sample city, whose password and secrets everybody can read."""

from datetime import datetime
from pathlib import Path

from ruamel.yaml import YAML
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.staff.models import StaffAccount
from auth.staff.roles import Role
from auth.staff.service import enrol


def enrol_sample(session: Session, path: Path, now: datetime) -> int:
    """Enrol those of ``staff: [{login, name, totp_secret, roles: [{role, department?}]}]``.

    Who is there already stays as they are. Returns how many were added. Not for production,
    which the caller sees to. Raises KeyError or ValueError where the file is wrong.
    """
    document = YAML(typ="safe").load(path)
    present = set(session.scalars(select(StaffAccount.login)))
    added = 0
    for raw in document["staff"]:
        if raw["login"] in present:
            continue
        enrol(
            session,
            login=raw["login"],
            name=raw["name"],
            password=document["password"],
            roles=[(Role(role["role"]), role.get("department")) for role in raw["roles"]],
            totp_secret=raw["totp_secret"],
            now=now,
        )
        added += 1
    return added
