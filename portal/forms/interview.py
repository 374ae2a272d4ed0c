"""``portal forms new``: a few questions, and the first draft of a procedure's file."""

import re
from collections.abc import Mapping, Sequence

import click

from portal.forms.catalogue import Catalogue
from portal.forms.scaffold import Draft, Fee, Question, file_of, id_from, is_free

#: What can be asked, as authors know it from paper; everything else is in docs/definitions.md.
KINDS: Mapping[str, str] = {
    "text": "one line",
    "textarea": "several lines",
    "integer": "a number",
    "yen": "an amount",
    "date": "a day",
    "yes_no": "yes or no",
    "choice": "one of several",
    "choices": "any of several",
    "file": "something to attach",
    "consent": "something to agree to",
}
_ID = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
#: Concepts that most paper forms begin with, and the ids of their fields.
_USUAL = (("applicant", "person"), ("phone", "contact.phone"), ("email", "contact.email"))


def ask(catalogue: Catalogue, concepts: Sequence[str]) -> Draft:
    """Ask the author about a new procedure, at the terminal."""
    name = _ask_id(catalogue)
    title = _text("Title, as on the paper form")
    summary = _text("What it is for, in one sentence")
    words = click.prompt("Words by which people search it, with commas", default=title)
    department = _one_of("Department", {k: d.title for k, d in catalogue.departments.items()})
    sign_in = _one_of(
        "Who may apply online",
        {
            "card": "only with a My Number card",
            "email": "with a card or a verified e-mail address",
            "optional": "anybody; a card fills in name and address",
            "none": "anybody, nobody is asked who they are",
        },
    )
    asked = [
        (field, concept)
        for field, concept in _USUAL
        if concept in concepts and click.confirm(f"Ask for {concept}?", default=True)
    ]
    decided = click.confirm("Does somebody decide about it?", default=False)
    return Draft(
        id=name,
        title=title,
        summary=summary,
        keywords=tuple(word.strip() for word in re.split("[,、，]", words) if word.strip()),
        department=department,
        sign_in=sign_in,
        concepts=tuple(asked),
        questions=tuple(_questions([field for field, _ in asked])),
        fee=_fee(catalogue),
        decided=decided,
    )


def _text(question: str) -> str:
    """An answer with something in it."""
    while not (written := str(click.prompt(question)).strip()):
        click.echo("It must not be blank.")
    return written


def _ask_id(catalogue: Catalogue) -> str:
    while True:
        name = str(click.prompt("Id, area and name with a dot (pets.dog-registration)"))
        if not _ID.fullmatch(name):
            click.echo("Small letters, digits and hyphens, with a dot between area and name.")
        elif name in catalogue.procedures:
            click.echo(f"There is a procedure “{name}” already.")
        elif (file := catalogue.root / file_of(name)).exists():
            click.echo(f"There is a file {file} already.")
        else:
            return name


def _one_of(question: str, choices: Mapping[str, str]) -> str:
    for value, meaning in choices.items():
        click.echo(f"  {value}: {meaning}")
    return str(click.prompt(question, type=click.Choice(list(choices)), show_choices=False))


def _questions(taken: list[str]) -> list[Question]:
    click.echo("The questions of the form, one after another; an empty line ends.")
    found: list[Question] = []
    while label := str(click.prompt("Question", default="", show_default=False)).strip():
        kind = _one_of("  is", KINDS)
        name = _field_id(id_from(label, taken), taken)
        taken.append(name)
        options = _options() if kind in ("choice", "choices") else ()
        required = kind == "consent" or click.confirm("  must be answered?", default=True)
        found.append(Question(name, label, kind, options, required))
    return found


def _field_id(offered: str, taken: Sequence[str]) -> str:
    while True:
        name = str(click.prompt("  id", default=offered))
        if is_free(name, taken):
            return name
        click.echo("  Small letters, digits and _, and a word that isn't taken.")


def _options() -> tuple[tuple[str, str], ...]:
    labels: list[str] = []
    while not labels:
        written = str(click.prompt("  what to choose from, with commas"))
        labels = [label.strip() for label in re.split("[,、，]", written) if label.strip()]
    found: list[tuple[str, str]] = []
    for label in labels:
        taken = [value for value, _ in found]
        found.append((id_from(label, taken).replace("question", "option"), label))
    return tuple(found)


def _fee(catalogue: Catalogue) -> Fee | None:
    yen = click.prompt("Fee in yen (0: none)", type=click.IntRange(min=0), default=0)
    if not yen:
        return None
    label = _text("  called")
    account = _one_of("  revenue account", {k: a.title for k, a in catalogue.accounts.items()})
    return Fee(label, account, yen)
