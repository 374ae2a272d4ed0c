"""The sample city 見本市: its register and its staff. Never loaded in production."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from auth.residents.register import read_register, register
from auth.staff.sample import enrol_sample
from portal.config import ConfigurationError
from portal.context import Portal


@dataclass(frozen=True)
class SampleStaff:
    """Somebody who can sign in, and what they do."""

    login: str
    name: str
    post: str


def sample_staff(definitions_dir: Path) -> list[SampleStaff]:
    """The staff of the sample city, as its file lists them."""
    path = definitions_dir / "sample" / "staff.yaml"
    with _named(path):
        document = YAML(typ="safe").load(path)
        return [SampleStaff(raw["login"], raw["name"], raw["post"]) for raw in document["staff"]]


class SampleRefused(Exception):
    """The sample city was to be loaded into a production database."""


def load_sample_city(portal: Portal) -> None:
    """Load people and staff; what is there already stays as it is."""
    if portal.config.production:
        raise SampleRefused("the sample city is never loaded with MADOGUCHI_ENV=production")
    sample = portal.config.definitions_dir / "sample"
    with portal.database.transaction() as session:
        now = portal.clock()
        with _named(sample / "residents.yaml"):
            register(session, read_register(sample / "residents.yaml"), now)
        with _named(sample / "staff.yaml"):
            enrol_sample(session, sample / "staff.yaml", now)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Whatever is wrong with a file of the sample city is told with its name."""
    try:
        yield
    except (YAMLError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
