"""Why a sign-in failed, in words that say what is safe and what to do."""

from flask_babel import lazy_gettext as _l

from auth.oidc.results import Reason

_AGAIN = _l("もう一度お試しください。何も保存されず、何も送られていません。")

WORDS = {
    Reason.CANCELLED: _l("ログインをやめました。始めるときは、もう一度ボタンを押してください。"),
    Reason.CARD_LOCKED: _l(
        "暗証番号を3回まちがえたため、カードがロックされています。"
        "本人が市役所の窓口にカードを持ってきて、解除の手続きをしてください。"
    ),
    Reason.CERTIFICATE_EXPIRED: _l(
        "カードの電子証明書の有効期限が切れています。市役所の窓口で更新してください（無料）。"
    ),
    Reason.CERTIFICATE_REVOKED: _l(
        "カードの電子証明書が失効しています。市役所の窓口で新しくしてください。"
    ),
    Reason.CERTIFICATE_REJECTED: _l(
        "カードの電子証明書を確かめられませんでした。しばらくしてから、もう一度お試しください。"
    ),
    Reason.UNAVAILABLE: _l(
        "カードの確認サービスにつながりません。しばらくしてから、もう一度お試しください。"
    ),
    Reason.TIMED_OUT: _l("時間がたったため、ログインを中止しました。もう一度お試しください。"),
    Reason.STATE: _AGAIN,
    Reason.MIXED_UP: _AGAIN,
    Reason.TOKEN_REFUSED: _AGAIN,
    Reason.TOKEN_INVALID: _AGAIN,
    Reason.CLAIMS: _l("カードから名前や住所を読み取れませんでした。市役所の窓口におこしください。"),
}
