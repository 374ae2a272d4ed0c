"""Complete applications for waste, dogs, health, leisure, business and what is told to the city."""

from collections.abc import Mapping
from typing import Any

_ADDRESS = {"postcode": "0000011", "text": "見本県見本市桜台1丁目2番3号"}
_APPLICANT = {
    "name": {"family": "見本", "given": "花子"},
    "kana": {"family": "ミホン", "given": "ハナコ"},
    "birth_date": "1988-04-02",
    "sex": "female",
    "address": _ADDRESS,
}
_CONTACT = {"applicant": _APPLICANT, "phone": "09000000102", "email": "hanako@mihon.example"}
_PAPER = [{"id": "f1", "filename": "図面.pdf", "size": 12_000, "media_type": "application/pdf"}]
_PHOTO = [{"id": "f2", "filename": "写真.jpg", "size": 900_000, "media_type": "image/jpeg"}]
_COMPANY = {
    "acting": "business",
    "acting_business": "見本建設株式会社",
    "acting_representative": {"family": "見本", "given": "一"},
    "organisation_address": _ADDRESS,
}

#: Procedures that ask nobody who they are.
ANONYMOUS = frozenset({"city.survey", "environment.graffiti-or-road-report"})

TOWN: Mapping[str, Mapping[str, Any]] = {
    "environment.bulky-waste": {
        **_CONTACT,
        "same_place": True,
        "items": [
            {"kind": "sofa_small", "quantity": 1},
            {"kind": "other_large", "description": "木の箱", "quantity": 2},
        ],
        "district": "sakuradai",
        "week": "first",
        "spot": "front",
        "ground": "none",
    },
    "pets.dog-registration": {
        **_CONTACT,
        "request": "both",
        "dogs": [
            {
                "name": "こむぎ",
                "breed": "shiba",
                "birth_date": "2025-12-01",
                "sex": "female",
                "colours": ["brown"],
                "build": "small",
                "microchip": "392140000000001",
            }
        ],
        "vaccinated_on": "2026-05-10",
        "clinic": "見本動物病院",
        "vaccination": _PHOTO,
        "same_place": True,
        "delivery": "pickup",
    },
    "environment.graffiti-or-road-report": {
        "kind": "surface",
        "photos": _PHOTO,
        "place": "桜台1丁目2番の角",
        "danger": "risky",
        "reply": False,
    },
    "city.survey": {"age_band": "30", "district": "chuo", "overall": "4", "s_roads": "2"},
    "health.checkup-booking": {
        **_CONTACT,
        "exams": ["cervix"],
        "session": "feb_fri_0900",
        "childcare": True,
        "welfare": False,
        "untaxed": False,
    },
    "learning.course": {
        "acting": "self",
        "course": "parent_child_cooking",
        "people": 3,
        **_CONTACT,
    },
    "agriculture.allotment": {
        **_CONTACT,
        "household_address": _ADDRESS,
        "plot": "midori_20",
        "experience": "none",
        "car": True,
        "rules": True,
    },
    "business.road-occupation": {
        **_COMPANY,
        **_CONTACT,
        "request": "new",
        "purpose": "building",
        "place": "桜台1丁目2番地先",
        "part": ["sidewalk"],
        "term": {"first": "2026-07-01", "last": "2026-08-15"},
        "work": True,
        "work_term": {"first": "2026-07-01", "last": "2026-07-03"},
        "work_method": "none",
        "contractor": "見本建設 090-0000-0000",
        "area_class": "second",
        "objects": [{"kind": "scaffold", "area": "12.5", "pieces": 1}],
        "ground": "none",
        "drawings": _PAPER,
        "photos": _PHOTO,
        "police": "joint",
        "safety": True,
    },
    "business.food-business": {
        "acting": "self",
        **_CONTACT,
        "request": "new",
        "kinds": ["restaurant", "confectionery"],
        "foods": "コーヒー、焼き菓子",
        "shop_name": "カフェ見本",
        "shop_form": "fixed",
        "shop_address": _ADDRESS,
        "water": "mains",
        "haccp": "simple",
        "opening": "2026-08-01",
        "ready_on": "2026-07-15",
        "plan": _PAPER,
        "manager_is_applicant": True,
        "qualification": "course",
        "qualification_number": "見本県 第12345号",
        "qualification_paper": _PHOTO,
        "no_ground": True,
        "publish": True,
    },
    "city.event-support": {
        **_CONTACT,
        "organisation": "見本市民音楽会",
        "organisation_kind": "club",
        "representative_is_applicant": True,
        "organisation_address": _ADDRESS,
        "kind": "support",
        "title": "夏の市民音楽会",
        "term": {"first": "2026-08-08", "last": "2026-08-08"},
        "place": "文化会館 大ホール",
        "field": "culture",
        "purpose": "市民が生の音楽に親しむ催しです。",
        "audience": "everyone",
        "people": 300,
        "paid": True,
        "price": 1000,
        "surplus": "次の催しに使う",
        "used_in": ["poster", "web"],
        "before": "first",
        "plan": _PAPER,
        "budget": _PAPER,
        "rules_known": False,
        "rules": _PAPER,
        "neutral": True,
        "no_gangs": True,
        "report": True,
    },
}
