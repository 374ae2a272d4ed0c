"""What a person finds under つづきから."""

from sqlalchemy.orm import Session

from portal.applications.actors import Actor, digest_of
from portal.applications.models import Application
from portal.applications.service import waiting_for
from tests.support.hall import Hall


def test_each_person_finds_their_own(hall: Hall) -> None:
    hanako, taro = hall.resident(), hall.resident("太郎")
    own = hall.begin("report", hanako)
    hall.begin("report", taro)
    with hall.portal.database.reading() as session:
        found = waiting_for(session, Actor("resident", hanako.id))
        assert [each.id for each in found] == [own]
        assert waiting_for(session, Actor("resident", hanako.id, sitting="1")) == ()
        assert waiting_for(session, Actor("guest")) == []


def test_a_guest_finds_what_this_browser_began(hall: Hall) -> None:
    key = "the guest's secret"
    begun = hall.begin("report")

    def keep_key(session: Session) -> None:
        session.get_one(Application, begun).guest_key = digest_of(key)

    hall.do(keep_key)
    with hall.portal.database.reading() as session:
        (found,) = waiting_for(session, Actor("guest", guest_keys={begun: key}))
        assert found.id == begun
        assert waiting_for(session, Actor("guest", guest_keys={begun: "another key"})) == []
