"""One complete application for each procedure of the sample city, as a resident would answer."""

from collections.abc import Mapping
from typing import Any

from tests.forms_defs.city_hall_answers import CITY_HALL

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
    "childcare.child-allowance": {
        **_CONTACT,
        "same_address": True,
        "occupation": "employee",
        "employer": "見本製作所",
        "pension": "employees",
        "has_spouse": True,
        "spouse_name": _SPOUSE,
        "spouse_birth_date": "1986-07-19",
        "spouse_occupation": "employee",
        "spouse_together": True,
        "children": [
            {
                "name": _CHILD,
                "kana": _CHILD_KANA,
                "birth_date": "2026-05-20",
                "relation": "child",
                "care": "own",
                "together": True,
            },
            {
                "name": {"family": "見本", "given": "海"},
                "birth_date": "2012-02-29",
                "relation": "child",
                "care": "own",
                "together": False,
                "address": _ADDRESS,
                "apart_reason": "school",
            },
        ],
        "older": False,
        "account_kind": "named",
        "account": _ACCOUNT,
        "consent_records": True,
        "consent_report": True,
    },
    "childcare.nursery": {
        **_CONTACT,
        "same_address": True,
        "child_name": _CHILD,
        "child_kana": _CHILD_KANA,
        "child_birth_date": "2025-09-30",
        "child_sex": "female",
        "certified": False,
        "handbook": "none",
        "health": ["allergy"],
        "health_detail": "たまご",
        "current_care": "home",
        "members": [_FATHER],
        "single_parent": False,
        "public_assistance": False,
        "siblings_applying": "enrolled",
        "sibling_nursery": "wakaba",
        "grandparents": "none",
        "guardians": [
            {
                "name": _APPLICANT["name"],
                "relation": "mother",
                "phone": "09000000102",
                "ground": "work_outside",
                "workplace": "見本書店",
                "monthly_hours": 120,
                "work_days": ["mon", "tue", "thu"],
                "commute_minutes": 25,
                "leave": "returning",
                "return_date": "2026-07-01",
                "certificate": _PAPER,
            },
            {
                "name": _SPOUSE,
                "relation": "father",
                "phone": "09000000101",
                "ground": "job_seeking",
            },
        ],
        "start_month": "2026-07-01",
        "nurseries": ["wakaba", "hidamari", "mihon-daiichi"],
        "hours": "short",
        "days": ["mon", "tue", "wed", "thu", "fri"],
        "from_time": "t0830",
        "to_time": "t1630",
        "waiting": "wait",
        "consent_tax": True,
        "consent_share": True,
        "consent_true": True,
    },
    "childcare.after-school": {
        **_CONTACT,
        "child_name": {"family": "見本", "given": "さくら"},
        "child_birth_date": "2019-05-11",
        "school": "sakuradai",
        "grade": "g1",
        "allergy": False,
        "members": [_FATHER],
        "guardians": [
            {
                "name": _SPOUSE,
                "ground": "work",
                "workplace": "見本製作所",
                "home_at": "t18",
                "certificate": _PAPER,
            }
        ],
        "club": "sakuradai",
        "start_date": "2026-07-01",
        "period": "year",
        "days": ["mon", "fri"],
        "going_home": "pickup",
        "extended": True,
        "pickup_person": "見本 太郎（父）",
        "emergency_phone": "09000000101",
        "account": _ACCOUNT,
        "consent_records": True,
    },
    "childcare.medical-care": {
        **_CONTACT,
        "reason": "birth",
        "since": "2026-05-20",
        "children": [
            {
                "name": _CHILD,
                "birth_date": "2026-05-20",
                "together": True,
                "insurance": "employees",
                "insured": _SPOUSE,
            }
        ],
        "consent_records": True,
    },
    "disaster.damage-certificate": {
        **_CONTACT,
        "capacity": "resident",
        "happened_on": "2026-05-20",
        "cause": "flood",
        "same_place": True,
        "building_use": "house",
        "tenure": "owned",
        "storeys": 2,
        "household_size": 5,
        "parts": ["floor", "inner_wall"],
        "water_level": "floor_50",
        "description": "5月20日の大雨で、床上20cmまで水がきました。",
        "photos": _PHOTO,
        "self_assessment": False,
        "already_repaired": False,
        "purposes": ["support", "tax"],
        "copies": 2,
        "delivery": "post",
        "consent_records": True,
    },
    "environment.bulky-waste": {
        **_CONTACT,
        "same_place": True,
        "items": [
            {"kind": "sofa", "quantity": 1},
            {"kind": "other", "description": "木の箱 80cm", "quantity": 2},
        ],
        "day": "2026-06-15",
        "spot": "front",
    },
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
    "pets.dog-registration": {
        **_CONTACT,
        "same_place": True,
        "dogs": [
            {
                "request": "both",
                "name": "こむぎ",
                "breed": "柴犬",
                "birth_date": "2025-12-01",
                "sex": "female",
                "colour": "茶",
                "build": "small",
                "chipped": True,
                "microchip": "392140000000001",
                "vaccinated_on": "2026-05-10",
                "clinic": "見本動物病院",
                "vaccination": _PHOTO,
            }
        ],
        "delivery": "pickup",
    },
}
