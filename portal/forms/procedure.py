"""A compiled procedure: what can be asked of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from portal.forms.results import (
    Answers,
    Context,
    FieldError,
    Form,
    Journey,
    Price,
    ProfileValue,
    SectionPost,
    SummarySection,
    Translate,
)


def same(text: str) -> str:
    """The translation into Japanese: none."""
    return text


class Procedure:
    """One procedure, compiled once: render, read, validate, price. Stateless and thread-safe."""

    id: str
    title: str
    summary_text: str
    keywords: tuple[str, ...]
    life_events: tuple[str, ...]
    department: str
    legal_basis: str
    version: str
    checksum: str

    def journey(
        self, answers: Answers, context: Context, *, translate: Translate = same
    ) -> Journey:
        """Everything recomputed from the answers: sections, errors, price."""
        raise NotImplementedError

    def read_section(
        self,
        section_id: str,
        form: Form,
        answers: Answers,
        context: Context,
        *,
        sources: Mapping[str, str] | None = None,
        translate: Translate = same,
    ) -> SectionPost:
        """A posted section. Any bytes give a result; KeyError only for an unknown section."""
        raise NotImplementedError

    def render_section(
        self,
        section_id: str,
        answers: Answers,
        context: Context,
        *,
        raw: Form | None = None,
        errors: Sequence[FieldError] = (),
        sources: Mapping[str, str] | None = None,
        edit: frozenset[str] = frozenset(),
        translate: Translate = same,
    ) -> Markup:
        """The fields of a section as HTML, without form element and buttons."""
        raise NotImplementedError

    def summary(
        self,
        answers: Answers,
        context: Context,
        *,
        translate: Translate = same,
        sources: Mapping[str, str] | None = None,
    ) -> tuple[SummarySection, ...]:
        """All answers in words, for checking before submission and for case workers."""
        raise NotImplementedError

    def prefill(self, profile: Mapping[str, ProfileValue]) -> tuple[dict[str, Any], dict[str, str]]:
        """The answers that are known already, and where each comes from."""
        raise NotImplementedError

    def price(self, answers: Answers, context: Context, *, translate: Translate = same) -> Price:
        """What it costs with these answers."""
        raise NotImplementedError

    def freeze(self) -> dict[str, Any]:
        """JSON that holds everything this procedure needs; ``thaw`` makes it live again."""
        raise NotImplementedError


def thaw(frozen: Mapping[str, Any]) -> Procedure:
    """The procedure as it was frozen. Raises ThawError where the checksum doesn't match."""
    raise NotImplementedError
