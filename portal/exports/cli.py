"""``portal applications``: for nightly jobs, the office's files and what may be kept no longer."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import cast

import click
from sqlalchemy import select

from auth.staff.models import StaffAccount
from auth.staff.service import identity
from foundation.clock import jst_date
from portal.applications import disposal
from portal.context import Portal
from portal.exports import service
from portal.exports.files import Encoding
from portal.exports.service import TooMany, Wanted

_DAY = click.DateTime(formats=["%Y-%m-%d"])


def applications_group(open_portal: Callable[[], Portal]) -> click.Group:
    """``applications export`` and ``dispose``, on the portal that is opened when it runs."""

    @click.group("applications", help="What people applied for.")
    def applications() -> None:
        pass

    @applications.command(
        "export", help="A procedure's applications as CSV and JSON in a ZIP file."
    )
    @click.argument("procedure")
    @click.option("--from", "first", type=_DAY, required=True, help="first day of receipt in Japan")
    @click.option("--to", "last", type=_DAY, required=True, help="last day of receipt, included")
    @click.option("--by", "login", required=True, help="who takes them: a staff login, for audit")
    @click.option("--encoding", type=click.Choice(["utf-8", "shift_jis"]), help="of the CSV files")
    @click.option(
        "--folder",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=Path(),
        help="where to put the file",
    )
    def export(
        procedure: str,
        first: datetime,
        last: datetime,
        login: str,
        encoding: str | None,
        folder: Path,
    ) -> None:
        portal = open_portal()
        wanted = Wanted(procedure, first.date(), last.date())
        with portal.database.transaction() as session:
            account = session.scalars(
                select(StaffAccount).where(StaffAccount.login == login)
            ).first()
            person = identity(session, account.id) if account is not None else None
            if person is None:
                raise click.ClickException(f"nobody of the staff has the login {login}")
            try:
                found = service.hand_over(
                    session,
                    portal.definitions,
                    person,
                    wanted,
                    cast("Encoding | None", encoding),
                    now=portal.clock(),
                )
            except TooMany as error:
                raise click.ClickException(
                    f"more than {service.MOST} applications; choose fewer days"
                ) from error
            if found is None:
                raise click.ClickException(
                    f"no application of {procedure} from these days in the departments of {login}"
                )
            path = folder / found.filename
            path.write_bytes(found.content)
        click.echo(f"{path}: {found.applications} applications")
        if found.unmapped:
            click.echo(f"{found.unmapped} cells lack characters: see 外字, and the .jsonl file")

    @applications.command(
        "dispose", help="Erases the content of applications whose retention (保存期間) is over."
    )
    @click.option("--until", type=_DAY, help="where it ended by this day; yesterday if not said")
    @click.option("--dry-run", is_flag=True, help="only list them")
    def dispose(until: datetime | None, *, dry_run: bool) -> None:
        portal = open_portal()
        today = jst_date(portal.clock())
        # On its last day an application is still kept.
        last = until.date() if until else date.fromordinal(today.toordinal() - 1)
        if last >= today and not dry_run:
            raise click.ClickException(f"{last} isn't over yet; --dry-run looks ahead")
        number = 0
        for each in _disposals(portal, last, dry_run=dry_run):
            number += 1
            click.echo(f"{each.reference}  {each.kept_until}  {each.title}")
        click.echo(f"{number} {'to dispose of' if dry_run else 'disposed of'}")

    return applications


def _disposals(portal: Portal, last: date, *, dry_run: bool) -> Iterator[disposal.Disposable]:
    if not dry_run:
        yield from disposal.dispose(portal.database, portal.definitions, last, portal.clock())
        return
    with portal.database.reading() as session:
        yield from disposal.disposable(session, portal.definitions, last)
