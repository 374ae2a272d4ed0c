"""``portal admission``: the drawing of lots, from the command line."""

import sys
from collections.abc import Callable

import click

from portal.admission.drawing import NotDrawn, Reason, draw_lots
from portal.context import Portal
from portal.forms.problems import suggest

_REASONS: dict[Reason, str] = {
    "no_lottery": "has no lottery",
    "still_open": "still takes applications",
    "nobody": "has no entries",
    "already": "was drawn before; a second draw is refused",
}


def admission_group(portal: Callable[[], Portal]) -> click.Group:
    """The commands; ``portal`` builds the portal of the environment."""

    @click.group()
    def admission() -> None:
        """Places and lots of procedures (定員・抽選)."""

    @admission.command()
    @click.argument("procedure")
    def draw(procedure: str) -> None:
        """Draw the lots of PROCEDURE, once; every applicant is told."""
        built = portal()
        found = built.catalogue.procedures.get(procedure)
        if found is None:
            right = suggest(procedure, built.catalogue.procedures)
            raise click.ClickException(f"there is no procedure “{procedure}”; {right}")
        with built.database.transaction() as session:
            outcome = draw_lots(session, found, built.clock(), by=None)
        if isinstance(outcome, NotDrawn):
            click.echo(f"{procedure} {_REASONS[outcome.reason]}", err=True)
            sys.exit(1)
        for pool, result in outcome.results.items():
            counts = f"{len(result.placed)} placed, {len(result.waiting)} waiting"
            click.echo(f"{pool or procedure}: {counts}, {len(result.lost)} lost")

    return admission
