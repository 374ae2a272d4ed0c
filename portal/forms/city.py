"""The city itself: name, departments, life events, revenue accounts."""

from typing import Annotated

from pydantic import Field, StringConstraints

from portal.forms.facility import ClosedDefinition
from portal.forms.fields import Key, Strict, Text


class Department(Strict):
    """課: who handles applications."""

    title: Text
    place: Text | None = None
    phone: Text | None = None
    hours: Text | None = None


class LifeEvent(Strict):
    """くらしの場面: a way into the catalogue."""

    id: Key
    title: Text
    icon: Text | None = None


class Till(Strict):
    """金銭登録機: a drawer for cash, and where it stands."""

    place: Text


class City(Strict):
    """municipality.yaml"""

    name: Text
    name_en: Text | None = None
    #: 全国地方公共団体コード, six digits
    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    key_colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None
    phone: Text | None = None
    departments: Annotated[dict[Key, Department], Field(default_factory=dict)]
    life_events: tuple[LifeEvent, ...] = ()
    tills: Annotated[dict[Key, Till], Field(default_factory=dict)]
    #: 閉庁日; those of 地方自治法 where nothing is said
    closed: ClosedDefinition | None = None


class Account(Strict):
    """歳入科目: where a yen goes in the city's budget (款・項・目・節)."""

    title: Text
    kan: Text
    kou: Text
    moku: Text
    setsu: Text


class Accounts(Strict):
    """accounts.yaml"""

    accounts: dict[Key, Account]


class ListedOption(Strict, extra="ignore"):
    """An entry of a list from which fields take their options; what else it says is not theirs."""

    value: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    label: Text
