"""A page with twenty fields as one would write it by hand with Flask-WTF.

It asks the same things in the same words as ``benchmarks/definitions/procedures/page.yaml``,
accepts the same spellings (full-width numbers, hyphens of all kinds, wareki) and makes the same
checks; its controls have the same names, so that the same post goes to both.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    InputRequired,
    Length,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from benchmarks.drafts import Drafts

_ERAS = {
    "reiwa": (date(2019, 5, 1), None),
    "heisei": (date(1989, 1, 8), date(2019, 4, 30)),
    "showa": (date(1926, 12, 25), date(1989, 1, 7)),
    "taisho": (date(1912, 7, 30), date(1926, 12, 24)),
    "meiji": (date(1868, 1, 25), date(1912, 7, 29)),
}


def _choices(**labels: str) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


_ERA_CHOICES = _choices(
    western="西暦", reiwa="令和", heisei="平成", showa="昭和", taisho="大正", meiji="明治"
)
_NUMBERS = ("household_size", "income", "copies")
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−ー－"), "-")
_KANA = Regexp(r"[ァ-ヶー・ ]+\Z", message="カタカナで入力してください。")


def _strip(text: str | None) -> str:
    return " ".join((text or "").split())


def _digits(text: str | None) -> str:
    return unicodedata.normalize("NFKC", _strip(text)).translate(_HYPHENS)


def _required(label: str) -> InputRequired:
    return InputRequired(message=f"「{label}」を入力してください。")


def _chosen(label: str) -> InputRequired:
    return InputRequired(message=f"「{label}」を選んでください。")


def _graphemes(limit: int) -> Length:
    return Length(max=limit, message=f"{limit}文字以内で入力してください。")


class _Between:
    """A whole number in a range, full-width digits and separators allowed."""

    def __init__(self, lowest: int, highest: int) -> None:
        self._lowest, self._highest = lowest, highest

    def __call__(self, form: Form, field: StringField) -> None:
        text = (field.data or "").replace(",", "")
        if not re.fullmatch(r"-?\d{1,15}", text, re.ASCII):
            raise StopValidation("数字で入力してください。")
        if not self._lowest <= int(text) <= self._highest:
            raise ValidationError(f"{self._lowest}から{self._highest}までで入力してください。")


class DayForm(Form):
    """A day in wareki or western years."""

    era = SelectField("元号", choices=_ERA_CHOICES, default="western", validate_choice=False)
    year = StringField("年", filters=[_digits], render_kw={"inputmode": "numeric"})
    month = StringField("月", filters=[_digits], render_kw={"inputmode": "numeric"})
    day = StringField("日", filters=[_digits], render_kw={"inputmode": "numeric"})

    def validate_day(self, field: StringField) -> None:
        """The three numbers make a day that exists, inside the era."""
        typed = (self.year.data, self.month.data, self.day.data)
        if not any(typed):
            raise ValidationError("日付を入力してください。")
        if not all(text and text.isascii() and text.isdigit() for text in typed):
            raise ValidationError("年、月、日を数字で入力してください。")
        year, month, day = map(int, typed)
        first, last = _ERAS.get(self.era.data, (date.min, None))
        try:
            found = date(year if first == date.min else first.year + year - 1, month, day)
        except ValueError:
            raise ValidationError("この日はありません。") from None
        if found < first or (last is not None and found > last):
            raise ValidationError("この元号の期間の日ではありません。")
        self.found = found


class _Choices(SelectMultipleField):
    """Check boxes instead of a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PageForm(FlaskForm):
    """Twenty fields of the usual kinds."""

    family_name = StringField("姓", [_required("姓"), _graphemes(40)], filters=[_strip])
    given_name = StringField("名", [_required("名"), _graphemes(40)], filters=[_strip])
    family_kana = StringField("セイ", [_required("セイ"), _graphemes(40), _KANA], filters=[_strip])
    given_kana = StringField("メイ", [_required("メイ"), _graphemes(40), _KANA], filters=[_strip])
    birth_date = FormField(DayForm, "生年月日", separator=".")
    postcode = StringField(
        "郵便番号",
        [
            _required("郵便番号"),
            Regexp(r"\d{3}-?\d{4}\Z", message="郵便番号は7けたの数字で入力してください。"),
        ],
        filters=[_strip],
        description="例：123-4567",
        render_kw={"inputmode": "numeric", "autocomplete": "postal-code"},
    )
    address = StringField(
        "住所",
        [_required("住所"), _graphemes(200)],
        filters=[_strip],
        render_kw={"autocomplete": "street-address"},
    )
    phone = TelField(
        "電話番号",
        [
            _required("電話番号"),
            Regexp(r"(0[\d-]{9,13}|\+[\d-]{8,18})\Z", message="電話番号を確かめてください。"),
        ],
        filters=[_digits],
        description="昼間に連絡のつく番号",
        render_kw={"autocomplete": "tel"},
    )
    email = EmailField(
        "メールアドレス",
        [
            _required("メールアドレス"),
            Regexp(
                r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z",
                message="メールアドレスを確かめてください。",
            ),
        ],
        filters=[_digits],
        render_kw={"autocomplete": "email"},
    )
    occupation = RadioField(
        "仕事",
        [_chosen("仕事")],
        choices=_choices(
            employee="会社員", self_employed="自営業", student="学生", none="仕事をしていない"
        ),
    )
    household_size = StringField(
        "世帯の人数",
        [_required("世帯の人数"), _Between(1, 20)],
        filters=[_digits],
        render_kw={"inputmode": "numeric"},
    )
    income = StringField(
        "世帯の年収",
        [_required("世帯の年収"), _Between(0, 99_999_999)],
        filters=[_digits],
        render_kw={"inputmode": "numeric"},
    )
    purpose = RadioField(
        "使いみち",
        [_chosen("使いみち")],
        choices=_choices(
            license="運転免許",
            bank="金融機関",
            school="学校",
            employer="勤め先",
            passport="パスポート",
            other="その他",
        ),
    )
    delivery = RadioField(
        "受け取り方",
        [_chosen("受け取り方")],
        choices=_choices(post="郵送", pickup="市役所の窓口"),
    )
    copies = StringField(
        "通数",
        [_required("通数"), _Between(1, 10)],
        filters=[_digits],
        render_kw={"inputmode": "numeric"},
    )
    details = _Choices(
        "のせる事項",
        [Optional()],
        choices=_choices(
            relationship="続柄",
            domicile="本籍",
            nationality="国籍",
            former_address="前の住所",
            code="住民票コード",
        ),
    )
    start_date = FormField(DayForm, "使いはじめる日", separator=".")
    remarks = TextAreaField("伝えたいこと", [Optional(), _graphemes(500)], filters=[_strip])
    contact = RadioField(
        "お知らせを受け取りますか",
        [_chosen("お知らせを受け取りますか")],
        choices=_choices(yes="はい", no="いいえ"),
    )
    agreement = BooleanField(
        "内容に誤りがないことを確かめました",
        [_required("内容に誤りがないことを確かめました")],
    )

    def answers(self) -> dict[str, Any]:
        """What is kept: numbers and days as such, None for what was answered wrongly."""
        found: dict[str, Any] = {}
        for name, field in self._fields.items():
            if name == "csrf_token":
                continue
            if field.errors or not field.data:
                found[name] = None
            elif isinstance(field, FormField):
                found[name] = field.form.found.isoformat()
            elif name in _NUMBERS:
                found[name] = int(field.data.replace(",", ""))
            elif name == "contact":
                found[name] = field.data == "yes"
            else:
                found[name] = field.data
        return found


def add_to(app: Flask, path: str, drafts: Drafts) -> Callable[..., Any]:
    """Serve the page at ``path``; what is posted is kept, a good post answered by a redirection."""

    def page() -> ResponseReturnValue:
        form = PageForm()
        if request.method == "POST":
            with drafts.changing() as draft:
                good = form.validate()
                draft.keep({**draft.answers, **form.answers()})
            if good:
                return redirect("/done", 303)
        return render_template("wtf_page.html", form=form)

    app.add_url_rule(path, "wtf_page", page, methods=["GET", "POST"])
    return page
