"""The administrator's page says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from g20desk import policy_file
from g20desk.policy_keys import KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")


def test_every_name_is_in_the_table_with_what_it_is_and_no_other_name():
    rows = re.findall(r"^\| `([a-z]+\.[a-z]+)` \| .+ \| (preset|limit) \| (.+) \|$", PAGE, re.MULTILINE)
    assert [name for name, _, _ in rows] == list(KEYS)
    for name, kind, what in rows:
        assert (kind == "preset") is KEYS[name].preset, name
        assert what.startswith(KEYS[name].what), name


def test_its_example_is_a_policy_without_a_fault(tmp_path):
    (example,) = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    (tmp_path / "policy.toml").write_text(example, "utf-8")
    found = policy_file.read([tmp_path / "policy.toml"], None)
    assert found.faults == () and len(found.locks) == 3 and len(found.values) == 6
