"""A reference number as one says it on the phone, sign by sign."""

from typing import Final

from foundation.languages import EASY_JAPANESE, JAPANESE

#: 9 and Q sound alike in Japanese, so both say what they are.
_JAPANESE: Final = {
    **{"3": "さん", "4": "よん", "6": "ろく", "7": "なな", "9": "数字のきゅう"},
    **{"A": "エー", "C": "シー", "D": "ディー", "E": "イー", "F": "エフ", "G": "ジー"},
    **{"H": "エイチ", "J": "ジェー", "K": "ケー", "M": "エム", "N": "エヌ", "P": "ピー"},
    **{"Q": "英字のキュー", "R": "アール", "T": "ティー", "U": "ユー", "V": "ブイ"},
    **{"W": "ダブリュー", "X": "エックス", "Y": "ワイ"},
}
#: The spelling alphabet of aviation (ICAO Annex 10), known in many languages.
_ELSEWHERE: Final = {
    **{"A": "Alfa", "C": "Charlie", "D": "Delta", "E": "Echo", "F": "Foxtrot", "G": "Golf"},
    **{"H": "Hotel", "J": "Juliett", "K": "Kilo", "M": "Mike", "N": "November", "P": "Papa"},
    **{"Q": "Quebec", "R": "Romeo", "T": "Tango", "U": "Uniform", "V": "Victor"},
    **{"W": "Whiskey", "X": "X-ray", "Y": "Yankee"},
}


def spoken(reference: str, language: str) -> str:
    """``7KQ4-M3XD`` → ``なな・ケー・英字のキュー・よん　エム・さん・エックス・ディー``."""
    japanese = language in (JAPANESE, EASY_JAPANESE)
    names, between, apart = (_JAPANESE, "・", "　") if japanese else (_ELSEWHERE, " ", " – ")
    return apart.join(
        between.join(names.get(sign, sign) for sign in group) for group in reference.split("-")
    )
