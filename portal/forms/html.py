"""HTML that is written once and filled many times.

A fragment is pre-rendered with slots for what changes from person to person; filling it is one
join. Slots are marked with control characters, which no value that is shown can contain.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

#: What ``escape`` changes; hardly any text has it, and looking costs less than a copy.
_SPECIAL = re.compile("[&<>'\"]")
_OPEN, _CLOSE = "\x02", "\x03"

#: Stands for a row's number in the names and ids of a group's fields.
INDEX = "\x01"


def slot(name: str) -> str:
    """A place to be filled."""
    return f"{_OPEN}{name}{_CLOSE}"


def escaped(text: str) -> str:
    """Text made safe for HTML."""
    return str(escape(text)) if _SPECIAL.search(text) else text


class Fragment:
    """HTML cut at its slots."""

    __slots__ = ("_parts", "_places")

    def __init__(self, html: str) -> None:
        parts: list[str] = []
        places: dict[str, tuple[int, ...]] = {}
        for piece in html.split(_OPEN):
            name, closed, text = piece.partition(_CLOSE)
            if closed:
                places[name] = (*places.get(name, ()), len(parts))
                parts += ["", text]
            else:
                parts.append(piece)
        self._parts = parts
        self._places = places

    def fill(self, values: Mapping[str, str]) -> str:
        """The HTML with its slots filled; a slot without a value stays empty."""
        parts = self._parts.copy()
        for name, value in values.items():
            if value:
                for place in self._places.get(name, ()):
                    parts[place] = value
        return "".join(parts)


def attributes(values: Mapping[str, str | bool | None]) -> str:
    """Attributes with a space before each; False and None are left out, True has no value."""
    written = []
    for name, value in values.items():
        if value is True:
            written.append(f" {name}")
        elif value not in (None, False):
            written.append(f' {name}="{escaped(str(value))}"')
    return "".join(written)


def tag(name: str, content: str, **values: str | bool | None) -> str:
    """An element around content that is HTML already; ``class_`` and ``for_`` lose the ``_``."""
    named = {key.rstrip("_").replace("_", "-"): value for key, value in values.items()}
    return f"<{name}{attributes(named)}>{content}</{name}>"


@dataclass(frozen=True)
class ControlHtml:
    """What a kind needs to know of its field in order to write its controls."""

    #: name of the field's control, with INDEX for the row
    path: str
    label: str
    required: bool
    help_id: str | None
    width: str | None

    def name(self, suffix: str) -> str:
        return f"{self.path}.{suffix}" if suffix else self.path

    def id(self, suffix: str) -> str:
        return control_id(self.name(suffix))

    def common(self, suffix: str) -> str:
        """name, id and the slot for what an error adds."""
        required = ' aria-required="true"' if self.required else ""
        return f' name="{self.name(suffix)}" id="{self.id(suffix)}"{required}{slot("a:" + suffix)}'


def control_id(path: str) -> str:
    """``group.0.field`` → ``f-group-0-field``."""
    return "f-" + path.replace(".", "-")


def text_input(
    control: ControlHtml,
    suffix: str = "",
    *,
    width: str = "medium",
    type_: str = "text",
    extra: Mapping[str, str | bool | None] | None = None,
) -> str:
    """An input for a line of text, with a slot for its value."""
    return (
        f'<input type="{type_}" class="input input--{control.width or width}"'
        f"{control.common(suffix)}{attributes(extra or {})}"
        f' value="{slot("v:" + suffix)}">'
    )


def labelled(control: ControlHtml, suffix: str, label: str, field: str) -> str:
    """One control of a composed field under its own label."""
    return (
        f'<div class="field__part"><label class="field__part-label" for="{control.id(suffix)}">'
        f"{escaped(label)}</label>{field}</div>"
    )


def select(
    control: ControlHtml, suffix: str, options: Sequence[tuple[str, str]], empty: str
) -> str:
    """A drop-down list; each option has a slot that marks it as chosen."""
    written = [f'<option value="">{escaped(empty)}</option>'] if empty else []
    written += [
        f'<option value="{escaped(value)}"{slot(f"o:{suffix}:{value}")}'
        f"{slot(f'h:{value}')}{slot(f'd:{value}')}>{escaped(label)}{slot(f'n:{value}')}</option>"
        for value, label in options
    ]
    return f'<select class="select"{control.common(suffix)}>{"".join(written)}</select>'
