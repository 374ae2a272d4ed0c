"""The command ``portal``: set up, run, and the tools of authors and operators."""

import logging
import os
import sys
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from auth.jpki.mock.cli import cards_group
from auth.staff.cli import staff_group
from foundation.database import Database
from payments.till.service import ensure_till
from portal import processes
from portal.admission.cli import admission_group
from portal.building import build_portal
from portal.config import ROOT, Config, ConfigurationError
from portal.documentation import write_pages
from portal.documents.typefaces import missing_files
from portal.exports.cli import applications_group
from portal.forms import DefinitionErrors
from portal.forms.cli import forms
from portal.outside import open_mock_cards
from portal.preview.cli import preview
from portal.sample import load_sample_city, sample_staff
from portal.schema import upgrade
from portal.surge.cli import surge_group
from portal.translation import compile_all_translations, update_all


@click.group()
def portal() -> None:
    """Madoguchi 窓口: applications and payments of a city hall."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for chatty in ("httpx", "stripe", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


@portal.command()
def setup() -> None:
    """Bring the database up to date; in development, load the sample city."""
    config = Config.from_env()
    config.data_dir.mkdir(parents=True, exist_ok=True)
    compile_all_translations(config)
    upgrade(config.database_url)
    built = build_portal(config)
    with built.database.transaction() as session:
        for key, till in built.catalogue.city.tills.items():
            ensure_till(session, key, till.place)
    if not config.production:
        load_sample_city(built)
    absent = missing_files()
    if absent:
        click.echo(
            "No PDF can be made: these typefaces are missing. scripts/vendor fetches them with "
            f"Node.js: {', '.join(absent)}",
            err=True,
        )
    click.echo(f"Ready: {built.database.url.render_as_string(hide_password=True)}")


@portal.command()
def translations() -> None:
    """Compile the translations; ``setup`` does so too."""
    compile_all_translations(Config.from_env())


@portal.command()
@click.option("--check", "only_check", is_flag=True, help="only report; fail where texts differ")
def translate(only_check: bool) -> None:
    """Bring the translations of the pages up to date and name what is missing."""
    complete = True
    for updated in update_all(write=not only_check):
        complete = complete and not updated.missing and not updated.obsolete
        click.echo(
            f"{updated.file.relative_to(ROOT)}: {updated.texts} texts, "
            f"{len(updated.missing)} untranslated, {updated.obsolete} no longer needed"
        )
        for text in updated.missing:
            click.echo(f"  {text}")
    if only_check and not complete:
        sys.exit(1)


@portal.command()
def run() -> None:
    """Start everything on this machine: the portal and, in development, its sandboxes."""
    config = Config.from_env()
    built = build_portal(config)  # a wrong definition stops us here, with file and line
    built.database.dispose()
    if config.production:
        processes.require_free([config.port])
        sys.exit(processes.supervise(["web", "worker"]))
    processes.require_free(range(config.port, config.port + 3))
    click.echo(welcome(config))
    sys.exit(processes.supervise(["web", "sandbox", "card", "worker"]))


@portal.command()
@click.option("--workers", default=1, show_default=True, help="processes that answer requests")
@click.option("--address", default="127.0.0.1", show_default=True, help="where to listen")
def web(workers: int, address: str) -> None:
    """Serve the portal alone."""
    config = Config.from_env()
    processes.serve("portal.app:create_app", config.port, address=address, workers=workers)


@portal.command()
def sandbox() -> None:
    """Serve the payment sandbox alone (not in production)."""
    config = _development("the payment sandbox")
    processes.serve("portal.outside:sandbox_app", config.port + 1)


@portal.command()
def card() -> None:
    """Serve the mock sign-in service with its mock cards alone (not in production)."""
    config = _development("the mock sign-in service with its mock cards")
    processes.serve("portal.outside:mock_idp_app", config.port + 2)


@portal.command()
def worker() -> None:
    """Do what waits: mail, refunds, payments that stand still, holds that ran out."""
    processes.work()


@portal.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=ROOT / "docs")
def docs(folder: Path) -> None:
    """Write the pages of the documentation that are made from the program's tables."""
    for path in write_pages(folder):
        click.echo(f"Wrote {path.name}")


forms.add_command(preview)
portal.add_command(forms)
portal.add_command(admission_group(lambda: build_portal(Config.from_env())))
portal.add_command(
    staff_group(
        lambda: Database(Config.from_env().database_url), lambda: Config.from_env().production
    )
)
portal.add_command(surge_group(lambda: build_portal(Config.from_env())))
portal.add_command(applications_group(lambda: build_portal(Config.from_env())))
portal.add_command(cards_group(open_mock_cards, lambda: Config.from_env().production))


def _development(what: str) -> Config:
    """The configuration for something that has no place in production.

    The applications refuse too; here it is said before a server starts, and without a trace.
    """
    if os.environ.get("MADOGUCHI_ENV") == "production":
        raise ConfigurationError(f"{what} does not start with MADOGUCHI_ENV=production")
    return Config.from_env()


def welcome(config: Config) -> str:
    """What somebody who just started the sample city wants to know."""
    staff = "\n".join(
        f"    {person.login:<10}{person.post}　{person.name}"
        for person in sample_staff(config.definitions_dir)
    )
    return f"""
  見本市 まどぐち — the sample city is open. No money moves here; cards and payments are mocks.

  Portal            {config.public_url}
  Payment sandbox   {config.sandbox_url}
  Sign-in mock      {config.mock_idp_url}

  Residents sign in with a mock card: press ログイン, choose one of twenty people, PIN 1234.

  Staff sign in at  {config.public_url}/staff/
  with the password mihon-city-2026 and a one-time code: {sys.argv[0]} staff code LOGIN

{staff}
"""


def main() -> None:
    """Run the command; what is wrong in configuration or definitions is said without a trace."""
    try:
        portal()
    except ConfigurationError as error:
        sys.exit(f"portal: {error}")
    except DefinitionErrors as errors:
        sys.exit(f"portal: the definitions have errors\n{errors}")
    except OperationalError as error:
        sys.exit(f"portal: the database of DATABASE_URL can't be used: {error.orig}")
