"""A person's name, in two parts, with the sex as registers and cards know it."""

from dataclasses import dataclass
from enum import StrEnum

#: What stands between family and given name on the card.
IDEOGRAPHIC_SPACE = "\u3000"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PersonName:
    """Family and given name; a name that isn't divided stands whole in ``family``."""

    family: str
    given: str = ""

    @classmethod
    def parse(cls, whole: str) -> "PersonName":
        """A name as the card spells it: divided at the first U+3000, or not divided at all.

        Characters are kept exactly as they are: normalising would turn a variant into another
        character, and so into another name. An ordinary space divides nothing, because a long
        Latin name holds several.
        """
        family, _, given = whole.strip().partition(IDEOGRAPHIC_SPACE)
        return cls(family.strip(), given.strip())

    @property
    def whole(self) -> str:
        """The name as the card spells it."""
        return f"{self.family}{IDEOGRAPHIC_SPACE}{self.given}" if self.given else self.family
