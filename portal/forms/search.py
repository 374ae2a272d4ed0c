"""Finding a procedure by everyday words: any width, any kana, parts of words."""

from collections.abc import Iterable, Mapping

from portal.forms.normalise import for_search
from portal.forms.procedure import Procedure

#: How much a hit counts, by where it is.
_TITLE, _KEYWORD, _LIFE_EVENT, _SUMMARY, _LABEL = 100, 80, 30, 20, 5
#: A word of everyday language is often written with and without its endings: 引っ越し, 引越.
_ENDINGS = str.maketrans(dict.fromkeys("ッシリキスルヲノニハガデト", ""))


class Index:
    """The words of all procedures, normalised once."""

    def __init__(self, procedures: Iterable[Procedure], life_events: Mapping[str, str]) -> None:
        self._entries = [_Entry(each, life_events) for each in procedures]

    def search(self, text: str, limit: int) -> list[str]:
        """Ids of procedures in which every word is found, the best first."""
        words = [for_search(word) for word in text.replace("\u3000", " ").split()]
        words = [word for word in words if word]
        if not words:
            return []
        scored = []
        for order, entry in enumerate(self._entries):
            scores = [entry.score(word) for word in words]
            if all(scores):
                scored.append((-sum(scores), order, entry.id))
        return [name for _, _, name in sorted(scored)[:limit]]


class _Entry:
    def __init__(self, procedure: Procedure, life_events: Mapping[str, str]) -> None:
        self.id = procedure.id
        events = [life_events[event] for event in procedure.life_events if event in life_events]
        labels = [f.label for s in procedure.definition.sections for f in s.fields]
        texts = [
            (_TITLE, [procedure.title]),
            (_KEYWORD, list(procedure.keywords)),
            (_LIFE_EVENT, events),
            (_SUMMARY, [procedure.summary_text]),
            (_LABEL, labels),
        ]
        self._texts = [(weight, for_search(text)) for weight, group in texts for text in group]

    def score(self, word: str) -> int:
        """The best hit of one normalised word; 0 where there is none."""
        best = 0
        for weight, text in self._texts:
            if word == text:
                best = max(best, weight * 2)
            elif word in text or (_stem(word) and _stem(word) in _stem(text)):
                best = max(best, weight)
        return best


def _stem(word: str) -> str:
    """Without the kana that are written or left out at will; empty where too little is left."""
    stem = word.translate(_ENDINGS)
    return stem if len(stem) >= 2 else ""
