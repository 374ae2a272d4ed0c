"""One complete application for each procedure of the sample city, as a resident would answer."""

from collections.abc import Mapping
from typing import Any

from tests.forms_defs.city_hall_answers import CITY_HALL
from tests.forms_defs.family_answers import FAMILY
from tests.forms_defs.town_answers import TOWN

_ADDRESS = {"postcode": "0000011", "text": "見本県見本市桜台1丁目2番3号"}
_APPLICANT = {
    "name": {"family": "見本", "given": "花子"},
    "kana": {"family": "ミホン", "given": "ハナコ"},
    "birth_date": "1988-04-02",
    "sex": "female",
    "address": _ADDRESS,
}
_CONTACT = {"applicant": _APPLICANT, "phone": "09000000102", "email": "hanako@mihon.example"}
_SPOUSE = {"family": "見本", "given": "太郎"}
_CHILD = {"family": "見本", "given": "結衣"}
_CHILD_KANA = {"family": "ミホン", "given": "ユイ"}
_ACCOUNT = {
    "bank_code": "9900",
    "branch_code": "018",
    "kind": "ordinary",
    "number": "1234567",
    "holder": "ミホン　ハナコ",
}
_PAPER = [{"id": "f1", "filename": "証明書.pdf", "size": 12_000, "media_type": "application/pdf"}]
_PHOTO = [{"id": "f2", "filename": "写真.jpg", "size": 900_000, "media_type": "image/jpeg"}]
_FATHER = {
    "name": _SPOUSE,
    "kana": None,
    "birth_date": "1986-07-19",
    "relation": "夫",
    "occupation": "見本製作所",
    "taxed": "taxed",
}

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    **CITY_HALL,
    **FAMILY,
    **TOWN,
    "facilities.room-use": {
        **_CONTACT,
        "user_kind": "group",
        "group_name": "見本コーラス",
        "user_place": "city",
        "purpose": "コーラスの練習",
        "people": 18,
        "commercial": False,
        "entrance": False,
        "equipment": ["piano"],
        "rules_consent": True,
    },
}
