"""Whether a procedure's reception is open for the party at hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.forms import Procedure
from portal.forms.reception import ReceptionState, reception_at


@dataclass(frozen=True)
class ReceptionClosed:
    """It takes nothing now, for this party."""

    state: ReceptionState


def reception_for(
    procedure: Procedure, facts: Mapping[str, Any], channel: str, now: datetime
) -> ReceptionState:
    """The reception for a person with these facts (``resident.…``) through a channel.

    The hours are those of the online reception: the counter has hours of its own.
    """
    reception = procedure.definition.reception
    if reception is not None and channel == "counter":
        reception = reception.model_copy(update={"hours": None})
    return reception_at(reception, now, of_city=bool(facts.get("of_city")))
