"""Whose an application is: who may open it, and who may not."""

import pytest

from portal.applications.actors import SYSTEM, Actor, digest_of
from portal.applications.models import Application

KEY = "the guest's secret"

HANAKOS = Application(id="1", applicant_id="hanako", channel="online")
A_GUESTS = Application(id="2", guest_key=digest_of(KEY), channel="online")
COUNTER = Application(id="3", applicant_id="hanako", sitting_id="s1", channel="counter")
TYPED = Application(id="4", sitting_id="s1", channel="counter")


@pytest.mark.parametrize(
    ("actor", "theirs"),
    [
        (Actor("resident", "hanako"), {"1", "3"}),
        (Actor("resident", "taro"), set()),
        (Actor("resident", None), set()),
        (Actor("resident", "taro", guest_keys={"2": KEY}), {"2"}),
        (Actor("resident", "taro", guest_keys={"1": KEY, "3": KEY, "4": KEY}), set()),
        (Actor("guest"), set()),
        (Actor("guest", guest_keys={"2": KEY}), {"2"}),
        (Actor("guest", guest_keys={"2": "guessed"}), set()),
        (Actor("guest", guest_keys={"2": ""}), set()),
        (Actor("guest", guest_keys={"2": digest_of(KEY)}), set()),
        (Actor("guest", guest_keys={"1": KEY, "3": KEY, "4": KEY}), set()),
        (Actor("staff", "clerk"), set()),
        (Actor("staff", "clerk", sitting="s1"), {"3", "4"}),
        (Actor("staff", "clerk", sitting="s2"), set()),
        # The tablet in the hands of the person: this sitting's, and not all that are theirs.
        (Actor("resident", "hanako", sitting="s1"), {"3", "4"}),
        (Actor("resident", "hanako", sitting="s2"), set()),
        (Actor("resident", None, sitting="s1", guest_keys={"2": KEY}), {"3", "4"}),
        (SYSTEM, set()),
    ],
)
def test_who_may_open_what(actor: Actor, theirs: set[str]) -> None:
    everything = (HANAKOS, A_GUESTS, COUNTER, TYPED)
    assert {one.id for one in everything if actor.may_open(one)} == theirs
