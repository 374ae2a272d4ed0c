"""Finding claims, and the entries that moved them."""

import pytest

from payments.claims.models import Claim
from portal.finance import queries
from tests.support.hall import CERTIFICATE, Hall


def _found(hall: Hall, words: str) -> list[str]:
    with hall.portal.database.reading() as session:
        rows = queries.claim_page(session, words, 1).rows
        return [row.claim.id for row in rows if isinstance(row, queries.ClaimRow)]


def test_a_claim_is_found_by_its_numbers_and_by_the_payers_name(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    (odd,) = hall.claims(hall.submitted(**CERTIFICATE))
    # No form takes such a name; a file of a core system may bring it.
    hall.do(lambda db: setattr(db.get_one(Claim, odd.id), "payer_name", "100% _海野"))
    (claim,) = hall.claims(key)
    reference = hall.application(key).reference
    for words in (claim.reference, reference, reference.lower().replace("-", " "), "見本", "花子"):
        assert _found(hall, words) == [claim.id]
    assert len(_found(hall, "")) == 2
    # What a pattern would read as "anything" is a name like any other.
    for words in ("%", "_"):
        assert len(_found(hall, words)) == 1
    assert _found(hall, "だれもいない") == []


def test_a_claim_leads_to_its_application_and_its_entries(hall: Hall) -> None:
    key = hall.submitted(**CERTIFICATE)
    hall.pay(key)
    (claim,) = hall.claims(key)
    with hall.portal.database.reading() as session:
        found = queries.application_of(session, claim)
        assert found is not None
        assert found.id == key
        rules = [entry.entry.rule for entry in queries.entries_of_claim(session, claim.id)]
        page = queries.ledger_page(session, "clearing:stripe", 1)
    assert rules == ["payment.received", "claim.established"]
    assert (page.total, page.pages) == (1, 1)


def test_pages(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for _ in range(3):
        hall.submitted(**CERTIFICATE)
    with hall.portal.database.reading() as session:
        first, second, third = (queries.claim_page(session, "", n) for n in (1, 2, 3))
        assert queries.ledger_page(session, "", 2).pages == 2
    assert [len(page.rows) for page in (first, second, third)] == [2, 1, 0]
    assert (first.total, first.pages) == (3, 2)
