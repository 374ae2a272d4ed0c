"""What a sign-in with the card has proven about a person."""

from dataclasses import dataclass
from datetime import date

from auth.names import PersonName, Sex


@dataclass(frozen=True)
class VerifiedIdentity:
    """本人確認済みの基本4情報: who signed in, as their card and its provider say.

    ``issuer`` and ``subject`` together name the person for ever; the subject is pairwise, so it
    means nothing to another service. ``address`` runs from the prefecture on, without a postcode.
    ``acr`` is how strongly the person was authenticated (``aal3``).
    """

    issuer: str
    subject: str
    name: PersonName
    birth_date: date
    sex: Sex
    address: str
    acr: str
