"""What is set up wrongly stops before anything runs, with words that say what to put right."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.config import Config, ConfigurationError
from tests.support.browser import ROOT

#: A production that is set up as it should be.
PRODUCTION = {
    "MADOGUCHI_ENV": "production",
    "PUBLIC_URL": "https://madoguchi.city.example",
    "SECRET_KEY": "8d1f0c1b2a3948576655443322110099",
    "DATABASE_URL": "postgresql+psycopg://city@db/madoguchi",
    "STRIPE_API_KEY": "rk_live_1",
    "STRIPE_API_BASE": "https://api.stripe.com",
    "STRIPE_WEBHOOK_SECRETS": "whsec_1,whsec_2",
    "PAYPAY_API_KEY": "key",
    "PAYPAY_API_SECRET": "secret",
    "PAYPAY_MERCHANT_ID": "merchant",
    "PAYPAY_API_BASE": "https://api.paypay.ne.jp",
    "OIDC_ISSUER": "https://auth-and-sign.go.jp/api/realms/main",
    "OIDC_CLIENT_ID": "city",
    "OIDC_CLIENT_KEY": "/etc/madoguchi/client.pem",
    "SMTP": "mail.city.example:25",
    "MAIL_FROM": "madoguchi@city.example",
}


def portal(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("portal"), *arguments],
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """What was said instead of starting: words, and no trace."""
    assert done.returncode not in (0, None)
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_whole_production_is_accepted() -> None:
    assert Config.from_env(PRODUCTION).production


@pytest.mark.parametrize("command", ["sandbox", "card"])
def test_production_starts_no_mock(command: str, tmp_path: Path) -> None:
    said = refusal(portal(command, **PRODUCTION, DATA_DIR=str(tmp_path)))
    assert "MADOGUCHI_ENV=production" in said


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"MADOGUCHI_ENV"}))
def test_production_has_no_defaults(name: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        Config.from_env({**PRODUCTION, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRIPE_API_KEY", "sk_test_51abc"),
        ("STRIPE_API_KEY", "rk_test_51abc"),
        ("STRIPE_WEBHOOK_SECRETS", "whsec_1,whsec_sandbox"),
        ("PAYPAY_API_KEY", "sandbox-key"),
        ("PAYPAY_API_SECRET", "sandbox-secret"),
        ("STRIPE_API_BASE", "http://127.0.0.1:8001"),
        ("PAYPAY_API_BASE", "http://127.0.0.1:8001"),
        ("OIDC_ISSUER", "http://127.0.0.1:8002/api/realms/main"),
        ("PUBLIC_URL", "http://madoguchi.city.example"),
    ],
)
def test_production_refuses_what_belongs_to_the_sandboxes(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        Config.from_env({**PRODUCTION, name: value})


@pytest.mark.parametrize("command", ["setup", "run"])
def test_a_wrong_definition_stops_with_file_and_line(command: str, tmp_path: Path) -> None:
    definitions = tmp_path / "city"
    shutil.copytree(ROOT / "forms_defs", definitions)
    dog = definitions / "procedures" / "pets" / "dog-registration.yaml"
    lines = dog.read_text(encoding="utf-8").splitlines()
    wrong = next(number for number, line in enumerate(lines) if "concept: contact.phone" in line)
    lines[wrong] = lines[wrong].replace("contact.phone", "contact.phonee")
    dog.write_text("\n".join(lines), encoding="utf-8")

    data = {"DATA_DIR": str(tmp_path / "var"), "DEFINITIONS_DIR": str(definitions)}
    said = refusal(portal(command, **data))
    assert f"dog-registration.yaml:{wrong + 1}" in said
    assert "contact.phonee" in said
    assert "contact.phone" in said.replace("contact.phonee", "")


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "eighty"), ("PORT", "99999"), ("MADOGUCHI_ENV", "prod")]
)
def test_a_wrong_variable_is_named(name: str, value: str, tmp_path: Path) -> None:
    assert name in refusal(portal("run", **{"DATA_DIR": str(tmp_path), name: value}))
