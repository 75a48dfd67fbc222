"""The interface's words: nothing left untranslated, placeholders kept."""

import ast
import re
from pathlib import Path

from g20desk.network import text_rules
from g20desk.rulebook.kinds import TESTS
from ui import actions, texts
from ui.composer.grid import SAID
from ui.rules import words as rule_words
from ui.rules.acts import BUTTONS
from ui.rules.view import PAGES
from ui.translations.ar import WORDS

UI = Path(texts.__file__).parent
RULE_WORDS = [vars(rule_words)[n] for n in ("FAMILIES", "KINDS", "SCOPES", "PLACES", "CASES", "KEYS", "EXCEPT")]
PLACE = re.compile(r"\{(\w+)\}")


def said():
    """Every literal handed to t()."""
    found = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args:
                found |= {
                    n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                }
    tables = (texts.STATES, texts.DECISIONS, texts.LEVELS)
    found |= {s.word for table in tables for s in table.values()}
    found |= set(texts.ROLES.values()) | set(texts.ACTS.values()) | {name for _, name in texts.LANGS}
    found |= set(SAID.values()) | {a.text for a in actions.TABLE if a.scope in ("anywhere", "rules")}
    found |= {said for table in RULE_WORDS for said in table.values()} | {said for _, said, *_ in (*BUTTONS, *PAGES)}
    found |= {f"test: {name}" for name in TESTS} | {code.capitalize() for code in rule_words.MESSAGES}
    return found - {
        "",
        "%a",
        "%B",
        "-",
        "_",
        ".",
        " ",
        ", ",
        "name",
        "lang",
        "message",
        "route",
        "state",
        "phrases",
        "test",
    }


def test_nothing_is_untranslated():
    plain = {w for w in said() if not re.fullmatch(r"(Language|Take fix) \d", w) and re.search("[A-Za-z]", w)}
    assert sorted(plain - set(WORDS)) == []


def test_placeholders_are_kept():
    for english, arabic in WORDS.items():
        assert set(PLACE.findall(english)) == set(PLACE.findall(arabic)), english


def test_no_stray_spaces_and_no_exclamation():
    for english, arabic in WORDS.items():
        assert english == english.strip()
        assert arabic == arabic.strip()
        assert "!" not in english + arabic


def test_spans_never_show_seconds():
    assert texts.span(59_000) == "0 min"
    assert texts.span(4 * 3_600_000 + 18 * 60_000) == "4 h 18 min"
    assert texts.span(46 * 3_600_000) == "46 h"


def found_by_the_desk():
    """Sentences of findings that no rule makes, as they stand in the code, with something in their places."""
    desk = UI.parent / "g20desk" / "desk"
    calls = {
        "settling.py": {"find"},
        "rendering.py": {"find"},
        "fetching.py": {"NotFetched"},
        "cards.py": {"NotFetched"},
    }
    for name, asked in calls.items():
        for node in ast.walk(ast.parse((desk / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in asked:
                yield from (filled(a) for a in node.args if isinstance(a, ast.JoinedStr))
                yield from (a.value for a in node.args if isinstance(a, ast.Constant) and " " in str(a.value))
            if name == "rendering.py" and isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr):
                yield from (said for said in [filled(node.value)] if " " in said)
    for network in ("x", "bluesky", "mastodon"):
        yield from text_rules(network).CANNOT.values()


def filled(node):
    return "".join(v.value if isinstance(v, ast.Constant) else "7" for v in node.values)


def test_findings_that_no_rule_makes_are_translated():
    known = sorted(set(found_by_the_desk()))
    assert len(known) > 20
    texts.use("ar")
    assert [said for said in known if texts.reason(said) == said] == []
    assert "تعذّر" in texts.reason("No link card: g20.example.org could not be reached.")
    assert texts.reason("G20 X: It needs sign-in: this desk holds no sign-in for G20 X.").count("G20 X") == 2
