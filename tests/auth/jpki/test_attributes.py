"""The basic four in a certificate: written, read back, and refused where broken."""

from datetime import date

import pytest
from cryptography import x509
from cryptography.x509 import ObjectIdentifier
from hypothesis import given
from hypothesis import strategies as st

from auth.jpki.attributes import (
    ADDRESS,
    ADDRESS_SUBSTITUTES,
    BIRTH_DATE,
    NAME,
    NAME_SUBSTITUTES,
    SEX,
    AttributesMalformed,
    BasicFour,
)
from auth.names import PersonName, Sex
from tests.auth.jpki.certificates import Maker

HANAKO = BasicFour(
    PersonName("見本", "花子"), "見本県見本市桜台1丁目2番3号", date(1990, 1, 2), Sex.FEMALE
)
#: What a name or an address may hold, variation selectors and the planes beyond the first too.
TEXT = st.text(
    st.characters(blacklist_categories=["C", "Z"]) | st.sampled_from("𠮷髙\U000e0100"),
    min_size=1,
    max_size=200,
)


def values(person: BasicFour) -> dict[ObjectIdentifier, bytes]:
    return {name.type_id: name.value for name in person.to_general_names()}


def test_the_spelling_of_the_profile() -> None:
    written = values(HANAKO)
    assert written[NAME] == b"\x0c\x0f" + "見本\u3000花子".encode()
    assert written[NAME_SUBSTITUTES] == b"\x0c\x0500000"
    assert written[SEX] == b"\x0c\x012"
    assert written[BIRTH_DATE] == b"\x0c\x09419900102"
    assert written[ADDRESS] == b"\x0c\x27" + HANAKO.address.encode()
    assert len(written[ADDRESS_SUBSTITUTES]) == 2 + len(HANAKO.address)


@pytest.mark.parametrize(
    ("born", "era"),
    [
        (date(1868, 1, 24), "0"),
        (date(1868, 1, 25), "1"),
        (date(1912, 7, 29), "1"),
        (date(1912, 7, 30), "2"),
        (date(1926, 12, 25), "3"),
        (date(1989, 1, 7), "3"),
        (date(1989, 1, 8), "4"),
        (date(2019, 4, 30), "4"),
        (date(2019, 5, 1), "5"),
    ],
)
def test_the_digit_of_the_era(born: date, era: str) -> None:
    person = BasicFour(HANAKO.name, HANAKO.address, born, Sex.UNKNOWN)
    assert values(person)[BIRTH_DATE][2:3].decode() == era


@given(
    family=TEXT,
    given_name=TEXT,
    address=TEXT,
    born=st.dates(date(1900, 1, 1), date(2030, 1, 1)),
    sex=st.sampled_from(Sex),
)
def test_what_is_written_is_read_back(
    family: str, given_name: str, address: str, born: date, sex: Sex
) -> None:
    person = BasicFour(PersonName(family, given_name), address, born, sex)
    certificate = Maker.shared().leaf(names=person.to_general_names())
    assert BasicFour.of_certificate(certificate) == person


@pytest.mark.parametrize(
    ("oid", "der"),
    [
        (NAME, b"\x04\x01a"),
        (NAME, b"\x05\x00"),
        (NAME, b"\x0c\x01\xff"),
        (SEX, b"\x0c\x019"),
        (BIRTH_DATE, b"\x0c\x08419900102"[:10]),
        (BIRTH_DATE, b"\x0c\x09419901302"),
        (BIRTH_DATE, b"\x0c\x0941990010x"),
    ],
)
def test_what_is_broken_is_refused(oid: ObjectIdentifier, der: bytes) -> None:
    names = [x509.OtherName(oid, der)] + [
        name for name in HANAKO.to_general_names() if name.type_id != oid
    ]
    with pytest.raises(AttributesMalformed):
        BasicFour.of_certificate(Maker.shared().leaf(names=names))


def test_what_is_missing_is_refused() -> None:
    names = [name for name in HANAKO.to_general_names() if name.type_id != ADDRESS]
    with pytest.raises(AttributesMalformed):
        BasicFour.of_certificate(Maker.shared().leaf(names=names))
    with pytest.raises(AttributesMalformed):
        BasicFour.of_certificate(Maker.shared().leaf())
