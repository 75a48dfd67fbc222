"""The interface's words: nothing left untranslated, placeholders kept."""

import ast
import re
from pathlib import Path

from g20desk.desk.alarms import SAYS
from ui import actions, texts
from ui.alarms.words import LOOKS, QUIET
from ui.composer.grid import SAID
from ui.translations.ar import WORDS

UI = Path(texts.__file__).parent
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
    found |= set(SAYS.values()) | {look.word for look in LOOKS.values()} | {words for _, words in QUIET}
    found |= set(SAID.values()) | {a.text for a in actions.TABLE if a.scope == "anywhere"}
    return found - {"", "%a", "%B", "-", "_", ".", " ", ", ", "name", "lang", "message", "route", "state"}


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
