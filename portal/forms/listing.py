"""A procedure as the engine understands it: ``portal forms show --engine``."""

from datetime import date

from portal.forms.fees_in_words import fees_shown
from portal.forms.procedure import Procedure
from portal.forms.results import Context


def listing(procedure: Procedure, today: date) -> str:
    """Ids, types, expressions and fees, line by line."""
    definition = procedure.definition
    lines = [
        f"{procedure.title}  ({procedure.id}, version {procedure.version})",
        f"department {procedure.department}, checksum {procedure.checksum[:12]}",
    ]
    for section in definition.sections:
        lines += ["", f"[{section.id}] {section.title}" + (_when(section.when))]
        for field in section.fields:
            mark = "※" if field.required else " "
            lines.append(f"  {mark} {field.id}: {field.type}  {field.label}{_when(field.when)}")
            for inner in getattr(field, "fields", ()):
                lines.append(f"      {inner.id}: {inner.type}  {inner.label}{_when(inner.when)}")
    lines += fees_shown(definition.fees)
    journey = procedure.journey({}, Context(today=today))
    lines += ["", "begins with: " + " → ".join(section.title for section in journey.sections)]
    return "\n".join(lines)


def _when(condition: str | None) -> str:
    return f"  if {condition}" if condition else ""
