"""Every fixed text that the engine shows to people, in Japanese; translated when shown.

``N_`` marks a text for Babel's extractor, which puts it into the portal's own catalogue.
"""

from typing import Final

from foundation.wording import N_

REQUIRED: Final = N_("※必須")
OPTIONAL: Final = N_("任意")
CHANGE: Final = N_("変更")
ADD: Final = N_("%(label)sを追加")
REMOVE: Final = N_("削除")
ROW: Final = N_("%(label)s %(number)s")
ROW_WORD: Final = N_("項目")
YES: Final = N_("はい")
NO: Final = N_("いいえ")
AGREED: Final = N_("同意します")
CHOOSE: Final = N_("選んでください")
NOT_CHOSEN: Final = N_("選ばない")
RANK: Final = N_("第%(number)s希望")
YEN: Final = N_("円")
YEN_AMOUNT: Final = N_("%(amount)s円")
#: How a language writes numbers: what stands between thousands, and before decimals.
FIGURES: Final = N_("1,234.5")
#: What stands in brackets after something; the brackets and the space are the language's own.
BRACKETED: Final = N_("（%(text)s）")
#: Between things that stand in one line.
COMMA: Final = N_("、")
#: An answer that was left empty.
EMPTY: Final = N_("記入なし")
#: A line of a price, and which row of a group it is for.
LINE_OF: Final = N_("%(label)s：%(row)s")
#: A value and its unit; the space between them is the language's own.
MEASURE: Final = N_("%(value)s%(unit)s")
#: Behind an option that has places, in brackets.
LEFT: Final = N_("のこり%(n)s枠")
#: Behind an option of which no place is left.
FULL: Final = N_("（満員）")
FULL_BUT_WAITING: Final = N_("（満員、キャンセル待ちができます）")
UNKNOWN_VALUE: Final = N_("まだ決まっていません")

SOURCES: Final = {
    "card": N_("カードから"),
    "card_and_register": N_("カードと住民記録から"),
    "register": N_("住民記録から"),
    "earlier": N_("前回の申請から"),
    "staff": N_("職員が入力"),
    "email": N_("確認したメールアドレス"),
}

# Parts of composed fields
FAMILY_NAME: Final = N_("姓")
GIVEN_NAME: Final = N_("名")
FAMILY_KANA: Final = N_("セイ")
GIVEN_KANA: Final = N_("メイ")
NAME: Final = N_("氏名")
KANA: Final = N_("フリガナ")
BIRTH_DATE: Final = N_("生年月日")
SEX: Final = N_("性別")
SEXES: Final = {"male": N_("男"), "female": N_("女")}
#: 続柄 as the register has them and as people write them; any other word is shown as it is.
RELATIONS: Final = frozenset(
    {
        N_("夫"), N_("妻"), N_("子"), N_("長男"), N_("長女"), N_("二男"), N_("二女"), N_("三男"),
        N_("三女"), N_("子の夫"), N_("子の妻"), N_("孫"), N_("父"), N_("母"), N_("義父"),
        N_("義母"), N_("祖父"), N_("祖母"), N_("兄"), N_("姉"), N_("弟"), N_("妹"),
        N_("きょうだい"),
    }
)  # fmt: skip
ADDRESS: Final = N_("住所")
POSTCODE: Final = N_("郵便番号")
ADDRESS_TEXT: Final = N_("都道府県から番地、建物名、部屋番号まで")
SEARCH_ADDRESS: Final = N_("住所をさがす")
ERA: Final = N_("元号")
#: The number of an era's first year: 令和元年.
FIRST_YEAR: Final = N_("元")
WESTERN: Final = N_("西暦")
#: Names of the eras by their id in dates.py.
ERAS: Final = {
    "reiwa": N_("令和"),
    "heisei": N_("平成"),
    "showa": N_("昭和"),
    "taisho": N_("大正"),
    "meiji": N_("明治"),
}
YEAR: Final = N_("年")
MONTH: Final = N_("月")
DAY: Final = N_("日")
#: Months as they stand in a date.
MONTHS: Final = {
    1: N_("1月"),
    2: N_("2月"),
    3: N_("3月"),
    4: N_("4月"),
    5: N_("5月"),
    6: N_("6月"),
    7: N_("7月"),
    8: N_("8月"),
    9: N_("9月"),
    10: N_("10月"),
    11: N_("11月"),
    12: N_("12月"),
}
DATE: Final = N_("%(year)s年%(month)s%(day)s日（%(era)s%(era_year)s年）")
PLAIN_DATE: Final = N_("%(year)s年%(month)s%(day)s日")
TIME: Final = N_("%(hour)s時%(minute)s分")
PERIOD_FIRST: Final = N_("はじめの日")
PERIOD_LAST: Final = N_("おわりの日")
PERIOD_LAST_OR_OPEN: Final = N_("おわりの日（決まっていなければ空欄）")
PERIOD: Final = N_("%(first)sから%(last)sまで")
PERIOD_OPEN: Final = N_("%(first)sから")
BANK: Final = N_("金融機関")
BRANCH: Final = N_("支店")
BANK_CODE: Final = N_("金融機関の名前、またはコード（4けた）")
BRANCH_CODE: Final = N_("支店の名前、またはコード（3けた）。ゆうちょ銀行は通帳の記号（5けた）")
ACCOUNT_KIND: Final = N_("預金の種類")
ACCOUNT_KINDS: Final = {"ordinary": N_("普通"), "current": N_("当座"), "savings": N_("貯蓄")}
ACCOUNT_NUMBER: Final = N_("口座番号（7けた）。ゆうちょ銀行は通帳の番号")
ACCOUNT_HOLDER: Final = N_("口座名義（カタカナ）")
FILE_RULE: Final = N_("%(kinds)s、1つ%(mb)sMBまで、%(files)s個まで")

# Errors: what to do. %(label)s is the field's own label, or with the part that is wrong:
PART_OF: Final = N_("%(label)sの%(part)s")
MISSING: Final = N_("「%(label)s」を入力してください。")
MISSING_CHOICE: Final = N_("「%(label)s」を選んでください。")
MISSING_FILE: Final = N_("「%(label)s」のファイルを付けてください。")
MISSING_CONSENT: Final = N_("「%(label)s」に同意するときは、チェックを入れてください。")
TOO_FEW_ROWS: Final = N_("「%(label)s」を%(min)s件以上入力してください。")
TOO_MANY_ROWS: Final = N_("「%(label)s」は%(max)s件まで入力できます。")
BAD_CHARACTER: Final = N_("「%(label)s」に使えない文字があります。入力し直してください。")
TOO_LONG: Final = N_("「%(label)s」は%(max)s文字以内で入力してください。")
TOO_SHORT: Final = N_("「%(label)s」は%(min)s文字以上で入力してください。")
BAD_PATTERN: Final = N_("「%(label)s」の形が正しくありません。説明のとおりに入力してください。")
BAD_EMAIL: Final = N_("メールアドレスは name@example.jp の形で入力してください。")
BAD_PHONE: Final = N_("電話番号は、市外局番から数字で入力してください（例：090-1234-5678）。")
BAD_NUMBER: Final = N_("「%(label)s」は数字で入力してください。")
TOO_SMALL: Final = N_("「%(label)s」は%(min)s以上にしてください。")
TOO_LARGE: Final = N_("「%(label)s」は%(max)s以下にしてください。")
BAD_DECIMAL: Final = N_("「%(label)s」は、12.5のように数字で入力してください。")
TOO_MANY_PLACES: Final = N_("「%(label)s」は、小数点の下を%(places)sけたまでにしてください。")
BAD_TIME: Final = N_("「%(label)s」は、9:30、9時30分のように入力してください。")
TIME_TOO_EARLY: Final = N_("「%(label)s」は%(min)s以降の時刻にしてください。")
TIME_TOO_LATE: Final = N_("「%(label)s」は%(max)s以前の時刻にしてください。")
TIME_STEP: Final = N_("「%(label)s」は%(step)s分きざみで入力してください。")
PERIOD_REVERSED: Final = N_("「%(label)s」のおわりの日は、はじめの日よりあとにしてください。")
PERIOD_TOO_LONG: Final = N_("「%(label)s」は%(max)s日以内にしてください。")
BAD_DATE: Final = N_("「%(label)s」は、2026年4月1日、令和8年4月1日のように入力してください。")
NO_SUCH_DAY: Final = N_("「%(label)s」の日はカレンダーにありません。月と日を確かめてください。")
ERA_NOT_BEGUN: Final = N_("%(era)sは%(day)sからです。「%(label)s」の元号と年を確かめてください。")
ERA_OVER: Final = N_("%(era)sは%(day)sまでです。「%(label)s」の元号と年を確かめてください。")
TOO_EARLY: Final = N_("「%(label)s」は%(min)s以降の日にしてください。")
TOO_LATE: Final = N_("「%(label)s」は%(max)s以前の日にしてください。")
BAD_OPTION: Final = N_("「%(label)s」は、選択肢の中から選んでください。")
TOO_FEW_CHOICES: Final = N_("「%(label)s」は%(min)s個以上選んでください。")
TOO_MANY_CHOICES: Final = N_("「%(label)s」は%(max)s個まで選べます。")
SAME_TWICE: Final = N_("「%(label)s」で、同じものを2回選んでいます。")
RANK_GAP: Final = N_("「%(label)s」は、上の順位から間をあけずに選んでください。")
TOO_FEW_RANKS: Final = N_("「%(label)s」は第%(min)s希望まで選んでください。")
ONLY_KANA: Final = N_("「%(label)s」は、ひらがなかカタカナで入力してください。")
ONLY_HIRAGANA: Final = N_("「%(label)s」はひらがなで入力してください。")
ONLY_HALF: Final = N_("「%(label)s」は、半角の英数字と記号で入力してください。")
ONLY_FULL: Final = N_("「%(label)s」は全角の文字で入力してください。")
ONLY_LATIN: Final = N_("「%(label)s」はローマ字（アルファベット）で入力してください。")
NO_EMOJI: Final = N_(
    "「%(label)s」の「%(found)s」は、紙に印刷できません。絵文字を使わずに入力してください。"
)
NOT_IN_NAMES: Final = N_(
    "「%(label)s」に「%(found)s」は使えません。お名前の文字だけを入れてください。"
)
BAD_KANA: Final = N_("「%(label)s」はカタカナで入力してください。")
BAD_POSTCODE: Final = N_("郵便番号は7けたの数字で入れてください（例：100-0001）。")
UNKNOWN_POSTCODE: Final = N_(
    "この郵便番号は見つかりません。番号を確かめるか、住所をそのまま入れてください。"
)
SEVERAL_PLACES: Final = N_(
    "この郵便番号の場所はいくつかあります（%(places)s）。住所をそのまま入れてください。"
)
BAD_BANK_CODE: Final = N_("金融機関は、名前か4けたのコードで入力してください。")
BAD_BRANCH_CODE: Final = N_("支店は、名前か3けたのコードで入力してください。")
UNKNOWN_BANK: Final = N_(
    "金融機関コード%(code)sは見つかりません。通帳かキャッシュカードで確かめてください。"
)
UNKNOWN_BRANCH: Final = N_(
    "支店コード%(code)sは、この金融機関にありません。通帳かキャッシュカードで確かめてください。"
)
SEVERAL_BANKS: Final = N_(
    "その名前の金融機関がいくつかあります（%(names)s）。名前をすべて入れるか、コードを入れてください。"
)
SEVERAL_BRANCHES: Final = N_(
    "その名前の支店がいくつかあります（%(names)s）。名前をすべて入れるか、コードを入れてください。"
)
BAD_YUCHO_NUMBER: Final = N_(
    "ゆうちょ銀行の番号は、通帳のとおり8けたまでの数字で入れてください（記号が1で始まるときは1で終わります）。"
)
BAD_ACCOUNT_NUMBER: Final = N_("口座番号は7けた以内の数字で入力してください。")
BAD_HOLDER: Final = N_("口座名義は、通帳のとおりカタカナで入力してください。")
TOO_MANY_FILES: Final = N_("「%(label)s」のファイルは%(max)s個までです。")
FILE_TOO_LARGE: Final = N_("「%(file)s」が大きすぎます。1つ%(max)sMBまでにしてください。")
BAD_FILE_KIND: Final = N_("「%(file)s」は受け付けられない種類です。%(kinds)sを選んでください。")
NOT_VALID_ANY_MORE: Final = N_("「%(label)s」を入力し直してください。")
NO_PRICE: Final = N_(
    "料金を計算できませんでした。お手数ですが、担当の窓口にお問い合わせください。料金はまだかかっていません。"
)
