"""The sample city 見本市: its register and its staff. Never loaded in production."""

from auth.residents.register import read_register, register
from auth.staff.sample import enrol_sample
from portal.context import Portal


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
