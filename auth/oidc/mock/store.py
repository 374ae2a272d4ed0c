"""The life of one sign-in at the mock provider: asked, finished, redeemed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from auth.oidc.mock.models import SignInRequest, SpentAssertion
from foundation.clock import Clock
from foundation.database import Database
from foundation.ids import new_token

#: How long a person may look at our pages.
SIGN_IN_LIFE = timedelta(minutes=15)
CODE_LIFE = timedelta(seconds=60)
TOKEN_LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Question:
    """A valid authorization request."""

    client_id: str
    redirect_uri: str
    scope: str
    state: str
    nonce: str
    code_challenge: str
    acr: str
    language: str


@dataclass(frozen=True)
class Redeemed:
    """What a code was worth."""

    question: Question
    persona_id: str
    authenticated_at: datetime
    access_token: str


class SignIns:
    """All sign-ins of the mock provider."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def ask(self, question: Question) -> str:
        """Remember a question; returns the handle of its pages."""
        handle, now = new_token(), self._clock()
        with self._database.transaction() as session:
            session.execute(
                delete(SignInRequest).where(SignInRequest.expires_at < now - SIGN_IN_LIFE)
            )
            session.add(
                SignInRequest(
                    handle_digest=_digest(handle),
                    expires_at=now + SIGN_IN_LIFE,
                    client_id=question.client_id,
                    redirect_uri=question.redirect_uri,
                    scope=question.scope,
                    state=question.state,
                    nonce=question.nonce,
                    code_challenge=question.code_challenge,
                    acr=question.acr,
                    language=question.language,
                )
            )
        return handle

    def waiting(self, handle: str) -> Question | None:
        """The question behind a handle, as long as nobody has answered it and it isn't old."""
        with self._database.reading() as session:
            row = session.get(SignInRequest, _digest(handle))
        if row is None or row.finished_at is not None or row.expires_at <= self._clock():
            return None
        return _question(row)

    def grant(self, handle: str, persona_id: str) -> str | None:
        """The card has answered: a code for the client. None where another was quicker."""
        code, now = new_token(), self._clock()
        granted = self._finish(
            handle,
            {
                "persona_id": persona_id,
                "code_digest": _digest(code),
                "code_expires_at": now + CODE_LIFE,
            },
        )
        return code if granted else None

    def refuse(self, handle: str) -> bool:
        """The person gave up. False where the question was answered already."""
        return self._finish(handle, {})

    def redeem(self, code: str, fits: Callable[[Question], bool]) -> Redeemed | None:
        """Trade a code for an access token, once; None where it is unknown, old or used.

        A code that is shown a second time was stolen: its access token dies with it (RFC 6749,
        4.1.2). A code that doesn't fit the one who shows it is used up too.
        """
        now, access_token = self._clock(), new_token()
        with self._database.transaction() as session:
            row = session.scalars(
                select(SignInRequest).where(SignInRequest.code_digest == _digest(code))
            ).first()
            if row is None:
                return None
            if row.redeemed_at is not None:
                row.token_digest = None
                return None
            row.redeemed_at = now
            question = _question(row)
            old = row.code_expires_at is None or row.code_expires_at <= now
            if old or row.persona_id is None or row.finished_at is None:
                return None
            if not fits(question):
                return None
            row.token_digest = _digest(access_token)
            row.token_expires_at = now + TOKEN_LIFE
            return Redeemed(question, row.persona_id, row.finished_at, access_token)

    def bearer(self, access_token: str) -> tuple[Question, str] | None:
        """The question and the persona that an access token stands for."""
        with self._database.reading() as session:
            row = session.scalars(
                select(SignInRequest).where(SignInRequest.token_digest == _digest(access_token))
            ).first()
        if row is None or row.token_expires_at is None or row.persona_id is None:
            return None
        if row.token_expires_at <= self._clock():
            return None
        return _question(row), row.persona_id

    def spend_assertion(self, client_id: str, jti: str, expires_at: datetime) -> bool:
        """Use a client's proof up. False where it was shown before."""
        with self._database.transaction() as session:
            _forget_assertions(session, self._clock())
            if session.get(SpentAssertion, (client_id, _digest(jti))) is not None:
                return False
            session.add(
                SpentAssertion(client_id=client_id, jti_digest=_digest(jti), expires_at=expires_at)
            )
            return True

    def _finish(self, handle: str, values: dict[str, object]) -> bool:
        now = self._clock()
        with self._database.transaction() as session:
            finished = session.execute(
                update(SignInRequest)
                .where(
                    SignInRequest.handle_digest == _digest(handle),
                    SignInRequest.finished_at.is_(None),
                    SignInRequest.expires_at > now,
                )
                .values(finished_at=now, **values)
                .returning(SignInRequest.handle_digest)
            )
            return finished.first() is not None


def _forget_assertions(session: Session, now: datetime) -> None:
    session.execute(delete(SpentAssertion).where(SpentAssertion.expires_at < now))


def _question(row: SignInRequest) -> Question:
    return Question(
        client_id=row.client_id,
        redirect_uri=row.redirect_uri,
        scope=row.scope,
        state=row.state,
        nonce=row.nonce,
        code_challenge=row.code_challenge,
        acr=row.acr,
        language=row.language,
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
