"""だれの申請ですか: the section with which a procedure begins that takes applications for others.

Its texts and fields stand once, in concepts.yaml; what a procedure admits decides which are asked.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from portal.forms.definition import Applicants, Check, ProcedureDefinition, Section
from portal.forms.fields import AnyField, ChoiceField, Option, Strict, Text

#: Id of the section, and of the question for whom it is; ``acting`` in expressions.
ACTING = "acting"
#: Whoever is at the keyboard applies for themselves.
SELF = "self"

Acting = Literal["self", "child", "household", "mandate", "agent", "business"]


class ActingField(Strict):
    """What is asked where somebody acts for one of these."""

    acts_for: Annotated[tuple[Acting, ...], Field(alias="for", min_length=1)]
    ask: AnyField


class ActingBlock(Strict):
    """``acting:`` of concepts.yaml."""

    title: Text
    intro: Text | None = None
    #: instead of it where companies and other bodies may apply too
    intro_businesses: Text | None = None
    #: the label of the choice
    question: Text
    options: dict[Acting, Text]
    fields: tuple[ActingField, ...] = ()
    #: rules over these fields
    checks: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _names_all(self) -> "ActingBlock":
        missing = [kind for kind in get_args(Acting) if kind not in self.options]
        if missing:
            raise ValueError(f"options lacks {', '.join(missing)}; each kind has its words")
        return self


def offered(applicants: Applicants) -> tuple[Acting, ...]:
    """For whom somebody may apply, in the order of the definition."""
    return (*applicants.acts_for, "business") if applicants.businesses else applicants.acts_for


def acts_for_others(definition: ProcedureDefinition) -> bool:
    """Whether it may be somebody else's application than that of who is at the keyboard."""
    return offered(definition.applicants) != (SELF,)


def with_acting(definition: ProcedureDefinition, block: ActingBlock) -> ProcedureDefinition:
    """The definition with the question for whom it is in front; the same where nobody asks."""
    kinds = offered(definition.applicants)
    if kinds == (SELF,):
        return definition
    question = ChoiceField(
        type="choice",
        id=ACTING,
        label=block.question,
        options=tuple(Option(value=kind, label=block.options[kind]) for kind in kinds),
        # Most apply for themselves; where there is one answer only, it is given.
        default=SELF if SELF in kinds else kinds[0] if len(kinds) == 1 else None,
    )
    asked = [
        entry.ask.model_copy(update={"when": _condition(entry.acts_for, kinds)})
        for entry in block.fields
        if set(entry.acts_for) & set(kinds)
    ]
    also = block.intro_businesses if "business" in kinds else None
    intro = also or block.intro
    section = Section(id=ACTING, title=block.title, intro=intro, fields=(question, *asked))
    ids = {field.id for field in asked}
    checks = tuple(check for check in block.checks if check.field in ids)
    return definition.model_copy(
        update={
            "sections": (section, *definition.sections),
            # Behind the others, so that those keep the places at which they are written.
            "checks": (*definition.checks, *checks),
        }
    )


def _condition(acts_for: Sequence[Acting], kinds: Sequence[Acting]) -> str | None:
    """Where a field is asked; None where it always is."""
    wanted = [kind for kind in kinds if kind in acts_for]
    if len(wanted) == len(kinds):
        return None
    return " || ".join(f'{ACTING} == "{kind}"' for kind in wanted)
