"""A small city hall (``town/``): its portal on any database, with providers that a test scripts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.residents.models import Resident
from auth.residents.profile import Source, profile
from auth.staff.models import StaffAccount, StaffRole
from auth.staff.roles import Role, StaffIdentity
from payments.attempts import service as attempts
from payments.attempts.models import Attempt, EvidenceSource
from payments.claims.models import Claim
from payments.claims.service import Standing, claims_of, standing
from payments.ledger.service import total, verify
from payments.providers.base import Channel, Method
from payments.refunds.models import Refund
from payments.till.service import ensure_till
from portal.applications.actors import Actor
from portal.applications.definitions import Definitions
from portal.applications.life import advance
from portal.applications.models import Application
from portal.applications.service import Applicant, begin, context_of
from portal.applications.states import Event, State
from portal.applications.submission import Submitted, subject_of, submit
from portal.building import build_portal
from portal.catalogue.finding import Finder
from portal.context import Portal
from portal.forms import Procedure, load_catalogue
from portal.office import service as office
from tests.payments.scripted import ScriptedProvider
from tests.support.clock import FixedClock
from tests.support.portal import portal_config

TOWN = Path(__file__).with_name("town")
TILL = "counter-1"

HANAKO = {
    "name": {"family": "見本", "given": "花子"},
    "kana": None,
    "birth_date": "1988-04-02",
    "address": {"postcode": "0000011", "text": "見本県試験市本町1丁目1番1号"},
}
#: Complete answers: 3 × 300 yen and 110 yen of postage.
CERTIFICATE: dict[str, Any] = {"applicant": HANAKO, "copies": 3, "post": True, "express": False}

T = TypeVar("T")


@dataclass
class Hall:
    """What people do at this city hall, each step in a transaction of its own."""

    portal: Portal
    clock: FixedClock
    card: ScriptedProvider
    staff: dict[str, StaffIdentity] = field(default_factory=dict)

    @property
    def procedures(self) -> dict[str, Procedure]:
        return dict(self.portal.catalogue.procedures)

    def do(self, step: Callable[[Session], T]) -> T:
        """One step that writes."""
        with self.portal.database.transaction() as session:
            return step(session)

    def see(self, look: Callable[[Session], T]) -> T:
        """Look at something."""
        with self.portal.database.reading() as session:
            return look(session)

    def resident(self, given: str = "花子", email: str | None = None) -> Resident:
        person = Resident(
            family_name="見本",
            given_name=given,
            birth_date=date(1988, 4, 2),
            postcode="0000011",
            address="見本県試験市本町1丁目1番1号",
            email=email,
            of_city=True,
            created_at=self.clock(),
        )
        self.do(lambda session: session.add(person))
        return person

    def employee(self, login: str, *roles: tuple[Role, str | None]) -> StaffIdentity:
        """An employee who can do everything but sign in: nobody knows the password."""
        account = StaffAccount(
            login=login,
            name=f"職員 {login}",
            password_hash="none",
            totp_secret="none",
            created_at=self.clock(),
            roles=[StaffRole(role=role, department=place) for role, place in roles],
        )
        self.do(lambda session: session.add(account))
        self.staff[login] = StaffIdentity(account.id, login, account.name, frozenset(roles))
        return self.staff[login]

    def begin(
        self, procedure: str = "certificate", person: Resident | None = None, **answers: Any
    ) -> str:
        """A draft with these answers; a guest's where there is no person. Returns its id."""
        applicant = Applicant()
        if person is not None:
            applicant = Applicant(
                resident_id=person.id,
                name=f"{person.family_name} {person.given_name}",
                facts={"signed_in": True, "of_city": True, "protected": False, "age": 38},
                profile=profile(person, [], identified_by=Source.CARD),
            )
        actor = Actor("resident", person.id) if person is not None else Actor("guest")
        now = self.clock()

        def step(session: Session) -> str:
            begun = begin(
                session,
                self.portal.definitions,
                self.procedures[procedure],
                actor,
                applicant,
                language="ja",
                now=now,
            )
            begun.application.answers = {**begun.application.answers, **answers}
            return begun.application.id

        return self.do(step)

    def application(self, key: str) -> Application:
        return self.see(lambda session: session.get_one(Application, key))

    def state(self, key: str) -> State:
        return State(self.application(key).state)

    def answer(self, key: str, **answers: Any) -> None:
        """Answer anew, as the applicant does on the pages of the form."""

        def step(session: Session) -> None:
            application = session.get_one(Application, key)
            application.answers = {**application.answers, **answers}

        self.do(step)

    def price(self, key: str) -> int:
        """What the page with all answers shows, yen."""

        def look(session: Session) -> int:
            application = session.get_one(Application, key)
            procedure = self.portal.definitions.of(session, application)
            return procedure.price(application.answers, context_of(application, self.clock())).total

        return self.see(look)

    def submit(self, key: str, shown_total: int | None = None) -> object:
        """Send it, by default at the price that the page shows."""
        shown = self.price(key) if shown_total is None else shown_total
        now = self.clock()

        def step(session: Session) -> object:
            application = session.get_one(Application, key)
            return submit(
                session,
                self.portal.payments,
                self.portal.definitions.of(session, application),
                application,
                Actor("resident", application.applicant_id),
                shown_total=shown,
                now=now,
            )

        return self.do(step)

    def submitted(self, procedure: str = "certificate", **answers: Any) -> str:
        """An application that was sent. Complete answers by default."""
        key = self.begin(procedure, **(answers or CERTIFICATE))
        assert isinstance(self.submit(key), Submitted)
        return key

    def advance(self, key: str, event: Event, text: str = "") -> State:
        """One step of its life, by the system."""

        def step(session: Session) -> State:
            application = session.get_one(Application, key)
            return advance(
                session,
                self.portal.events,
                application,
                event,
                Actor("system"),
                now=self.clock(),
                text=text,
            )

        return self.do(step)

    def claims(self, key: str) -> list[Claim]:
        return self.see(lambda session: claims_of(session, subject_of(self.application(key))))

    def standing(self, claim: Claim) -> Standing:
        return self.see(lambda session: standing(session, claim.id))

    def start(self, claim: Claim) -> str:
        """The payer goes to the provider; the id of the attempt."""
        return attempts.start(
            self.portal.payments,
            claim.id,
            provider=self.card.name,
            channel=Channel.ONLINE,
            return_url="http://127.0.0.1/back",
        ).id

    def evidence(self, attempt: str) -> None:
        """Ask the provider what became of an attempt."""
        attempts.gather_evidence(self.portal.payments, attempt, EvidenceSource.POLLER)

    def card_pays(self, attempt: str) -> None:
        """The payer pays what the page asks for; we have not heard of it yet."""
        self.card.is_paid(attempt, self.see(lambda s: s.get_one(Attempt, attempt).amount))

    def pay(self, key: str) -> None:
        """The card pays everything that is still owed."""
        for claim in self.claims(key):
            if self.standing(claim).outstanding > 0:
                attempt = self.start(claim)
                self.card_pays(attempt)
                self.evidence(attempt)

    def refunds(self) -> list[Refund]:
        return self.see(lambda session: list(session.scalars(select(Refund).order_by(Refund.id))))

    def returned(self, key: str, reason: str = "通数を確かめてください。") -> None:
        """The department takes it up and asks for a correction."""
        for step in (office.take_up, partial(office.send_back, reason=reason)):
            self.decide(key, step)

    def decide(
        self, key: str, step: Callable[..., None], by: str = "chief", *, procedure: bool = False
    ) -> None:
        """Somebody of the office does something to an application."""
        person = self.staff.get(by) or self.employee(
            by, (Role.DECISION_MAKER, None), (Role.CASE_WORKER, None)
        )

        def act(session: Session) -> None:
            application = session.get_one(Application, key, with_for_update=True)
            if procedure:
                kept = self.portal.definitions.of(session, application)
                step(session, self.portal.payments, kept, application, person)
            else:
                step(session, self.portal.payments, application, person)

        self.do(act)

    def check_ledger(self) -> None:
        """What has to be true at every moment."""
        with self.portal.database.reading() as session:
            assert total(session) == 0
            assert verify(session).problems == ()


def open_hall(url: str, folder: Path, clock: FixedClock, **settings: str) -> Hall:
    """The hall on a database that has its tables; its files are in ``folder``."""
    config = portal_config(folder, url, DEFINITIONS_DIR=str(TOWN), **settings)
    built = build_portal(config, clock)
    card = ScriptedProvider()
    phone = ScriptedProvider(name="paypay", method=Method.QR)
    scripted = replace(built.payments, providers={card.name: card, phone.name: phone})
    hall = Hall(replace(built, payments=scripted), clock, card)
    hall.do(lambda session: ensure_till(session, TILL, "1番窓口"))
    return hall


def after_change(hall: Hall, definitions: Path) -> Hall:
    """The same hall, database and all, started again with other definitions."""
    catalogue = load_catalogue(definitions)
    portal = replace(
        hall.portal,
        catalogue=catalogue,
        definitions=Definitions(catalogue),
        finder=Finder(catalogue, hall.portal.texts),
    )
    return replace(hall, portal=portal)
