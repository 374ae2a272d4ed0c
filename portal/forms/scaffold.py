"""The first draft of a procedure's file, from a few answers; complete enough to be checked."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.forms.acting import ACTING
from portal.forms.fields import RESERVED
from portal.forms.schema import SCHEMA_FILE

#: First line of every procedure's file: editors complete and check by it.
SCHEMA_LINE = f"# yaml-language-server: $schema={{path}}{SCHEMA_FILE}"

#: Concepts without which an application can do: notices come to the portal too.
_OPTIONAL = frozenset({"contact.email"})


@dataclass(frozen=True)
class Question:
    """One question of the paper form."""

    id: str
    label: str
    type: str
    #: of a choice: value and label of each
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True


@dataclass(frozen=True)
class Fee:
    """What it costs: so many yen, on a revenue account."""

    label: str
    account: str
    yen: int


@dataclass(frozen=True)
class Draft:
    """What the author answered."""

    id: str
    title: str
    summary: str
    keywords: tuple[str, ...]
    department: str
    sign_in: str
    #: concepts of the applicant that the form asks for, with the id of each field
    concepts: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    fee: Fee | None
    decided: bool
    needs: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()


def file_of(procedure: str) -> str:
    """Where a procedure stands: ``pets.dog`` in ``procedures/pets/dog.yaml``."""
    return "procedures/" + procedure.replace(".", "/") + ".yaml"


def is_free(name: str, taken: Sequence[str]) -> bool:
    """Whether a question may have this id; what the engine asks itself has names of its own."""
    own = name == ACTING or name.startswith(f"{ACTING}_")
    well_formed = re.fullmatch("[a-z][a-z0-9_]{0,59}", name) is not None
    return well_formed and not own and name not in taken and name not in RESERVED


def id_from(label: str, taken: Sequence[str]) -> str:
    """An id for a question whose label has Latin letters; ``question_3`` where it has none."""
    words = re.findall(r"[a-z0-9]+", label.lower())
    wanted = "_".join(words)[:40]
    if not is_free(wanted, taken):
        wanted = f"question_{len(taken) + 1}"
    return wanted


def schema_line(file: str) -> str:
    """The first line of a file, whose place in the city's folder is given."""
    return SCHEMA_LINE.format(path="../" * file.count("/"))


def text_of(draft: Draft) -> str:
    """The file."""
    lines = [
        schema_line(file_of(draft.id)),
        f"procedure: {draft.id}",
        f"title: {_quoted(draft.title)}",
        f"summary: {_quoted(draft.summary)}",
        f"keywords: {_list(draft.keywords)}",
        f"life_events: {_list(draft.life_events)}",
        f"department: {draft.department}",
        f"identity: {{sign_in: {draft.sign_in}, signature: none}}",
        "channels: [online, counter]",
        "guide:",
        f"  cost: {_quoted(f'{draft.fee.yen:,}円' if draft.fee else '無料')}",
        "  time: 5分",
        f"  needs: {_list(draft.needs)}",
        f"  after: {_quoted(_after(draft))}",
        "sections:",
    ]
    if draft.concepts:
        lines += ["  - id: applicant", "    title: 申請する人", "    fields:"]
        for field, name in draft.concepts:
            rest = ", required: false" if name in _OPTIONAL else ""
            lines.append(f"      - {{id: {field}, concept: {name}{rest}}}")
    if draft.questions or not draft.concepts:
        lines += ["  - id: request", "    title: 申請の内容", "    fields:"]
        for question in draft.questions:
            lines += _question(question)
    if not draft.questions and not draft.concepts:
        lines.append("      - {id: request, type: textarea, label: 申請の内容}")
    if draft.fee is not None:
        lines += [
            "fees:",
            f"  collect: {'on_approval' if draft.decided else 'on_submit'}",
            "  lines:",
            "    - id: fee",
            f"      label: {_quoted(draft.fee.label)}",
            f"      account: {draft.fee.account}",
            f"      amount: {draft.fee.yen}",
        ]
    if draft.decided:
        lines.append("outcome: {decide: approve_or_reject}")
    lines.append("retention: 5y")
    return "\n".join(lines) + "\n"


def _after(draft: Draft) -> str:
    if draft.decided:
        return "担当課が内容を確認し、結果をお知らせします。"
    return "担当課が内容を確認します。"


def _question(question: Question) -> list[str]:
    lines = [
        f"      - id: {question.id}",
        f"        type: {question.type}",
        f"        label: {_quoted(question.label)}",
    ]
    if question.options:
        lines.append("        options:")
        lines += [f"          {value}: {_quoted(label)}" for value, label in question.options]
    if not question.required:
        lines.append("        required: false")
    return lines


def _list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"


def _quoted(text: str) -> str:
    """A text as YAML: bare where that is safe, else in double quotes."""
    plain = re.fullmatch(r"[^\W\d_](?:[\w ・（）、。「」％？／ー〜]*[\w）。」？])?", text)
    reserved = text.lower() in ("yes", "no", "true", "false", "null", "on", "off", "y", "n")
    return text if plain and not reserved else json.dumps(text, ensure_ascii=False)
