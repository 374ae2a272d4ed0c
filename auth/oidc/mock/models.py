"""What the mock provider remembers between two requests."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from auth.jpki.mock.models import MockBase


class SignInRequest(MockBase):
    """A client's question, from the authorization request to the redemption of the code.

    Secrets that travel (handle, code, access token) are kept as SHA-256.
    """

    __tablename__ = "sign_in_request"

    #: names the sign-in in the addresses of our pages
    handle_digest: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    redirect_uri: Mapped[str]
    scope: Mapped[str]
    state: Mapped[str]
    nonce: Mapped[str]
    code_challenge: Mapped[str]
    acr: Mapped[str]
    #: of the pages: ja or en
    language: Mapped[str]
    expires_at: Mapped[datetime]
    #: when the person was sent back; from then on the handle is worth nothing
    finished_at: Mapped[datetime | None]
    #: whose card it was
    persona_id: Mapped[str | None]
    code_digest: Mapped[str | None] = mapped_column(unique=True)
    code_expires_at: Mapped[datetime | None]
    redeemed_at: Mapped[datetime | None]
    token_digest: Mapped[str | None] = mapped_column(unique=True)
    token_expires_at: Mapped[datetime | None]


class SpentAssertion(MockBase):
    """A client's proof that was shown once and must not be shown again (RFC 7523, ``jti``)."""

    __tablename__ = "spent_assertion"

    client_id: Mapped[str] = mapped_column(primary_key=True)
    jti_digest: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]
