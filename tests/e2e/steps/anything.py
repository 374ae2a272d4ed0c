"""A person who answers whatever is asked, in any language: the way through every procedure."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, TimeoutError, expect
from sqlalchemy import select

from foundation.clock import system_clock
from foundation.database import Database
from portal.applications.models import Application
from portal.applications.service import context_of
from portal.forms import Procedure
from portal.forms.compiled import CompiledField, CompiledGroup
from portal.forms.filling import Filled, shortest
from tests.support.papers import pdf, picture
from tests.support.system import RunningSystem

#: Pages of one section: each answer may bring up further questions.
_MOST_ROUNDS = 12

_PAPERS = {
    "application/pdf": FilePayload(name="書類.pdf", mimeType="application/pdf", buffer=pdf()),
    "image/jpeg": FilePayload(name="写真.jpg", mimeType="image/jpeg", buffer=picture("JPEG")),
    "image/png": FilePayload(name="図.png", mimeType="image/png", buffer=picture()),
}

#: All controls that a person can answer, as they stand.
_CONTROLS = """() => [...document.querySelectorAll('[data-fields] [name]')]
  .filter(e => !e.disabled && !e.name.startsWith('_') && e.type !== 'hidden')
  .map(e => ({name: e.name, type: e.type, value: e.value, checked: !!e.checked}))"""


@dataclass(frozen=True)
class Person:
    """Knows the answers to all questions of one application."""

    procedure: Procedure
    answers: Mapping[str, Any]

    def answer_section(self, page: Page) -> None:
        """Answer one section, and what that brings up, until the next page comes."""
        here = page.url.partition("?")[0]
        for _ in range(_MOST_ROUNDS):
            if self._add_rows(page):
                continue
            self._answer_controls(page)
            _press(page.locator("form[data-section] > .actions > .button:not([name])"))
            if page.url.partition("?")[0] != here:
                return
        told = page.locator("#error-summary").all_inner_texts()
        raise AssertionError(f"no way on from {here}: {told}")

    def _answer_controls(self, page: Page) -> None:
        for control in page.evaluate(_CONTROLS):
            wanted = self._wanted(control["name"])
            if wanted is None:
                continue
            name, type_, value = control["name"], control["type"], control["value"]
            place = page.locator(f'[data-fields] [name="{name}"]')
            if not place.count():
                continue  # an answer just given has taken the question away
            if type_ in ("radio", "checkbox"):
                one = page.locator(f'[data-fields] [name="{name}"][value="{value}"]')
                if (value in wanted) != control["checked"] and (
                    type_ == "checkbox" or value in wanted
                ):
                    one.set_checked(value in wanted)
            elif type_ == "file":
                # An answer given a moment ago may be taking the question away.
                with suppress(TimeoutError):
                    place.set_input_files([_PAPERS[each] for each in wanted], timeout=3_000)
            elif type_ == "select-one":
                if value != (wanted or [""])[0]:
                    place.select_option(wanted[0])
            elif [value] != (wanted or [""]):
                place.fill(wanted[0] if wanted else "")

    def _add_rows(self, page: Page) -> bool:
        """Ask for one more row of a group that has too few."""
        for button in page.locator('[data-fields] [name="_add"]').all():
            group = button.get_attribute("value") or ""
            numbers = {
                int(found.group(1))
                for control in page.evaluate(_CONTROLS)
                if (found := re.match(rf"{group}\\.(\\d+)\\.", control["name"]))
            }
            shown = page.locator(f'[data-fields] [name="_remove"][value^="{group}."]').count()
            if max(len(numbers), shown) < len(self.answers.get(group) or ()):
                _press(button)
                return True
        return False

    def _wanted(self, name: str) -> list[str] | None:
        """What a control should say; None where the answer is not this person's business."""
        found = self._field(name)
        if found is None:
            return None
        path, suffix, each = found
        value = _at(self.answers, path)
        if each.file is not None:
            return [file["media_type"] for file in value or ()]
        if value is None:
            return None
        return each.kind.shown(value).get(suffix, [])

    def _field(self, name: str) -> tuple[str, str, CompiledField] | None:
        """``children.0.name.family`` is the field ``children.0.name`` and its part ``family``."""
        parts = name.split(".")
        each = self.procedure.field_at(parts[0])
        length = 3 if isinstance(each, CompiledGroup) else 1
        path = ".".join(parts[:length])
        each = self.procedure.field_at(path)
        if not isinstance(each, CompiledField):
            return None
        return path, ".".join(parts[length:]), each


def who_answers(system: RunningSystem, procedure: Procedure, application_id: str) -> Person:
    """The person for a draft that has just begun, going by what is filled in already."""
    database = Database(f"sqlite:///{system.data_dir / 'madoguchi.sqlite'}")
    with database.reading() as session:
        draft = session.scalars(select(Application).where(Application.id == application_id)).one()
        context = context_of(draft, system_clock())
        filled = shortest(procedure, context, draft.answers)
    database.dispose()
    assert isinstance(filled, Filled), filled
    return Person(procedure, filled.answers)


def walk_to_the_check(page: Page, person: Person) -> Iterator[str]:
    """Answer section after section; yields at each page before it is answered, and at the last."""
    while "/sections/" in page.url:
        yield page.url
        person.answer_section(page)
    expect(page).to_have_url(re.compile(r"/check$"))
    yield page.url


def _press(button: Locator) -> None:
    """Press a button of the form and wait for what comes, also where a script fetches it."""
    page = button.page
    page.evaluate("document.querySelector('main').dataset.left = ''")
    button.click()
    expect(page.locator("main[data-left]")).to_have_count(0)
    page.wait_for_load_state()


def _at(answers: Mapping[str, Any], path: str) -> Any:
    top, *inside = path.split(".")
    value = answers.get(top)
    if not inside or value is None:
        return value
    number = int(inside[0])
    return value[number].get(inside[1]) if number < len(value) else None
