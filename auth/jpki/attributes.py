"""基本4情報: the four attributes inside a signature certificate (subjectAltName, otherName).

Each is a UTF8String under an object identifier of its own; the name and the address come with a
map that marks the characters which stand for others that the card can't show.
"""

from dataclasses import dataclass
from datetime import date

from cryptography import x509
from cryptography.x509 import ObjectIdentifier

from auth.names import PersonName, Sex
from foundation.eras import era_on

_BASE = "1.2.392.200149.8.5.5"
NAME = ObjectIdentifier(f"{_BASE}.1")
NAME_SUBSTITUTES = ObjectIdentifier(f"{_BASE}.2")
SEX = ObjectIdentifier(f"{_BASE}.3")
BIRTH_DATE = ObjectIdentifier(f"{_BASE}.4")
ADDRESS = ObjectIdentifier(f"{_BASE}.5")
ADDRESS_SUBSTITUTES = ObjectIdentifier(f"{_BASE}.6")

_SEX_CODES = {Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNKNOWN: "3"}
#: The digits of the eras; 0 says that the era isn't known.
_ERA_DIGITS = {"reiwa": "5", "heisei": "4", "showa": "3", "taisho": "2", "meiji": "1", None: "0"}
_UTF8_STRING = 0x0C


class AttributesMalformed(ValueError):
    """The certificate's attributes can't be read; the message names the attribute alone."""


@dataclass(frozen=True)
class BasicFour:
    """Name, address, birth date and sex as the card has them."""

    name: PersonName
    address: str
    birth_date: date
    sex: Sex

    def to_general_names(self) -> list[x509.OtherName]:
        """As they stand in a certificate."""
        values = {
            NAME: self.name.whole,
            NAME_SUBSTITUTES: "0" * len(self.name.whole),
            SEX: _SEX_CODES[self.sex],
            BIRTH_DATE: _encode_date(self.birth_date),
            ADDRESS: self.address,
            ADDRESS_SUBSTITUTES: "0" * len(self.address),
        }
        return [x509.OtherName(oid, _encode_utf8(text)) for oid, text in values.items()]

    @classmethod
    def of_certificate(cls, certificate: x509.Certificate) -> "BasicFour":
        """Read them back. Raises AttributesMalformed where one is missing or unreadable."""
        try:
            extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
            raise AttributesMalformed("no subjectAltName that can be read") from None
        names = extension.value.get_values_for_type(x509.OtherName)
        values = {name.type_id: _decode_utf8(name.value) for name in names}
        try:
            sexes = {code: sex for sex, code in _SEX_CODES.items()}
            return cls(
                name=PersonName.parse(values[NAME]),
                address=values[ADDRESS],
                birth_date=_decode_date(values[BIRTH_DATE]),
                sex=sexes[values[SEX]],
            )
        except KeyError as missing:
            raise AttributesMalformed(f"no usable value of {missing.args[0]}") from None


def _encode_date(day: date) -> str:
    """``EYYYYMMDD``: the digit of the era, then the western date (``419900102``)."""
    return f"{_ERA_DIGITS[era_on(day)]}{day:%Y%m%d}"


def _decode_date(text: str) -> date:
    if len(text) != 9 or not text.isascii() or not text.isdigit():
        raise AttributesMalformed("birth date")
    try:
        return date(int(text[1:5]), int(text[5:7]), int(text[7:9]))
    except ValueError:
        raise AttributesMalformed("birth date") from None


def _encode_utf8(text: str) -> bytes:
    """DER of a UTF8String; the explicit [0] around it is the certificate builder's."""
    content = text.encode()
    length = len(content)
    if length < 0x80:
        return bytes((_UTF8_STRING, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((_UTF8_STRING, 0x80 | len(octets))) + octets + content


def _decode_utf8(der: bytes) -> str:
    if len(der) < 2 or der[0] != _UTF8_STRING:
        raise AttributesMalformed("no UTF8String")
    start, length = 2, der[1]
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(der[2:start], "big")
    if len(der) != start + length:
        raise AttributesMalformed("length of a UTF8String")
    try:
        return der[start:].decode()
    except UnicodeDecodeError:
        raise AttributesMalformed("UTF-8") from None
