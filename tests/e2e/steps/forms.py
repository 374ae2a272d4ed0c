"""Answering the questions of a form, as a person does who reads their labels."""

import re
from collections.abc import Mapping
from typing import Self

from playwright.sync_api import Locator, Page, expect


class Questions:
    """The questions inside ``place``: a page, or one row of a repeated group."""

    def __init__(self, place: Page | Locator) -> None:
        self.place = place

    def question(self, label: str) -> Locator:
        """A question of several controls (choices, names, days) by the start of its label."""
        return self.place.get_by_role("group", name=_start(label)).first

    def row(self, label: str) -> "Questions":
        """One row of a repeated group, by its heading."""
        return Questions(self.place.get_by_role("group", name=label, exact=True))

    def press(self, name: str) -> None:
        self.place.get_by_role("button", name=_option(name)).click()

    def write(self, label: str, text: str) -> Self:
        self.place.get_by_label(_start(label)).fill(text)
        return self

    def choose(self, label: str, option: str) -> Self:
        """Mark one radio button of a question."""
        self.question(label).get_by_role("radio", name=_option(option)).check()
        return self

    def tick(self, label: str, *options: str) -> Self:
        for option in options:
            self.question(label).get_by_role("checkbox", name=_option(option)).check()
        return self

    def name(self, label: str, family: str, given: str) -> Self:
        """A name or its furigana."""
        parts = self.question(label).get_by_role("textbox")
        parts.nth(0).fill(family)
        parts.nth(1).fill(given)
        return self

    def day(self, label: str, written: str) -> Self:
        """A day, written in one go into the box of the year."""
        self.question(label).get_by_label("年", exact=True).fill(written)
        return self

    def rank(self, label: str, wishes: Mapping[str, str]) -> Self:
        """``{"第1希望": …}``."""
        for rank, wish in wishes.items():
            self.question(label).get_by_label(rank).select_option(label=wish)
        return self


class Form(Questions):
    """A page of an application."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page

    def expect_section(self, title: str) -> Self:
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
        return self

    def go_on(self, to: str) -> Self:
        """Press "next" and arrive at the page with this heading."""
        self.press("次へ")
        return self.expect_section(to)

    def reach(self, title: str) -> Self:
        """Arrive at this page: without scripts, following up may have led there already."""
        if self.page.get_by_role("heading", level=1, name=title, exact=True).count():
            return self
        return self.go_on(title)

    def expect_price(self, total: str) -> Self:
        """The price in sight comes to ``total``, as people write it: ``410円``."""
        sum_ = self.page.locator("[data-price] tfoot")
        expect(sum_).to_have_text(re.compile(f"合計\\s*{total}"))
        return self

    def follow_up(self) -> Self:
        """Ask for the questions that the last answer brings up.

        With scripts they come by themselves; without, on "next".
        """
        if not self.page.evaluate("matchMedia('(scripting: enabled)').matches"):
            self.press("次へ")
        return self

    def change(self, label: str) -> Self:
        """Follow the change link of one answer on the page where all are checked."""
        self.page.get_by_role("link", name=re.compile(rf"^変更.*{label}$")).click()
        return self


def _start(label: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(label)}")


def _option(label: str) -> re.Pattern[str]:
    """An option or button by its label, which more words may follow."""
    return re.compile(rf"^{re.escape(label)}(\s|$)")
