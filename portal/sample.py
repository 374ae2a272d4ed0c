"""The sample city 見本市: its register and its staff. Never loaded in production."""

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from auth.residents.register import read_register, register
from auth.staff.sample import enrol_sample
from portal.context import Portal


@dataclass(frozen=True)
class SampleStaff:
    """Somebody who can sign in, and what they do."""

    login: str
    name: str
    post: str


def sample_staff(definitions_dir: Path) -> list[SampleStaff]:
    """The staff of the sample city, as its file lists them."""
    document = YAML(typ="safe").load(definitions_dir / "sample" / "staff.yaml")
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
        register(session, read_register(sample / "residents.yaml"), now)
        enrol_sample(session, sample / "staff.yaml", now)
