"""A compiled procedure: what can be asked of it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from markupsafe import Markup

from foundation.wording import Translate, untranslated
from portal.forms import messages
from portal.forms.calendar import Calendar
from portal.forms.compiled import (
    AnyCompiled,
    CompiledCheck,
    CompiledField,
    CompiledGroup,
    CompiledSection,
    compile_sections,
    in_order,
    walk,
)
from portal.forms.compiled_fees import CompiledFees, compile_fees
from portal.forms.definition import ProcedureDefinition, ReviewStep
from portal.forms.described import Described
from portal.forms.directories import NOTHING_KNOWN, Directories
from portal.forms.evaluated import Evaluation
from portal.forms.evaluation import Stored, evaluate
from portal.forms.expressions import Expression, ExpressionError, compiled
from portal.forms.frozen import checksum, freeze, thawed
from portal.forms.functions import of_procedure
from portal.forms.owing import office_owes, promised
from portal.forms.posted import Uploads
from portal.forms.price import Price
from portal.forms.pricing import closure, price
from portal.forms.reading import field_error, read
from portal.forms.rendering import Pages
from portal.forms.results import (
    Answers,
    Context,
    FieldError,
    FileRule,
    Form,
    Journey,
    ProfileValue,
    Promised,
    SectionPost,
    SectionState,
    SummarySection,
)
from portal.forms.summary import summary
from portal.forms.surge import relaxed
from portal.forms.tables import compile_tables
from portal.forms.watching import watched


class Procedure(Described):
    """One procedure, compiled when it is first used: render, read, validate, price.

    It keeps nothing of any person and may be shared by threads. Its definition has passed the
    linter; one that hasn't may raise ValueError or Cycle at its first use.
    """

    def __init__(
        self, definition: ProcedureDefinition, directories: Directories = NOTHING_KNOWN
    ) -> None:
        super().__init__(definition)
        self._directories = directories
        self._pages: dict[str, Pages] = {}

    @cached_property
    def checksum(self) -> str:
        """Of everything that the definition says: the same for the same rules."""
        return checksum(self.definition)

    @cached_property
    def in_surge(self) -> "Procedure":
        """This procedure while the city has switched the surge on."""
        eased = relaxed(self.definition)
        return self if eased is self.definition else Procedure(eased, self._directories)

    @cached_property
    def calendar(self) -> Calendar:
        """The days on which the city hall is open."""
        return Calendar(self.definition.closed)

    @cached_property
    def _sections(self) -> tuple[CompiledSection, ...]:
        return compile_sections(self.definition, self._directories)

    @cached_property
    def _by_id(self) -> Mapping[str, CompiledSection]:
        return {each.id: each for each in self._sections}

    @cached_property
    def _fields(self) -> Mapping[str, AnyCompiled]:
        return {field.id: field for _, field in walk(self._sections)}

    @cached_property
    def _ordered(self) -> tuple[tuple[CompiledSection, AnyCompiled], ...]:
        return in_order(self._sections)

    @cached_property
    def _checks(self) -> tuple[CompiledCheck, ...]:
        return tuple(CompiledCheck(c, Expression(c.when)) for c in self.definition.checks)

    @cached_property
    def _fees(self) -> CompiledFees:
        return compile_fees(self.definition.fees)

    @cached_property
    def _functions(self) -> Mapping[str, Callable[..., Any]]:
        return of_procedure(compile_tables(self.definition.tables), self.calendar)

    @cached_property
    def _hold(self) -> Expression | None:
        outcome = self.definition.outcome
        return compiled(outcome.hold_when if outcome else None)

    @cached_property
    def _watched(self) -> Mapping[str, str]:
        return watched(self._sections, self._fees, self._fields, self.definition.layout)

    @property
    def section_ids(self) -> tuple[str, ...]:
        """All sections, whether they apply or not."""
        return tuple(section.id for section in self.definition.sections)

    def section_intro(self, section_id: str) -> str | None:
        """The sentence above the fields of a section."""
        return self._by_id[section_id].definition.intro

    def journey(
        self,
        answers: Answers,
        context: Context,
        *,
        translate: Translate = untranslated,
        evaluated: Evaluation | None = None,
    ) -> Journey:
        """Everything recomputed from the answers: sections, errors, price.

        ``evaluated`` is what the post came to that left these answers.
        """
        evaluation = evaluated or self._evaluate(answers, context)
        fields = self._fields.values()
        errors = [field_error(found, fields, translate) for found in evaluation.found]
        cost = self._price(evaluation, context, translate)
        there = [each for each in self._sections if each.id in evaluation.sections]
        if cost.pending and not errors and there:
            # Everything is answered and still there is no price: the definition is to blame.
            last = there[-1].id
            errors.append(FieldError("", "", translate(messages.NO_PRICE), last))
        wrong = {error.section for error in errors}
        return Journey(
            sections=tuple(
                SectionState(each.id, translate(each.definition.title), each.id not in wrong)
                for each in there
            ),
            answers=evaluation.answers,
            errors=tuple(errors),
            price=cost,
            evaluated=evaluation,
        )

    def read_section(
        self,
        section_id: str,
        form: Form,
        answers: Answers,
        context: Context,
        *,
        sources: Mapping[str, str] | None = None,
        uploads: Uploads | None = None,
        translate: Translate = untranslated,
    ) -> SectionPost:
        """A posted section. Any bytes give a result; KeyError only for an unknown section.

        ``uploads`` are the files that the caller has stored, by control name, in the shape of the
        answer; they are added to those that are there.
        """
        return read(
            self._by_id[section_id],
            self._ordered,
            self._checks,
            self._functions,
            form,
            answers,
            context,
            sources or {},
            uploads or {},
            translate,
            self._directories.places,
        )

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
        translate: Translate = untranslated,
        language: str | None = None,
        evaluated: Evaluation | None = None,
    ) -> Markup:
        """The fields of a section as HTML, without form element and buttons.

        ``language`` is the tag for which ``translate`` speaks: with it the translated page is kept
        and only filled next time; without it (and with a ``translate``) it is written anew.
        ``evaluated`` is what a journey or a post with these answers came to.
        """
        evaluation = evaluated or self._evaluate(answers, context)
        section = self._by_id[section_id].asked_of(staff=context.staff, office=context.office)
        pages = self._pages_in(language, translate)
        return Markup(  # noqa: S704 every value in it is escaped by portal.forms.html
            pages.section(
                section, answers, evaluation, raw, errors, sources or {}, edit, context.room
            )
        )

    def summary(
        self,
        answers: Answers,
        context: Context,
        *,
        translate: Translate = untranslated,
        sources: Mapping[str, str] | None = None,
    ) -> tuple[SummarySection, ...]:
        """All answers in words, for checking before submission and for case workers."""
        evaluation = self._evaluate(answers, context)
        return summary(self._sections, evaluation, sources or {}, translate)

    def promised(
        self, answers: Answers, context: Context, *, translate: Translate = untranslated
    ) -> tuple[Promised, ...]:
        """The papers that are handed in later, as the answers say."""
        return promised(self._sections, self._evaluate(answers, context), translate)

    def office_owes(
        self, answers: Answers, context: Context, *, translate: Translate = untranslated
    ) -> tuple[str, ...]:
        """The office's own required fields that are still empty; ``context.staff`` is set."""
        return office_owes(self._sections, self._evaluate(answers, context), translate)

    def prefill(self, profile: Mapping[str, ProfileValue]) -> tuple[dict[str, Any], dict[str, str]]:
        """The answers that are known already, and where each comes from."""
        answers: dict[str, Any] = {}
        sources: dict[str, str] = {}
        for each in self._fields.values():
            key = each.definition.profile
            known = profile.get(key) if key else None
            if known is not None and known.value is not None:
                answers[each.id] = known.value
                sources[each.id] = known.source
        return answers, sources

    def known_from(self, answers: Answers) -> dict[str, Any]:
        """What these answers tell another form, by profile key.

        A consent is given anew each time, and a file stays with the application it came with.
        """
        return {
            key: told
            for each in self._fields.values()
            if (key := each.definition.profile)
            and answers.get(each.id) is not None
            and (told := each.carried(answers[each.id])) is not None
        }

    def answer_known_as(self, key: str, answers: Answers) -> Any:
        """The first answer to a field that a profile fills in as ``key``; None without one."""
        return next(
            (
                answers[each.id]
                for each in self._fields.values()
                if each.definition.profile == key and answers.get(each.id) is not None
            ),
            None,
        )

    def price(
        self, answers: Answers, context: Context, *, translate: Translate = untranslated
    ) -> Price:
        """What it costs with these answers."""
        return self._price(self._evaluate(answers, context), context, translate)

    def held(self, answers: Answers, context: Context) -> bool:
        """Whether a person must look at it before anything is issued (``outcome.hold_when``).

        What can't be decided is held.
        """
        if self._hold is None:
            return False
        try:
            return self._hold.evaluate(self.scope(answers, context)) is not False
        except ExpressionError:
            return True

    def review_steps(self, answers: Answers, context: Context) -> tuple[ReviewStep, ...]:
        """The steps before a decision that apply; one that can't be decided does."""
        steps = self.definition.review
        scope = self.scope(answers, context) if steps else {}
        return tuple(step for step in steps if _applies(step, scope))

    def field_at(self, path: str) -> AnyCompiled | None:
        """The field, group, or field of a row (``children.0.name``); None where there is none."""
        parts = path.split(".")
        each = self._fields.get(parts[0])
        if len(parts) == 1 or not isinstance(each, CompiledGroup):
            return each if len(parts) == 1 else None
        if len(parts) != 3 or not parts[1].isdecimal():
            return None
        return next((inner for inner in each.fields if inner.id == parts[2]), None)

    def checked_with(self, path: str) -> tuple[str, ...]:
        """The other fields on whose answers the checks at a field depend."""
        checks = [check for check in self._checks if check.definition.field == path]
        names = closure(frozenset().union(*(each.when.names for each in checks)), self._fields)
        return tuple(name for name in self._fields if name in names and name != path)

    @property
    def field_ids(self) -> tuple[str, ...]:
        """All fields and groups, whether they apply or not."""
        return tuple(self._fields)

    @property
    def decisive(self) -> frozenset[str]:
        """The fields on whose answers others, or the price, depend."""
        return frozenset(self._watched)

    def scope(self, answers: Answers, context: Context) -> Mapping[str, Any]:
        """What the expressions of this procedure see with these answers."""
        return self._evaluate(answers, context).situation.scope

    @property
    def office_sections(self) -> tuple[str, ...]:
        """The sections with fields that only staff fill in."""
        return tuple(each.id for each in self._sections if each.for_office.fields)

    def file_rule(self, control_name: str, *, staff: bool = False) -> FileRule | None:
        """What may be uploaded in a control; None where it is no file field for this person."""
        each, whole = self.field_at(control_name), self.field_at(control_name.partition(".")[0])
        if not isinstance(each, CompiledField) or each.file is None:
            return None
        if whole is None or (whole.definition.staff_only and not staff):
            return None
        return FileRule(each.file.accept, each.file.max_files, each.file.max_bytes)

    def freeze(self) -> dict[str, Any]:
        """JSON that holds everything this procedure needs; ``thaw`` makes it live again."""
        return freeze(self.definition)

    def _evaluate(self, answers: Answers, context: Context) -> Evaluation:
        return evaluate(self._ordered, self._checks, Stored(answers), context, self._functions)

    def _price(self, evaluation: Evaluation, context: Context, translate: Translate) -> Price:
        return price(self._fees, self._fields, evaluation, context.free_used, translate)

    def _pages_in(self, language: str | None, translate: Translate) -> Pages:
        tag = "ja" if language is None and translate is untranslated else language
        if tag is None:
            return Pages(self._sections, self._watched, translate)
        if tag not in self._pages:
            self._pages[tag] = Pages(self._sections, self._watched, translate)
        return self._pages[tag]


def thaw(frozen: Mapping[str, Any], directories: Directories = NOTHING_KNOWN) -> Procedure:
    """The procedure as it was frozen. Raises ThawError where it was damaged."""
    return Procedure(thawed(frozen), directories)


def _applies(step: ReviewStep, scope: Mapping[str, Any]) -> bool:
    condition = compiled(step.when)
    try:
        return condition is None or condition.evaluate(scope) is not False
    except ExpressionError:
        return True
