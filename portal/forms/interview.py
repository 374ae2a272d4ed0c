"""``portal forms new``: a few questions, and the first draft of a procedure's file."""

import re
from collections.abc import Mapping, Sequence

from foundation.wording import N_
from portal.forms.asking import Asking, parts
from portal.forms.catalogue import Catalogue
from portal.forms.scaffold import Draft, Fee, Question, file_of, id_from, is_free
from portal.forms.spoken import say, words

#: What can be asked, as authors know it from paper; everything else is in docs/definitions.md.
KINDS: Mapping[str, str] = {
    "text": N_("1行の文字"),
    "textarea": N_("何行かの文章"),
    "integer": N_("数"),
    "yen": N_("金額"),
    "date": N_("日付"),
    "yes_no": N_("はい・いいえ"),
    "choice": N_("1つだけ選ぶ"),
    "choices": N_("いくつでも選ぶ"),
    "file": N_("書類や写真を付ける"),
    "consent": N_("同意する"),
}
_SIGN_IN: Mapping[str, str] = {
    "card": N_("マイナンバーカードのある人だけ"),
    "email": N_("カードのある人か、メールアドレスを確かめた人"),
    "optional": N_("だれでも。カードがあれば、氏名と住所が入る"),
    "none": N_("だれでも。だれかは聞かない"),
}
#: What an applicant has at hand who signs in with the card.
CARD = "マイナンバーカードと、数字4けたの暗証番号"
_ID = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
#: Concepts that most paper forms begin with, and the ids of their fields.
_USUAL = (("applicant", "person"), ("phone", "contact.phone"), ("email", "contact.email"))


def ask(catalogue: Catalogue, concepts: Mapping[str, str], asking: Asking) -> Draft:
    """Ask the author about a new procedure; ``concepts`` are the shared ones with their labels."""
    name = _ask_id(catalogue, asking)
    title = asking.text(words(N_("手続きの名前（紙の申請書のとおりに）")))
    summary = asking.text(words(N_("何のための手続きか、1文で")))
    search = asking.text(words(N_("さがすときのことば（「、」で区切る）")), default=title)
    events = {event.id: event.title for event in catalogue.life_events}
    life_events: tuple[str, ...] = ()
    if events:
        question = N_("ホームのどの「くらしの場面」に出すか（「、」で区切る。なければEnter）")
        life_events = asking.some_of(words(question), events)
    departments = {key: each.title for key, each in catalogue.departments.items()}
    department = asking.one_of(words(N_("担当課")), departments)
    who = {key: words(meaning) for key, meaning in _SIGN_IN.items()}
    sign_in = asking.one_of(words(N_("オンラインで申請できる人")), who)
    question = N_("「%(label)s」を聞きますか")
    asked = [
        (field, concept)
        for field, concept in _USUAL
        if concept in concepts
        and asking.yes(words(question, label=concepts[concept]), default=True)
    ]
    decided = asking.yes(words(N_("認めるかどうか、だれかが決めますか")), default=False)
    questions = _questions([field for field, _ in asked], asking)
    return Draft(
        id=name,
        title=title,
        summary=summary,
        keywords=tuple(parts(search)),
        department=department,
        sign_in=sign_in,
        concepts=tuple(asked),
        questions=tuple(questions),
        fee=_fee(catalogue, asking),
        decided=decided,
        needs=_needs(sign_in, questions),
        life_events=life_events,
    )


def _needs(sign_in: str, questions: Sequence[Question]) -> tuple[str, ...]:
    """What to have at hand, as far as the answers say so; in Japanese, as all of a definition."""
    card = (CARD,) if sign_in == "card" else ()
    return (*card, *(each.label for each in questions if each.type == "file"))


def _ask_id(catalogue: Catalogue, asking: Asking) -> str:
    def wrong(name: str) -> str | None:
        if not _ID.fullmatch(name):
            return words(N_("英小文字・数字・ハイフンで、分野と名前を点でつなぎます。"))
        if name in catalogue.procedures:
            return words(N_("「%(name)s」という手続きは、もうあります。"), name=name)
        if (file := catalogue.root / file_of(name)).exists():
            return words(N_("%(file)sというファイルは、もうあります。"), file=str(file))
        return None

    question = N_("ID（分野と名前を、英語で、点でつなぐ。例：pets.dog-registration）")
    return asking.text(words(question), wrong=wrong)


def _questions(taken: list[str], asking: Asking) -> list[Question]:
    say(N_("申請書の質問を、1つずつ入れてください。なにも入れずにEnterで終わります。"))
    kinds = {kind: words(meaning) for kind, meaning in KINDS.items()}
    found: list[Question] = []
    while label := asking.text(words(N_("質問")), default=""):
        kind = asking.one_of("  " + words(N_("答えかた")), kinds)
        name = _field_id(id_from(label, taken), taken, asking)
        taken.append(name)
        options = _options(asking) if kind in ("choice", "choices") else ()
        must = "  " + words(N_("かならず答えてもらいますか"))
        required = kind == "consent" or asking.yes(must, default=True)
        found.append(Question(name, label, kind, options, required))
    return found


def _field_id(offered: str, taken: Sequence[str], asking: Asking) -> str:
    def wrong(name: str) -> str | None:
        if is_free(name, taken):
            return None
        return words(N_("英小文字・数字・_で、ほかにないことばにしてください。"))

    return asking.text("  " + words(N_("ID")), default=offered, wrong=wrong)


def _options(asking: Asking) -> tuple[tuple[str, str], ...]:
    def wrong(written: str) -> str | None:
        return None if parts(written) else words(N_("空ではいけません。"))

    written = asking.text("  " + words(N_("選択肢（「、」で区切る）")), wrong=wrong)
    found: list[tuple[str, str]] = []
    for label in parts(written):
        taken = [value for value, _ in found]
        found.append((id_from(label, taken).replace("question", "option"), label))
    return tuple(found)


def _fee(catalogue: Catalogue, asking: Asking) -> Fee | None:
    yen = asking.number(words(N_("料金（円。なければ0）")), default=0)
    if not yen:
        return None
    label = asking.text("  " + words(N_("料金の名前")))
    accounts = {key: account.title for key, account in catalogue.accounts.items()}
    return Fee(label, asking.one_of("  " + words(N_("歳入科目")), accounts), yen)
