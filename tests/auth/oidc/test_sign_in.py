"""A whole sign-in over HTTP, and every way in which it must not succeed."""

from datetime import date

from auth.names import PersonName, Sex
from auth.oidc.results import SignedIn
from tests.auth.world import World


def test_a_person_signs_in_with_the_card(world: World) -> None:
    done = world.sign_in("hanako")
    assert isinstance(done, SignedIn)
    identity = done.identity
    assert identity.name == PersonName("見本", "花子")
    assert identity.birth_date == date(1988, 4, 2)
    assert identity.sex is Sex.FEMALE
    assert identity.address == "見本県見本市桜台1丁目2番3号"
    assert identity.issuer == world.issuer
    assert identity.acr == "aal3"
    assert (done.purpose, done.next_url) == ("apply", "/apply/residence-record")
