"""Several workers with the same evidence book it once: threads, and processes of their own."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from payments.attempts.models import EvidenceSource
from payments.attempts.service import gather_evidence
from payments.events import ClaimSettled
from tests.payments.desk import Desk, scripted_of

_ROOT = Path(__file__).parents[3]


def test_threads_book_the_same_evidence_once(desk: Desk) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    scripted_of(desk).is_paid(attempt.id, 410)
    with ThreadPoolExecutor(6) as pool:
        sources = list(EvidenceSource) * 3
        states = pool.map(
            lambda source: gather_evidence(desk.payments, attempt.id, source).state, sources
        )
        assert set(states) == {"succeeded"}
    assert desk.standing(claim).paid == 410
    assert len(desk.heard(ClaimSettled)) == 1
    desk.check_ledger()


def test_threads_settle_one_claim_once_and_refund_the_rest(desk: Desk) -> None:
    claim = desk.claim()
    attempts = [desk.start(claim), desk.start(claim, "paypay")]
    for attempt in attempts:
        scripted_of(desk, attempt.provider).is_paid(attempt.id, 410)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(desk.ask, attempts * 4))
    stands = desk.standing(claim)
    assert (stands.paid, stands.excess, stands.outstanding) == (820, 410, 0)
    assert len(desk.heard(ClaimSettled)) == 1
    desk.check_ledger()


def test_processes_book_the_same_evidence_once(desk: Desk, database_url: str) -> None:
    claim = desk.claim()
    attempt = desk.start(claim)
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.payments.attempts.worker", database_url, attempt.id],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    answers = [worker.communicate(timeout=60)[0].strip() for worker in workers]
    assert answers == ["succeeded", "succeeded"]
    assert desk.standing(claim).paid == 410
    desk.check_ledger()
