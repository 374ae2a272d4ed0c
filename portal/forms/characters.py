"""Which characters a text field takes: what can be spelt in them is spelt so, the rest refused."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portal.forms import messages, normalise
from portal.forms.fields import Characters


@dataclass(frozen=True)
class CharacterRule:
    """One value of ``characters``."""

    spelt: Callable[[str], str]
    fits: Callable[[str], bool]
    #: what is said where it doesn't fit
    message: str
    #: an answer that fits
    sample: str


def _is_full(text: str) -> bool:
    return all(unicodedata.east_asian_width(c) not in ("Na", "H") for c in text if c != "\n")


def _is_latin(text: str) -> bool:
    return all(
        c in " -'.,&\n" or (c.isalpha() and unicodedata.name(c, "").startswith("LATIN"))
        for c in text
    )


def _only(allowed: str) -> Callable[[str], bool]:
    pattern = re.compile(f"[{allowed}\n]*")
    return lambda text: pattern.fullmatch(text) is not None


RULES: Mapping[Characters, CharacterRule] = MappingProxyType(
    {
        "kana": CharacterRule(
            normalise.kana, _only("ぁ-ゖゝゞァ-ヺー・ヽヾ\u3000"), messages.ONLY_KANA, "みほん"
        ),
        "katakana": CharacterRule(
            normalise.katakana, _only("ァ-ヺー・ヽヾ\u3000"), messages.BAD_KANA, "ミホン"
        ),
        "hiragana": CharacterRule(
            normalise.hiragana, _only("ぁ-ゖー・ゝゞ\u3000"), messages.ONLY_HIRAGANA, "みほん"
        ),
        "half": CharacterRule(normalise.width, _only(" -~"), messages.ONLY_HALF, "A-1"),
        "full": CharacterRule(normalise.full_width, _is_full, messages.ONLY_FULL, "見本"),
        "digits": CharacterRule(normalise.digits, _only("0-9"), messages.BAD_NUMBER, "123"),
        "latin": CharacterRule(normalise.width, _is_latin, messages.ONLY_LATIN, "Sample"),
    }
)
