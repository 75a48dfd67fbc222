"""Words out of texts, and which of them are not right; any text at all."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from g20desk.rulebook.reading import lowered
from g20desk.rulebook.spelling import Names, findings, misspelt, plain, questions
from g20desk.rulebook.spellwords import parts, words

LANGS = ("en", "fr", "es", "ru", "ar", "zh", "hi", "it", "en-GB", "")


def read(text: str, lang: str = "en", agreed: tuple[str, ...] = ()) -> list[str]:
    return [word.text for word in words(text, lang, agreed)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("Ministers met today.", "Ministers met today", id="plain"),
        pytest.param("See https://g20.org/debt and g20.org/x, or debt@g20.org", "See and or", id="addresses"),
        pytest.param("Files: chart.png, a\\b, www.un.org", "Files", id="files"),
        pytest.param("Thanks @UN_Women and #ClimateFinance, ＃Debt", "Thanks and", id="mentions and hashtags"),
        pytest.param("In 2030, 3rd, 1.5°C, CO2, G20-led, COVID-19", "In", id="figures"),
        pytest.param("The IMF, UNCTAD's, MDBs and U.N. met", "The and met", id="abbreviations"),
        pytest.param("A YouTube and iPhone text", "and text", id="capitals inside"),
        pytest.param("THE MINISTERS met", "MINISTERS met", id="capitals"),
        pytest.param("Use `not_code` or {name} in <b>", "Use or in", id="code"),
        pytest.param("an and/or choice: yes:no", "an and or choice yes no", id="slashes and colons"),
        pytest.param("the 'well-known' members' ‘plan’", "the well-known members plan", id="quotes and hyphens"),
        pytest.param("wait...what, so--then", "wait what so then", id="dots and dashes"),
        pytest.param("the мир word", "the word", id="another script"),
        pytest.param("mіxed scripts", "scripts", id="a letter of another script"),
        pytest.param("over🌍the 👩‍👩‍👧word", "over the word", id="emoji"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_a_word_in_english(text: str, said: str):
    assert read(text) == said.split()


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("fr", "L’économie d'aujourd’hui : est-elle prête ?", "L’économie d'aujourd’hui est-elle prête"),
        ("es", "¿Qué dice la O.N.U.? «Sí»", "Qué dice la Sí"),
        ("ru", "Министры «двадцатки» из ООН и G20", "Министры двадцатки из"),
        ("ar", "اجتمع وزراء المالية، وقال: مُؤتَمَر؟", "اجتمع وزراء المالية وقال مُؤتَمَر"),
        ("zh", "部长今天开会。G20 Ministers", ""),
    ],
)
def test_what_is_a_word_elsewhere(lang: str, text: str, said: str):
    assert read(text, lang) == said.split()


def test_agreed_language_is_right_as_it_stands():
    phrase = "Sustainabel growth"
    assert read(f"We want {phrase} now", agreed=(lowered(phrase),)) == ["We", "want", "now"]


def test_a_word_of_endless_length_is_none():
    assert read("a" * 61 + " b" + "c" * 59) == ["b" + "c" * 59]


@pytest.mark.parametrize(
    ("lang", "text", "known", "wrong"),
    [
        pytest.param("en", "Teh plan", {"plan"}, ["Teh"], id="one word"),
        pytest.param("en", "Brazil's plan", {"Brazil", "plan"}, [], id="possessive"),
        pytest.param("en", "don’t can’tt", {"don't"}, ["can’tt"], id="an apostrophe inside is one word"),
        pytest.param("en", "long-trem multi-sided", {"long", "sided"}, ["trem"], id="the part that is wrong"),
        pytest.param("en", "lnog-trem", set(), ["lnog-trem"], id="nothing is right"),
        pytest.param("fr", "L’éconmie qu’il", {"il"}, ["éconmie"], id="elision"),
        pytest.param("it", "dell’acordo", set(), ["acordo"], id="elision in Italian"),
        pytest.param("en", "a well-wirtten-tekst plan", {"plan"}, ["wirtten-tekst"], id="parts that stand together"),
        pytest.param("en", "café", {"caf\u00e9"}, [], id="composed"),
        pytest.param("ar", "مُؤتَمَر وكتـــاب", {"مؤتمر", "وكتاب"}, [], id="vowel marks and stretching"),
        pytest.param("ru", "за\u0301мок", {"замок"}, [], id="stress"),
        pytest.param("fr", "« The Sea for All » ouvre", {"ouvre", "All"}, [], id="a quotation in another language"),
        pytest.param(
            "fr", "« mer pour tuos » ouvre", {"ouvre", "mer", "pour"}, ["tuos"], id="a wrong word in a quotation"
        ),
    ],
)
def test_which_words_are_wrong(lang: str, text: str, known: set[str], wrong: list[str]):
    found = misspelt(text, words(text, lang), lang, known.__contains__)
    assert [word.text for word in found] == wrong
    assert [text[word.start : word.end] for word in found] == wrong


def test_names_are_right_as_a_sentence_begins_them_and_in_capitals():
    names = Names({"": ["Okonjo-Iweala", "N'Djamena"], "en": ["upskilling"], "ar": ["الأرجنتين", "ريو"]})
    for said in ("Okonjo-Iweala", "OKONJO-IWEALA", "Iweala", "N'Djamena"):
        assert names.accept(said, "en") and names.accept(said, "fr")
    for said in ("upskilling", "Upskilling", "UPSKILLING"):
        assert names.accept(said, "en") and not names.accept(said, "fr")
    assert not names.accept("iweala", "en")
    for said in ("والأرجنتين", "للأرجنتين", "بالأرجنتين", "وبريو"):
        assert names.accept(said, "ar")
    assert not names.accept("جنتين", "ar")


def test_names_that_are_nearly_written():
    names = Names({"": ["Mbombela", "Rio"], "en": ["Mandela"]})
    assert names.near("Mbombella", "en") == ["Mbombela"]
    assert names.near("Mnadela", "en-GB") == ["Mandela"]
    assert names.near("Rip", "en") == names.near("Mbombela", "fr") == []


def test_a_finding_is_advice_with_the_texts_own_apostrophe():
    text = "Il dit qu’aujoud’hui"
    (word,) = misspelt(text, words(text, "fr"), "fr", {"Il", "dit"}.__contains__)
    (found,) = findings(text, [word], {word.text: ["aujourd'hui", "aujourd"]})
    assert found.as_json() == {
        "rule": "SPELL-01", "level": "advise", "start": word.start, "end": 20, "text": word.text,
        "message": "This word is in no dictionary and in no list of the office.",
        "suggestion": "aujourd’hui", "suggestions": ["aujourd’hui", "aujourd"],
    }  # fmt: skip
    assert findings(text, [word], {})[0].suggestion is None


LETTERS = "abcÉéßẞİıſñœ'’-‐/:@#._ \n\u0301\u0308\u064b\u0640\u200c\u200d\u200e\u00ad\u0600\ufe0f\U0001f1eb\U0001f468абёالوكमान्한漢0٣²"
ANY = st.one_of(st.text(), st.text(st.sampled_from(LETTERS)), st.text(st.characters(categories=("L", "M", "Cf", "P"))))


@settings(max_examples=400, deadline=None)
@given(ANY, st.sampled_from(LANGS), st.integers(1, 5))
@example("\u0600a", "ar", 2)
@example("क\u094d\u200dष", "hi", 1)
@example("e\u0301\u200d", "en", 1)
def test_words_lie_in_the_text_in_order_and_cut_no_letter(text: str, lang: str, every: int):
    found = words(text, lang)
    signs = {0} | {match.end() for match in regex.finditer(r"\X", text)}
    at = 0
    for word in found:
        assert at <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.text
        assert {word.start, word.end} <= signs
        for part in parts(word):
            assert word.start <= part.start < part.end <= word.end and text[part.start : part.end] == part.text
        at = word.end
    known = set(sorted(questions(found, lang))[::every])
    wrong = misspelt(text, found, lang, known.__contains__)
    spans = [(word.start, word.end) for word in wrong]
    assert spans == sorted(set(spans))
    assert all(any(word.start <= s and e <= word.end for word in found) for s, e in spans)
    assert all(plain(word.text, lang) not in known for word in wrong)


@settings(max_examples=100, deadline=None)
@given(ANY, st.sampled_from(LANGS))
def test_what_is_asked_is_plain_already(text: str, lang: str):
    for said in questions(words(text, lang), lang):
        assert plain(said, lang) == said and unicodedata.is_normalized("NFC", said)


def test_a_long_text_is_read_in_one_pass():
    text = "Ministers recieve l'x " * 5_000
    assert len(words(text, "en")) == 15_000
    assert len(words("a-" * 50_000, "en")) == len(words("'" * 100_000, "en")) == 0
