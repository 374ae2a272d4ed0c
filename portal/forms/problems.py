"""What is wrong with a definition, in words that let its author put it right at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is, what stands there, what would be right."""

    file: Path
    #: counted from 1
    line: int
    found: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.found} → {self.right}"


class DefinitionErrors(Exception):
    """Everything that is wrong with the definitions, all at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def suggest(word: str, known: Iterable[str]) -> str:
    """What the author probably meant, or all that is known where that is short."""
    names = sorted(set(known))
    close = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{close[0]}”?"
    if not names:
        return "nothing of that kind is defined yet"
    shown = ", ".join(names[:20])
    return f"known are: {shown}{', …' if len(names) > 20 else ''}"
