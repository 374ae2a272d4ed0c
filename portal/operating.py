"""The commands of whoever runs the portal: set up, run, serve, translate, document."""

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
from portal.context import Portal
from portal.documentation import write_pages
from portal.documents.typefaces import missing_files
from portal.exports.cli import applications_group
from portal.forms import DefinitionErrors
from portal.outside import open_mock_cards
from portal.sample import load_sample_city, sample_staff
from portal.schema import upgrade
from portal.surge.cli import surge_group
from portal.translation import compile_all_translations, update_all


@click.command()
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


@click.command()
def translations() -> None:
    """Compile the translations; ``setup`` does so too."""
    compile_all_translations(Config.from_env())


@click.command()
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


@click.command()
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


@click.command()
@click.option("--workers", default=1, show_default=True, help="processes that answer requests")
@click.option("--address", default="127.0.0.1", show_default=True, help="where to listen")
def web(workers: int, address: str) -> None:
    """Serve the portal alone."""
    config = Config.from_env()
    processes.serve("portal.app:served_app", config.port, address=address, workers=workers)


@click.command()
def sandbox() -> None:
    """Serve the payment sandbox alone (not in production)."""
    config = _development("the payment sandbox")
    processes.serve("portal.outside:sandbox_app", config.port + 1)


@click.command()
def card() -> None:
    """Serve the mock sign-in service with its mock cards alone (not in production)."""
    config = _development("the mock sign-in service with its mock cards")
    processes.serve("portal.outside:mock_idp_app", config.port + 2)


@click.command()
def worker() -> None:
    """Do what waits: mail, refunds, payments that stand still, holds that ran out."""
    processes.work()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=ROOT / "docs")
def docs(folder: Path) -> None:
    """Write the pages of the documentation that are made from the program's tables."""
    for path in write_pages(folder):
        click.echo(f"Wrote {path.name}")


def _portal() -> Portal:
    return build_portal(Config.from_env())


def _production() -> bool:
    return Config.from_env().production


def _database() -> Database:
    return Database(Config.from_env().database_url)


admission = admission_group(_portal)
applications = applications_group(_portal)
cards = cards_group(open_mock_cards, _production)
staff = staff_group(_database, _production)
surge = surge_group(_portal)


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


def failure(error: BaseException) -> str | None:
    """What is wrong in configuration, definitions or database, in words; None for a bug."""
    if isinstance(error, ConfigurationError):
        return str(error)
    if isinstance(error, DefinitionErrors):
        return f"the definitions have errors\n{error}"
    if isinstance(error, OperationalError):
        return f"the database of DATABASE_URL can't be used: {error.orig}"
    return None
