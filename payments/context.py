"""What the payment services need around them, handed in once by whoever builds the application."""

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.clock import Clock
from foundation.database import Database
from foundation.events import Events
from payments.providers.base import Provider


@dataclass(frozen=True)
class RevenueAccount:
    """歳入科目: where income is booked, by 款・項・目・節 (chapter, section, item, sub-item)."""

    code: str
    title: str
    kan: str
    kou: str
    moku: str
    setsu: str


@dataclass(frozen=True)
class Payments:
    """Everything that lives as long as the application: nothing here changes after start-up."""

    database: Database
    clock: Clock
    events: Events
    #: by name: "stripe", "paypay". Cash is no provider; it goes through the till
    providers: Mapping[str, Provider]
    #: 歳入科目 by code
    accounts: Mapping[str, RevenueAccount]
