"""The command ``portal``: set up, run, and the tools of authors and operators.

Nothing heavy is imported here: who checks a definition doesn't wait for the whole portal.
"""

import logging
import sys

import click

from foundation.commands import LazyGroup, load

_OF_THE_OPERATOR = (
    "admission", "applications", "card", "cards", "docs", "run", "sandbox", "setup", "staff",
    "surge", "translate", "translations", "web", "worker",
)  # fmt: skip


@click.group(
    cls=LazyGroup,
    lazily={
        "forms": "portal.forms.cli:forms",
        **{name: f"portal.operating:{name}" for name in _OF_THE_OPERATOR},
    },
)
def portal() -> None:
    """Madoguchi 窓口: applications and payments of a city hall."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "stripe", "alembic", "pikepdf"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def main() -> None:
    """Run the command; what is wrong in configuration or definitions is said without a trace."""
    try:
        portal()
    except Exception as error:
        told = load("portal.operating:failure")(error)
        if told is None:
            raise
        sys.exit(f"portal: {told}")
