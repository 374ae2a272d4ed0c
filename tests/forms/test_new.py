"""The first draft of a procedure: what is written can be checked and filled in at once."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms import load_catalogue
from portal.forms.cli import forms
from portal.forms.filling import Filled, fill
from portal.forms.interview import KINDS
from portal.forms.scaffold import Draft, Fee, Question, file_of, id_from, text_of
from tests.forms.city import CONTEXT, one_section, write_city


@pytest.fixture
def city(tmp_path: Path) -> Path:
    return write_city(tmp_path / "city", {})


def test_the_answers_make_a_procedure(city: Path) -> None:
    answers = [
        *("dog", "pets.dog", "犬の登録", "犬を登録します。", "犬、いぬ", "citizens", "card"),
        *("y", "n"),
        *("犬の名前", "text", "dog_name", "y"),
        *("大きさ", "choice", "size", "big_or_small", "大きい,小さい", "n"),
        *("", "300", "登録手数料", "fee"),
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
    ]
    assert made.fees is not None and made.fees.lines[0].amount == 300


def test_blank_answers_are_asked_for_again(city: Path) -> None:
    answers = [
        *(
            "pets.dog",
            "　",
            "犬の登録",
            " ",
            "犬を登録します。",
            "犬",
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
    assert made.title == "犬の登録" and result.output.count("must not be blank") == 2
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
