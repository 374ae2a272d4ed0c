"""災害時: a procedure as it is while the city has switched the surge on."""

from portal.forms.definition import ProcedureDefinition
from portal.forms.fields import AnyField, GroupField


def relaxed(definition: ProcedureDefinition) -> ProcedureDefinition:
    """The definition with what its ``surge`` relaxes; itself where there is nothing to relax.

    It has a checksum of its own, so that whoever begins now finishes by these rules even after the
    city has switched the surge off.
    """
    surge = definition.surge
    if surge is None or (surge.sign_in is None and not surge.optional):
        return definition
    identity = definition.identity
    if surge.sign_in is not None:
        identity = identity.model_copy(update={"sign_in": surge.sign_in})
    sections = tuple(
        section.model_copy(
            update={"fields": tuple(_optional(field, surge.optional) for field in section.fields)}
        )
        for section in definition.sections
    )
    return definition.model_copy(update={"identity": identity, "sections": sections})


def _optional(field: AnyField, wanted: tuple[str, ...]) -> AnyField:
    if field.id not in wanted:
        return field
    least = {"min_items": 0} if isinstance(field, GroupField) else {}
    return field.model_copy(update={"required": False, **least})
