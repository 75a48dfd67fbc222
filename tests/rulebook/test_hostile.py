"""No text makes checking grow faster than its length, whatever it repeats."""

from __future__ import annotations

import re
import time

import pytest

from g20desk.desk.checking import Checking, readers, rulebook
from g20desk.rulebook import checker, linear
from g20desk.rulebook.needs import SPACED, WIDE
from g20desk.rulebook.needs import needs as needs_of
from g20desk.rulebook.schema import LANGS

PIECES = {
    "letter": "a", "word": "word ", "the": "the ", "quotation": "“", "bracket": "(", "open": "[a", "tag": "#a",
    "tags": "#Aa ", "at": "@a", "handles": "@ab.cd ", "scheme": "http://a", "links": "https://a.bc/d ", "dots": "a.b.",
    "commas": "1,1", "numbers": "12 34 ", "emoji": "🎉", "flags": "🇧🇷", "lines": "\n", "spaces": " ", "zh": "国家",
    "ar": "والدول ", "ru": "страны ", "members": "G20 members of the ", "growth": "growth in the ", "dash": "-",
    "underline": "_", "markup": "<a ", "capitals": "ABC ", "times": "10:30 ", "every": "every minister in the ",
    "marks": "!", "mixed": "aа", "secret": "password is ", "mail": "a@b.c.", "phones": "+1 2 3 4 5 6 7 8 9 ", "file": "a_",
}  # fmt: skip
SHORT, LONG, MORE, SLACK = 25_000, 100_000, 12, 0.3


def cost(run, piece, length):
    text = (piece * (length // len(piece) + 1))[:length]
    begun = time.process_time()
    run(text)
    return time.process_time() - begun


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_four_times_the_text_is_nowhere_near_sixteen_times_the_work(piece):
    """Linear is 4, quadratic 16: between them stands a bound that noise does not reach."""

    def run(text):
        Checking().text(text, "bluesky", "en", "rebuttal")

    rulebook(), run(piece)
    short, long = cost(run, piece, SHORT), cost(run, piece, LONG)
    assert long < SLACK + MORE * short, f"{short:.2f} s for {SHORT}, {long:.2f} s for {LONG}"


@pytest.mark.parametrize("lang", ["fr", "es", "ru", "ar", "zh"])
def test_the_same_in_each_language_on_all_pieces_at_once(lang):
    def run(text):
        checker.findings(text, lang, "rebuttal", rulebook(), "x", readers())

    piece = "".join(PIECES.values())
    run(piece)
    short, long = cost(run, piece, SHORT), cost(run, piece, LONG)
    assert long < SLACK + MORE * short, f"{short:.2f} s for {SHORT}, {long:.2f} s for {LONG}"


def test_every_pattern_does_bounded_work_at_each_place():
    for rule in rulebook().rules:
        for pattern in rule.not_this if rule.kind == "pattern" else ():
            assert linear.steps(linear.parsed(pattern, rule.case)) <= linear.MOST_STEPS, rule.id


@pytest.mark.parametrize("wild", ["a*", "a+", "(?:a{1,9})*", "a{2,}", "(?(1)a|b)", "(a)?(?(1)b|c)"])
def test_a_repeat_without_a_bound_is_refused(wild):
    with pytest.raises((ValueError, re.error)):
        linear.steps(linear.parsed(wild, "any"))


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("abc", ["abc"]), ("a(?:bcd|efg)", ["abcd|aefg"]), ("(?:ab)?cd", ["cd"]), ("[xy]z{1,3}", ["xz|yz"]),
        ("IT’S", ["it's"]), (r"\d{4}", ["0000"]), ("[а-я]{2}", [WIDE]), (r"a\d{1,2}::", ["a00::|a0::"]), ("(?:ab|[^c])", []),
        ("said.{1,9}(?:loud|low)ly", ["loudly|lowly", "said"]), (r"\d[\d.]{0,9}km", ["0km|.km"]), ("(?<=[xy]),(?=zz)", ["x,zz|y,zz"]),
        ("(?:[^a]|bcd)ef", ["ef"]), (r"\n{2}", [SPACED]), (r" {2,9}xy", [" xy", SPACED]), ("ab(?<=b)c", ["abc"]), ("(?!xy)cd", ["cd"]),
        ("ſoſ", ["sos"]), ("[\u2060\u2061]q", ["\u2060q|\u2061q", WIDE]),
    ],
)  # fmt: skip
def test_what_a_text_must_hold_is_known_before_a_pattern_runs(pattern, needs):
    assert [set(runs) for runs in needs_of(linear.parsed(pattern, "any"))] == [set(one.split("|")) for one in needs]


@pytest.mark.parametrize("lang", LANGS)
def test_hardly_a_rule_is_asked_about_every_text(lang):
    assert len(rulebook().plan(lang, "news", ("post", "hashtag", "link")).due(set())) < 10
