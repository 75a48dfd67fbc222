"""A Vale style becomes a rule file: what maps is off and behaves on its examples, what does not is listed with why."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from g20desk.rulebook import adapting, checker, load
from g20desk.rulebook.book import Rulebook
from g20desk.rulebook.vale import imported


def made(text: str, **more: Any) -> dict[str, Any]:
    """The rule file of a style with one rule, loaded once."""
    result = imported("House", {"Rule.yml": text}, **more)
    load.load({"rulebooks/house.toml": result.text}, {})
    return tomllib.loads(result.text)


def one(text: str) -> dict[str, Any]:
    found = made(text).get("rule", [])
    assert len(found) == 1 and found[0]["on"] is False
    return dict(found[0])


def found(text: str, sentence: str) -> list[tuple[str, str | None]]:
    """What the imported rules say of a sentence once they are switched on."""
    result = imported("House", {"Rule.yml": text})
    book = load.load({"rulebooks/house.toml": result.text.replace("on = false", "on = true")}, {})
    return [(f.text, f.suggestion) for f in checker.findings(sentence, "en", "news", book)]


def why(text: str) -> str:
    result = imported("House", {"Rule.yml": text})
    assert result.rules == 0 and len(result.left_out) == 1
    assert result.left_out[0].why in result.text
    return result.left_out[0].why


EXISTENCE = """
extends: existence
message: "Avoid '%s'. It says nothing."
link: https://house.example/plain
level: suggestion
ignorecase: true
tokens:
  - very unique
  - state-of-the-art
  - no
  - 'realign(?:ed|ing)?'
  - '\\bso\\w+ly'
"""


def test_existence():
    first, second = made(EXISTENCE)["rule"]
    assert first["kind"] == "phrase" and first["level"] == "advise" and "case" not in first
    assert first["not_this"] == ["very unique", "state-of-the-art", "no", "realigned", "realigning", "realign"]
    assert first["why"] == "Avoid this; It says nothing."
    assert first["source"] == "Vale style House, Rule.yml: https://house.example/plain"
    assert second["kind"] == "pattern" and second["not_this"] == [r"\b(?:\bso\w{1,60}ly)\b"]
    assert found(EXISTENCE, "A Very unique realigned thing, sorely.") == [
        ("Very unique", None), ("realigned", None), ("sorely", None),
    ]  # fmt: skip


def test_a_repeat_that_was_bounded_is_noted():
    result = imported("House", {"Rule.yml": EXISTENCE})
    assert [(c.where, c.why) for c in result.changed] == [
        ("Rule.yml, “\\bso\\w+ly”", "its repeats without end were given one")
    ]


def test_existence_with_a_remedy():
    text = "extends: existence\nmessage: No.\naction: {name: replace, params: [use]}\ntokens: [utilise]"
    assert found(text, "We utilise it.") == [("utilise", "use")]
    assert found("extends: existence\nmessage: No.\naction: {name: remove}\nraw: ['!{2,}']", "Yes!!") == [("!!", "")]


def test_raw_stands_before_the_tokens_or_after_them():
    passive = "extends: existence\nmessage: x\nraw: ['\\b(?:is|was)\\s*']\ntokens: [seen, '\\w+ed']"
    assert found(passive, "It was adopted.") == [("was adopted", None)]
    after = "extends: existence\nmessage: x\nappend: true\nraw: ['\\s+ago']\ntokens: [days, years]"
    assert found(after, "Two years ago.") == [("years ago", None)]


SUBSTITUTION = """
extends: substitution
message: Use '%s' instead of '%s'.
level: error
ignorecase: true
swap:
  utilise: use
  '(?:cell ?phone|smart phone)': phone|mobile
  sign-on: single sign-on
  gb: GB
  '(\\d+) percent': $1%
  '(?<=a+)b': c
"""


def test_substitution():
    assert found(SUBSTITUTION, "Utilise the cellphone; single sign-on, sign-on: 20 percent of a gb.") == [
        ("Utilise", "Use"), ("cellphone", "phone"), ("sign-on", "single sign-on"), ("20 percent", "20%"), ("gb", "GB"),
    ]  # fmt: skip
    first = made(SUBSTITUTION)["rule"][0]
    assert first["level"] == "block" and first["why"] == "Use the office's wording instead of this."
    result = imported("House", {"Rule.yml": SUBSTITUTION})
    assert [o.where for o in result.left_out] == ["Rule.yml, “(?<=a+)b”"]
    assert result.changed[0].why == "only the first of its answers is offered: phone"


def test_repetition():
    text = "extends: repetition\nmessage: \"'%s' is repeated\"\nalpha: true\ntokens: ['[^\\s]+']"
    assert found(text, "We met met in Rome.") == [("met", None)]
    assert one(text)["why"] == "this is repeated."


def test_consistency():
    text = "extends: consistency\nmessage: \"Inconsistent '%s'\"\neither:\n  advisor: adviser\n  centre: center"
    assert found(text, "An advisor met. The adviser agreed.") == [("advisor", None)]
    assert found(text, "The center; an adviser; the centre.") == [("center", None)]
    assert found(text, "An advisor met another advisor.") == []


def test_conditional():
    text = "extends: conditional\nmessage: \"'%s' has no definition\"\nfirst: '\\b([A-Z]{3,5})\\b'\nsecond: '\\(([A-Z]{3,5})\\)'"
    assert found(text, "The IMF met.") == [("IMF", None)]
    assert found(text, "The Fund (IMF) met.") == []
    assert one(text)["except_when"] == {"text": "\\(([A-Z]{3,5})\\)"}


def test_occurrence():
    words = "extends: occurrence\nmessage: Long.\nscope: sentence\nmax: 6\ntoken: '\\b(\\w+)\\b'"
    rule = one(words)
    assert (rule["kind"], rule["test"], rule["most"]) == ("metric", "long-sentence", 6)
    once = "extends: occurrence\nmessage: Once.\nmax: 1\ntoken: '!'"
    assert found(once, "Yes! No!") == [("!", None)] and found(once, "Yes!") == []
    assert why(once.replace("1", "3")) == "what may stand 3 times can't be counted by a rule"


def test_scopes_exceptions_and_case():
    base = "extends: existence\nmessage: x\ntokens: [chart]\n"
    assert one(base + "scope: alt")["scope"] == "alt"
    assert "scope" not in one(base + "scope: ['text & ~heading']")
    assert why(base + "scope: heading") == "a post has no “heading”"
    assert one(base)["case"] == "exact"
    assert found(base + "exceptions: [flip chart]", "A flip chart and a chart.") == [("chart", None)]


@pytest.mark.parametrize(("text", "says"), [
    ("extends: capitalization\nmessage: x\nmatch: $title", "capitalization: posts have no headings"),
    ("extends: spelling\nmessage: x", "spelling is checked with dictionaries"),
    ("extends: script\nmessage: x\nscript: |\n  x := 1", "it is a program"),
    ("extends: sequence\nmessage: x", "parts of speech"),
    ("extends: metric\nmessage: x\nformula: a", "formula"),
    ("extends: nothing", "it extends nothing that is known"),
    ("extends: [a]", "it extends nothing that is known"),
    ("- a\n- b", "it is no table of a rule"),
    ("a: [", "it is not YAML"),
    ("extends: existence\nmessage: x", "it looks for nothing"),
    ("extends: existence\nmessage: x\ntokens: {a: b}", "“tokens” is no list of texts"),
    ("extends: existence\nmessage: x\nlevel: loud\ntokens: [a]", "there is no level “loud”"),
    ("extends: existence\nmessage: x\ntokens: ['(a+)+b{0,60}(c+)+']", "too many steps"),
    ("extends: existence\nmessage: x\ntokens: ['\\p{Lu}x']", "its classes of characters are not known here"),
    ("extends: existence\nmessage: x\ntokens: ['(unclosed']", "its pattern is not one of ours"),
    ("extends: existence\nmessage: x\ntokens: ['']", "it looks for nothing"),
    ("extends: existence\nmessage: x\nraw: ['\\w*']", "ordinary sentence"),
    ("extends: substitution\nmessage: x\nswap: [a]", "“swap” is no table of texts"),
])  # fmt: skip
def test_what_does_not_map_is_listed_with_why(text: str, says: str):
    assert says in why(text)


def test_an_unknown_key_is_noted():
    result = imported("House", {"Rule.yml": "extends: existence\nmessage: x\ntokens: [chart]\ncolour: red"})
    assert result.changed[0].why == "“colour” is not known and was left out"


def test_every_pattern_is_bounded():
    for pattern in (r"a*b+?c{2,}d?", r"[*+]+\+\*", r"(?:x+y*)?", r"(?<name>a)+", r"[]a]+", r"\s+a"):
        bounded, _, changed = adapting.ours(pattern, "any")
        assert changed and len(bounded) > len(pattern)
    assert adapting.ours(r"a{2,3}[*]\+?", "any") == (r"a{2,3}[*]\+?", "any", False)


def test_a_yaml_bomb_and_a_deep_nest_are_survived():
    lines = ["a: &a [x, x]"] + [
        f"{c}: &{c} [*{p}, *{p}, *{p}, *{p}]" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert why("\n".join(lines)) and why("[" * 5000)


KEYS = st.sampled_from(["extends", "message", "level", "tokens", "swap", "raw", "token", "max", "either", "first",
                        "second", "scope", "action", "exceptions", "ignorecase", "nonword"])  # fmt: skip
WORDS = st.sampled_from(["existence", "substitution", "occurrence", "repetition", "consistency", "conditional", "true",
                         "text", "warning", "a+", "(a|b)*", "\\bx", "[^ ]", "$1", "%s", "1", ".", "!", "(?i)z"])  # fmt: skip
VALUES = st.recursive(
    WORDS | st.text(max_size=8), lambda v: st.lists(v, max_size=3) | st.dictionaries(WORDS, v, max_size=3), max_leaves=5
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=6), st.sampled_from(["existence", "substitution", "repetition", ""]))
def test_whatever_a_style_says_the_file_loads(given: dict[str, Any], kind: str):
    import yaml

    text = yaml.dump({**given, **({"extends": kind} if kind else {})}, allow_unicode=True)
    result = imported("Any", {"Rule.yml": text})
    book = load.load({"rulebooks/any.toml": result.text}, {})
    assert isinstance(book, Rulebook) and (result.rules or result.left_out)
