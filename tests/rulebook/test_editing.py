"""A rule is changed in its file, and nothing else is: on the rules that the program carries."""

from __future__ import annotations

import pytest

from g20desk.desk.checking import readers, rulebook
from g20desk.desk.rule_files import program_files
from g20desk.rulebook import schema
from g20desk.rulebook.amended import amended, apart, unheld
from g20desk.rulebook.editing import edited, line_of
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
