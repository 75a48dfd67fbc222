"""The index of what rules need leaves nothing out: with it and without it, the same is found."""

from __future__ import annotations

from hypothesis import given, settings

from g20desk.desk.checking import readers, rulebook
from g20desk.rulebook import engine
from g20desk.rulebook.reading import Reading
from tests.corpus import measure
from tests.rulebook.test_any_text import ASKED

SCOPES = ("post", "hashtag", "link")


def both(text, lang, kind, network):
    book = rulebook()
    index = book.plan(lang, kind, SCOPES)
    read = Reading(text, lang, kind, book.facts.agreed, network, readers())
    due = index.due(book.runs.of(read.low))
    found = {(rule.id, hit) for rule, items in due for hit in engine.hits(rule, items, read, book.facts)}
    all_items = [(rule, range(len(rule.not_this) or 1)) for rule in index.rules]
    return found, {(rule.id, hit) for rule, items in all_items for hit in engine.hits(rule, items, read, book.facts)}


@settings(max_examples=200, deadline=None)
@given(*ASKED)
def test_any_text_finds_the_same(text, lang, kind, network):
    found, wanted = both(text, lang, kind, network)
    assert found == wanted


def test_letters_that_small_ones_are_taken_for_hide_nothing():
    twins = str.maketrans("sik", "ſıK")
    for rule in rulebook().rules:
        if rule.scope in SCOPES:
            lang, kind = (rule.langs or ("en",))[0], (rule.kinds or ("news",))[0]
            for example in rule.bad:
                found, wanted = both(example.translate(twins), lang, kind, "x")
                assert found == wanted, example


def test_the_corpus_and_all_examples_find_the_same():
    items = [(i["text"], i["lang"], i["kind"]) for i in measure.load("tune") if "text" in i]
    for rule in rulebook().rules:
        if rule.scope in SCOPES:
            lang, kind = (rule.langs or ("en",))[0], (rule.kinds or ("news",))[0]
            items += [(example, lang, kind) for example in (*rule.bad, *rule.good)]
    for text, lang, kind in items:
        found, wanted = both(text, lang, kind, "x")
        assert found == wanted, text
