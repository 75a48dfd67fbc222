"""A text tried: exact places in every script, each finding with its rule, its networks and its fix; with one's own changes too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.desk.test_rulebooks import with_rule
from tests.ui.test_rules import choose, press, said
from tests.ui.test_rules_changes import change
from ui.rules.try_page import Found


@pytest.fixture
def screen(open_window):
    """The page, for an officer."""
    window = open_window("Officer")
    window.go("rules", "")
    window.here().turn("try")
    return window.here()


def write(qtbot, screen, text):
    """Type or paste, and wait for the answer to exactly that."""
    screen.try_.editor.setPlainText(text)
    qtbot.waitUntil(lambda: screen.try_.shown.asked.text == text)


def found(screen):
    return [(f["rule"], f["text"]) for f in screen.try_.shown.findings]


def test_an_empty_page_waits(screen):
    assert "Findings appear as you write." in said(screen.try_)
    assert any("The rule behind a finding stands here" in one for one in said(screen.named))
    assert screen.window().focusWidget() is screen.try_.editor


@pytest.mark.parametrize(("lang", "text", "rule", "words"), [
    ("en", "🕊️ South Korea met us.", "TERM-02", "South Korea"),
    ("fr", "🕊️ La Corée du Sud participe.", "TERM-40", "Corée du Sud"),
    ("ar", "تنتهي المهلة في 5 حزيران عند منتصف الليل.", "TIME-72", "منتصف الليل"),
    ("zh", "部长们明天会晤。", "TIME-80", "明天"),
])  # fmt: skip
def test_findings_stand_at_exact_places_in_every_script(qtbot, screen, lang, text, rule, words):
    choose(screen.try_.lang, lang)
    write(qtbot, screen, text)
    one = next(f for f in screen.try_.shown.findings if f["rule"] == rule)
    assert words in one["text"] == text[one["start"] : one["end"]]
    marked = [s.cursor.selectedText() for s in screen.try_.editor.extraSelections()]
    assert one["text"] in marked
    assert one["rule"] in " ".join(said(screen.named)) or screen.try_.rule_in_front() != rule


def test_a_finding_says_why_and_leads_to_its_rule(qtbot, screen):
    write(qtbot, screen, "South Korea met us.")
    row = screen.try_.findChildren(Found)[0]
    assert {"“⁨South Korea⁩”", "Check"} <= set(said(row))
    assert any("The member signs and sits under this name." in one for one in said(row))
    assert any("UNTERM" in one for one in said(screen.named))
    row.rule.click()
    assert screen.page == "rules" and screen.present.id == "TERM-02"
    press(qtbot, screen.window(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert screen.try_.editor.toPlainText() == "South Korea met us."


def test_a_fix_is_taken_and_can_be_undone(qtbot, screen):
    write(qtbot, screen, "South Korea met us.")
    screen.try_.findChildren(Found)[0].fix.click()
    assert screen.try_.editor.toPlainText() == "The Republic of Korea met us."
    screen.try_.editor.undo()
    assert screen.try_.editor.toPlainText() == "South Korea met us."


def test_kind_and_networks_change_what_is_found(qtbot, screen):
    write(qtbot, screen, "We mourn with the families. 🎉 " + "Our thoughts are with them. " * 12)
    long = [f["networks"] for f in screen.try_.shown.findings if f["rule"] == "LENGTH-01"]
    assert long == [("x",), ("bluesky",)]
    assert screen.try_.lengths["mastodon"].text().endswith("/ 500⁩")
    assert screen.try_.lengths["x"].property("tone") == "block"
    assert not any(rule.startswith("CONDOL") for rule, _ in found(screen))
    choose(screen.try_.kind, "condolence")
    qtbot.waitUntil(lambda: any(rule.startswith("CONDOL") for rule, _ in found(screen)))
    for code in ("x", "bluesky"):
        screen.try_.networks[code].setChecked(False)
    qtbot.waitUntil(lambda: not any(rule == "LENGTH-01" for rule, _ in found(screen)))
    assert set(screen.try_.shown.lengths) == {"mastodon"}


def test_a_thread_is_read_as_one(qtbot, screen):
    write(qtbot, screen, "South Korea met us.\n---\nSouth Korea met us.")
    spots = [f for f in screen.try_.shown.findings if f["rule"] == "TERM-02"]
    assert [f["start"] for f in spots] == [0, 24]
    same = [f for f in screen.try_.shown.findings if f["rule"].startswith("THREAD")]
    assert same and all(screen.try_.shown.asked.text[f["start"] : f["end"]] == f["text"] for f in same)


def test_an_alt_text_is_read_as_one(qtbot, screen):
    choose(screen.try_.what, True)
    write(qtbot, screen, "Image of ministers at a table")
    assert all(rule.startswith("ALT") for rule, _ in found(screen)) and found(screen)
    choose(screen.try_.what, False)
    qtbot.waitUntil(lambda: not any(rule.startswith("ALT") for rule, _ in found(screen)))


def test_ones_own_changes_and_what_is_proposed_are_tried(qtbot, screen, folder):
    model = screen.try_.source.model()
    assert [model.item(n).isEnabled() for n in range(3)] == [True, False, False]
    change(screen, "TERM-02", level="block", on=True)
    other = Desk.open(folder, "Head of office")
    other.rulebook.propose(with_rule(other), "Ours.")
    screen.ctx.bus.changed.emit(frozenset({("*", "*")}))
    assert [model.item(n).isEnabled() for n in range(3)] == [True, True, True]
    write(qtbot, screen, "The gathering in South Korea.")
    levels = {f["rule"]: f["level"] for f in screen.try_.shown.findings}
    assert levels["TERM-02"] == "warn" and "HOUSE-01" not in levels
    choose(screen.try_.source, "mine")
    qtbot.waitUntil(lambda: {f["rule"]: f["level"] for f in screen.try_.shown.findings}["TERM-02"] == "block")
    choose(screen.try_.source, "proposed")
    qtbot.waitUntil(lambda: ("HOUSE-01", "gathering") in found(screen))
    choose(screen.try_.source, "mine")
    change(screen, "TERM-02", bad=["Nothing."])
    qtbot.waitUntil(lambda: "the bad example is not found" in screen.try_.trouble.text())
    screen.present.take_back()
    assert screen.try_.source.currentIndex() == 0


def test_a_rule_is_tried_on_its_own_bad_example(qtbot, screen):
    screen.open("TERM-32")
    press(qtbot, screen.window(), Qt.Key.Key_T)
    assert screen.page == "try" and screen.try_.editor.toPlainText() == "Schools closed during Covid-19."
    assert ("TERM-32", "Covid-19") in found(screen)
    screen.open("ALT-03")
    screen.acts.buttons["try-rule"].click()
    assert screen.try_.what.currentData() is True and any(rule == "ALT-03" for rule, _ in found(screen))


def test_the_answer_to_an_older_text_is_never_shown(qtbot, screen):
    write(qtbot, screen, "South Korea met us.")
    screen.try_.editor.setPlainText("All is well.")
    assert screen.trial.waiting()
    qtbot.waitUntil(lambda: not screen.trial.waiting())
    assert screen.try_.shown.asked.text == "All is well." and found(screen) == []
    assert screen.try_.editor.extraSelections() == []
