"""Shapes checked by pydantic, its errors told in words and with their lines."""

import types
from collections.abc import Sequence
from copy import deepcopy
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal.forms.literals import DAY, TIME
from portal.forms.problems import Problem, suggest
from portal.forms.source import Place, Source

M = TypeVar("M", bound=BaseModel)

#: What pydantic calls the branches of "a whole number or an expression".
_BRANCHES = frozenset({"int", "constrained-str"})
#: What is wanted, where pydantic's own words are those of a programmer.
_WANTED = {
    "amount": "a whole number, or an expression that gives one",
    "tuple_type": "a list",
    "dict_type": "keys with their values",
    "model_type": "keys with their values",
    "model_attributes_type": "keys with their values",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "a text",
}

#: What the patterns of ids, days and the like ask for; in words, because nobody reads patterns.
PATTERNS = {
    r"^[a-z][a-z0-9_]{0,59}$": "small letters a to z, digits and _, a letter first: child_name",
    r"^[a-z][a-z0-9_-]{0,59}$": "small letters a to z, digits, _ and -, a letter first: request",
    r"^[a-z][a-z0-9-]{0,59}$": "small letters a to z, digits and -, a letter first: culture-hall",
    r"^[a-z0-9-]+(\.[a-z0-9-]+)*$": "small letters a to z, digits and -, with dots: pets.dog",
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$": "letters a to z, digits, “.”, “_” and “-”: by_post",
    r"^\d{1,3}[ymd]$": "a number with y (years), m (months) or d (days): 3y",
    r"^\d{6}$": 'six digits in quotes: "131016"',
    r"^#[0-9A-Fa-f]{6}$": 'a colour in quotes: "#0017c1"',
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": 'month and day in quotes: "12-29"',
    r"^[\w-]+(/[\w-]+)*\.(yaml|csv)$": "a file below the city's folder: sample/wards.csv",
    r"^[a-z0-9 -]{2,60}$": "one of HTML's words for autocomplete: email",
    f"^{DAY.pattern}$": "a day: 2026-04-01",
    f"^{TIME.pattern}$": 'a time in quotes: "09:00"',
}
#: A missing text is no reason to leave out all that stands beside it.
_TEXTS = frozenset({"title", "label", "summary", "message"})

#: Rounds of leaving out what is wrong, in order to find what else is.
_ROUNDS = 8


def validate(
    model: type[M], source: Source, content: Any, start: Place = ()
) -> tuple[M | None, list[Problem]]:
    """The model, and all problems of its content.

    With problems the model is what is left without the wrong parts, so that the checks that
    follow can find more at once; None where too little is left.
    """
    problems: list[Problem] = []
    content = deepcopy(content)
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(content), problems
        except ValidationError as error:
            details = [detail for detail in error.errors() if not _follows(detail)]
            if not problems:
                problems = [_problem(model, source, start, detail) for detail in details]
            if not _leave_out(content, details):
                return None, problems
    return None, problems


def _problem(model: type[BaseModel], source: Source, start: Place, detail: ErrorDetails) -> Problem:
    place = detail["loc"]
    kind = detail["type"]
    if place and place[-1] in _BRANCHES:
        # One of several shapes was tried; the value, not the shape, is what the author wrote.
        place, kind = place[:-1], "amount"
    name = str(place[-1]) if place else ""
    context = detail.get("ctx", {})
    found = f"{_named(place)} is {_shown(detail['input'])}"
    if kind == "extra_forbidden":
        found, right = f"unknown key “{name}”", suggest(name, _keys_at(model, place[:-1]))
    elif kind == "missing":
        found, right = f"“{name}” is missing", f"add “{name}:”"
    elif kind == "union_tag_invalid":
        tags = [tag.strip(" '") for tag in str(context["expected_tags"]).split(",")]
        found, right = f"unknown type “{context['tag']}”", suggest(str(context["tag"]), tags)
        place = (*place, "type")
    elif kind == "union_tag_not_found":
        found, right = "“type” is missing", "add “type:” or “concept:”"
    elif kind == "literal_error":
        expected = str(context["expected"]).replace(" or ", ",").split(",")
        right = suggest(str(detail["input"]), [word.strip(" '") for word in expected])
    elif detail["input"] is None:
        right = "write it, or leave the key out"
    elif kind == "string_pattern_mismatch":
        right = PATTERNS[context["pattern"]]
    elif kind == "string_type" and isinstance(detail["input"], bool | int | float):
        right = f'a text; write it in quotes: "{detail["input"]}"'
    else:
        right = _WANTED.get(kind) or detail["msg"].removeprefix("Value error, ")
        found = found if place else "the parts don't fit together"
    return source.problem((*start, *place), found, right)


def _follows(detail: ErrorDetails) -> bool:
    """Whether a list is too short only because what is in it is wrong."""
    if detail["type"] != "too_short" or not isinstance(detail["input"], list | tuple):
        return False
    return len(detail["input"]) >= int(detail.get("ctx", {}).get("min_length", 0))


def _named(place: tuple[str | int, ...]) -> str:
    words = [str(step) for step in place if isinstance(step, str)]
    return f"“{words[-1]}”" if words else "the file"


def _shown(value: Any) -> str:
    text = "empty" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _leave_out(content: Any, details: Sequence[ErrorDetails]) -> bool:
    """Take what is wrong out of the content. False where that leaves nothing to look at."""
    wrong = []
    for detail in details:
        trail = _trail(content, detail)
        if detail["type"] == "missing" and detail["loc"][-1] in _TEXTS:
            _at(content, trail)[detail["loc"][-1]] = "?"
        elif not trail:
            return False
        else:
            wrong.append(trail)
    # From the end, so that what comes earlier in a list keeps its place.
    for trail in sorted(set(wrong), key=_from_the_end, reverse=True):
        parent = _at(content, trail[:-1])
        del parent[trail[-1]]
    return True


def _at(content: Any, trail: Sequence[str | int]) -> Any:
    for step in trail:
        content = content[step]
    return content


def _trail(content: Any, detail: ErrorDetails) -> tuple[str | int, ...]:
    """The steps to what is wrong, without those that are no part of the content."""
    place = list(detail["loc"])
    if detail["type"] == "missing" and place:
        place.pop()  # what lacks a key goes as a whole
    trail: list[str | int] = []
    node = content
    for step in place:
        in_list = isinstance(node, list) and isinstance(step, int) and step < len(node)
        if in_list or (isinstance(node, dict) and step in node):
            trail.append(step)
            node = node[step]
    return tuple(trail)


def _from_the_end(trail: tuple[str | int, ...]) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in trail]


def _keys_at(model: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """The keys that are known where an unknown one was found."""
    models = [model]
    for step in place:
        following: list[type[BaseModel]] = []
        for one in models:
            if isinstance(step, str) and step in one.model_fields:
                following += _models_in(one.model_fields[step].annotation)
            elif _tag(one) == step:
                following.append(one)
        models = following or models
    return [key for one in models for key in one.model_fields]


def _tag(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("type")
    arguments = get_args(field.annotation) if field is not None else ()
    return str(arguments[0]) if arguments else None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Annotated, tuple, list, dict, Union, types.UnionType):
        return [model for each in get_args(annotation) for model in _models_in(each)]
    return []
