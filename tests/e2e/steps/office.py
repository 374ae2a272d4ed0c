"""The departments: finding an application and deciding it."""

from playwright.sync_api import Page, expect


def open_case(page: Page, reference: str) -> None:
    """By the number that the applicant was given."""
    page.goto("/office/")
    page.get_by_label("受付番号").fill(reference)
    page.get_by_role("button", name="開く").click()
    expect(page.get_by_text(reference).first).to_be_visible()


def act(page: Page, button: str, told: str) -> None:
    """Press the button of a decision, and be told what became of it."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(told)


def send_back(page: Page, reason: str) -> None:
    page.get_by_label("補正してほしいこと").fill(reason)
    act(page, "補正を依頼する", "補正を依頼しました")


def reject(page: Page, reason: str) -> None:
    page.locator("summary", has_text="却下する").click()
    page.get_by_label("却下の理由").fill(reason)
    act(page, "却下する", "却下し")


def expect_message(page: Page, reference: str, *said: str) -> None:
    """The applicant finds this in their newest message about the application."""
    page.goto("/my/messages/")
    newest = page.get_by_role("listitem").filter(has_text=reference).first
    for words in said:
        expect(newest).to_contain_text(words)
