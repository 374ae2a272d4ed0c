"""Complete applications for certificates, moving, insurance, vehicles, water and reductions."""

from collections.abc import Mapping
from typing import Any

_ADDRESS = {"postcode": "0000011", "text": "見本県見本市桜台1丁目2番3号"}
_ELSEWHERE = {"postcode": "0000092", "text": "都市県大都市区青山町2丁目1番14号"}
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
_PAPER = [{"id": "f1", "filename": "証明書.pdf", "size": 12_000, "media_type": "application/pdf"}]
_PHOTO = [{"id": "f2", "filename": "写真.jpg", "size": 900_000, "media_type": "image/jpeg"}]
_POST = {"delivery": "post", "post_kind": "ordinary"}
_REGISTER = {"domicile": "桜台1丁目2番地", "head": _SPOUSE}

CITY_HALL: Mapping[str, Mapping[str, Any]] = {
    "certificates.residence-record": {
        **_CONTACT,
        "scope": "some",
        "members": [{"name": _SPOUSE, "birth_date": "1986-07-19"}],
        "details": ["relationship", "my_number"],
        "my_number_use": "pension",
        "copies": 3,
        "purpose": "other",
        "purpose_other": "裁判所に出す",
        **_POST,
    },
    "certificates.record-items": {
        **_CONTACT,
        "scope": "self",
        "form": "city",
        "items": ["name", "address"],
        "copies": 1,
        "purpose": "employer",
        **_POST,
    },
    "certificates.family-register": {
        **_CONTACT,
        "relation": "other",
        **_REGISTER,
        "reason": "亡くなったおじの相続人を確かめ、銀行に出すため",
        "evidence": _PAPER,
        "items": [
            {"kind": "full", "copies": 1},
            {"kind": "individual", "person_in_question": _CHILD, "copies": 2},
        ],
        "purpose": "inheritance",
        "delivery": "pickup",
    },
    "certificates.removed-register": {
        **_CONTACT,
        **_REGISTER,
        "subject": "other",
        "person_in_question": {"family": "見本", "given": "一"},
        "person_birth_date": "1931-01-08",
        "relation": "descendant",
        "known_here": True,
        "search": "lifelong",
        "sets": 1,
        "most": 4,
        "purpose": "inheritance",
        **_POST,
    },
    "certificates.koseki-attachment": {
        **_CONTACT,
        "relation": "ancestor",
        **_REGISTER,
        "scope": "individual",
        "person_in_question": _SPOUSE,
        "shown": ["domicile"],
        "copies": 2,
        "purpose": "vehicle",
        **_POST,
    },
    "certificates.acceptance": {
        **_CONTACT,
        "kind": "marriage",
        "accepted_when": "older",
        "accepted_on": "2015-11-22",
        "maiden": {"family": "山田", "given": "花子"},
        "paper": "fine",
        "copies": 1,
        "purpose": "keepsake",
        **_POST,
    },
    "certificates.seal-registration": {
        **_CONTACT,
        "registration_number": "0012345",
        "copies": 1,
        "purpose": "vehicle",
        "delivery": "pickup",
        "pickup_place": "north",
    },
    "certificates.income-tax": {
        **_CONTACT,
        "items": [{"kind": "income", "year": "r8", "copies": 1}],
        "same_address": False,
        "address_then": _ADDRESS,
        "no_income": False,
        "purpose": "nursery",
        **_POST,
    },
    "certificates.tax-payment": {
        **_CONTACT,
        "items": [
            {"kind": "resident", "year": "r7", "copies": 1},
            {"kind": "inspection", "plate": "見本 580 あ 1234"},
        ],
        "recent": True,
        "receipt": _PHOTO,
        "purpose": "loan",
        "delivery": "pickup",
    },
    "certificates.identity": {
        **_CONTACT,
        "copies": 1,
        "purpose": "licence",
        **_POST,
    },
}
