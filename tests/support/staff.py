"""Signing in as an employee of the sample city, as a person does it."""

import re
from dataclasses import dataclass
from pathlib import Path

import pyotp
from playwright.sync_api import Page, expect
from ruamel.yaml import YAML

from tests.support.browser import ROOT

_SAMPLE = ROOT / "forms_defs" / "sample" / "staff.yaml"


@dataclass(frozen=True)
class SampleStaff:
    """What an employee of the sample city knows and holds."""

    login: str
    password: str
    totp_secret: str

    def code(self) -> str:
        """What their authenticator shows now. Good for one sign-in in thirty seconds."""
        return pyotp.TOTP(self.totp_secret).now()


def sample_staff(login: str, source: Path = _SAMPLE) -> SampleStaff:
    """Who has this login. Raises StopIteration where nobody has."""
    sample = YAML(typ="safe").load(source)
    person = next(person for person in sample["staff"] if person["login"] == login)
    return SampleStaff(login, sample["password"], person["totp_secret"])


def sign_in(page: Page, person: SampleStaff) -> None:
    """From the first page of the sign-in to the first page behind it, in Japanese."""
    page.goto("/staff/sign-in")
    page.get_by_label("ログイン名").fill(person.login)
    page.get_by_label("パスワード").fill(person.password)
    page.get_by_role("button", name="次へ").click()
    page.get_by_label("認証コード").fill(person.code())
    page.get_by_role("button", name="ログイン").click()
    expect(page).not_to_have_url(re.compile("/sign-in"))
