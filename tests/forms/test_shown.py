"""What ``portal forms show`` tells an author: the procedure as a resident meets it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from foundation.wording import untranslated
from portal.forms.cli import forms
from portal.forms.conditions_in_words import condition_in_words
from tests.forms.city import one_section, procedure, write_city

FIELDS = """
- {id: applicant, concept: person}
- {id: name, concept: fixed}
- {id: tel, concept: phone, help: 日中の番号}
- {id: way, type: choice, label: 方法, default: post, options: [
    {value: post, label: 郵送, help: 3日}, {value: desk, label: 窓口, when: resident.of_city}]}
- {id: parts, type: choices, label: 内訳, required: false, options: {a: あ, b: い}}
- {id: copies, type: integer, label: 通数, max: 5, unit: 通, when: way != "desk"}
- {id: urgent, type: yes_no, label: 急ぎますか, default: false}
- {id: code, type: text, label: 番号, max_length: 7, example: "1234567", pattern: "[0-9]+"}
- {id: words, type: note, label: 説明です。, when: copies > 3 && !urgent}
- {id: photo, type: file, label: 写真, when: answered(code)}
- {id: total, type: computed, label: 合計, value: copies * 300}
- {id: born, type: date, label: 生年月日, max: today, max_message: まだ来ていない日です。}
- {id: begin, type: date, label: 始める日, min: "add_days(today, 3)", max: "add_months(today, 2)"}
- {id: use, type: period, label: 使う期間, min: begin, max_days: 14}
- {id: stamp, type: text, label: 職員の欄, staff_only: true}
- id: dogs
  type: group
  label: 犬
  max_items: 3
  fields:
    - {id: big, type: yes_no, label: 大型}
    - {id: paper, type: file, label: 証明書, required: false, when: big}
"""
REST = """
checks: [{when: urgent && copies > 2, message: 急ぎは2通までです。, field: copies}]
limit: {times: 1, within: fiscal_year}
guide: {cost: 300円から, time: 5分, needs: [カード], after: お送りします。}
tables:
  sizes: {by: [方法], rows: {post: 800, desk: 400}}
fees:
  collect: on_approval
  reductions:
    - {id: welfare, label: 生活保護の方, when: urgent, evidence: photo}
  lines:
    - {id: a, label: 手数料, account: fee, amount: 300, quantity: copies, unit: 通,
       factors: [{label: 急ぎ, when: urgent, percent: 30}], at_most: 2000}
    - {id: b, label: 郵便料金, account: fee, amount: "copies <= 3 ? 110 : 180"}
    - {id: c, label: 表の料金, account: fee, amount: 'lookup("sizes", way)'}
    - {id: d, label: 犬の料金, account: fee, amount: 3000, each: dogs, when: big}
    - {id: e, label: 計算, account: fee, amount: total * 2}
outcome: {decide: approve_or_reject}
processing_days: 10
reception: {opens: "2026-12-01", closes: "2026-12-20"}
capacity: {places: 20, lottery: true}
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return write_city(tmp_path / "city", {"test": one_section(FIELDS, REST)})


def _show(city: Path, *options: str) -> str:
    result = CliRunner().invoke(forms, ["show", "test", "--folder", str(city), *options])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "line",
    [
        "試験の申請",
        "料金: 300円から",
        "  ・カード",
        "申請できる人: マイナンバーカードでログインした人",
        "受付期間: 2026-12-01から 2026-12-20まで",
        "定員: 20（抽選）",
        "申請できる回数: 年度に1回まで",
        "1. 内容",
        "    ■ 申請する人　※必須",
        "      ← カードと住民記録から",
        "      ← カードから。ここでは変えられません",
        "      日中の番号",
        "      ← 前回の申請から",
        "      ○ 郵送　3日",
        "      ○ 窓口　［市内に住んでいるとき］",
        "      はじめは「郵送」",
        "    ■ 内訳　任意",
        "    ■ 通数　※必須　［「方法」が「窓口」以外のとき］",
        "      0通〜5通",
        "      はじめは「いいえ」",
        "      例：1234567",
        "      7字まで",
        "    ▪ 説明です。　［「通数」が3より上、かつ「急ぎますか」が「いいえ」のとき］",
        "    ■ 写真　※必須　［「番号」に答えがあるとき］",
        "      PDF / JPEG / PNG、1つ10MBまで、1個まで",
        "      自動で計算されます",
        "      今日まで",
        "      ✕ まだ来ていない日です。",
        "      3日後〜2か月後",
        "      （ほかの答えによる日や数）から",
        "      長くて14日間",
        "      ✕ 急ぎは2通までです。　［「急ぎますか」が「はい」、かつ「通数」が2より上のとき］",
        "      （職員が入力する欄。申請する人には見えません）",
        "      1件から3件まで",
        "        ■ 証明書　任意　［「大型」が「はい」のとき］",
        "    手数料: 300円 × 「通数」",
        "        急ぎ +30%［「急ぎますか」が「はい」のとき］",
        "        2,000円まで",
        "    郵便料金: 110円から180円まで（答えによる）",
        "    表の料金: 400円から800円まで（答えによる）",
        "    犬の料金: 「犬」1件ごとに3,000円［「大型」が「はい」のとき］",
        "    計算: 答えによって変わります",
        "    生活保護の方: 全額を免除します 「写真」が必要です［「急ぎますか」が「はい」のとき］",
        "    認められたあとに払います。",
        "    証明書　任意　［「大型」が「はい」のとき］",
        "    お送りします。",
        "    担当課が審査して、認めるかどうかを決めます。",
        "    標準処理期間：開庁日で10日",
        "    市民課",
    ],
)
def test_every_part_is_told(city: Path, line: str) -> None:
    assert line in _show(city).splitlines()


def test_the_technical_listing_is_for_whoever_asks_for_it(city: Path) -> None:
    listed = _show(city, "--engine")
    for words in ("※ way: choice  方法", "a: 300円 × copies通", 'if way != "desk"'):
        assert words in listed


def test_another_language_and_furigana_in_brackets(city: Path) -> None:
    folder = city / "translations"
    folder.mkdir()
    english = 'msgid ""\nmsgstr ""\n\nmsgid "方法"\nmsgstr "Delivery"\n'
    (folder / "en.po").write_text(english, encoding="utf-8")
    (folder / "ja@easy.po").write_text(
        'msgid ""\nmsgstr ""\n\nmsgid "方法"\nmsgstr "｜方法《ほうほう》"\n', encoding="utf-8"
    )
    assert "■ Delivery　Required" in _show(city, "--language", "en")
    assert "■ 方法（ほうほう）" in _show(city, "--language", "ja@easy")


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (None, ""),
        ('"a" in parts', "「内訳」に「あ」があるとき"),
        ('!("a" in parts)', "「内訳」に「あ」がないとき"),
        ('way in ["post", "desk"]', "「方法」が「郵送」か「窓口」のとき"),
        ("urgent == false", "「急ぎますか」が「いいえ」のとき"),
        ("!answered(code)", "「番号」に答えがないとき"),
        ('channel != "online"', "窓口で申請するとき"),
        (
            "!resident.signed_in || copies >= 2",
            "カードでログインしていない、または「通数」が2以上のとき",
        ),
        ("total > 5 && (urgent || copies == 1)", "ほかの答えによる"),
        ("today > date('2026-04-30')", "ほかの答えによる"),
        ("nothing", "ほかの答えによる"),
        ("total", "ほかの答えによる"),
    ],
)
def test_simple_conditions_are_sentences(tmp_path: Path, condition: str | None, told: str) -> None:
    definition = procedure(tmp_path, FIELDS, REST).definition
    fields = {field.id: field for field in definition.sections[0].fields}
    assert condition_in_words(condition, fields, untranslated) == told
