"""A rule is changed in its file, and nothing else is: on the rules that the program carries."""

from __future__ import annotations

import pytest

from g20desk.desk.checking import readers, rulebook
from g20desk.desk.rule_files import program_files
from g20desk.rulebook import schema
from g20desk.rulebook.amended import amended, apart, unheld
from g20desk.rulebook.comparing import compared, one, same
from g20desk.rulebook.editing import edited, edited_all, home, line_of, row
from g20desk.rulebook.rule import BadRule

FILES = program_files()
NAMES = sorted(name for name in FILES if name.startswith("rulebooks/"))


@pytest.mark.parametrize("name", NAMES)
def test_switching_a_rule_off_changes_that_rule_alone(name: str):
    rules = schema.read(name, FILES[name])
    for rule in (rules[0], rules[len(rules) // 2], rules[-1]):
        changed = edited(FILES, rule.id, {"on": False})
        after = schema.read(name, changed[name])
        assert [r.id for r in after] == [r.id for r in rules]
        assert [r.id for r in after if not r.on] == [r.id for r in rules if not r.on or r.id == rule.id]
        added = set(changed[name].splitlines()) - set(FILES[name].splitlines())
        assert added <= {"on = false"} and len(changed[name]) >= len(FILES[name])
        assert {n: t for n, t in changed.items() if n != name} == {n: t for n, t in FILES.items() if n != name}


@pytest.mark.parametrize("name", NAMES)
def test_changing_nothing_changes_not_a_letter(name: str):
    rule = schema.read(name, FILES[name])[0]
    assert edited(FILES, rule.id, {"id": rule.id, "article": None}) == FILES or rule.article


def test_what_differs_little_is_the_same_rulebook_as_what_is_built_anew():
    base, rule = rulebook(), rulebook().rules[0]
    changed = edited(FILES, rule.id, {"on": False})
    book = amended(changed, base, FILES, readers())
    assert [r.id for r in book.rules if not r.on] == [rule.id]
    before, after = apart(base, book)
    assert [r.id for r in before.rules] == [r.id for r in after.rules] == [rule.id]
    assert amended(FILES, base, FILES, readers()).rules == base.rules
    more_facts = {**FILES, "facts/acronyms.toml": 'known = ["ABC"]'}
    assert amended(more_facts, base, FILES, readers()).facts.acronyms == {"ABC"}


def test_an_id_that_is_taken_is_refused_with_its_line():
    rule = rulebook().rules[0]
    twice = {**FILES, "rulebooks/zz.toml": FILES[rule.file]}
    with pytest.raises(BadRule, match="is taken") as caught:
        unheld(twice, rulebook(), FILES)
    line = line_of(twice, caught.value)
    assert f'"{caught.value.rule}"' in twice["rulebooks/zz.toml"].splitlines()[line - 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_written_out_whole_is_the_same_rule(name: str):
    rules = schema.read(name, FILES[name])
    changed = edited_all(FILES, {rule.id: row(rule) for rule in rules}, {})
    assert schema.read(name, changed[name]) == rules
    assert compared(FILES, changed).rules == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_added_to_a_file_of_other_defaults_says_the_same(name: str):
    rule = one(FILES, "CONDOL-02")
    assert rule is not None
    new = {**row(rule), "not_this": ["a wording of our own"], "on": False}
    files = edited(FILES, f"{schema.read(name, FILES[name])[0].family}-99", new, name)
    added = schema.read(name, files[name])[-1]
    assert row(added) == new


def test_the_home_of_a_rule_is_where_it_stands_or_where_its_family_begins():
    assert home(FILES, "TERM-02") == "rulebooks/term-places.toml"
    assert home(FILES, "TERM-99") == "rulebooks/term.toml"
    assert home(FILES, "TONE-41") == "rulebooks/fr-tone.toml"
    assert home(FILES, "HOUSE-01") == "rulebooks/house.toml"
    assert home(FILES, "HOUSE-01", "rulebooks/own.toml") == "rulebooks/own.toml"
    assert one(FILES, "HOUSE-01") is None and same(None, None)


def test_rules_are_compared_wherever_they_stand():
    moved = {**FILES, "rulebooks/zz.toml": FILES["rulebooks/voice.toml"]}
    del moved["rulebooks/voice.toml"]
    assert compared(FILES, moved).rules == ()
    changed = edited(moved, "VOICE-01", {"level": "advise"})
    (change,) = compared(FILES, changed).rules
    assert (change.id, change.keys) == ("VOICE-01", ("level",))
    assert not same(change.before, change.after) and same(change.before, change.before)
