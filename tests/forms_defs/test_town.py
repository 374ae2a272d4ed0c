"""Waste, dogs, checkups, courses, allotments, roads, food: prices and ages worked out by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from portal.forms import Catalogue, Context, Journey
from tests.forms_defs.town_answers import TOWN

TODAY = date(2026, 6, 3)
OF_CITY = {"signed_in": True, "of_city": True, "age": 38}


def _journey(catalogue: Catalogue, procedure: str, today: date = TODAY, **changed: Any) -> Journey:
    context = Context(today=today, resident=OF_CITY)
    return catalogue.procedures[procedure].journey({**TOWN[procedure], **changed}, context)


def _wrong(journey: Journey) -> list[str]:
    return [error.path.split(".")[0] for error in journey.errors]


def _waste(*items: tuple[str, int], **more: Any) -> Mapping[str, Any]:
    return {"items": [{"kind": kind, "quantity": count} for kind, count in items], **more}


def _dogs(count: int, request: str, **more: Any) -> Mapping[str, Any]:
    return {"request": request, "dogs": [TOWN["pets.dog-registration"]["dogs"][0]] * count, **more}


def _road(first: str, last: str, *objects: Mapping[str, Any], **more: Any) -> Mapping[str, Any]:
    rows = [{"pieces": 1, **each} for each in objects]
    return {"term": {"first": first, "last": last}, "work": False, "objects": rows, **more}


#: procedure, what is answered otherwise, amounts of the lines in order
PRICES: Sequence[tuple[str, Mapping[str, Any], Sequence[int]]] = (
    (
        "environment.bulky-waste",
        _waste(("chair", 2), ("bicycle", 1), ("chest_large", 1), ("mattress_spring", 1)),
        (600, 600, 1200, 1500),
    ),
    ("environment.bulky-waste", _waste(("futon", 4), ground="welfare"), (0,)),
    # The fifth item costs, and so do the others: the question isn't asked.
    ("environment.bulky-waste", _waste(("futon", 5), ground="welfare"), (1500,)),
    ("pets.dog-registration", _dogs(1, "both"), (3000, 550)),
    ("pets.dog-registration", _dogs(2, "tag", delivery="post"), (550, 550, 140)),
    (
        "pets.dog-registration",
        _dogs(3, "both", delivery="post"),
        (3000, 3000, 3000, 550, 550, 550, 180),
    ),
    ("pets.dog-registration", _dogs(2, "reissue", reissue=["licence", "tag"]), (3200, 680)),
    ("pets.dog-registration", _dogs(1, "death", died_on="2026-06-01", tags_back="keep"), ()),
    # 38 years old: cervix only; a woman of 40 pays for each, one of 70 nothing.
    ("health.checkup-booking", {}, (800,)),
    ("learning.course", {}, (1500, 2400)),
    ("learning.course", {"course": "yoga"}, (2000,)),
    ("learning.course", {"course": "pottery"}, (3000, 1500)),
    # 20 m² × 25 yen × 12 months; from August on eight.
    ("agriculture.allotment", {}, (6000,)),
    ("agriculture.allotment", {"starts_on": "2026-08-20"}, (4000,)),
    # 13 m² × 190 yen × July and August.
    ("business.road-occupation", {}, (4940,)),
    # Thirty days that touch two months are one month; they are less than one, and so are taxed.
    (
        "business.road-occupation",
        _road("2026-07-16", "2026-08-14", {"kind": "scaffold", "area": "12.5"}),
        (2717,),
    ),
    # A whole month isn't taxed: 10 × 190.
    (
        "business.road-occupation",
        _road("2026-07-01", "2026-07-31", {"kind": "scaffold", "area": "10"}),
        (1900,),
    ),
    # A yearly price by the months to 31 March: 1900 × 2 m² × 9/12, and 610 × 3 poles × 9/12.
    (
        "business.road-occupation",
        _road("2026-07-10", "2031-07-09", {"kind": "sign", "area": "1.2"}),
        (2850,),
    ),
    (
        "business.road-occupation",
        _road("2026-07-10", "2031-07-09", {"kind": "pole_1", "pieces": 3}, area_class="first"),
        (1372,),
    ),
    # Two metres of pipe, 32 yen a year: a permit costs 100 yen at least, 110 where it is taxed.
    (
        "business.road-occupation",
        _road("2026-07-01", "2027-03-31", {"kind": "pipe_70", "length": "2"}),
        (100,),
    ),
    (
        "business.road-occupation",
        _road("2026-07-01", "2026-07-02", {"kind": "banner_festival", "pieces": 2}),
        (110,),
    ),
    # All objects of a permit are added up before anything is rounded: (55 + 23 × 5) × 3/12 = 42.5
    # and 380 × 4 × 3 months.
    (
        "business.road-occupation",
        _road(
            "2027-01-01",
            "2027-03-31",
            {"kind": "other_pole"},
            {"kind": "pipe_70", "length": "4.01"},
            {"kind": "stall", "area": "3.5"},
            area_class="first",
        ),
        (4602,),
    ),
    ("business.food-business", {}, (30_000,)),
    # Four fifths of each kind: 12,800, 7,600 and 11,200.
    (
        "business.food-business",
        {"request": "renewal", "kinds": ["restaurant", "meat_sales", "tofu"]},
        (31_600,),
    ),
)


@pytest.mark.parametrize(("procedure", "changed", "amounts"), PRICES)
def test_prices(
    catalogue: Catalogue, procedure: str, changed: Mapping[str, Any], amounts: Sequence[int]
) -> None:
    price = _journey(catalogue, procedure, **changed).price
    assert price.complete
    assert [line.amount for line in price.lines] == list(amounts)


def _born(birth_date: str, sex: str) -> Mapping[str, Any]:
    return {**TOWN["health.checkup-booking"]["applicant"], "birth_date": birth_date, "sex": sex}


#: born on, sex, exams, yen. The age is that of 31 March 2027.
CHECKUPS: Sequence[tuple[str, str, Sequence[str], int]] = (
    # 40 on the last day of the fiscal year.
    ("1987-03-31", "female", ["general", "stomach", "colon", "cervix", "breast", "bone"], 4800),
    ("1967-05-01", "male", ["stomach", "lung", "colon", "prostate"], 2700),
    # 65: the chest X-ray is free; 70: everything.
    ("1961-06-01", "male", ["lung", "colon"], 500),
    ("1957-03-31", "female", ["general", "stomach", "breast"], 0),
    ("1950-01-01", "male", ["senior", "stomach"], 0),
)


@pytest.mark.parametrize(("born", "sex", "exams", "yen"), CHECKUPS)
def test_checkups_by_age_and_sex(
    catalogue: Catalogue, born: str, sex: str, exams: Sequence[str], yen: int
) -> None:
    journey = _journey(
        catalogue,
        "health.checkup-booking",
        applicant=_born(born, sex),
        insurance="national",
        exams=list(exams),
        session="jan_sat_0830",
    )
    assert _wrong(journey) == []
    assert journey.price.total == yen


@pytest.mark.parametrize(
    ("born", "sex", "changed"),
    [
        # 39 at the end of the year: nothing but the cervix; a man of 39: nothing at all.
        ("1987-04-02", "female", {"exams": ["breast"]}),
        ("1987-04-02", "male", {"exams": ["colon"]}),
        ("1967-05-01", "male", {"exams": ["cervix"]}),
        # 特定健診 is for the National Health Insurance.
        ("1967-05-01", "male", {"exams": ["general"], "insurance": "employees"}),
        ("1967-05-01", "female", {"exams": ["breast"], "last_year": ["breast"]}),
        ("1987-03-31", "female", {"exams": ["lung"], "conditions": ["pregnant"]}),
        ("1967-05-01", "male", {"exams": ["stomach"], "conditions": ["barium"]}),
        ("1967-05-01", "male", {"exams": ["sputum"]}),
    ],
)
def test_checkups_that_somebody_cannot_have(
    catalogue: Catalogue, born: str, sex: str, changed: Mapping[str, Any]
) -> None:
    answers = {"insurance": "national", "session": "jan_sat_0830", **changed}
    journey = _journey(catalogue, "health.checkup-booking", applicant=_born(born, sex), **answers)
    assert "exams" in _wrong(journey)


@pytest.mark.parametrize("untaxed", [True, False])
def test_who_need_not_pay_for_a_checkup(catalogue: Catalogue, untaxed: bool) -> None:
    consent = {"consent_records": True, "welfare": not untaxed}
    journey = _journey(catalogue, "health.checkup-booking", untaxed=untaxed, **consent)
    assert journey.price.total == 0


#: today, district, week, day: 3 June 2026 is a Wednesday
COLLECTIONS = (
    (TODAY, "sakuradai", "first", "2026-06-10"),
    (TODAY, "chuo", "first", "2026-06-16"),
    (TODAY, "wakaba", "first", "2026-06-11"),
    (TODAY, "north", "third", "2026-06-29"),
    (date(2026, 6, 7), "north", "first", "2026-06-15"),
)


@pytest.mark.parametrize(("today", "district", "week", "day"), COLLECTIONS)
def test_each_district_has_its_weekday(
    catalogue: Catalogue, today: date, district: str, week: str, day: str
) -> None:
    procedure = catalogue.procedures["environment.bulky-waste"]
    answers = {**TOWN["environment.bulky-waste"], "district": district, "week": week}
    scope = procedure.scope(answers, Context(today=today, resident=OF_CITY))
    assert str(scope["day"])[:10] == day


def test_nothing_is_collected_around_the_new_year(catalogue: Catalogue) -> None:
    for week, wrong in (("first", ["week"]), ("second", [])):
        # 23 December 2026 is a Wednesday.
        journey = _journey(catalogue, "environment.bulky-waste", date(2026, 12, 23), week=week)
        assert _wrong(journey) == wrong


def test_a_dog_of_ninety_days_is_too_young_for_its_vaccination(catalogue: Catalogue) -> None:
    (dog,) = TOWN["pets.dog-registration"]["dogs"]
    for born, wrong in (("2026-03-05", ["dogs"]), ("2026-03-04", [])):
        dogs = [{**dog, "birth_date": born}]
        assert _wrong(_journey(catalogue, "pets.dog-registration", dogs=dogs)) == wrong


def test_the_vaccination_is_that_of_the_fiscal_year(catalogue: Catalogue) -> None:
    for day, wrong in (("2026-03-01", ["vaccinated_on"]), ("2026-03-02", [])):
        assert _wrong(_journey(catalogue, "pets.dog-registration", vaccinated_on=day)) == wrong


def test_a_signed_in_owner_types_a_day_only_in_the_second_year(catalogue: Catalogue) -> None:
    procedure = catalogue.procedures["pets.dog-registration"]
    known = procedure.known_from(TOWN["pets.dog-registration"])
    assert {"dogs", "dogs.clinic"} <= set(known)


#: what an exemption leaves once it is granted
@pytest.mark.parametrize(("ground", "percent"), [("government", 100), ("arcade", 50)])
def test_public_bodies_occupy_roads_for_less(
    catalogue: Catalogue, ground: str, percent: int
) -> None:
    price = _journey(catalogue, "business.road-occupation", ground=ground).price
    assert price.total == 4940
    assert price.total_if_granted == 4940 * (100 - percent) // 100


@pytest.mark.parametrize(
    "objects", [[], [{"kind": "sign", "pieces": 1}], [{"kind": "pipe_70", "pieces": 2}]]
)
def test_a_road_has_no_price_without_a_size(catalogue: Catalogue, objects: list[Any]) -> None:
    price = _journey(catalogue, "business.road-occupation", objects=objects).price
    assert price.lines == () and len(price.pending) == 1


def test_the_charge_for_a_road_can_be_followed(catalogue: Catalogue) -> None:
    procedure = catalogue.procedures["business.road-occupation"]
    sign = {"kind": "sign", "area": "1.2", "pieces": 1}
    term = {"first": "2026-07-10", "last": "2031-07-09"}
    answers = {**TOWN["business.road-occupation"], "objects": [sign], "term": term}
    told = str(procedure.summary(answers, Context(today=TODAY, resident=OF_CITY)))
    assert "1900 × 2 × 9 ÷ 12" in told
    # What only the sum needs is no information for a person.
    assert not any(word in told for word in ("月数（", "日数（", "消費税がかかる"))


#: procedure, what is answered otherwise, the field at which the applicant is told so
REFUSED: Sequence[tuple[str, Mapping[str, Any], str]] = (
    ("environment.bulky-waste", _waste(("chair", 11), ("fan", 10)), "items"),
    ("pets.dog-registration", {"request": "moved", "change": "out_of_city"}, "change"),
    ("learning.course", {"course": "smartphone"}, "course"),
    (
        "business.road-occupation",
        _road("2026-06-10", "2026-07-15", {"kind": "stall", "area": "1"}),
        "term",
    ),
    (
        "business.road-occupation",
        _road("2026-07-01", "2031-07-01", {"kind": "stall", "area": "1"}),
        "term",
    ),
    ("business.food-business", {"opening": "2026-07-01"}, "opening"),
    ("business.food-business", {"shop_form": "stall", "kinds": ["tofu"]}, "kinds"),
    ("city.event-support", {"term": {"first": "2026-07-02", "last": "2026-07-02"}}, "term"),
    ("city.event-support", {"audience": "members"}, "audience"),
    ("city.event-support", {"price": 5001}, "price"),
    ("environment.graffiti-or-road-report", {"kind": "dumping", "photos": []}, "details"),
)


@pytest.mark.parametrize(("procedure", "changed", "field"), REFUSED)
def test_what_is_wrong_is_said_at_its_field(
    catalogue: Catalogue, procedure: str, changed: Mapping[str, Any], field: str
) -> None:
    assert _wrong(_journey(catalogue, procedure, **changed)) == [field]
