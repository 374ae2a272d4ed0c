"""``portal surge``: the switch for whoever has a terminal and no browser in a disaster."""

from collections.abc import Callable

import click

from portal.context import Portal
from portal.surge import service


def surge_group(open_portal: Callable[[], Portal]) -> click.Group:
    """The commands, on a portal that is opened when one of them runs."""

    @click.group("surge")
    def surge() -> None:
        """Put the procedures of a disaster first, and relax what the city declares."""

    @surge.command()
    @click.argument("reason")
    def on(reason: str) -> None:
        """Begin; REASON is what residents read at the top of the start page."""
        portal = open_portal()
        try:
            with portal.database.transaction() as db:
                service.turn(db, on=True, reason=reason, staff_id=None, now=portal.clock())
        except service.ReasonMissing:
            raise click.ClickException("say why: residents read it on the start page") from None
        names = ", ".join(procedure.id for procedure in service.urgent(portal.catalogue))
        click.echo(f"The surge is on. First on the start page: {names or 'no procedure says so'}")

    @surge.command()
    def off() -> None:
        """Go back to the usual reception."""
        portal = open_portal()
        with portal.database.transaction() as db:
            service.turn(db, on=False, reason="", staff_id=None, now=portal.clock())
        click.echo("The surge is off.")

    @surge.command()
    def status() -> None:
        """Say whether it is on, since when and why."""
        portal = open_portal()
        with portal.database.reading() as db:
            now = service.surge_now(db)
        click.echo(f"on since {now.at:%Y-%m-%d %H:%M} UTC: {now.reason}" if now else "off")

    return surge
