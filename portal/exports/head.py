"""What every exported application says beside its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.clock import jst


@dataclass(frozen=True)
class Exported:
    """One application as it was sent last."""

    reference: str
    received_at: datetime
    procedure: str
    version: str
    #: of the definition, SHA-256
    checksum: str
    #: a State's value
    state: str
    #: online or counter
    channel: str
    applicant: str
    #: under 支援措置 (protection from domestic violence and stalking)
    protected: bool
    #: yen; None where there is no fee
    total: int | None
    #: of what was asked, by field
    answers: Mapping[str, Any]

    @property
    def head(self) -> tuple[str, ...]:
        """The cells under EXPORT_HEAD; the moment is Japan's, to the second."""
        return (
            self.reference,
            jst(self.received_at).strftime("%Y-%m-%d %H:%M:%S"),
            self.procedure,
            self.version,
            self.checksum,
            self.state,
            self.channel,
            self.applicant,
            str(int(self.protected)),
            "" if self.total is None else str(self.total),
        )

    @property
    def document(self) -> dict[str, Any]:
        """The same as JSON, with the answers as they are kept."""
        return {
            "reference": self.reference,
            "received_at": jst(self.received_at).isoformat(timespec="seconds"),
            "procedure": self.procedure,
            "version": self.version,
            "checksum": self.checksum,
            "state": self.state,
            "channel": self.channel,
            "applicant": self.applicant,
            "protected": self.protected,
            "total": self.total,
            "answers": dict(self.answers),
        }
