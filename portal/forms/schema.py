"""The JSON Schema of procedure files, so that an editor completes and checks while typing."""

from typing import Any

from portal.forms.definition import ProcedureDefinition

#: Where a city keeps it, beside its other files; the first line of each procedure names it.
SCHEMA_FILE = "procedure.schema.json"

#: ``$schema`` of what is written.
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def procedure_schema(concepts: list[str]) -> dict[str, Any]:
    """The schema of a file under ``procedures/`` in a city with these concepts."""
    schema = ProcedureDefinition.model_json_schema()
    definitions = schema["$defs"]
    # A file may leave to the concept what the resolved definition must say.
    by_concept = {
        "title": "a field that stands for a shared concept",
        "type": "object",
        "required": ["id", "concept"],
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,59}$"},
            "concept": {"enum": concepts},
        },
    }
    definitions["ConceptField"] = by_concept
    for name in ("Section", "GroupField"):
        items = definitions[name]["properties"]["fields"]["items"]
        # The discriminator is a hint of OpenAPI, and a concept has none.
        items.pop("discriminator", None)
        known = items.pop("oneOf")
        items["anyOf"] = [{"$ref": "#/$defs/ConceptField"}, *known]
    for definition in definitions.values():
        _options(definition)
    return {"$schema": DIALECT, "title": "procedure", **schema}


def _options(definition: dict[str, Any]) -> None:
    """The short form ``{value: label}``, and ``options_from`` instead of options."""
    options = definition.get("properties", {}).get("options")
    if options is None:
        return
    definition["properties"]["options"] = {
        "anyOf": [options, {"type": "object", "additionalProperties": {"type": "string"}}]
    }
    definition["required"] = [key for key in definition["required"] if key != "options"]
    definition["anyOf"] = [{"required": ["options"]}, {"required": ["options_from"]}]
