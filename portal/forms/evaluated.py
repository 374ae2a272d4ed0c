"""What one pass over the fields comes to."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from portal.forms.compiled import AnyCompiled
from portal.forms.kinds.base import Complaint, Situation


class Found(NamedTuple):
    """A complaint and where it is."""

    section: str
    #: path of the field: ``children.0.name``
    path: str
    field: AnyCompiled
    complaint: Complaint


@dataclass
class Evaluation:
    """What one pass came to."""

    situation: Situation
    #: paths of the fields that are there
    visible: set[str] = field(default_factory=set)
    #: the sections that are there
    sections: set[str] = field(default_factory=set)
    #: by top-level field: the valid answers of what is there
    answers: dict[str, Any] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
