"""People of the register, and the identities that their cards prove."""

from dataclasses import replace
from datetime import date
from typing import Any

from auth.identity import VerifiedIdentity
from auth.names import PersonName, Sex
from auth.residents.register import RegisterRow

HANAKO = RegisterRow(
    family_name="見本",
    given_name="花子",
    family_kana="ミホン",
    given_kana="ハナコ",
    birth_date=date(1988, 4, 2),
    sex=Sex.FEMALE,
    postcode="0000011",
    address="見本県見本市桜台1丁目2番3号",
    phone="090-0000-0102",
    email="hanako@mihon.example",
    household_id="h01",
    relation="妻",
)
TARO = replace(
    HANAKO,
    given_name="太郎",
    given_kana="タロウ",
    birth_date=date(1986, 7, 19),
    sex=Sex.MALE,
    phone=None,
    email=None,
    relation="本人",
)
SAKURA = replace(
    HANAKO,
    given_name="さくら",
    given_kana="サクラ",
    birth_date=date(2019, 5, 11),
    phone=None,
    email=None,
    relation="長女",
)


def card_of(row: RegisterRow, **changes: Any) -> VerifiedIdentity:
    """What this person's card proves."""
    identity = VerifiedIdentity(
        issuer="https://idp.example",
        subject=f"pairwise-{row.family_name}-{row.given_name}",
        name=PersonName(row.family_name, row.given_name),
        birth_date=row.birth_date,
        sex=row.sex,
        address=row.address,
        acr="aal3",
    )
    return replace(identity, **changes)
