"""A draft finishes on the definition it began with, also when it is sent after the change."""

import shutil
from pathlib import Path

from portal.applications.states import State
from portal.applications.submission import Submitted
from tests.support.hall import CERTIFICATE, TOWN, Hall, after_change


def _dearer(folder: Path) -> Path:
    """The same city a year later: 500 yen a copy."""
    shutil.copytree(TOWN, folder)
    path = folder / "procedures" / "certificate.yaml"
    path.write_text(path.read_text().replace("amount: 300, quantity", "amount: 500, quantity"))
    return folder


def test_a_draft_keeps_its_price_and_a_new_one_has_the_new(hall: Hall, tmp_path: Path) -> None:
    old = hall.begin(**CERTIFICATE)
    later = after_change(hall, _dearer(tmp_path / "later"))
    assert later.submit(old, shown_total=1010) == Submitted(State.AWAITING_PAYMENT)
    new = later.begin(**CERTIFICATE)
    assert later.price(new) == 1610
    assert later.application(new).checksum != later.application(old).checksum


def test_a_procedure_that_is_gone_can_still_be_finished(hall: Hall, tmp_path: Path) -> None:
    old = hall.begin(**CERTIFICATE)
    shutil.copytree(TOWN, tmp_path / "later")
    (tmp_path / "later" / "procedures" / "certificate.yaml").unlink()
    later = after_change(hall, tmp_path / "later")
    later.submit(old)
    later.pay(old)
    assert later.state(old) is State.RECEIVED
