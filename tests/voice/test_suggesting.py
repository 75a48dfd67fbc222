"""What is offered at the caret, in six languages: what goes on, what it takes the place of, and when there is nothing."""

from __future__ import annotations

import pytest

from g20desk.office import library
from g20desk.office.memory import Memory, likeness, pairs_of
from g20desk.office.suggesting import Library

TEXTS = {
    "en": "We agreed on debt relief for forty countries by 2027. The rest follows in May.",
    "fr": "Nous avons convenu d’alléger la dette de quarante pays d’ici à 2027. Le reste suit en mai.",
    "es": "Acordamos aliviar la deuda de cuarenta países para 2027. El resto sigue en mayo.",
    "ru": "Мы договорились о списании долгов сорока странам к 2027 году. Остальное последует в мае.",
    "ar": "اتفقنا على تخفيف ديون أربعين بلداً بحلول عام 2027. والباقي يتبع في مايو.",
    "zh": "我们同意在二〇二七年前减免四十国债务。其余将于五月公布。",
}


@pytest.fixture(scope="module")
def held() -> Library:
    made = Library()
    for lang, text in TEXTS.items():
        made.put(lang, library.of_text(text, lang, library.LINE, "one", topic="debt"))
    made.put(
        "other",
        library.of_text("Debt relief is on the way to all of them.", "en", library.LINE, "two", topic="climate"),
    )
    return made


def offered(held: Library, text: str, lang: str = "en", **more) -> list[tuple[str, str]]:
    """What would stand there, and what of the text would go."""
    return [(one.entry.text, text[one.start :]) for one in held.offers(text, len(text), lang, **more)]


@pytest.mark.parametrize(
    ("lang", "typed"),
    [("en", "We agr"), ("fr", "Nous avons conv"), ("es", "Acordam"), ("ru", "Мы догов"), ("ar", "اتفقنا على"), ("zh", "我们同意"),
     ("en", "WE AGREED on"), ("fr", "NOUS AVONS CONVENU"), ("ar", "اتَّفَقْنا على"), ("en", "Yes.\nWe  agreed on debt r")],
)  # fmt: skip
def test_what_is_begun_is_gone_on_with_and_replaced(held, lang, typed):
    first = library.split(TEXTS[lang])[0]
    said = typed.rpartition("\n")[2]
    assert (first, said) in offered(held, typed, lang) or (TEXTS[lang], said) in offered(held, typed, lang)


def test_the_second_sentence_goes_on_as_well(held):
    assert offered(held, "So it is. The rest fol")[0] == ("The rest follows in May.", "The rest fol")
    assert offered(held, "好。其余", "zh")[0] == ("其余将于五月公布。", "其余")


def test_words_of_it_take_it_and_go(held):
    assert offered(held, "Today countries debt", topic="debt")[0][1] == "countries debt"
    assert offered(held, "减免债务", "zh")[0][1] == "减免债务"


def test_the_topic_comes_first(held):
    assert next(one[0] for one in offered(held, "debt relief", topic="climate")).startswith("Debt relief is on the way")
    assert offered(held, "debt relief", topic="debt")[0][0] == library.split(TEXTS["en"])[0]
    assert len(offered(held, "debt relief")) == 2, "one offer of a line"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "W",
        "We",
        "the ",
        "of",
        "Nothing like it",
        "We agreed on debt relief. ",
        "countries ago we went",
        "x" * 5000,
    ],
)
def test_nothing_is_offered_for_nothing(held, typed):
    assert offered(held, typed) == []


def test_nothing_within_a_word_or_in_another_language(held):
    assert held.offers("We agreed on debt", 12, "en") != [] and held.offers("We agreed on debt", 14, "en") == []
    assert offered(held, "We agreed on", "fr") == [] and offered(held, "We agreed on", "pt") == []
    assert offered(held, "We agreed on", "en-GB") != []


def test_places_count_code_points(held):
    typed = "🌍🌍 Today: we agreed on debt"
    ((_, gone), *_) = offered(held, typed, topic="debt")
    assert gone == "we agreed on debt"


def test_what_an_owner_says_anew_takes_the_place_of_what_it_said():
    made = Library()
    made.put("a", library.of_text("Growth for everyone everywhere.", "en", library.LINE, "a"))
    made.put("a", library.of_text("Jobs for everyone everywhere.", "en", library.LINE, "a"))
    assert offered(made, "Growth for every") == [("Jobs for everyone everywhere.", "every")]
    assert [one.entry.text for one in made.standing("Jobs for everyone everywhere.", "en", 0)] == [
        "Jobs for everyone everywhere."
    ]
    made.put("a", ())
    assert (
        len(made) == 0
        and offered(made, "Jobs for every") == []
        and made.standing("Jobs for everyone everywhere.", "en", 0) == []
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Say: We agreed on debt relief for forty countries by 2027.", True),
        ("We agreed on debt relief for forty countries by 2027", False),
        ("we agreed on debt relief for forty countries by 2027.", False),
        ("We agreed on debt\u00a0relief for\n forty countries by 2027.", True),
        ("Neither We agreed on debt relief for forty countries by 20270.", False),
    ],
)
def test_agreed_wording_stands_letter_for_letter_or_not(held, text, found):
    made = held.standing(text, "en", 0)
    assert bool(made) is found
    if found:
        assert library.plain(text[made[0].start : made[0].end]) == library.split(TEXTS["en"])[0]


def test_composed_or_not_and_without_spaces(held):
    import unicodedata

    text = unicodedata.normalize("NFD", "Voici. " + TEXTS["fr"])
    (one,) = held.standing(text, "fr", 0)
    assert unicodedata.normalize("NFC", text[one.start : one.end]) == TEXTS["fr"]
    (han,) = held.standing("今天" + TEXTS["zh"] + "完", "zh", 0)
    assert (han.start, han.end) == (2, 2 + len(TEXTS["zh"]))


def test_the_longest_stands_and_single_words_are_not_marked():
    made = Library()
    made.put("a", library.of_text("Debt relief for all.", "en", library.LINE, "a", ("Debt", "Debt relief")))
    assert [one.entry.text for one in made.standing("Debt. Debt relief. Debt relief for all.", "en", 0)] == [
        "Debt relief",
        "Debt relief for all.",
    ]


def test_sentences_end_where_readers_see_it():
    text = "The U.S. and Mr. Smith met in Rome at 2.5 °C. “Yes!” Next? 好。对！\nA line\nal. et"
    assert library.split(text) == [
        "The U.S. and Mr. Smith met in Rome at 2.5 °C.",
        "“Yes!”",
        "Next?",
        "好。",
        "对！",
        "A line",
        "al. et",
    ]


def test_sentences_are_aligned_only_where_there_are_as_many():
    both = list(library.aligned({"en": "One. Two.", "fr": "Un. Deux.", "es": "Uno, dos."}))
    assert both == [
        {"en": "One. Two.", "fr": "Un. Deux.", "es": "Uno, dos."}, {"en": "One.", "fr": "Un."}, {"en": "Two.", "fr": "Deux."},
    ]  # fmt: skip
    assert list(library.aligned({"en": "One."})) == []


def test_translations_exact_and_like(held):
    memory = Memory()
    memory.put("one", pairs_of(TEXTS, library.LINE, "one"))
    said = library.split(TEXTS["en"])
    (exact,) = memory.look_up(said[0], "en", "ru")
    assert (exact.percent, exact.entry.text) == (100, library.split(TEXTS["ru"])[0])
    (like,) = memory.look_up(said[0].replace("forty", "fifty"), "en", "zh")
    assert (like.percent, like.entry.text, like.wording) == (90, library.split(TEXTS["zh"])[0], said[0])
    assert memory.look_up(said[0].upper(), "en", "fr")[0].percent == 99
    assert (
        memory.look_up("Ministers met in Rome today.", "en", "fr") == [] and memory.look_up(said[0], "en", "pt") == []
    )
    assert memory.look_up(library.split(TEXTS["zh"])[0].replace("四", "五"), "zh", "en")[0].percent >= 90
    offers = memory.offers(TEXTS["en"], "en", library.split(TEXTS["fr"])[0] + " Le res", 75, "fr")
    assert [(one.entry.text, one.percent) for one in offers] == [("Le reste suit en mai.", 100)]
    both = f"{said[0]} {said[0].replace('forty', 'fifty')}"
    assert [one.percent for one in memory.offers(both, "en", "", 0, "fr")] == [100], (
        "each translation once, by the likest"
    )
    memory.put("one", ())
    assert memory.look_up(said[0], "en", "ru") == [] and len(memory) == 0


def test_likeness_is_of_words_in_their_order():
    assert likeness("a b c d".split(), "a b x d".split()) == 75  # noqa: SIM905
    assert likeness([], []) == 0 and likeness(["a"], []) == 0 and likeness(["a", "b"], ["b", "a"]) == 0
