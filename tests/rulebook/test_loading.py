"""A rule that is not right is refused at loading: which file, which rule, and why."""

from __future__ import annotations

import pytest

from g20desk.desk.checking import readers
from g20desk.rulebook import checker, load
from g20desk.rulebook.rule import BadRule

RULE = {
    "id": "'PLAIN-99'", "kind": "'phrase'", "level": "'advise'", "lang": "'en'", "not_this": "['harken']",
    "why": "'Old words puzzle readers.'", "source": "'office practice'", "owner": "'language'", "principle": "1",
    "bad": "['Harken to the news.']", "good": "['Listen to the news.']",
}  # fmt: skip
TASTES = [
    ({"id": "'PLAIN-9'"}, "two digits"),
    ({"id": "'TONE-99'"}, "a family of this file"),
    ({"kind": "'guess'"}, "kind is one of"),
    ({"level": "'never'"}, "level is one of"),
    ({"lang": "'de'"}, "lang is one of"),
    ({"kinds": "'gossip'"}, "kinds are"),
    ({"scope": "'margin'"}, "scope is one of"),
    ({"colour": "'red'"}, "there is no key “colour”"),
    ({"why": None}, "why is missing"),
    ({"why": "'One. Two.'"}, "one sentence"),
    ({"source": None, "owner": None}, "owner is missing"),
    ({"principle": "16"}, "1 to 15"),
    ({"bad": None}, "bad is missing"),
    ({"good": None}, "good is missing"),
    ({"not_this": None}, "has not_this"),
    ({"bad": "['Listen to this.']"}, "the bad example is not found: Listen to this."),
    ({"good": "['They harken.']"}, "the good example still triggers the rule at “harken”: They harken."),
    ({"kind": "'substitution'", "say_this": "['a', 'b']"}, "say_this answers"),
    ({"kind": "'substitution'", "say_this": "['harken']"}, "leaves the finding as it is"),
    ({"kind": "'pattern'", "not_this": "['harken.*']"}, "no upper bound"),
    ({"kind": "'pattern'", "not_this": "['(?:h{0,90}a{0,90}r{0,90}){0,90}']"}, "steps at each place"),
    ({"kind": "'pattern'", "not_this": "['har(ken']"}, "unterminated"),
    ({"kind": "'structure'", "test": "'magic'", "not_this": None}, "there is no test “magic”"),
    ({"except_when": "{ moon = true }"}, "except_when has no key “moon”"),
    ({"except_when": "{ before = 'a*' }"}, "no upper bound"),
    ({"valid_until": "'soon'"}, "Invalid isoformat string"),
    ({"on": "'yes'"}, "on must be bool"),
    ({"on": "false", "bad": "['Listen.']"}, "the bad example is not found"),
]


def written(changes=None, head="families = ['PLAIN']"):
    rows = {**RULE, **(changes or {})}
    return f"{head}\n[[rule]]\n" + "".join(f"{k} = {v}\n" for k, v in rows.items() if v is not None)


def loaded(text):
    return load.load({"rulebooks/new.toml": text}, {}, readers())


@pytest.mark.parametrize(("changes", "why"), TASTES, ids=lambda v: next(iter(v)) if isinstance(v, dict) else v[:20])
def test_a_rule_is_refused_with_its_file_its_name_and_why(changes, why):
    with pytest.raises(BadRule) as raised:
        loaded(written(changes))
    assert raised.value.file == "rulebooks/new.toml"
    assert raised.value.rule == changes.get("id", "'PLAIN-99'").strip("'")
    assert why in raised.value.why
    assert str(raised.value) == f"rulebooks/new.toml, rule {raised.value.rule}: {raised.value.why}"


@pytest.mark.parametrize(
    ("text", "why"), [("families = [", "not TOML"), (written(head="family = 'X'"), "“family” is not a key")]
)
def test_a_file_is_refused_with_its_name(text, why):
    with pytest.raises(BadRule, match=r"rulebooks/new\.toml") as raised:
        loaded(text)
    assert why in raised.value.why


def test_an_id_stands_once():
    with pytest.raises(BadRule, match=r"b\.toml, rule PLAIN-99: the id is taken in a\.toml"):
        load.load({"b.toml": written(), "a.toml": written()}, {})


def test_a_rule_that_is_off_or_past_its_day_says_nothing():
    for changes, today, says in [({}, "", 1), ({"on": "false"}, "", 0), ({"valid_until": "'2026-05-04'"}, "2026-05-04", 1),
                                 ({"valid_until": "'2026-05-04'"}, "2026-05-05", 0)]:  # fmt: skip
        book = loaded(written(changes))
        assert len(checker.findings("Harken to the news.", "en", "news", book, today=today)) == says


def test_a_row_adds_to_what_excuses_all_rules_of_its_file():
    head = "families = ['PLAIN']\n[defaults.except_when]\nquoted = true"
    book = loaded(written({"except_when": "{ after = ' ye' }"}, head))
    for text, says in [("Harken!", 1), ("Harken ye!", 0), ("She said “harken”.", 0)]:
        assert len(checker.findings(text, "en", "news", book)) == says
