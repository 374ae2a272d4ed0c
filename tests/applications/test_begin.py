"""Beginning: the definition is kept, what is known is filled in, whose it is is written down."""

from sqlalchemy import func, select

from auth.staff.roles import Role
from portal.applications.actors import Actor, digest_of
from portal.applications.models import DefinitionSnapshot
from portal.applications.service import Applicant, Begun, applications_of, begin, draft_of
from portal.applications.states import Event, State
from portal.counter.service import begin_sitting, identify
from tests.support.hall import HANAKO, TILL, Hall


def _begin(hall: Hall, actor: Actor, applicant: Applicant | None = None) -> Begun:
    with hall.portal.database.transaction() as session:
        return begin(
            session,
            hall.portal.definitions,
            hall.procedures["certificate"],
            actor,
            applicant or Applicant(),
            language="en",
            now=hall.clock(),
        )


def test_the_definition_is_kept_once_for_each_version(hall: Hall) -> None:
    keys = [hall.begin() for _ in range(3)]
    with hall.portal.database.reading() as session:
        kept = session.scalars(select(DefinitionSnapshot)).one()
    assert kept.document == hall.procedures["certificate"].freeze()
    assert {hall.application(key).checksum for key in keys} == {kept.checksum}


def test_what_the_card_says_is_filled_in(hall: Hall) -> None:
    hanako = hall.resident(email="hanako@example.com")
    draft = hall.application(hall.begin(person=hanako))
    assert draft.answers["applicant"]["name"] == HANAKO["name"]
    assert draft.answers["email"] == "hanako@example.com"
    assert draft.sources["applicant"].startswith("card")
    assert draft.sources["email"] == "register"
    assert (draft.applicant_id, draft.applicant_name) == (hanako.id, "見本 花子")
    assert (draft.channel, draft.operator_id, draft.guest_key) == ("online", None, None)


def test_a_guest_gets_the_key_and_we_keep_its_digest(hall: Hall) -> None:
    begun = _begin(hall, Actor("guest"))
    assert begun.guest_key is not None
    assert begun.application.guest_key == digest_of(begun.guest_key) != begun.guest_key
    assert Actor("guest", guest_keys={begun.application.id: begun.guest_key}).may_open(
        begun.application
    )


def test_at_the_counter_applicant_and_operator_are_two_facts(hall: Hall) -> None:
    hanako = hall.resident()
    clerk = hall.employee("clerk", (Role.COUNTER, None))
    with hall.portal.database.transaction() as session:
        sitting = begin_sitting(session, clerk, TILL, hall.clock())
        identify(sitting, hanako.id, "card")
    applicant = Applicant(resident_id=hanako.id)
    # Whether the employee types or the resident does, with the tablet in their hands.
    for actor in (
        Actor("staff", clerk.id, sitting=sitting.id, operator=clerk.id),
        Actor("resident", hanako.id, sitting=sitting.id, operator=clerk.id),
    ):
        begun = _begin(hall, actor, applicant)
        application = hall.application(begun.application.id)
        assert (application.applicant_id, application.operator_id) == (hanako.id, clerk.id)
        assert (application.channel, application.sitting_id) == ("counter", sitting.id)
        assert begun.guest_key is None


def test_a_draft_is_found_again_and_a_discarded_one_is_not(hall: Hall) -> None:
    hanako = hall.resident()
    with hall.portal.database.reading() as session:
        assert draft_of(session, hanako.id, "certificate") is None
    key = hall.begin(person=hanako)
    with hall.portal.database.reading() as session:
        found = draft_of(session, hanako.id, "certificate")
        assert found is not None
        assert found.id == key
        assert [one.id for one in applications_of(session, hanako.id)] == [key]
    assert hall.advance(key, Event.WITHDRAW) is State.WITHDRAWN
    with hall.portal.database.reading() as session:
        assert draft_of(session, hanako.id, "certificate") is None
        assert applications_of(session, hanako.id) == []
        assert session.scalar(select(func.count()).select_from(DefinitionSnapshot)) == 1
