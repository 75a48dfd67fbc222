"""Each rule behaves on its own examples, and a rule file that is not right is refused by name."""

from __future__ import annotations

import pytest

from g20desk.desk.checking import readers, rulebook, sources
from g20desk.rulebook import load
from g20desk.rulebook.examples import hold


def files(*folders: str) -> dict[str, str]:
    """The texts of the rulebook's files, by folder."""
    return {name: data.decode() for name, data in sources().items() if name.startswith(folders)}


@pytest.mark.parametrize("rule", rulebook().rules, ids=lambda r: r.id)
def test_a_rule_finds_its_bad_examples_and_leaves_its_good_ones(rule):
    hold(rule, rulebook(), readers())


def test_the_compiled_form_is_the_same_rulebook():
    import json

    book = load.load(files("rulebooks/"), files("facts/", "agreed/"), readers())
    again = load.restore(json.loads(json.dumps(load.dump(book, "mark"))))
    assert again.rules == book.rules
    assert again.facts == book.facts
