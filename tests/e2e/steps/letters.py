"""The mail that the portal sends where no relay is set: files, which one can open."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

from playwright.sync_api import Page

from tests.support.system import RunningSystem


def open_link(page: Page, system: RunningSystem, address: str, seconds: float = 30) -> None:
    """Wait for a mail to this address, which gets one only, and open its link."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        page.reload()
        for path in (system.data_dir / "mail").glob("*.eml"):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            assert isinstance(mail, EmailMessage)
            if mail["To"] == address:
                page.goto(re.findall(rf"{re.escape(system.url)}/\S+", mail.get_content())[-1])
                return
    raise AssertionError(f"no mail to {address} within {seconds} s")
