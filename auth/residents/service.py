"""What can be done with residents, each inside the caller's transaction."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auth.identity import VerifiedIdentity
from auth.names import PersonName
from auth.residents.matching import address_key, name_key
from auth.residents.models import Resident, ResidentLink


def recognise(session: Session, identity: VerifiedIdentity, now: datetime) -> Resident:
    """The resident behind a sign-in.

    Whoever signed in before is known by issuer and subject. At the first time, a person of the
    city's register is found by name, birth date and address, all three; where none or more than
    one fits, the person is new, and counts as from elsewhere until staff say otherwise.
    """
    linked = session.get(ResidentLink, (identity.issuer, identity.subject))
    if linked is None:
        linked = _link(session, identity, now)
    linked.last_used_at = now
    resident = session.get_one(Resident, linked.resident_id)
    if not resident.of_city:
        _take_over(resident, identity)
    session.flush()
    return resident


def find_by_typing(
    session: Session, *, family_name: str, given_name: str, birth_date: date
) -> list[Resident]:
    """People of the register whom staff at the counter may mean, by name and birth date.

    Spaces don't matter, variants of a character do: 髙橋 isn't found as 高橋.
    """
    wanted = name_key(PersonName(family_name, given_name))
    return [
        resident
        for resident in _of_register(session, birth_date)
        if name_key(resident.name) == wanted
    ]


def household(session: Session, resident: Resident) -> list[Resident]:
    """世帯: everyone of the person's household, the person included, the eldest first.

    Someone under 支援措置 is left out of what the others of the household see.
    """
    if resident.household_id is None:
        return [resident]
    members = session.scalars(
        select(Resident)
        .where(Resident.household_id == resident.household_id)
        .order_by(Resident.birth_date, Resident.id)
    )
    return [
        member
        for member in members
        if member.id == resident.id or resident.protected or not member.protected
    ]


def _link(session: Session, identity: VerifiedIdentity, now: datetime) -> ResidentLink:
    key = (identity.issuer, identity.subject)
    try:
        # A savepoint, because the same person may be signing in on two devices at this moment.
        with session.begin_nested():
            resident = _in_register(session, identity) or _newcomer(session, identity, now)
            link = ResidentLink(
                issuer=identity.issuer,
                subject=identity.subject,
                resident_id=resident.id,
                created_at=now,
                last_used_at=now,
            )
            session.add(link)
            session.flush()
    except IntegrityError:
        return session.get_one(ResidentLink, key)
    return link


def _of_register(session: Session, birth_date: date) -> list[Resident]:
    return list(
        session.scalars(
            select(Resident)
            .where(Resident.birth_date == birth_date, Resident.of_city)
            .order_by(Resident.id)
        )
    )


def _in_register(session: Session, identity: VerifiedIdentity) -> Resident | None:
    name, address = name_key(identity.name), address_key(identity.address)
    fitting = [
        resident
        for resident in _of_register(session, identity.birth_date)
        if name_key(resident.name) == name and address_key(resident.address) == address
    ]
    return fitting[0] if len(fitting) == 1 else None


def _newcomer(session: Session, identity: VerifiedIdentity, now: datetime) -> Resident:
    resident = Resident(of_city=False, birth_date=identity.birth_date, created_at=now)
    _take_over(resident, identity)
    session.add(resident)
    session.flush()
    return resident


def _take_over(resident: Resident, identity: VerifiedIdentity) -> None:
    """Of someone who isn't in our register, the card knows best."""
    resident.family_name = identity.name.family
    resident.given_name = identity.name.given
    resident.birth_date = identity.birth_date
    resident.sex = identity.sex
    resident.address = identity.address
