"""How old a person is."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """満年齢 on a day: it rises on the birthday; for 29 February on 1 March of a common year.

    By 年齢計算ニ関スル法律 with 民法 143条 a year of age is complete when the day before the
    birthday ends, or the last day of the month in a year without it: for who was born on 29
    February that is the end of the 28th in every year. The day after is the first of the new age.
    Less than zero before the birth.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
