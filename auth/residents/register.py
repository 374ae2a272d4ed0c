"""住民基本台帳: taking rows of the city's register into the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.names import Sex
from auth.residents.models import Resident


@dataclass(frozen=True)
class RegisterRow:
    """One person of the register."""

    family_name: str
    given_name: str
    birth_date: date
    address: str
    family_kana: str | None = None
    given_kana: str | None = None
    sex: Sex = Sex.UNKNOWN
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None
    household_id: str | None = None
    relation: str | None = None
    protected: bool = False


def read_register(path: Path) -> list[RegisterRow]:
    """The rows of a YAML file ``residents: [{family, given, birth_date, address, …}]``.

    Raises ValueError, with the person's number in the file, where a row is wrong.
    """
    document = YAML(typ="safe").load(path)
    return [_row(number, raw) for number, raw in enumerate(document["residents"], start=1)]


def register(session: Session, rows: Iterable[RegisterRow], now: datetime) -> int:
    """Add the people who aren't there yet; returns how many those were.

    A person counts as there when name, birth date and household are the same, so that loading
    the sample city twice changes nothing.
    """
    known = {
        tuple(row)
        for row in session.execute(
            select(
                Resident.family_name,
                Resident.given_name,
                Resident.birth_date,
                Resident.household_id,
            ).where(Resident.of_city)
        )
    }
    added = 0
    for row in rows:
        key = (row.family_name, row.given_name, row.birth_date, row.household_id)
        if key in known:
            continue
        known.add(key)
        session.add(
            Resident(
                family_name=row.family_name,
                given_name=row.given_name,
                family_kana=row.family_kana,
                given_kana=row.given_kana,
                birth_date=row.birth_date,
                sex=row.sex,
                postcode=row.postcode,
                address=row.address,
                phone=row.phone,
                email=row.email,
                household_id=row.household_id,
                relation=row.relation,
                protected=row.protected,
                of_city=True,
                created_at=now,
            )
        )
        added += 1
    session.flush()
    return added


def _row(number: int, raw: Mapping[str, Any]) -> RegisterRow:
    try:
        return RegisterRow(
            family_name=raw["family"],
            given_name=raw.get("given") or "",
            family_kana=raw.get("family_kana"),
            given_kana=raw.get("given_kana"),
            birth_date=date.fromisoformat(str(raw["birth_date"])),
            sex=Sex(raw.get("sex", Sex.UNKNOWN)),
            postcode=_digits(raw.get("postcode")),
            address=raw["address"],
            phone=_text(raw.get("phone")),
            email=raw.get("email"),
            household_id=raw.get("household"),
            relation=raw.get("relation"),
            protected=bool(raw.get("protected", False)),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"resident {number}: {error!r}") from error


def _digits(value: object) -> str | None:
    return str(value).replace("-", "") if value else None


def _text(value: object) -> str | None:
    return str(value) if value else None
