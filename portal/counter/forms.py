"""The small forms of the counter."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, NumberRange


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Looking a person up in the register."""

    family_name = StringField(
        validators=[InputRequired(_l("氏を入力してください。")), Length(max=80)]
    )
    given_name = StringField(validators=[Length(max=80)])
    birth_date = DateField(validators=[InputRequired(_l("生年月日を入力してください。"))])


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """The employee takes the tablet back."""

    password = PasswordField(validators=[InputRequired(), Length(max=256)])


class CashForm(FlaskForm):  # type: ignore[misc]
    """Cash that was handed over, in yen."""

    tendered = IntegerField(
        validators=[
            InputRequired(_l("受け取った金額を数字で入力してください。")),
            NumberRange(1, 10_000_000, _l("受け取った金額を確かめてください。")),
        ]
    )
