"""Dates, months and weekdays as six languages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g20desk.rulebook.calendar import dates, months, weekdays

DATES = [
    ("en", "on Monday, 11 May 2026", [(11, 5, 2026, 0)]),
    ("en", "on 5 and 6 June", [(6, 6, 0, -1), (5, 6, 0, -1)]),
    ("fr", "du 5 au 6 mai 2026 et le 1er juin", [(6, 5, 2026, -1), (5, 5, 2026, -1), (1, 6, 0, -1)]),
    ("es", "los días 5 y 6 de mayo de 2026", [(6, 5, 2026, -1), (5, 5, 2026, -1)]),
    ("ru", "с 5 по 6 мая 2026 года", [(6, 5, 2026, -1), (5, 5, 2026, -1)]),
    ("ar", "يومي 5 و6 أيار 2026", [(6, 5, 2026, -1), (5, 5, 2026, -1)]),
    ("zh", "2026年5月5日至6日", [(5, 5, 2026, -1), (6, 5, 2026, -1)]),
]
MONTHS = [
    ("en", "Ports may reopen in May 2026, not in March.", {5, 3}),
    ("fr", "Les travaux reprennent en août.", {8}),
    ("ru", "В мае и в сентябре марки дешевеют.", {5, 9}),
    ("ar", "مارس الطلاب الرياضة في نيسان.", {4}),
    ("zh", "会谈4月恢复，历时三个月。", {4}),
]


@pytest.mark.parametrize(("lang", "text", "found"), DATES)
def test_dates(lang, text, found):
    made = [(d.day, d.month, d.year, d.weekday) for d in dates(text, lang)]
    assert sorted(made) == sorted(found)


@pytest.mark.parametrize(("lang", "text", "found"), MONTHS)
def test_months(lang, text, found):
    assert set(months(text, lang)) == found


def test_weekdays():
    assert set(weekdays("lundi et vendredi", "fr")) == {0, 4}
    assert set(weekdays("星期二开门", "zh")) == {1}
    assert set(weekdays("охрана окружающей среды по пятницам", "ru")) == {4}


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "es", "ru", "ar", "zh"]))
def test_no_text_breaks_it(text, lang):
    for found in dates(text, lang):
        assert 0 <= found.start < found.end <= len(text)
    for spans in (months(text, lang), weekdays(text, lang)):
        assert all(0 <= s < e <= len(text) for s, e in spans.values())
