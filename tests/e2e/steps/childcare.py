"""What parents of the sample city write into the long forms."""

from playwright.sync_api import FilePayload

from tests.e2e.steps.forms import Form, Questions
from tests.support.papers import pdf

PDF = FilePayload(name="就労証明書.pdf", mimeType="application/pdf", buffer=pdf())
#: A program that calls itself a document.
DISGUISED = FilePayload(
    name="証明書.pdf", mimeType="application/pdf", buffer=b"MZ\x90\x00\x03" * 20
)


def describe_child(form: Form) -> None:
    """The page about the child of an application for a nursery."""
    form.name("お子さんの氏名", "見本", "さくら").name("お子さんのフリガナ", "みほん", "さくら")
    form.day("お子さんの生年月日", "令和7年5月1日").choose("お子さんの性別", "女")
    form.choose("いまの保育のようす", "家庭で家族が見ている")


def guardian(row: Questions, family: str, given: str, relation: str) -> Questions:
    """Who a guardian is, on the page of the grounds for care."""
    row.name("氏名", family, given).choose("お子さんから見た続柄", relation)
    return row.write("携帯電話の番号", "090-1111-2222")


def at_work(row: Questions) -> Questions:
    """The questions that working outside the home brings up."""
    row.write("勤め先の名前", "見本製作所").write("1か月に働く時間", "160")
    row.tick("働く曜日", "月曜", "火曜", "水曜", "木曜", "金曜").write("片道の通勤時間", "40")
    return row
