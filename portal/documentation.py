"""The pages of the documentation that are made from the program's own tables.

``portal docs`` writes them; a test fails where a page no longer says what the program does.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from foundation.states import StateMachine
from payments.attempts.states import ATTEMPT
from payments.ledger.rules import RULES
from payments.refunds.states import REFUND
from portal.admission.states import ENTRY
from portal.applications.states import MACHINE as APPLICATION
from portal.facilities.states import BOOKING

#: Title, table, and where it stands, in the order in which a resident meets them.
MACHINES: tuple[tuple[str, StateMachine[Any, Any], str], ...] = (
    ("Application 申請", APPLICATION, "portal/applications/states.py"),
    ("Wish for a place 定員・抽選", ENTRY, "portal/admission/states.py"),
    ("Booking 施設の予約", BOOKING, "portal/facilities/states.py"),
    ("Payment attempt 支払い", ATTEMPT, "payments/attempts/states.py"),
    ("Refund 還付", REFUND, "payments/refunds/states.py"),
)

_MADE = "<!-- Made by `portal docs`. Change the table in the program, not this page. -->"


def pages() -> Mapping[str, str]:
    """Text of each page, by its name in ``docs/``."""
    return {"states.md": states_page(), "posting-rules.md": rules_page()}


def write_pages(folder: Path) -> list[Path]:
    """Write the pages into ``folder``; returns those whose text changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def states_page() -> str:
    """Every life as a diagram."""
    parts = [
        "# States",
        _MADE,
        "Each thing that lives has one table: from a state, by an event, to a state. Nothing else "
        "sets a state; a database constraint admits no other value.",
    ]
    for title, machine, path in MACHINES:
        parts += [f"## {title}", f"`{path}`", f"```mermaid\n{machine.mermaid()}\n```"]
    return "\n\n".join(parts) + "\n"


def rules_page() -> str:
    """仕訳規則: the posting rules as a table."""
    rows = [
        (f"`{rule.id}`", rule.name, rule.when, f"`{rule.debit}`", f"`{rule.credit}`")
        for rule in RULES.values()
    ]
    return (
        "\n\n".join(
            (
                "# Posting rules 仕訳規則",
                _MADE,
                "Money is booked in these ways and in no other (`payments/ledger/rules.py`). The "
                "finance pages show the same table under 仕訳帳 → 仕訳規則.",
                _table(("Rule", "名称", "いつ", "借方", "貸方"), rows),
            )
        )
        + "\n"
    )


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
