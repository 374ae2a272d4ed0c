"""What each procedure of the sample city costs, against tables worked out by hand.

Certificates are those of 南房総市, rooms those of 豊明市,
postage that of Japan Post since October 2024.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from portal.forms import Catalogue, Context
from tests.forms_defs.test_town import PRICES

TODAY = date(2026, 6, 3)

PICKUP = {"delivery": "pickup"}
POST = {"delivery": "post", "post_kind": "ordinary"}
EXPRESS = {"delivery": "post", "post_kind": "express"}
REGISTERED = {"delivery": "post", "post_kind": "registered"}


def _items(*items: tuple[str, int]) -> dict[str, Any]:
    return {"items": [{"kind": kind, "copies": copies} for kind, copies in items]}


def _named(*items: tuple[str, int]) -> dict[str, Any]:
    return {"search": "named", **_items(*items)}


#: procedure, answers, amounts of the lines in order
CASES: Sequence[tuple[str, Mapping[str, Any], Sequence[int]]] = (
    ("certificates.residence-record", {"copies": 1, **PICKUP}, (300,)),
    ("certificates.residence-record", {"copies": 3, **POST}, (900, 110)),
    ("certificates.residence-record", {"copies": 4, **POST}, (1200, 180)),
    ("certificates.residence-record", {"copies": 1, **EXPRESS}, (300, 110, 300)),
    ("certificates.residence-record", {"copies": 10, **REGISTERED}, (3000, 180, 350)),
    ("certificates.family-register", {**_items(("full", 1)), **PICKUP}, (450,)),
    ("certificates.family-register", {**_items(("individual", 3)), **POST}, (1350, 110)),
    (
        "certificates.family-register",
        {**_items(("full", 1), ("closed", 2), ("address_history", 1)), **POST},
        (450, 1500, 300, 180),
    ),
    ("certificates.seal-registration", {"copies": 2, **PICKUP}, (700,)),
    ("certificates.seal-registration", {"copies": 1, **REGISTERED}, (350, 110, 350)),
    ("certificates.family-register", {**_items(("full", 4)), **POST}, (1800, 180)),
    (
        "certificates.removed-register",
        {**_named(("closed", 1), ("original", 2)), **POST},
        (750, 1500, 110),
    ),
    (
        "certificates.removed-register",
        {"search": "lifelong", "sets": 1, "most": 4, **POST},
        (3000, 180),
    ),
    (
        "certificates.removed-register",
        {"search": "lifelong", "sets": 2, "most": 3, **PICKUP},
        (4500,),
    ),
    ("certificates.koseki-attachment", {"copies": 2, **POST}, (600, 110)),
    ("certificates.record-items", {"copies": 1, **REGISTERED}, (300, 110, 350)),
    (
        "certificates.acceptance",
        {"kind": "birth", "paper": "plain", "copies": 2, **POST},
        (700, 110),
    ),
    (
        "certificates.acceptance",
        {"kind": "marriage", "paper": "fine", "copies": 1, **POST},
        (1400, 450),
    ),
    (
        "certificates.income-tax",
        {**_items(("income", 1), ("taxation", 2)), **POST},
        (300, 600, 110),
    ),
    (
        "certificates.tax-payment",
        {**_items(("resident", 1), ("clear", 2)), **POST},
        (300, 600, 110),
    ),
    # 車検用 is free, and its postage too where it goes alone.
    ("certificates.tax-payment", {**_items(("inspection", 1)), **POST}, ()),
    ("certificates.tax-payment", {**_items(("inspection", 1), ("vehicle", 3)), **POST}, (900, 180)),
    ("certificates.identity", {"copies": 1, **POST}, (350, 110)),
    ("moving.move-out", {}, ()),
    ("moving.move-in-booking", {}, ()),
    ("insurance.health-insurance-join", {}, ()),
    ("water.water-start", {}, ()),
    ("water.water-stop", {}, ()),
    ("reductions.facility-fee-reduction", {}, ()),
    ("reductions.light-vehicle-tax", {}, ()),
    # 廃車 and 登録 are free; a plate by post is レターパックライト, a lost one is paid for.
    ("vehicles.moped-registration", {"request": "register", **PICKUP}, ()),
    ("vehicles.moped-registration", {"request": "register", "delivery": "post"}, (430,)),
    ("vehicles.moped-registration", {"request": "scrap", "plate_return": "missing"}, (200,)),
    ("vehicles.moped-registration", {"request": "scrap", "plate_return": "stolen"}, ()),
    (
        "vehicles.moped-registration",
        {"request": "replace", "plate_return": "missing", "delivery": "post"},
        (200, 430),
    ),
)


@pytest.mark.parametrize(("procedure", "answers", "amounts"), CASES)
def test_fees(
    catalogue: Catalogue, procedure: str, answers: Mapping[str, Any], amounts: Sequence[int]
) -> None:
    context = Context(today=TODAY, resident={"of_city": True, "signed_in": True})
    price = catalogue.procedures[procedure].price(answers, context)
    assert [line.amount for line in price.lines] == list(amounts)
    assert price.complete
    assert price.total == sum(amounts)


def test_everything_that_costs_something_has_a_price_case(catalogue: Catalogue) -> None:
    with_case = {procedure for procedure, _, _ in CASES} | {"facilities.room-use"}
    charged = {name for name, each in catalogue.procedures.items() if each.fees_collected}
    # Vectors of their own: test_childcare, test_town.
    families = {"childcare.after-school", "childcare.temporary-care"}
    assert charged - with_case == families | {procedure for procedure, _, _ in PRICES}


OF_CITY = {"of_city": True, "signed_in": True}
FROM_ELSEWHERE = {"of_city": False, "signed_in": True}
GUEST = {"of_city": False, "signed_in": False}

#: who uses it, how, and by how much the price of the slots is multiplied
FACTORS: Sequence[tuple[Mapping[str, Any], Mapping[str, Any], int]] = (
    (OF_CITY, {"user_kind": "individual"}, 1),
    (OF_CITY, {"user_kind": "individual", "commercial": True}, 3),
    (OF_CITY, {"user_kind": "individual", "entrance": True, "entrance_fee": 999}, 1),
    (OF_CITY, {"user_kind": "individual", "entrance": True, "entrance_fee": 1000}, 2),
    # An entrance fee that was typed and then hidden again doesn't count.
    (OF_CITY, {"user_kind": "individual", "entrance": False, "entrance_fee": 5000}, 1),
    (FROM_ELSEWHERE, {"user_kind": "individual"}, 2),
    (FROM_ELSEWHERE, {"user_kind": "individual", "commercial": True}, 6),
    # Where the card says who a person is, nobody can say otherwise in the form.
    (FROM_ELSEWHERE, {"user_kind": "individual", "user_place": "city"}, 2),
    # A club counts by its members, whoever signs in for it.
    (FROM_ELSEWHERE, {"user_kind": "group", "user_place": "city"}, 1),
    (OF_CITY, {"user_kind": "company", "user_place": "outside", "commercial": True}, 6),
    (GUEST, {"user_kind": "individual", "user_place": "city"}, 1),
    (GUEST, {"user_kind": "individual", "user_place": "outside"}, 2),
    (
        GUEST,
        {
            "user_kind": "company",
            "user_place": "outside",
            "commercial": True,
            "entrance": True,
            "entrance_fee": 3500,
        },
        12,
    ),
)


@pytest.mark.parametrize(("resident", "answers", "times"), FACTORS)
def test_room_factors_multiply(
    catalogue: Catalogue, resident: Mapping[str, Any], answers: Mapping[str, Any], times: int
) -> None:
    booking = {"base": 900, "slots": 1, "room": "activity", "facility": "culture-hall"}
    context = Context(today=TODAY, resident=resident, booking={**booking, "day": "2026-06-05"})
    defaults = {"commercial": False, "entrance": False}
    price = catalogue.procedures["facilities.room-use"].price({**defaults, **answers}, context)
    assert [line.amount for line in price.lines] == [900 * times]
    assert price.complete
