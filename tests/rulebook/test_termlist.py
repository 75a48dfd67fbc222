"""A term list becomes a rule file: everything off, everything held to examples, nothing dropped in silence."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from g20desk.rulebook import load
from g20desk.rulebook.termlist import Unreadable, imported


def rules(data: bytes, **more: Any) -> list[dict[str, Any]]:
    made = imported("terms.csv", data, **more)
    found = tomllib.loads(made.text).get("rule", [])
    assert len(found) == made.rules
    load.load({"rulebooks/terms.toml": made.text}, {})
    assert not any(rule["on"] for rule in found)
    return found


def left_out(data: bytes) -> list[tuple[str, str]]:
    made = imported("terms.csv", data)
    for one in made.left_out:
        assert f"#   {one.where}: {one.why}" in made.text
    return [(one.where, one.why) for one in made.left_out]


def test_a_row_becomes_a_rule_with_examples():
    (rule,) = rules(b"not this,say this,why\nutilise,use,Short words reach more readers\n")
    assert rule["id"] == "TERMS-01" and rule["on"] is False and rule["kind"] == "substitution"
    assert (rule["not_this"], rule["say_this"]) == (["utilise"], ["use"])
    assert rule["why"] == "Short words reach more readers."
    assert rule["bad"] == ["The text says utilise here."] and rule["good"] == ["The text says use here."]
    assert "terms.csv" in rule["source"]


@pytest.mark.parametrize("data", [
    "utilise,use,,", "utilise;use", "utilise\tuse", "\ufeffutilise,use", "not this;say this\r\nutilise;use\r\n",
    '"utilise","use"', "say_this,not_this\nuse,utilise", " utilise , use ", "NOT THIS\tSAY THIS\nutilise\tuse\n\n",
    "term,use,note\nutilise,use,",
])  # fmt: skip
def test_separators_marks_and_headings_of_all_programs_are_read(data: str):
    for raw in (data.encode(), data.encode("utf-16")):
        (rule,) = rules(raw)
        assert (rule["not_this"], rule["say_this"]) == (["utilise"], ["use"])


def test_quoted_cells_hold_separators_and_line_ends():
    (rule,) = rules(b'not this,say this,why\n"debt, relief","debt ""relief""","One\nline. And another!"\n')
    assert rule["not_this"] == ["debt, relief"] and rule["say_this"] == ['debt "relief"']
    assert rule["why"] == "One line; And another."


def test_each_language_has_its_own_rules():
    rows = "not this,say this,why,lang\nmanif,manifestation,,fr\n东盟,东南亚国家联盟,,zh\nقمة,مؤتمر,,ar\nсамит,саммит,,ru-RU\n"
    assert [r["lang"] for r in rules(rows.encode())] == [["fr"], ["zh"], ["ar"], ["ru"]]
    assert rules(b"a b,c d", lang="es")[0]["lang"] == ["es"]


def test_a_term_is_found_as_it_is_written_where_its_capitals_mean_something():
    made = rules('Turkey,Türkiye\ncovid,COVID\nRome,"Rome, Italy"\nutilise,use\n'.encode())
    assert [r.get("case", "any") for r in made] == ["exact", "exact", "exact", "any"]
    assert made[2]["except_when"] == {"phrases": ["Rome, Italy"]}


def test_a_term_without_an_answer_is_only_found():
    (rule,) = rules(b"not this,say this\nvery unique,\n")
    assert rule["kind"] == "phrase" and "say_this" not in rule and rule["good"]


def test_what_makes_no_rule_is_named_with_its_line():
    data = "not this,say this,why,lang\n,x\nsame,same\nbad,x,,de\na,b,c,en,e\ngood,fine\ngood,better\n***,x\n"
    assert left_out(data.encode()) == [
        ("terms.csv, line 2", "it does not say what not to say"),
        ("terms.csv, line 3", "both terms are the same"),
        ("terms.csv, line 4", "there are no rules in “de”; languages are en, fr, es, ar, zh, ru"),
        ("terms.csv, line 5",
         "it has more columns than the list; put quotation marks around text that holds the separator"),
        ("terms.csv, line 7", "“good” stands in the list before"),
        ("terms.csv, line 8", "it holds no word, or a star"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xff\xfe\x00", b"caf\xe9,coffee", b"a\0b,c"])
def test_what_is_no_table_is_refused(data: bytes):
    with pytest.raises(Unreadable):
        imported("terms.csv", data)


def test_a_long_list_takes_further_families():
    data = "".join(f"term{n},answer{n}\n" for n in range(150)).encode()
    made = rules(data)
    assert [made[n]["id"] for n in (0, 98, 99, 149)] == ["TERMS-01", "TERMS-99", "TERMSB-01", "TERMSB-51"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), min_size=1, max_size=5), st.sampled_from(",;\t")
)
def test_whatever_is_in_the_cells_the_file_loads(rows: list[list[str]], mark: str):
    data = "\n".join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    try:
        made = imported("list.csv", data.encode("utf-8", "replace"))
    except Unreadable:
        return
    load.load({"rulebooks/list.toml": made.text}, {})
