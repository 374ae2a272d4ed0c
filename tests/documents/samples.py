"""Papers to lay out."""

from dataclasses import replace
from datetime import UTC, datetime

from portal.documents.paper import Block, Code, Paper, Row, Rows, Title, Wording

ADDRESS = "https://madoguchi.city.mihon.example/applications/0198c0ffee"

_PLAIN = Paper(
    language="ja",
    sender="見本市",
    kind=Title("申請書（控え）"),
    title=Title("住民票の写しの交付請求"),
    created=datetime(2026, 6, 3, 1, 0, tzinfo=UTC),
    head=Rows(None, (Row(Title("受付番号"), "7KQ4-M3XD", is_large=True),)),
    code=Code(ADDRESS, "この申請のページ", "申請のページへのQRコード"),
    blocks=(),
    foot="7KQ4-M3XD",
    wording=Wording(
        "（つづき）", "なし", "書体がない文字：", "標準の字形：", Title("文字について")
    ),
)


def paper(*blocks: Block, **changes: object) -> Paper:
    """A paper with these blocks."""
    return replace(_PLAIN, blocks=blocks, **changes)  # type: ignore[arg-type]


def answers(*texts: str, title: str = "申請する人") -> Rows:
    """A section with one row for each text."""
    return Rows(Title(title), tuple(Row(Title(f"項目{at}"), text) for at, text in enumerate(texts)))
