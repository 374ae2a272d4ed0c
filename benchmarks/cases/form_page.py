"""The form engine against Flask-WTF: the same page shown, refused with messages, accepted.

A post reads and writes the same columns of the same row on both sides, in one transaction of the
same kind of database: theirs as one writes it with an ORM, ours as the portal does it, by two
statements (``portal/applications/drafts.py``). The frame around the page, the CSRF check, the
session and the reading of the request are the portal's for both. What is measured is processor
time: waiting for the disk costs both the same and is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from benchmarks import engine_page, wtf_page
from benchmarks.drafts import Drafts
from benchmarks.figures import Figure
from benchmarks.interleaved import compare
from benchmarks.wsgi import Client
from portal.requests import PortalRequest

GOOD: Mapping[str, str | Sequence[str]] = {
    "family_name": "見本",
    "given_name": "花子",
    "family_kana": "ミホン",
    "given_kana": "ハナコ",
    "birth_date.era": "heisei",
    "birth_date.year": "2",
    "birth_date.month": "１",
    "birth_date.day": "2",
    "postcode": "123-4567",
    "address": "見本県見本市本町一丁目2番3号",
    "phone": "090-1234-5678",
    "email": "hanako@example.jp",
    "occupation": "employee",
    "household_size": "３",
    "income": "5,200,000",
    "purpose": "bank",
    "delivery": "post",
    "copies": "2",
    "details": ["relationship", "domicile"],
    "start_date.era": "western",
    "start_date.year": "2026",
    "start_date.month": "6",
    "start_date.day": "3",
    "remarks": "よろしくお願いします。",
    "contact": "yes",
    "agreement": "yes",
}
#: Ten of the answers are wrong, each in another way.
BAD: Mapping[str, str | Sequence[str]] = {
    **GOOD,
    "family_name": "",
    "given_kana": "Hanako",
    "birth_date.month": "13",
    "postcode": "12",
    "email": "hanako",
    "household_size": "たくさん",
    "copies": "11",
    "purpose": "party",
    "remarks": "あ" * 501,
    "agreement": [],
}
_COMPARED_TO = "a hand-written Flask-WTF page of the same 20 fields"


def measure() -> Iterator[Figure]:
    """Requests per second, as ratios ours / theirs."""
    with TemporaryDirectory() as folder, both_pages(Path(folder)) as app:
        yield from _figures(app)


@contextmanager
def both_pages(folder: Path) -> Iterator[Flask]:
    """One application with ours at ``/engine`` and theirs at ``/wtf``, each with a database."""
    app = Flask("benchmarks")
    app.request_class = PortalRequest
    app.config["SECRET_KEY"] = "benchmark"
    CSRFProtect(app)
    ours, theirs = Drafts(folder, "engine"), Drafts(folder, "wtf")
    engine_page.add_to(app, "/engine", ours)
    wtf_page.add_to(app, "/wtf", theirs)
    app.extensions["drafts"] = {"/engine": ours, "/wtf": theirs}
    yield app
    ours.close()
    theirs.close()


def _figures(app: Flask) -> Iterator[Figure]:
    ours, theirs = Client(app, "/engine"), Client(app, "/wtf")
    turns = {
        "form_get": (ours.get, theirs.get, 200),
        "form_bad_post": (ours.posting(BAD).send, theirs.posting(BAD).send, 200),
        "form_good_post": (ours.posting(GOOD).send, theirs.posting(GOOD).send, 303),
    }
    for name, (our_turn, their_turn, status) in turns.items():
        for answer in (our_turn(), their_turn()):
            if answer.status != status:
                raise RuntimeError(f"{name}: {answer.status} instead of {status}\n{answer.text}")
        result = compare(our_turn, their_turn)
        yield Figure(name, result.ratio, "× requests/s", _COMPARED_TO)
        yield Figure(f"{name}_rate", result.ours, "requests/s of one processor")
