"""Staff accounts at the command line."""

from collections.abc import Callable

import click
import pyotp
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from auth.staff.models import StaffAccount
from auth.staff.one_time_code import current_code
from auth.staff.roles import Role
from auth.staff.service import enrol
from foundation.clock import Clock, system_clock
from foundation.database import Database

#: What an authenticator app shows above the code.
_ISSUER = "まどぐち"


def staff_group(
    open_database: Callable[[], Database],
    is_production: Callable[[], bool],
    clock: Clock = system_clock,
) -> click.Group:
    """``staff list|add|code``, on the database that is opened when one of them runs."""

    @click.group("staff", help="Accounts of the city's staff.")
    def staff() -> None:
        pass

    @staff.command("list", help="Every account and its roles.")
    def list_accounts() -> None:
        with open_database().reading() as session:
            for line in account_lines(session):
                click.echo(line)

    @staff.command("add", help="A new account; shows the secret of its authenticator once.")
    @click.argument("login")
    @click.option("--name", required=True, help="As colleagues see it.")
    @click.option(
        "--role",
        "roles",
        multiple=True,
        required=True,
        help="A role, or role:department; may be given several times.",
    )
    @click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
    def add(login: str, name: str, roles: tuple[str, ...], password: str) -> None:
        try:
            held = [parse_role(text) for text in roles]
            with open_database().transaction() as session:
                account = enrol(
                    session, login=login, name=name, password=password, roles=held, now=clock()
                )
                click.echo(provisioning_uri(account))
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        except IntegrityError as error:
            raise click.ClickException(f"the login {login!r} is taken") from error

    @staff.command("code", help="The one-time code of an account, for trying things out.")
    @click.argument("login")
    def code(login: str) -> None:
        if is_production():
            raise click.ClickException("in production the code is on the person's own device")
        with open_database().reading() as session:
            account = session.scalars(
                select(StaffAccount).where(StaffAccount.login == login.lower())
            ).first()
        if account is None:
            raise click.ClickException(f"no account {login!r}")
        click.echo(current_code(account.totp_secret, clock()))

    return staff


def account_lines(session: Session) -> list[str]:
    """One line for each account: login, name, roles."""
    accounts = session.scalars(select(StaffAccount).order_by(StaffAccount.login))
    return [
        f"{account.login}\t{account.name}\t"
        + ", ".join(
            f"{role.role}:{role.department}" if role.department else role.role
            for role in account.roles
        )
        for account in accounts
    ]


def parse_role(text: str) -> tuple[Role, str | None]:
    """``counter`` or ``counter:citizens``. Raises ValueError for a role that doesn't exist."""
    role, _, department = text.partition(":")
    if role not in list(Role):
        raise ValueError(f"no role {role!r}; there are: {', '.join(Role)}")
    return Role(role), department or None


def provisioning_uri(account: StaffAccount) -> str:
    """``otpauth://…``, as an authenticator app reads it from a QR code."""
    return pyotp.TOTP(account.totp_secret).provisioning_uri(name=account.login, issuer_name=_ISSUER)
