"""What parents of the sample city write into the long forms."""

from playwright.sync_api import FilePayload

from tests.e2e.steps.forms import Form, Questions
from tests.support.papers import pdf

PDF = FilePayload(name="就労証明書.pdf", mimeType="application/pdf", buffer=pdf())
#: A program that calls itself a document.
DISGUISED = FilePayload(
    name="証明書.pdf", mimeType="application/pdf", buffer=b"MZ\x90\x00\x03" * 20
)


def add_child(form: Form, number: int, given: str, born: str) -> Questions:
    """A child whom the register doesn't know, as the row of this number. One is always there."""
    if number > 1:
        form.press("お子さんを追加")
    row = form.row(f"お子さん {number}").name("氏名", "見本", given).day("生年月日", born)
    # Leaving the box asks for what the age brings up.
    form.page.keyboard.press("Tab")
    return row


def describe_child(form: Form, number: int) -> None:
    """The page about the child of an application for a nursery: a child not yet registered."""
    row = add_child(form, number, "さくら", "令和7年5月1日")
    form.follow_up()
    row.choose("この子の申込みですか", "はい")
    form.choose("いまの保育のようす", "家庭で家族が見ている")


def at_work(row: Questions) -> Questions:
    """The questions that working outside the home brings up."""
    row.write("勤め先の名前", "見本製作所").write("1か月に働く時間", "160")
    row.tick("働く曜日", "月曜", "火曜", "木曜")
    row.choose("ふだん家に帰る時刻", "17時から18時").write("片道の通勤時間", "30")
    return row.choose("育児休業", "取っていない")
