"""The first draft of a procedure: what is written can be checked and filled in at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms import load_catalogue
from portal.forms.cli import ANSWERS, forms
from portal.forms.filling import Filled, fill
from portal.forms.interview import CARD, KINDS
from portal.forms.scaffold import Draft, Fee, Question, file_of, id_from, text_of
from tests.forms.city import CONTEXT, one_section, write_city


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return write_city(tmp_path / "city", {})


def test_the_answers_make_a_procedure(city: Path) -> None:
    answers = [
        *(
            "dog",
            "pets.dog",
            "犬の登録",
            "犬を登録します。",
            "犬、いぬ",
            "引っ越し",
            "市民課",
            "card",
        ),
        *("y", "いいえ"),
        *("犬の名前", "text", "dog_name", "はい"),
        *("大きさ", "choice", "size", "big_or_small", "大きい,小さい", "ｎ"),
        *("犬の写真", "書類や写真を付ける", "9", "photo", "n"),
        *("", "３００円", "登録手数料", "1"),
    ]
    result = CliRunner().invoke(forms, ["new", "--folder", str(city)], "\n".join(answers))
    assert result.exit_code == 0, result.output
    assert "with a dot between area and name" in result.output
    made = load_catalogue(city).procedures["pets.dog"].definition
    assert (made.title, made.keywords, made.department) == ("犬の登録", ("犬", "いぬ"), "citizens")
    applicant, request = made.sections
    assert [field.concept for field in applicant.fields] == ["person"]
    assert [(f.id, f.type, f.required) for f in request.fields] == [
        ("dog_name", "text", True),
        ("big_or_small", "choice", False),
        ("photo", "file", False),
    ]
    assert made.guide.needs == (CARD, "犬の写真")
    assert made.fees is not None and made.fees.lines[0].amount == 300
    assert made.life_events == ("moving",)
    steps = f"portal forms show pets.dog --folder {city}; portal forms preview pets.dog --folder"
    assert f"Next: {steps} {city}\n" in result.output
    assert not (city / ANSWERS).exists()


#: Up to the questions of the form.
BEGUN = ("pets.dog", "犬の登録", "犬を登録します。", "犬", "", "1", "card")


def new(city: Path, *answers: str) -> Result:
    return CliRunner().invoke(forms, ["new", "--folder", str(city)], "\n".join([*answers, ""]))


def test_whoever_is_interrupted_goes_on_where_they_were(city: Path) -> None:
    stopped = new(city, *BEGUN, "n", "n", "犬の名前", "text")
    told = f"Your 11 answers are kept. To go on: portal forms new --folder {city}"
    assert stopped.exit_code == 1 and told in stopped.output
    assert not (city / file_of("pets.dog")).exists()
    done = new(city, "y", "dog_name", "y", "", "0")
    assert done.exit_code == 0, done.output
    assert "answers about “pets.dog” from before" in done.output
    request = load_catalogue(city).procedures["pets.dog"].definition.sections[-1]
    assert [field.label for field in request.fields] == ["犬の名前"]
    assert not (city / ANSWERS).exists()


def test_whoever_is_interrupted_twice_loses_nothing(city: Path) -> None:
    new(city, *BEGUN)
    new(city, "はい", "n")
    assert new(city, "はい", "n", "", "0").exit_code == 0
    assert load_catalogue(city).procedures["pets.dog"].title == "犬の登録"


def test_old_answers_can_be_left(city: Path) -> None:
    new(city, *BEGUN)
    done = new(city, "いいえ", "pets.cat", *BEGUN[1:], "n", "n", "", "0")
    assert done.exit_code == 0 and "pets.cat" in load_catalogue(city).procedures


def test_answers_that_the_city_no_longer_knows_are_asked_anew(city: Path) -> None:
    new(city, *BEGUN)
    kept = (city / ANSWERS).read_text(encoding="utf-8")
    (city / ANSWERS).write_text(kept.replace('"1"', '"nobody"'), encoding="utf-8")
    done = new(city, "y", "citizens", "card", "n", "n", "", "0")
    assert done.exit_code == 0, done.output
    for nonsense in ("nonsense", "5"):
        (city / ANSWERS).write_text(nonsense, encoding="utf-8")
        stopped = new(city, "pets.cat").output
        assert "from before" not in stopped and "1 answers are kept" in stopped


def test_whoever_answered_nothing_is_told_so(city: Path) -> None:
    assert "Nothing is written" in new(city).output


def test_notices_by_mail_can_be_done_without(city: Path) -> None:
    draft = Draft(
        id="area.name",
        title="x",
        summary="x",
        keywords=(),
        department="citizens",
        sign_in="card",
        concepts=(("phone", "contact.phone"), ("email", "contact.email")),
        questions=(),
        fee=None,
        decided=False,
    )
    assert "{id: email, concept: contact.email, required: false}" in text_of(draft)
    assert "{id: phone, concept: contact.phone}" in text_of(draft)


def test_what_is_no_answer_is_asked_again(city: Path) -> None:
    wrong = ["pets.dog", "犬の登録", "犬を登録します。", "犬", "9", "", "市民課", "card"]
    result = new(city, *wrong, "perhaps", "n", "n", "", "many", "0")
    assert result.exit_code == 0 and "Answer y or n." in result.output
    assert result.output.count("Enter a number or a name from the list.") == 1
    assert "Enter a whole number, 0 or more." in result.output


def test_a_japanese_terminal_is_spoken_to_in_japanese(city: Path) -> None:
    japanese = {"LANG": "ja_JP.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}
    told = CliRunner(env=japanese).invoke(forms, ["new", "--folder", str(city)], "x\n")
    assert "英小文字・数字・ハイフンで、分野と名前を点でつなぎます。" in told.output
    asked = CliRunner().invoke(forms, ["--lang", "ja", "new", "--folder", str(city)], "pets.dog\n")
    assert "手続きの名前（紙の申請書のとおりに）" in asked.output


def test_blank_answers_are_asked_for_again(city: Path) -> None:
    answers = [
        *(
            "pets.dog",
            "　",
            "犬の登録",
            " ",
            "犬を登録します。",
            "犬",
            "",
            "citizens",
            "none",
            "n",
            "n",
        ),
        *("大きさ", "choice", "how_big", "、,", "大きい、、小さい", "y", "", "0"),
    ]
    result = CliRunner().invoke(forms, ["new", "--folder", str(city)], "\n".join(answers))
    assert result.exit_code == 0, result.output
    made = load_catalogue(city).procedures["pets.dog"]
    assert made.title == "犬の登録" and result.output.count("must not be blank") == 3
    again = CliRunner().invoke(forms, ["new", "--folder", str(city)], "pets.dog\n")
    assert "There is a procedure “pets.dog” already." in again.output


@pytest.mark.parametrize("label", ["acting", "Acting name", "size", "today", "1st", "犬", "taken"])
def test_an_id_that_is_taken_is_not_offered(label: str) -> None:
    assert id_from(label, ["taken"]) == "question_2"


def test_a_file_that_is_there_is_told_before_all_other_questions(city: Path) -> None:
    file = city / file_of("pets.cat")
    file.parent.mkdir()
    file.write_text(one_section("- {id: x, type: text, label: 質問}"), encoding="utf-8")
    result = CliRunner().invoke(forms, ["new", "--folder", str(city)], "pets.cat\n")
    assert f"There is a file {file} already." in result.output
    assert "Title" not in result.output


LABELS = (
    st.text(min_size=1, max_size=30).map(str.strip).filter(lambda text: text.isprintable() and text)
)


@settings(deadline=None, max_examples=50)
@given(LABELS, st.lists(st.tuples(LABELS, st.sampled_from(sorted(KINDS))), max_size=6))
def test_whatever_is_called_how_it_is_right_yaml(
    tmp_path_factory: pytest.TempPathFactory, title: str, asked: list[tuple[str, str]]
) -> None:
    folder = write_city(tmp_path_factory.mktemp("new") / "city", {})
    questions: list[Question] = []
    for label, kind in asked:
        name = id_from(label, [question.id for question in questions])
        options = (("a", label), ("b", "ほか")) if kind.startswith("choice") else ()
        questions.append(Question(name, label, kind, options))
    draft = Draft(
        id="area.name",
        title=title,
        summary=title,
        keywords=(title,),
        department="citizens",
        sign_in="card",
        concepts=(("applicant", "person"),),
        questions=tuple(questions),
        fee=Fee(title, "fee", 300),
        decided=True,
    )
    file = folder / file_of(draft.id)
    file.parent.mkdir(parents=True)
    file.write_text(text_of(draft), encoding="utf-8")
    made = load_catalogue(folder).procedures["area.name"]
    assert made.title == title
    assert isinstance(fill(made, CONTEXT, {}), Filled)
