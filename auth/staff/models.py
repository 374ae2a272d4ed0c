"""Accounts of staff, their roles, and how often somebody guessed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from auth.staff.roles import Role
from foundation.ids import new_id
from foundation.orm import Base
from foundation.states import one_of


class StaffAccount(Base):
    """One person of the city's staff."""

    __tablename__ = "staff_account"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    #: what is typed at sign-in; lower case
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    #: argon2id, in PHC string format
    password_hash: Mapped[str]
    #: base32, as an authenticator app takes it (RFC 6238)
    totp_secret: Mapped[str]
    #: the 30-second step of the last code that was accepted: no code serves twice
    totp_last_step: Mapped[int | None]
    #: since when the account can't be used any more
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    roles: Mapped[list["StaffRole"]] = relationship(
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by="(StaffRole.role, StaffRole.department)",
    )

    __table_args__ = (CheckConstraint("login = lower(login)", name="login_lower_case"),)


class StaffRole(Base):
    """A role that somebody holds in one department, or in all of them."""

    __tablename__ = "staff_role"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_account.id"), index=True)
    #: a word of auth.staff.roles.Role
    role: Mapped[str]
    #: a department of municipality.yaml; none means every department
    department: Mapped[str | None]

    __table_args__ = (
        one_of("role", Role, name="role_known"),
        UniqueConstraint("staff_id", "role", "department"),
    )


class SignInThrottle(Base):
    """Failed sign-ins in a row under one login name, whether such an account exists or not."""

    __tablename__ = "staff_sign_in_throttle"

    #: SHA-256 of the login name: what people type here by mistake may be a password
    login_digest: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    #: of the first try under this name where none has failed yet
    last_failure_at: Mapped[datetime]
    #: until then no attempt is looked at
    locked_until: Mapped[datetime | None]
