"""The fixed words of ``portal forms show``: what stands around the texts of a definition.

Employees read them; the residents' pages have words of their own in ``messages``.
"""

from typing import Final

from foundation.wording import N_

# Conditions
IS: Final = N_("「%(question)s」が「%(answer)s」")
IS_NOT: Final = N_("「%(question)s」が「%(answer)s」以外")
HOLDS: Final = N_("「%(question)s」に「%(answer)s」がある")
HOLDS_NOT: Final = N_("「%(question)s」に「%(answer)s」がない")
ANSWERED: Final = N_("「%(question)s」に答えがある")
UNANSWERED: Final = N_("「%(question)s」に答えがない")
COMPARED: Final = {
    "==": N_("「%(question)s」が%(number)s"),
    "!=": N_("「%(question)s」が%(number)s以外"),
    ">=": N_("「%(question)s」が%(number)s以上"),
    "<=": N_("「%(question)s」が%(number)s以下"),
    ">": N_("「%(question)s」が%(number)sより上"),
    "<": N_("「%(question)s」が%(number)sより下"),
}
ONLINE: Final = N_("オンラインで申請する")
AT_COUNTER: Final = N_("窓口で申請する")
OF_CITY: Final = N_("市内に住んでいる")
NOT_OF_CITY: Final = N_("市内に住んでいない")
SIGNED_IN: Final = N_("カードでログインしている")
NOT_SIGNED_IN: Final = N_("カードでログインしていない")
AND: Final = N_("、かつ")
OR: Final = N_("、または")
EITHER: Final = N_("」か「")
#: after a noun, and after a verb
WHEN: Final = N_("%(condition)sのとき")
WHEN_SO: Final = N_("%(condition)sとき")
WHEN_SOMETHING: Final = N_("ほかの答えによる")

# The box at the top, and who may apply
COST: Final = N_("料金")
TIME: Final = N_("かかる時間")
NEEDS: Final = N_("用意するもの")
AFTERWARDS: Final = N_("このあと")
WHO: Final = N_("申請できる人")
SIGN_IN: Final = {
    "card": N_("マイナンバーカードでログインした人"),
    "email": N_("メールアドレスを確かめた人、またはカードでログインした人"),
    "optional": N_("だれでも（カードでログインすると、わかっていることが入ります）"),
    "none": N_("だれでも"),
}
RECEPTION: Final = N_("受付期間")
FROM: Final = N_("%(moment)sから")
UNTIL: Final = N_("%(moment)sまで")
PLACES: Final = N_("定員")
LOTTERY: Final = N_("抽選")
LIMIT: Final = N_("申請できる回数")
TIMES_IN: Final = {
    "fiscal_year": N_("年度に%(times)s回まで"),
    "year": N_("1年に%(times)s回まで"),
    "month": N_("1か月に%(times)s回まで"),
    "ever": N_("%(times)s回まで"),
}
ONE_PAGE: Final = N_("（すべての質問が1ページに出ます）")

# Questions
FIXED: Final = N_("%(source)s。ここでは変えられません")
OFFERED: Final = N_("はじめは「%(answer)s」")
COMPUTED: Final = N_("自動で計算されます")
STAFF_ONLY: Final = N_("職員が入力する欄。申請する人には見えません")
AT_MOST: Final = N_("%(number)s字まで")
EXAMPLE: Final = N_("例：%(example)s")
TODAY: Final = N_("今日")
#: by the unit, and whether it is after today
FROM_TODAY: Final = {
    ("days", True): N_("%(number)s日後"),
    ("days", False): N_("%(number)s日前"),
    ("months", True): N_("%(number)sか月後"),
    ("months", False): N_("%(number)sか月前"),
}
DEPENDING: Final = N_("（ほかの答えによる日や数）")
MAX_DAYS: Final = N_("長くて%(number)s日間")
ROWS: Final = N_("%(least)s件から%(most)s件まで")

# The fee
FREE: Final = N_("無料")
CHOSEN_AMOUNT: Final = N_("%(yen)sから%(most)sまで（答えによる）")
DEPENDS: Final = N_("答えによって変わります")
TIMES: Final = N_("%(amount)s × 「%(question)s」")
FOR_EACH: Final = N_("「%(question)s」1件ごとに%(amount)s")
FREE_QUANTITY: Final = N_("%(number)sまで無料")
AT_LEAST_YEN: Final = N_("%(yen)s以上")
AT_MOST_YEN: Final = N_("%(yen)sまで")
REDUCED: Final = N_("%(percent)s％を減らします")
WAIVED: Final = N_("全額を免除します")
PROOF: Final = N_("「%(question)s」が必要です")
COLLECTED: Final = {
    "on_submit": N_("申請するときに払います。"),
    "on_approval": N_("認められたあとに払います。"),
    "at_counter": N_("窓口で払います。"),
}

# What is attached, and what happens then
ATTACHED: Final = N_("付けるもの")
DECIDED: Final = N_("担当課が審査して、認めるかどうかを決めます。")
ISSUED: Final = N_("証明書を発行します。")
HELD: Final = N_("職員が確かめてから発行することがあります。")
DAYS: Final = N_("標準処理期間：開庁日で%(number)s日")
CONTACT: Final = N_("問い合わせ先")
