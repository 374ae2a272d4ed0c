"""A tiny city in a folder, and procedures made of a few lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import dedent, indent

from portal.forms import Catalogue, Context, Procedure, load_catalogue

TODAY = date(2026, 4, 1)
CONTEXT = Context(
    today=TODAY, resident={"signed_in": True, "of_city": True, "age": 36, "protected": False}
)

MUNICIPALITY = """
name: 小さな市
code: "000000"
departments:
  citizens: {title: 市民課}
life_events:
  - {id: moving, title: 引っ越し}
"""
ACCOUNTS = """
accounts:
  fee: {title: 手数料, kan: "1", kou: "1", moku: "1", setsu: "1"}
"""
CONCEPTS = """
concepts:
  person: {type: person, label: 申請する人}
  fixed: {type: name, label: 氏名, fixed: true, profile: person.name}
  phone: {type: phone, label: 電話番号}
  members:
    type: group
    label: 家族
    fields:
      - {id: name, type: name, label: 氏名}
"""
HEAD = """
procedure: test
title: 試験の申請
summary: 試すための手続きです。
keywords: [試験, テスト]
life_events: [moving]
department: citizens
"""


def write_city(folder: Path, procedures: Mapping[str, str]) -> Path:
    """The files of a city whose procedures are these."""
    (folder / "procedures").mkdir(parents=True)
    (folder / "municipality.yaml").write_text(MUNICIPALITY, encoding="utf-8")
    (folder / "accounts.yaml").write_text(ACCOUNTS, encoding="utf-8")
    (folder / "concepts.yaml").write_text(CONCEPTS, encoding="utf-8")
    for name, text in procedures.items():
        (folder / "procedures" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def one_section(fields: str, rest: str = "") -> str:
    """A procedure with one section of these fields."""
    section = "sections:\n  - id: main\n    title: 内容\n    fields:\n"
    return HEAD + section + indent(dedent(fields).strip("\n"), " " * 6) + "\n" + dedent(rest)


def load(folder: Path, text: str) -> Catalogue:
    return load_catalogue(write_city(folder / "city", {"test": text}))


def procedure(folder: Path, fields: str, rest: str = "") -> Procedure:
    """The procedure of these fields, compiled."""
    return load(folder, one_section(fields, rest)).procedures["test"]


def form(**controls: str | Sequence[str]) -> dict[str, list[str]]:
    """A posted form; ``__`` in a name stands for the dot."""
    return {
        name.replace("__", "."): [value] if isinstance(value, str) else list(value)
        for name, value in controls.items()
    }
