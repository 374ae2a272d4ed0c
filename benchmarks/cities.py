"""Definitions to measure with: one procedure of a hundred fields, and as many as one likes."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from portal.config import ROOT

SAMPLE = ROOT / "forms_defs"
_OWN = Path(__file__).with_name("definitions")
#: The procedure of twenty fields, in every city that is made here.
PAGE = "benchmark.page"
HUNDRED = "benchmark.hundred"
_SECTIONS = 10
_ID = re.compile(r"(?m)^procedure: *(\S+)")

_HEAD = f"""\
procedure: {HUNDRED}
title: 百の質問
summary: 速さを測るための手続きです。
department: citizens
identity: {{sign_in: none, signature: none}}
channels: [online]
"""
#: Ten fields of a section; {0} is its number. Conditions, limits and a computed value among them.
_FIELDS = """\
      - {{id: asked_{0}, type: yes_no, label: くわしく答えますか}}
      - {{id: name_{0}, type: text, label: 名前, max_length: 40}}
      - {{id: reason_{0}, type: textarea, label: わけ, required: false, when: asked_{0} == true}}
      - {{id: count_{0}, type: integer, label: 数, min: 1, max: 20, default: 1}}
      - {{id: price_{0}, type: yen, label: 金額, max: 100000, when: count_{0} > 1}}
      - {{id: day_{0}, type: date, label: 日, min: today}}
      - {{id: way_{0}, type: choice, label: 方法, options: {{post: 郵送, desk: 窓口, other: 別}}}}
      - {{id: other_{0}, type: text, label: その他の方法, when: way_{0} == "other"}}
      - {{id: kinds_{0}, type: choices, label: 種類, required: false, options: {{a: 甲, b: 乙}}}}
      - {{id: total_{0}, type: computed, label: 合計, value: "count_{0} * 300"}}
"""


def hundred_fields() -> str:
    """A definition with ten sections of ten fields, a check and a fee line for each section."""
    numbers = range(_SECTIONS)
    sections = "".join(
        f"  - id: part-{number}\n    title: 第{number + 1}部\n    fields:\n{_FIELDS.format(number)}"
        for number in numbers
    )
    checks = "".join(
        f"  - {{when: count_{number} > 10 && asked_{number} == false, field: count_{number},"
        " message: 11より多いときは、くわしく答えてください。}\n"
        for number in numbers
    )
    lines = "".join(
        f"    - {{id: line-{number}, label: 手数料, account: fee, amount: 300,"
        f' quantity: count_{number}, when: way_{number} == "post"}}\n'
        for number in numbers
    )
    return f"{_HEAD}sections:\n{sections}checks:\n{checks}fees:\n  lines:\n{lines}"


def small_city(folder: Path) -> Path:
    """A city with the procedures of twenty and of a hundred fields."""
    shutil.copytree(_OWN, folder)
    (folder / "accounts.yaml").write_text(
        'accounts:\n  fee: {title: 手数料, kan: "1", kou: "1", moku: "1", setsu: "1"}\n',
        encoding="utf-8",
    )
    file = folder / "procedures" / "hundred.yaml"
    file.write_text(hundred_fields(), encoding="utf-8")
    return folder


def large_city(folder: Path, number: int) -> Path:
    """The sample city with so many procedures: its own, again and again under other ids."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("procedures"))
    procedures = folder / "procedures"
    procedures.mkdir()
    page = (_OWN / "procedures" / "page.yaml").read_text(encoding="utf-8")
    (procedures / "page.yaml").write_text(page, encoding="utf-8")
    for copy, text in zip(range(1, number), _again_and_again(), strict=False):
        written = _ID.sub(rf"procedure: \1-{copy}", text, count=1)
        (procedures / f"copy-{copy}.yaml").write_text(written, encoding="utf-8")
    return folder


def _again_and_again() -> Iterator[str]:
    files = sorted((SAMPLE / "procedures").rglob("*.yaml"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    while True:
        yield from texts
