"""The tools of authors."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result
from pydantic import TypeAdapter

from foundation.languages import TRANSLATED
from portal.forms import load_catalogue, messages
from portal.forms.cli import forms
from portal.forms.colour import contrast_with_white
from portal.forms.spoken import language_of
from tests.forms.city import one_section, write_city

GOOD = one_section(
    "- {id: x, type: choice, label: 選ぶもの, options: {a: えー}}\n- {id: y, concept: members}",
    "fees:\n  lines:\n    - {id: f, label: 手数料, account: fee, amount: 300}\n",
)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return write_city(tmp_path / "city", {"test": GOOD})


def run(*arguments: object) -> Result:
    return CliRunner().invoke(forms, [str(argument) for argument in arguments])


def test_check_says_that_all_is_well(city: Path) -> None:
    file = city / "procedures" / "test.yaml"
    guide = "guide: {cost: 無料, time: 5分, after: 確かめます。, needs: [カード]}\n"
    file.write_text(GOOD + guide, encoding="utf-8")
    run("translate", "--folder", city)
    for catalogue in (city / "translations").glob("*.po"):
        texts = catalogue.read_text(encoding="utf-8")
        done = re.sub(r'(msgid "(.+)"\nmsgstr )""', r'\1"\2"', texts)
        catalogue.write_text(done, encoding="utf-8")
    result = run("check", "--strict", city)
    assert result.output == "test with 1 sections: all is well\n" and result.exit_code == 0


def test_check_warns_and_fails_for_it_only_where_asked(city: Path) -> None:
    result = run("check", city)
    assert "warning: " in result.output and "says nothing of “cost”" in result.output
    lacking = "en: 12 of 12 texts untranslated: 「小さな市」「市民課」「引っ越し」…"
    assert f"warning: {lacking}" in result.output
    strict = run("check", "--strict", city)
    assert strict.exit_code == 1 and strict.output.endswith("9 warnings\n")


def test_check_of_one_file_looks_at_it_in_its_city(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = city / "procedures"
    (folder / "other.yaml").write_text("procedure: other\nsections: []\n", encoding="utf-8")
    alone = run("check", folder / "test.yaml")
    assert alone.exit_code == 0 and "test with 1 sections" in alone.output
    assert "en: 8 of 8 texts" in alone.output
    monkeypatch.chdir(folder)
    assert run("check", "test.yaml").output.splitlines()[-1] == alone.output.splitlines()[-1]
    wrong = run("check", "other.yaml")
    assert wrong.exit_code == 1 and "other.yaml:1: “title” is missing" in wrong.output
    # Of what procedures have in common all of them depend.
    assert "other.yaml:1: " in run("check", city / "concepts.yaml").output
    assert "not readable" in run("check", "nothing.yaml").output
    # Another file may have its id already.
    (folder / "other.yaml").write_text(GOOD, encoding="utf-8")
    assert "“test” is already" in run("check", "test.yaml").output


def test_a_file_outside_of_any_city_is_told_so(tmp_path: Path) -> None:
    result = run("check", tmp_path / "alone.yaml")
    assert result.exit_code == 1 and "it belongs to no city" in result.output


def test_check_looks_closer_at_what_is_right_beside_a_mistake(city: Path) -> None:
    folder = city / "procedures"
    closer = GOOD.replace("procedure: test", "procedure: other").replace(
        "label: 選ぶもの", "label: 選ぶもの, when: 'false'"
    )
    (folder / "other.yaml").write_text(closer, encoding="utf-8")
    (folder / "test.yaml").write_text(GOOD.replace("type: choice", "type: choise"))
    output = run("check", city).output
    assert "“false” is never true" in output and "unknown type “choise”" in output


def test_check_keeps_what_is_right_for_the_next_start(city: Path, tmp_path: Path) -> None:
    kept = tmp_path / "data" / "checked-definitions"
    assert run("check", city, "--keep", kept).exit_code == 0
    before = kept.read_bytes()
    load_catalogue(city, kept)
    assert b"test.yaml" in before and kept.read_bytes() == before
    file = city / "procedures" / "test.yaml"
    assert run("check", file, "--keep", kept).exit_code == 0 and kept.read_bytes() == before


def test_check_names_mistakes_and_fails(city: Path) -> None:
    file = city / "procedures" / "test.yaml"
    file.write_text(file.read_text().replace("type: choice", "type: choise"))
    result = run("check", city)
    assert result.exit_code == 1
    assert f"{file}:12: unknown type “choise” → did you mean “choice”?" in result.output
    assert "1 problem\n" in result.output


@pytest.mark.parametrize("command", ["check", "show", "translate"])
def test_a_wrong_folder_is_named(tmp_path: Path, command: str) -> None:
    nowhere = tmp_path / "nowhere"
    arguments: dict[str, list[object]] = {
        "check": [nowhere],
        "show": ["test", "--folder", nowhere],
        "translate": ["--folder", nowhere],
    }
    result = run(command, *arguments[command])
    assert result.exit_code == 1 and "there is no such folder" in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_pale_colour_is_refused(city: Path) -> None:
    file = city / "municipality.yaml"
    file.write_text(file.read_text() + 'key_colour: "#ffd43d"\n')
    result = run("check", city)
    assert result.exit_code == 1 and "municipality.yaml:8: key_colour" in result.output
    assert round(contrast_with_white("#000000")) == 21 and contrast_with_white("#ffffff") == 1


def test_show(city: Path) -> None:
    result = run("show", "test", "--engine", "--folder", city)
    assert result.exit_code == 0
    for words in ("※ x: choice  選ぶもの", "name: name  氏名", "f: 300円"):
        assert words in result.output
    wrong = run("show", "tset", "--folder", city)
    assert wrong.exit_code == 1 and "did you mean “test”?" in wrong.output


def test_the_schema_knows_every_kind_and_concept(city: Path) -> None:
    result = run("schema", "--folder", city)
    schema = TypeAdapter(dict[str, object]).validate_python(json.loads(result.output))
    text = json.dumps(schema)
    for word in ("ranked", "bank_account", "options_from", "ConceptField", "members"):
        assert word in text
    assert run("schema", "--folder", city / "x").exit_code == 1


def test_translate_adds_what_is_new_and_keeps_what_is_there(city: Path) -> None:
    first = run("translate", "en", "--folder", city)
    assert first.exit_code == 0 and "選ぶもの" in first.output
    file = city / "translations" / "en.po"
    with file.open("rb") as stream:
        catalogue = read_po(stream)
    found = {str(message.id) for message in catalogue if message.id}
    assert {
        "選ぶもの",
        "えー",
        "手数料",
        "家族",
        "氏名",
        "試験の申請",
        "市民課",
        "引っ越し",
    } <= found
    assert "試験" not in found  # keywords are for finding only
    done = file.read_text().replace('msgid "えー"\nmsgstr ""', 'msgid "えー"\nmsgstr "A"')
    file.write_text(done)
    second = run("translate", "en", "--folder", city)
    assert "えー" not in second.output.replace("選ぶもの", "")
    assert 'msgstr "A"' in file.read_text()
    before = file.read_text()
    only = run("translate", "--check", "--folder", city)
    assert only.exit_code == 1 and file.read_text() == before
    assert run("translate", "../x", "--folder", city).exit_code == 1


def test_every_language_of_the_portal_gets_its_catalogue(city: Path) -> None:
    assert run("translate", "--folder", city).exit_code == 0
    made = {file.stem for file in (city / "translations").glob("*.po")}
    assert made == set(TRANSLATED)
    for file in (city / "translations").glob("*.po"):
        with file.open("rb") as stream:
            assert str(read_po(stream).locale) == file.stem


def test_a_text_that_several_languages_lack_is_told_once(city: Path) -> None:
    told = run("translate", "--folder", city).output
    assert told.count("選ぶもの") == 1 and "  選ぶもの  [all]" in told
    file = city / "translations" / "en.po"
    texts = file.read_text(encoding="utf-8")
    done = texts.replace('msgid "えー"\nmsgstr ""', 'msgid "えー"\nmsgstr "A"')
    file.write_text(done, encoding="utf-8")
    assert "  えー  [ja@easy, zh, pt, es]" in run("translate", "--folder", city).output


def test_the_tools_speak_the_language_of_the_terminal(city: Path) -> None:
    assert "直すところ" not in run("check", city).output
    japanese = run("--lang", "ja", "check", "--strict", city)
    assert "注意：" in japanese.output and japanese.output.endswith("注意9件\n")
    assert "tset" in run("--lang", "ja", "show", "tset", "--folder", city).output
    heads = run("--lang", "ja", "stats", "test", "--folder", city).output.splitlines()
    assert heads[0].startswith("文字数  タップ") and heads[1].startswith(" " * 5)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP"}, "ja"),
        ({}, "en"),
    ],
)
def test_a_locale_says_which_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_the_engine_s_own_texts_can_be_extracted() -> None:
    texts = [v for name, v in vars(messages).items() if name.isupper() and name != "N_"]
    assert len(texts) > 60
    source = Path(messages.__file__).read_text(encoding="utf-8")
    for text in texts:
        several = text.values() if isinstance(text, dict) else text
        for each in [text] if isinstance(text, str) else several:
            assert f'N_("{each}")' in source or f'N_(\n    "{each}"\n)' in source


def test_stats_count_what_is_typed(city: Path) -> None:
    result = run("stats", "--folder", city)
    assert result.exit_code == 0 and result.output.splitlines()[1].endswith("  test")
    figures = json.loads(run("stats", "--json", "test", "--folder", city).stdout)
    assert [each["procedure"] for each in figures] == ["test"]
    assert figures[0]["sections"] == 1 and figures[0]["taps"] > 1
    alone = run("stats", "test", "--folder", city).output
    assert "家族 (y)" in alone and "家族 › 氏名 (y.*.name)" in alone and "選ぶもの (x)" in alone
    taps = sum(each["taps"] for each in figures[0]["questions"])
    assert alone.endswith(f"beside these: {figures[0]['taps'] - taps}\n")
    first = sum(each["first_characters"] for each in figures[0]["questions"])
    assert first == figures[0]["first_characters"] > 0
    wrong = run("stats", "tset", "--folder", city)
    assert wrong.exit_code == 1 and "did you mean “test”?" in wrong.output
