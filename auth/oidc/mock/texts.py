"""The words of the mock's pages. Japanese is the source; a handful of pages needs no catalogue."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "模擬": "MOCK",
        "これは本物のサインインではありません。カードも人も見本です。": (
            "This is not a real sign-in. The cards and the people are samples."
        ),
        "カードを選んでください": "Choose a card",
        "スマートフォンにマイナンバーカードをかざすかわりに、見本のカードを1枚選びます。": (
            "Instead of holding a My Number card to your phone, choose one of the sample cards."
        ),
        "マイナンバーカード（見本）": "Sample card",
        "%(age)s歳": "Aged %(age)s",
        "やめる": "Cancel",
        "うまくいかない場合をためす": "Try what happens when it fails",
        "暗証番号がロックされている": "The PIN is locked",
        "電子証明書の有効期限が切れている": "The certificate has expired",
        "電子証明書が失効している": "The certificate was revoked",
        "サインインのサービスが故障している": "The sign-in service is out of order",
        "暗証番号を入れてください": "Enter your PIN",
        "利用者証明用電子証明書の暗証番号": "PIN of the user authentication certificate",
        "数字4けたです。": "Four digits.",
        "見本の暗証番号は %(pin)s です。": "The sample PIN is %(pin)s.",
        "暗証番号がちがいます。あと%(count)s回まちがえると、カードがロックされます。": (
            "That is not the PIN. Tries left before the card locks: %(count)s."
        ),
        "暗証番号は数字4けたで入れてください。この入力は回数に数えません。": (
            "Enter the PIN as four digits. This entry was not counted as a try."
        ),
        "サインインする": "Sign in",
        "別のカードを選ぶ": "Choose another card",
        "カードがロックされています": "The card is locked",
        "暗証番号を続けて3回まちがえたため、このカードは使えません。": (
            "The PIN was wrong three times in a row, so this card can't be used."
        ),
        "本物のカードでは、市役所の窓口で解除します。見本のカードは、ここで解除できます。": (
            "A real card is unlocked at the counter of the city hall. This sample can be "
            "unlocked here."
        ),
        "ロックを解除する（見本だけ）": "Unlock the card (sample only)",
        "サインインせずに戻る": "Go back without signing in",
        "この画面は使い終わりました": "This page is used up",
        "サインインが終わったか、時間がたちすぎました。もとのページから、やり直してください。": (
            "The sign-in is finished, or took too long. Go back to where you came from and "
            "start again."
        ),
        "見つかりません": "Not found",
        "このページはありません。もとのページから、やり直してください。": (
            "There is no such page. Go back to where you came from and start again."
        ),
        "知らない相手からの依頼です": "Asked by somebody unknown",
        "サインインを求めてきた相手が登録されていないため、先へ進めません。": (
            "Whoever asked for this sign-in is not registered here, so it ends now."
        ),
        "サインインの見本サービス": "Sample sign-in service",
        "手続きのページで「サインイン」を押すと、ここでカードを選べます。": (
            "Press “Sign in” on a page of the portal, and choose a card here."
        ),
    }
)


def language_of(wanted: str) -> str:
    """The first language of a list (``ui_locales``) that we speak; ja where we speak none."""
    for tag in wanted.replace("_", "-").lower().split():
        language = tag.partition("-")[0]
        if language in ("ja", "en"):
            return language
    return "ja"


def translator(language: str) -> Callable[[str], str]:
    """Turns a Japanese source text into the language of the page."""
    if language == "en":
        return lambda text: _ENGLISH[text]
    return lambda text: text
