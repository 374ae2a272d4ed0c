"""Mistakes in who may, when, how many and how often, each at its line."""

from pathlib import Path

import pytest

from portal.forms.reception import Reception, has_sense
from tests.forms.city import one_section
from tests.forms.test_check import problems

ACTING = """
applicants: {for: [self, child, self]}
"""

GOOD = one_section(
    """
    - {id: course, type: choice, label: 講座, options: {yoga: ヨガ, tea: お茶}}
    - {id: name, type: name, label: 氏名}
    - {id: people, type: integer, label: 人数, min: 1, max: 4}
    - {id: photo, type: file, label: 写真}
    """,
    """
    reception: {opens: "2026-06-01", closes: "2026-06-20", others_from: "2026-06-08"}
    capacity: {places: {by: course, places: {yoga: 3, tea: 2}}, takes: people, waiting: 2}
    limit: {times: 1, within: year, of: [name]}
    surge: {optional: [photo]}
    review:
      - {id: formal, title: 形式審査}
    outcome: {decide: approve_or_reject}
    fees:
      collect: on_approval
      lines:
        - {id: fee, label: 手数料, account: fee, amount: 300}
    """,
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("by: course", "by: corse", "unknown field “corse” → did you mean “course”?"),
        ("by: course", "by: people", "“people” is a integer field → a choice field"),
        (", tea: 2}", "}", "option “tea” of “course” has no places → add “tea: …”"),
        (", tea: 2}", ", tea: 2, te: 1}", "“te” is no option of “course” → did you mean “tea”?"),
        ("takes: people", "takes: peopel", "unknown name “peopel”"),
        ("takes: people", "takes: people +", "not an expression"),
        ("takes: people", "takes: people > 1", "gives"),
        ("takes: people", 'takes: "0"', "takes is 0 → from 1 to 1000"),
        ("on_approval", "on_submit", "waiting with a fee that is collected on submission"),
        ("waiting: 2}", "lottery: true}\nbooking: {facility: x}", "the room has its slots"),
        ("of: [name]", "of: [nane]", "unknown field “nane” → did you mean “name”?"),
        ("of: [name]", "of: [photo]", "“photo” is a file field"),
        (", of: [name]}", "}\nidentity: {sign_in: none}", "a limit with “sign_in: none”: nobody"),
        ("[photo]", "[foto]", "unknown field “foto”"),
        ('others_from: "2026-06-08"', 'others_from: "2026-07-08"', "outside of the reception"),
        ("{id: formal, title: 形式審査}", "{id: a, title: あ}\n  - {id: a, title: い}", "2 steps"),
        ("surge:", "applicants: {for: [self, self]}\nsurge:", "“self” stands 2 times"),
        ("surge:", "applicants: {for: [child]}\nsurge:", "“acting:” in concepts.yaml"),
        ("id: photo", "id: acting_photo", "a field is called “acting_photo”"),
    ],
)
def test_each_mistake_is_told_at_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new)
    found = problems(tmp_path, text)
    matching = [line for line, words in found if told in words]
    assert matching, found
    # Each stands where the mistake is, not at the top of the file.
    assert all(line > 1 for line in matching)


def test_a_lottery_needs_an_end(tmp_path: Path) -> None:
    text = GOOD.replace('closes: "2026-06-20", ', "").replace("waiting: 2}", "lottery: true}")
    ((line, words),) = problems(tmp_path, text)
    assert "a lottery without an end of the reception" in words
    assert "lottery: true" in text.splitlines()[line - 1]


@pytest.mark.parametrize(
    ("opens", "closes", "others", "sense"),
    [
        ("05-01", "07-31", "05-08", True),
        ("05-01", "07-31", "04-08", False),
        ("12-01", "01-20", "01-08", True),
        ("12-01", "01-20", "02-08", False),
        ("2026-05-01", "2026-05-31", "2026-06-01", False),
        ("2026-05-01", None, "2026-06-01", True),
        (None, "07-31", "05-08", True),
    ],
)
def test_others_come_within_the_reception(
    opens: str | None, closes: str | None, others: str, sense: bool
) -> None:
    reception = Reception(opens=opens, closes=closes, others_from=others)
    assert has_sense(reception) is sense
