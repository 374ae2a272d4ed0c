"""Emoji, which a form refuses where it is typed, by name.

What is sent becomes a paper (申請書の控え) and a file for the department's system, and neither has
type for them: 〓 would stand where the person saw a picture, and nobody could say which. A letter
of any script is taken all the same, because it may be somebody's name or word; the paper then lists
by its code point what it could not draw. What Japanese typefaces have is no emoji: ★, ♪, 〒, ☎, ①.
"""

import re

_TONES = "\U0001f3fb-\U0001f3ff"
_FLAG_LETTER = "[\U0001f1e6-\U0001f1ff]"
#: What is a picture by itself (Unicode's Emoji_Presentation), in the plane where kanji are too.
_BASIC = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693"
    "\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd"
    "\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf"
    "\u2b1b\u2b1c\u2b50\u2b55"
)
#: Playing stones and cards, then all later pictures; letters in boxes (🅰) between them have type.
_LATER = "\U0001f000-\U0001f0ff\U0001f260-\U0001faff"
_MORE = f"[\ufe0f{_TONES}]*"
_PICTURE = re.compile(
    f"{_FLAG_LETTER}+|[0-9#*]\ufe0f?\u20e3"
    f"|(?:[{_BASIC}{_LATER}]|[\u2190-\u2bff](?=\ufe0f)){_MORE}(?:\u200d.{_MORE})*"
)


def picture_in(text: str) -> str:
    """The first emoji with all that belongs to it (skin tone, family); "" where there is none."""
    found = None if text.isalnum() else _PICTURE.search(text)
    return found[0] if found else ""
