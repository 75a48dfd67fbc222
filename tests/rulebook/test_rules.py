"""Each rule behaves on its own examples."""

from __future__ import annotations

import pytest

from g20desk.rulebook import checker
from g20desk.rulebook.rules import RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_finds_its_bad_example_and_leaves_its_good_one(rule):
    lang, kind = (rule.langs or ("en",))[0], (rule.kinds or ("news",))[0]
    assert rule.id in {f.rule for f in checker.findings(rule.bad, lang, kind)}
    assert rule.id not in {f.rule for f in checker.findings(rule.good, lang, kind)}
