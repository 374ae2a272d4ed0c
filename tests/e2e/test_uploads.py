"""Photos on their way: what was chosen is listed, a bar shows how far it has gone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.steps.forms import Form
from tests.support.browser import DESKTOP, PHONE, PHONE_WITHOUT_SCRIPTS, check_accessibility
from tests.support.papers import picture

PHOTO: Any = {"name": "道路の穴.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG")}
NO_PHOTO: Any = {"name": "穴.jpg", "mimeType": "image/jpeg", "buffer": b"not a photo" * 200}
SECTION = re.compile("/sections/")


@pytest.fixture
def form(page: Page) -> Form:
    """A report about a road, filled in but for the photo."""
    page.goto("/procedures/environment.graffiti-or-road-report")
    page.get_by_role("button", name="申請を始める").click()
    form = Form(page).expect_section("道路・公園の不具合の通報")
    form.choose("何がありましたか", "道路の穴・段差・ひび割れ").write("場所", "桜台1丁目")
    return form


@pytest.mark.parametrize("page", [PHONE, PHONE_WITHOUT_SCRIPTS], indirect=True, ids=str)
def test_a_photo_is_sent(page: Page, form: Form) -> None:
    page.get_by_label("写真").set_input_files([PHOTO])
    form.go_on("内容を確かめてください")
    expect(page.get_by_role("main")).to_contain_text("道路の穴.jpg")


@pytest.mark.parametrize("page", [PHONE, DESKTOP], indirect=True, ids=str)
def test_the_chosen_file_and_its_progress_are_shown(page: Page, form: Form) -> None:
    page.get_by_label("写真").set_input_files([PHOTO])
    expect(page.locator("[data-chosen] li")).to_contain_text(["道路の穴.jpg"])
    expect(page.locator("[data-chosen] li")).to_contain_text([re.compile(r"\d+ kB")])
    held: list[Route] = []
    page.route(SECTION, lambda route: held.append(route))
    form.press("次へ")
    expect(page.get_by_role("progressbar", name="ファイルを送っています")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="ファイルを送っています")).to_be_visible()
    check_accessibility(page)
    held[0].continue_()
    form.expect_section("内容を確かめてください")


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=str)
def test_a_refused_file_leaves_everything_else(page: Page, form: Form) -> None:
    page.get_by_label("写真").set_input_files([NO_PHOTO])
    form.press("次へ")
    expect(page.get_by_role("alert")).to_contain_text("「穴.jpg」")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("場所")).to_have_value("桜台1丁目")
    # The page goes on living: questions still come and go with the answers.
    form.choose("結果の連絡がほしいですか", "はい")
    expect(page.get_by_label("メールアドレス")).to_be_visible()
    form.choose("結果の連絡がほしいですか", "いいえ")
    page.get_by_label("写真").set_input_files([PHOTO])
    form.go_on("内容を確かめてください")


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=str)
def test_a_broken_connection_leaves_everything(page: Page, form: Form) -> None:
    page.get_by_label("写真").set_input_files([PHOTO])
    page.route(SECTION, lambda route: route.abort())
    form.press("次へ")
    expect(page.get_by_role("status").filter(has_text="送れませんでした")).to_be_visible()
    expect(page.locator("[data-chosen] li")).to_have_count(1)
    page.unroute(SECTION)
    form.go_on("内容を確かめてください")
