"""An answer that brings up another question says so, and leads there; errors say where they are."""

from portal.app import create_app
from tests.support.hall import Hall

HANAKO = {
    "applicant.name.family": "見本",
    "applicant.name.given": "花子",
    "applicant.birth_date.year": "1988-04-02",
    "applicant.address.text": "見本県試験市本町1丁目1番1号",
}


def test_the_page_says_that_there_are_more_questions(hall: Hall) -> None:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    begun = client.post("/applications/", data={"procedure": "certificate"})
    request = client.post(begun.location, data=HANAKO).location
    first = client.post(request, data={"copies": "1", "post": "yes"}).text
    assert "質問がふえました" in first and 'href="#f-express"' in first
    assert 'id="f-express"' in first and "入力を確かめてください" not in first
    onward = client.post(request, data={"copies": "1", "post": "yes", "express": "no"})
    assert onward.location.endswith("/check")


def test_the_list_of_errors_says_in_which_row_each_is(hall: Hall) -> None:
    app = create_app(portal=hall.portal)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    begun = client.post("/applications/", data={"procedure": "allowance"})
    rows = {"children": "", "children.0.name.given": "一", "children.1.name.given": "二"}
    page = client.post(begun.location, data=rows).text
    for number in (1, 2):
        assert f"項目 {number}：「氏名の姓」" in page
