"""Numbers in six languages come to one form, in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g20desk.rulebook.numberwords import spelled
from g20desk.rulebook.numerals import numbers, times

FIGURES = [
    ("en", "US$3.5 billion, 1,250 wells, 4.1% in 2025 and 40 ports", ["3500000000", "1250", "4.1", "2025", "40"]),
    ("fr", "3,5 milliards, 1 250 puits, 4,1 % en 2025, 400 ports", ["3500000000", "1250", "4.1", "2025", "400"]),
    ("es", "2 mil millones, 1200 pozos, 4,1 %", ["2000000000", "1200", "4.1"]),
    ("ru", "3,5 млрд, 20 тыс. и 1 250 колодцев", ["3500000000", "20000", "1250"]),
    ("ar", "٣٫٥ مليار و1,250 قرية", ["3500000000", "1250"]),
    ("zh", "贷款35亿美元，资助1200口井，3.5万人", ["3500000000", "1200", "35000"]),
]
WORDS = [
    ("en", "Twenty-five ports, three hundred and twelve wells, two million trees", ["25", "312", "2000000"]),
    ("en", "millions of people, a hundred times", []),
    (
        "fr",
        "quarante-cinq, quatre-vingt-douze, soixante-dix, dix-sept, mille deux cents",
        ["45", "92", "70", "17", "1200"],
    ),
    ("fr", "vingt pour cent", ["20"]),
    ("es", "cuarenta y cinco, doscientos doce, dos mil millones", ["45", "212", "2000000000"]),
    ("ru", "сорок пять, двенадцати портов, двухсот тысяч", ["45", "12", "200000"]),
    ("ar", "خمسة وأربعين بئرا، واثنتا عشرة مكتبة، خمسة عشر", ["45", "12", "15"]),
    ("zh", "三千五百口井，一万二千人，十二家，二十五", ["3500", "12000", "12", "25"]),
    ("fr", "vingt et un membres, quatre-vingt-un, cent une, un million", ["21", "81", "101", "1000000"]),
    ("es", "treinta y un puertos, cuarenta y una, veintiuno, un millón", ["31", "41", "21", "1000000"]),
    ("ru", "двадцать один член, сорок одна страна, двадцати одному и миллион", ["21", "41", "21", "1000000"]),
    ("ar", "أحد عشر عضوا، وإحدى عشرة مدينة، واحد وعشرون، إحدى وعشرين", ["11", "11", "21", "21"]),
    ("fr", "un port sur trois", ["1", "3"]),
    ("fr", "pour quarante pays, vingt pour mille", ["40", "20"]),
    ("es", "por cuarenta países, veinte por ciento", ["40", "20"]),
]
HOURS = [
    ("en", "at 3 pm UTC, at 15:00, at 8:30 a.m.", ["15:00", "15:00", "08:30"]),
    ("fr", "à 15 h 30 et à 9 h, pendant 2 h", ["15:30", "09:00"]),
    ("ru", "в 15 часов, в 08:00", ["15:00", "08:00"]),
    ("zh", "下午3点半，15:00，14时30分，三点建议", ["15:30", "15:00", "14:30"]),
]


@pytest.mark.parametrize(("lang", "text", "values"), FIGURES)
def test_figures(lang, text, values):
    assert [n.value for n in numbers(text, lang, [])] == values


@pytest.mark.parametrize(("lang", "text", "values"), WORDS)
def test_words(lang, text, values):
    assert [n.value for n in spelled(text, lang)] == values


@pytest.mark.parametrize(("lang", "text", "values"), HOURS)
def test_hours(lang, text, values):
    assert [n.value for n in times(text, [], lang)] == values


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "es", "ru", "ar", "zh"]))
def test_no_text_breaks_it_and_each_place_is_in_the_text(text, lang):
    for n in [*numbers(text, lang, []), *spelled(text, lang), *times(text, [], lang)]:
        assert 0 <= n.start < n.end <= len(text)
