"""Whatever a text is: no exception, places that lie in it, the same answer each time."""

from __future__ import annotations

import random

import pytest

from g20desk.rulebook.likeness.index import Index, findings
from g20desk.rulebook.likeness.judging import Agreed
from g20desk.rulebook.likeness.lexicon import LANGS
from tests.voice.likeness import pairs, table

SIGNS = ["\u200f", "\u202b", "e\u0301", "👩‍⚕️", "🇿🇦", "\ud7ff", "½", "٢٠٣٠", "१२", "İ", "ß", "ﬃ", "\u0000", "–", "100%", "$", "#", "@a", "1e9", "分之", "百分之", "n’", "«", "\n\n", " ", "。"]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Index:
    return Index([one.agreed for one in pairs("tune")], table())


def texts(number: int) -> str:
    """Words of the pairs, cut, mixed and strewn with signs that are hard to count."""
    chance = random.Random(number)
    words = [word for one in pairs("tune") for word in one.text.split()]
    made = [chance.choice(words if chance.random() < 0.7 else SIGNS) for _ in range(chance.randrange(60))]
    return chance.choice(["", " "]).join(made)


@pytest.mark.parametrize("lang", [*LANGS, "pt", "de-AT", "zh-Hant"])
def test_any_text(index, lang):
    for number in range(60):
        text = texts(number)
        for one in index.find(text, lang):
            assert 0 <= one.start <= one.end <= len(text)
            for reason in one.reasons:
                assert 0 <= reason.start <= reason.end <= len(text) and reason.sentence
        found = findings(text, lang, index)
        assert found == findings(text, lang, index)
        assert all(text[one.start : one.end] == one.text and one.message for one in found)


def test_places_are_those_of_the_text_whatever_stands_before(index):
    """Signs of two units, of no width, of another direction: places count code points of the text as it is."""
    line = "We agreed on debt relief for fifty countries by 2027."
    for sign in SIGNS:
        text = f"{sign} {sign} {line} {sign}"
        (one,) = findings(text, "en", index)
        assert text[one.start : one.end].startswith("We agreed") and "fifty countries by 2027" in one.text


def test_a_wording_in_any_language_can_be_held(index):
    held = Index([Agreed("1", "sw", "Tulikubaliana kuondoa madeni kwa nchi arobaini ifikapo mwaka 2027.")], table())
    (one,) = findings("Tulikubaliana kuondoa madeni kwa nchi arobaini ifikapo mwaka 2037.", "sw", held)
    assert one.rule == "LIKE-02"
    assert Index([], table()).find("x", "en") == [] and Index([Agreed("1", "en", "")], table()).find("x", "en") == []
