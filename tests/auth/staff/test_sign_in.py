"""Staff: password, code, lock-out, and nothing told to who guesses."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from auth.staff.models import SignInThrottle, StaffAccount
from auth.staff.one_time_code import STEP, current_code
from auth.staff.passwords import hash_password
from auth.staff.results import PasswordAccepted, Refusal, SignInRefused
from auth.staff.roles import Role, StaffIdentity
from auth.staff.sample import enrol_sample
from auth.staff.service import enrol, identity, sign_in_code, sign_in_password, verify_password
from auth.staff.throttle import FIRST_LOCK, FORGOTTEN_AFTER, FREE_FAILURES, LONGEST_LOCK
from foundation.database import Database
from tests.support.clock import FixedClock

SECRET = "LLCZSXEXCWU75JD37WULKCA3CM6HXJWH"
PASSWORD = "mihon-city-2026"


class Desk:
    """One account and somebody at the keyboard."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        with database.transaction() as session:
            self.id = enrol(
                session,
                login="Kubota",
                name="久保田 葵",
                password=PASSWORD,
                roles=[(Role.COUNTER, None), (Role.CASE_WORKER, "citizens")],
                totp_secret=SECRET,
                now=clock(),
            ).id

    def password(
        self, password: str = PASSWORD, login: str = "kubota"
    ) -> PasswordAccepted | SignInRefused:
        with self.database.transaction() as session:
            return sign_in_password(session, login, password, self.clock())

    def code(self, code: str | None = None) -> StaffIdentity | SignInRefused:
        typed = current_code(SECRET, self.clock()) if code is None else code
        with self.database.transaction() as session:
            return sign_in_code(session, self.id, typed, self.clock())

    def again(self, password: str) -> PasswordAccepted | SignInRefused:
        with self.database.transaction() as session:
            return verify_password(session, self.id, password, self.clock())

    def change(self, change: Callable[[StaffAccount], None]) -> None:
        with self.database.transaction() as session:
            change(session.get_one(StaffAccount, self.id))


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    return Desk(database, clock)


WRONG = SignInRefused(Refusal.WRONG)


def test_password_then_code(desk: Desk) -> None:
    assert desk.password(login=" KUBOTA ") == PasswordAccepted(desk.id)
    person = desk.code()
    assert isinstance(person, StaffIdentity)
    assert (person.id, person.login, person.name) == (desk.id, "kubota", "久保田 葵")
    assert person.roles == {(Role.COUNTER, None), (Role.CASE_WORKER, "citizens")}


def test_wrong_password_and_unknown_login_answer_the_same(desk: Desk) -> None:
    assert desk.password("wrong") == desk.password(login="nobody") == WRONG
    assert desk.password("") == desk.password("x" * 100_000) == WRONG


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "１２３４５６７"])
def test_wrong_code(desk: Desk, code: str) -> None:
    assert desk.code(code) == WRONG


def test_a_code_with_spaces_or_full_width_digits(desk: Desk) -> None:
    code = current_code(SECRET, desk.clock())
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert isinstance(desk.code(f"{wide[:3]} {wide[3:]}"), StaffIdentity)


@pytest.mark.parametrize(
    ("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_the_phone_may_be_one_step_off(desk: Desk, steps: int, accepted: bool) -> None:
    code = current_code(SECRET, desk.clock() + timedelta(seconds=STEP * steps))
    assert isinstance(desk.code(code), StaffIdentity) is accepted


class TestReplay:
    def test_a_code_serves_once(self, desk: Desk) -> None:
        assert isinstance(desk.code(), StaffIdentity)
        assert desk.code() == SignInRefused(Refusal.REPLAYED)

    def test_an_older_code_neither(self, desk: Desk) -> None:
        before = current_code(SECRET, desk.clock() - timedelta(seconds=STEP))
        assert isinstance(desk.code(), StaffIdentity)
        assert desk.code(before) == SignInRefused(Refusal.REPLAYED)

    def test_the_next_code_does(self, desk: Desk) -> None:
        assert isinstance(desk.code(), StaffIdentity)
        desk.clock.advance(timedelta(seconds=STEP))
        assert isinstance(desk.code(), StaffIdentity)


class TestLockOut:
    def fail(self, desk: Desk, times: int, login: str = "kubota") -> None:
        for _ in range(times):
            assert desk.password("wrong", login) == WRONG

    def test_after_the_fifth_failure_even_the_right_password_waits(self, desk: Desk) -> None:
        self.fail(desk, FREE_FAILURES + 1)
        until = desk.clock() + FIRST_LOCK
        assert desk.password() == SignInRefused(Refusal.LOCKED, until)
        desk.clock.set(until)
        assert isinstance(desk.password(), PasswordAccepted)

    def test_who_does_not_exist_is_locked_just_so(self, desk: Desk) -> None:
        self.fail(desk, FREE_FAILURES + 1, "nobody")
        locked = desk.password("wrong", "nobody")
        assert locked == SignInRefused(Refusal.LOCKED, desk.clock() + FIRST_LOCK)

    def test_of_one_is_not_of_another(self, desk: Desk) -> None:
        self.fail(desk, FREE_FAILURES + 1, "mori")
        assert isinstance(desk.password(), PasswordAccepted)

    def test_tries_during_a_lock_do_not_prolong_it(self, desk: Desk) -> None:
        self.fail(desk, FREE_FAILURES + 1)
        until = desk.clock() + FIRST_LOCK
        for _ in range(20):
            desk.clock.advance(timedelta(milliseconds=100))
            assert desk.password("wrong") == SignInRefused(Refusal.LOCKED, until)

    def test_is_never_long(self, desk: Desk) -> None:
        self.fail(desk, FREE_FAILURES)
        waits = []
        for _ in range(10):
            assert desk.password("wrong") == WRONG
            refused = desk.password()
            assert isinstance(refused, SignInRefused)
            assert refused.retry_at is not None
            waits.append(refused.retry_at - desk.clock())
            desk.clock.set(refused.retry_at)
        assert waits[:3] == [FIRST_LOCK, 2 * FIRST_LOCK, 4 * FIRST_LOCK]
        assert waits[-1] == LONGEST_LOCK

    def test_the_right_password_alone_forgives_nothing(self, desk: Desk) -> None:
        """Or who knows the password could guess codes for ever."""
        for _ in range(FREE_FAILURES + 1):
            assert isinstance(desk.password(), PasswordAccepted)
            assert desk.code("000000") == WRONG
        refused = desk.password()
        assert isinstance(refused, SignInRefused)
        assert refused.reason is Refusal.LOCKED
        assert desk.code() == refused

    def test_a_whole_sign_in_forgives(self, desk: Desk) -> None:
        self.fail(desk, FREE_FAILURES)
        desk.password()
        assert isinstance(desk.code(), StaffIdentity)
        self.fail(desk, FREE_FAILURES)
        assert isinstance(desk.password(), PasswordAccepted)

    def test_is_forgotten_after_a_while(self, desk: Desk) -> None:
        self.fail(desk, FREE_FAILURES)
        desk.clock.advance(FORGOTTEN_AFTER + timedelta(seconds=1))
        self.fail(desk, FREE_FAILURES, "somebody-else")
        self.fail(desk, FREE_FAILURES)
        assert isinstance(desk.password(), PasswordAccepted)

    def test_made_up_names_do_not_fill_the_table(self, desk: Desk) -> None:
        for number in range(5):
            self.fail(desk, 1, f"nobody-{number}")
            desk.clock.advance(FORGOTTEN_AFTER + timedelta(seconds=1))
        with desk.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(SignInThrottle)) == 1

    @pytest.mark.parametrize("login", ["kubota", "nobody"])
    def test_guesses_at_the_same_moment_are_counted_one_by_one(
        self, desk: Desk, login: str
    ) -> None:
        guesses = 2 * FREE_FAILURES
        with ThreadPoolExecutor(guesses) as pool:
            answers = list(pool.map(lambda _: desk.password("wrong", login), range(guesses)))
        reasons = Counter(one.reason for one in answers if isinstance(one, SignInRefused))
        looked_at = FREE_FAILURES + 1
        assert reasons == {Refusal.WRONG: looked_at, Refusal.LOCKED: guesses - looked_at}

    def test_codes_at_the_same_moment_too(self, desk: Desk) -> None:
        guesses = 2 * FREE_FAILURES
        with ThreadPoolExecutor(guesses) as pool:
            answers = list(pool.map(lambda _: desk.code("000000"), range(guesses)))
        assert answers.count(WRONG) == FREE_FAILURES + 1

    def test_keeps_no_name_that_was_typed(self, desk: Desk) -> None:
        """People type their password into the wrong field."""
        self.fail(desk, 1, PASSWORD)
        with desk.database.reading() as session:
            assert PASSWORD not in session.scalars(select(SignInThrottle.login_digest)).one()


class TestTakingTheTabletBack:
    def test_the_password_of_who_is_signed_in(self, desk: Desk) -> None:
        assert desk.again(PASSWORD) == PasswordAccepted(desk.id)
        assert desk.again("wrong") == WRONG

    def test_guessing_locks_here_too(self, desk: Desk) -> None:
        for _ in range(FREE_FAILURES + 1):
            desk.again("wrong")
        refused = desk.again(PASSWORD)
        assert isinstance(refused, SignInRefused)
        assert refused.reason is Refusal.LOCKED

    def test_of_nobody(self, desk: Desk) -> None:
        with desk.database.transaction() as session:
            assert verify_password(session, "nobody", PASSWORD, desk.clock()) == WRONG


class TestDisabled:
    @pytest.fixture(autouse=True)
    def disabled(self, desk: Desk) -> None:
        moment: datetime = desk.clock()

        def disable(account: StaffAccount) -> None:
            account.disabled_at = moment

        desk.change(disable)

    def test_can_not_sign_in(self, desk: Desk) -> None:
        assert desk.password() == desk.code() == desk.again(PASSWORD) == WRONG

    def test_is_nobody(self, desk: Desk) -> None:
        with desk.database.reading() as session:
            assert identity(session, desk.id) is None


def test_identity(desk: Desk) -> None:
    with desk.database.reading() as session:
        person = identity(session, desk.id)
        assert person is not None
        assert person.may(Role.COUNTER)
        assert identity(session, "nobody") is None


def test_a_hash_with_older_parameters_is_renewed(desk: Desk) -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

    def weaken(account: StaffAccount) -> None:
        account.password_hash = older

    desk.change(weaken)
    assert desk.password() == PasswordAccepted(desk.id)
    with desk.database.reading() as session:
        stored = session.get_one(StaffAccount, desk.id).password_hash
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert desk.password() == PasswordAccepted(desk.id)


def test_passwords_are_argon2id_and_salted() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_password(PASSWORD) != hash_password(PASSWORD)


@pytest.mark.parametrize("password", ["", "x" * 257])
def test_passwords_of_no_use(password: str) -> None:
    with pytest.raises(ValueError, match="password"):
        hash_password(password)


def test_a_login_is_taken_once(desk: Desk) -> None:
    with pytest.raises(IntegrityError), desk.database.transaction() as session:
        enrol(session, login="KUBOTA", name="別人", password="x", roles=[], now=desk.clock())


def test_the_sample_staff(database: Database, clock: FixedClock, tmp_path: Path) -> None:
    path = tmp_path / "staff.yaml"
    path.write_text(
        f"password: {PASSWORD}\n"
        "staff:\n"
        f"  - {{login: kubota, name: 久保田 葵, totp_secret: {SECRET},"
        " roles: [{role: counter}]}\n"
        f"  - {{login: okada, name: 岡田 健, totp_secret: {SECRET},"
        " roles: [{role: case_worker, department: citizens}]}\n"
    )
    with database.transaction() as session:
        assert enrol_sample(session, path, clock()) == 2
    with database.transaction() as session:
        assert enrol_sample(session, path, clock()) == 0
        accepted = sign_in_password(session, "okada", PASSWORD, clock())
        assert isinstance(accepted, PasswordAccepted)
        person = sign_in_code(session, accepted.staff_id, current_code(SECRET, clock()), clock())
        assert isinstance(person, StaffIdentity)
        assert person.may(Role.CASE_WORKER, "citizens")


@pytest.mark.parametrize("login", ["kubota\0", "\ud800"])
def test_what_no_database_keeps_is_nobodys_login(desk: Desk, login: str) -> None:
    assert desk.password(login=login) == SignInRefused(Refusal.WRONG)
