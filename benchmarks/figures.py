"""What a measurement says, and how it is kept and shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured number.

    ``value`` is in ``unit``; where it is a ratio it is ours divided by ``compared_to``.
    """

    name: str
    value: float
    unit: str
    compared_to: str | None = None


def write(path: Path, figures: Iterable[Figure]) -> None:
    """Keep figures as ``{name: {value, unit, compared_to}}``; those of other cases stay."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for figure in figures:
        values = asdict(figure)
        kept[values.pop("name")] = values
    text = json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def table(figures: Sequence[Figure]) -> str:
    """Figures for a person to read."""
    rows = [
        (figure.name, f"{figure.value:,.2f}", figure.unit, figure.compared_to or "")
        for figure in figures
    ]
    rows.insert(0, ("name", "value", "unit", "compared to"))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:<{widths[2]}}  {row[3]}".rstrip()
        for row in rows
    )
