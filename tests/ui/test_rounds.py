"""Sign-off by routes: stages and voices, no objection, amendments and taking them over, what the head does."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.clock import from_iso
from g20desk.office import stages
from g20desk.office.content import Content, Text
from g20desk.office.words import words
from tests.signoff.conftest import SILENT, TEXT, Told, content, lying
from tests.ui.conftest import shown
from ui import texts
from ui.widgets.button import KeyButton
from ui.worker import InlineWorker

STAGED = {
    "name": "Two stages",
    "kinds": ["statement"],
    "stage": [
        {"name": "Office", "who": "role:officer", "need": "any", "within": "PT2H"},
        {"name": "Members", "who": "governments:all", "mode": "silence", "within": "PT24H"},
    ],
}
AMENDED = TEXT.replace("met", "agreed")


@pytest.fixture
def told(office: Any) -> Told:
    return Told(office)


@pytest.fixture
def silent(told: Told) -> Told:
    told["Head"].routes.adopt(SILENT)
    return told


@pytest.fixture
def open_for(qtbot: Any) -> Any:
    """Sign-off in a window of a person of that office, on its clock."""

    def make(told: Told, person: str, message: str = "") -> Any:
        window = shown(qtbot, told[person], InlineWorker())
        window.resize(1440, 900)
        window.go("sign-off", message)
        return window.here()

    return make


def said(part: Any) -> str:
    """All words that are shown there."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def buttons(part: Any) -> dict[str, KeyButton]:
    QApplication.processEvents()
    return {one.text(): one for one in part.findChildren(KeyButton) if one.isVisibleTo(part)}


def press(qtbot: Any, screen: Any, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    window = screen.window()
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def test_no_objection_is_there_in_a_silence_alone_and_the_bar_says_all_that_is_signed(qtbot, silent, open_for):
    message, digest = silent.submit()
    screen = open_for(silent, "Liaison Brazil")
    assert screen.buttons["no-objection"].isVisible()
    press(qtbot, screen, Qt.Key.Key_N)
    asked = screen.bar.words.text()
    assert asked.startswith("No objection to “Finance ministers met") and "for Brazil?" in asked
    assert all(word in asked for word in words(digest))
    assert silent.show(message)["signoff"]["stages"][0]["decisions"] == []
    press(qtbot, screen, Qt.Key.Key_Return)
    (one,) = silent.show(message)["signoff"]["stages"][0]["decisions"]
    assert (one["decision"], one["counts"]) == ("no-objection", True)
    assert screen.present.queue == [] and silent.stages(message) == ["running"]
    with_one = silent["Officer"].messages.new(content(kind="news"))["message"]
    silent["Officer"].messages.submit(with_one)
    screen = open_for(silent, "Liaison Brazil", with_one)
    assert not screen.buttons["no-objection"].isVisible()
    press(qtbot, screen, Qt.Key.Key_N)
    assert not screen.bar.isVisible() and "belongs to a silence" in said(screen.notice)


def test_stages_show_who_is_asked_who_spoke_and_until_when(told, open_for):
    told["Head"].routes.adopt(STAGED)
    made = told["Head"].messages.new(content())
    told["Head"].messages.submit(made["message"])
    screen = open_for(told, "Liaison Brazil", made["message"])
    shown_now = said(screen.end)
    assert "Route: Two stages" in shown_now
    assert "Communication officers · one of them approves" in shown_now
    assert "No word yet: Officer" in shown_now and "left for this stage" in shown_now
    assert "All members' liaisons · silence of 24 h" in shown_now and "Opens when" in shown_now
    assert "not open yet" in screen.acts.why_not.text()
    assert not any(one.isEnabled() for one in screen.buttons.values() if one.isVisible())
    told.after(3)
    screen.present.load()
    assert "late" in said(screen.end).splitlines()
    told["Officer"].messages.decide(made["message"], "approve", made["digest"])
    screen.present.load()
    shown_now = said(screen.end)
    assert "Officer\u2069, approved" in shown_now and "unless someone objects" in shown_now
    assert "No word yet: Brazil, India, Italy" in shown_now
    told.after(25)
    screen.present.load()
    assert "It counts once it is closed" in said(screen.end)
    assert "about to be closed" in screen.acts.why_not.text()
    told["Officer"].signoffs.close_over()
    screen.present.load()
    assert "Adopted: nobody broke the silence." in said(screen.end)


def test_an_amendment_is_typed_seen_and_signed_and_breaks_the_silence(qtbot, silent, open_for):
    message, _ = silent.submit()
    screen = open_for(silent, "Liaison Brazil", message)
    press(qtbot, screen, Qt.Key.Key_M)
    editor = screen.amend.editor
    assert editor.hasFocus() and editor.toPlainText() == TEXT
    assert "Nothing is changed yet." in said(screen.amend_bar)
    editor.selectAll()
    qtbot.keyClicks(editor, AMENDED)
    qtbot.waitUntil(lambda: "line-through" in said(screen.amend))
    press(qtbot, screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.bar.isVisible() and "Ask for this text instead of" in screen.bar.words.text()
    assert "breaks the silence" in screen.bar.under.text()
    assert not screen.bar.sign.isEnabled(), "a sentence is due"
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert screen.amending() and silent.stages(message) == ["running"]
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert not screen.amending() and screen.acts.isVisible()
    press(qtbot, screen, Qt.Key.Key_M)
    assert editor.toPlainText() == AMENDED, "what was typed is kept"
    press(qtbot, screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(screen.bar.reason, "They agreed.")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert silent.stages(message) == ["broken"]
    (one,) = silent.show(message)["signoff"]["stages"][0]["decisions"]
    assert (one["decision"], one["amendment"]["parts"]) == ("object", [AMENDED])
    assert not screen.amending() and "Silence broken by Brazil" in said(screen.end)


def test_no_key_signs_an_amendment_of_a_text_that_changed(qtbot, told, open_for):
    officer = told["Officer"]
    made = officer.messages.new(content(kind="news"))
    officer.messages.submit(made["message"])
    screen = open_for(told, "Liaison Brazil", made["message"])
    press(qtbot, screen, Qt.Key.Key_M)
    qtbot.keyClicks(screen.amend.editor, "Today ")
    officer.messages.revise(made["message"], content(kind="news", text=TEXT.replace("today", "on Friday")))
    officer.messages.submit(made["message"])
    screen.present.load()
    for modifier in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier):
        press(qtbot, screen, Qt.Key.Key_Return, modifier)
    assert not screen.bar.isVisible() and "The text changed" in said(screen.amend_bar)
    press(qtbot, screen, Qt.Key.Key_Escape)
    press(qtbot, screen, Qt.Key.Key_R)
    press(qtbot, screen, Qt.Key.Key_M)
    assert screen.amend.text().startswith("Today ") and "Friday" in said(screen.amend)
    assert screen.amend.lacks() == ""


def test_the_officer_takes_an_amendment_over_once_the_head_laid_it_before_all_again(qtbot, silent, open_for):
    message, _ = silent.submit()
    silent.say("India", message, "no-objection")
    silent.say("Brazil", message, "request-changes", "They agreed.", text=AMENDED)
    screen = open_for(silent, "Officer", message)
    assert "Silence broken by Brazil" in said(screen.end), "whoever said no objection before did not break it"
    assert "Brazil\u2069 proposes this text instead, in English" in said(screen.pane)
    assert "They agreed." in said(screen.pane) and "line-through" in said(screen.pane)
    assert not buttons(screen.pane)["Take over"].isEnabled()
    press(qtbot, screen, Qt.Key.Key_T)
    assert "the head lays it before all again first" in said(screen.notice)
    silent["Head"].signoffs.reopen(message, "We talked.")
    screen.present.load()
    press(qtbot, screen, Qt.Key.Key_T)
    window = screen.window()
    composer = window.here()
    assert composer.scope == "composer" and composer.editor.toPlainText() == AMENDED
    assert silent.stages(message) == ["running"], "nothing is signed by that"


def test_a_liaison_reads_what_was_proposed_and_takes_nothing_over(silent, open_for):
    message, _ = silent.submit()
    silent.say("Brazil", message, "object", "They agreed.", text=AMENDED)
    screen = open_for(silent, "Liaison India", message)
    assert "proposes this text instead" in said(screen.pane)
    assert "Take over" not in buttons(screen.pane)


def test_a_deputy_is_told_for_whom_they_speak(qtbot, silent, open_for):
    now = silent.clock.now_ms()
    silent["Liaison Brazil"].deputies.name("Analyst", now, now + 86_400_000)
    message, _ = silent.submit()
    screen = open_for(silent, "Analyst", message)
    assert screen.present.queue == [message]
    press(qtbot, screen, Qt.Key.Key_N)
    assert "for Brazil, as deputy of Liaison Brazil?" in screen.bar.words.text()
    press(qtbot, screen, Qt.Key.Key_Return)
    (voice,) = [one for one in silent.show(message)["signoff"]["stages"][0]["voices"] if one["voice"] == "BR"]
    assert voice["said"] == "no-objection"


def test_the_head_lays_it_before_all_again_and_gives_more_time(qtbot, silent, open_for):
    message, _ = silent.submit()
    silent.say("Brazil", message, "object")
    screen = open_for(silent, "Officer", message)
    assert "Lay it before all again" not in buttons(screen.end)
    screen = open_for(silent, "Head", message)
    press(qtbot, screen, Qt.Key.Key_U)
    assert screen.reopens.isVisible() and not screen.reopens.sign.isEnabled()
    qtbot.keyClicks(screen.reopens.why, "Brazil agreed in talks.")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert silent.stages(message) == ["running"]
    due = silent.show(message)["signoff"]["stages"][0]["due"]
    press(qtbot, screen, Qt.Key.Key_E)
    screen.extends.usual.setChecked(False)
    qtbot.keyClicks(screen.extends.why, "A holiday.")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert silent.show(message)["signoff"]["stages"][0]["due"] > due


def test_a_stage_that_is_overdue_is_given_more_time(qtbot, told, open_for):
    told["Head"].routes.adopt(STAGED)
    made = told["Head"].messages.new(content())
    told["Head"].messages.submit(made["message"])
    told.after(9)
    screen = open_for(told, "Head", made["message"])
    press(qtbot, screen, Qt.Key.Key_E)
    qtbot.keyClicks(screen.extends.why, "A holiday.")
    press(qtbot, screen, Qt.Key.Key_Return)
    (stage, _) = told.show(made["message"])["signoff"]["stages"]
    assert not stage["overdue"] and from_iso(stage["due"]) > told.clock.now_ms() + 7_000_000


def test_what_is_over_is_closed_by_one_button(silent, open_for):
    message, _ = silent.submit()
    silent.after(25)
    assert "Close the silence" not in buttons(open_for(silent, "Liaison Brazil", message).end)
    screen = open_for(silent, "Officer", message)
    buttons(screen.end)["Close the silence"].click()
    assert silent.stages(message) == ["adopted"] and "Adopted." in said(screen.notice)


def test_two_people_lift_a_late_objection(qtbot, silent, open_for):
    message, _ = silent.submit()
    silent.after(25)
    silent["Officer"].signoffs.close_over()
    silent.say("Brazil", message, "object", "Too late, I know.")
    for person in ("Officer", "Liaison India"):
        assert silent.state(message) == "held"
        screen = open_for(silent, person, message)
        assert "A late objection holds this message" in said(screen.end)
        press(qtbot, screen, Qt.Key.Key_I)
        qtbot.keyClicks(screen.bar.reason, "We talked.")
        press(qtbot, screen, Qt.Key.Key_Return)
    assert silent.state(message) == "approved"


def test_what_is_frozen_or_over_waits_for_nobody(silent, open_for):
    message, _ = silent.submit()
    silent.say("Brazil", message, "object")
    assert open_for(silent, "Liaison India").present.queue == []
    silent["Head"].signoffs.reopen(message, "We talked.")
    screen = open_for(silent, "Liaison India")
    assert screen.present.queue == [message] and " min left" in screen.model.rows()[0].third
    silent.after(25)
    screen.present.load()
    assert screen.present.queue == []


def test_the_first_due_is_in_front(told, open_for):
    told["Head"].routes.adopt({**SILENT, "name": "Long", "kinds": ["statement"]})
    told["Head"].routes.adopt(
        {**SILENT, "name": "Short", "kinds": ["news"], "stage": [{**SILENT["stage"][0], "within": "PT5H"}]}
    )
    later, _ = told.submit()
    sooner, _ = told.submit(content(kind="news", text="Sooner. #G20"))
    screen = open_for(told, "Liaison Brazil")
    assert screen.present.queue == [sooner, later] and screen.present.id == sooner
    assert screen.model.rows()[0].icon == "timer"


def test_the_other_language_stands_beside_the_original(qtbot, told, open_for):
    told["Head"].accounts.add("rehearsal", name="Two", owner="official", like="bluesky", langs=("en", "fr"))
    texts = (Text("en", ("Ministers met in Rio. #G20",)), Text("fr", ("Les ministres se sont réunis à Rio. #G20",)))
    officer = told["Officer"]
    made = officer.messages.new(Content("news", ("Two",), texts))
    officer.messages.submit(made["message"])
    screen = open_for(told, "Liaison Brazil", made["message"])
    assert "Ministers met" in said(screen.pane) and "réunis" not in said(screen.pane)
    press(qtbot, screen, Qt.Key.Key_B)
    assert "Ministers met" in said(screen.pane) and "réunis" in said(screen.pane)
    press(qtbot, screen, Qt.Key.Key_L)
    assert "Beside English" in buttons(screen.pane)
    press(qtbot, screen, Qt.Key.Key_B)
    assert "Ministers met" not in said(screen.pane).replace(screen.reading.data["title"], "")


def test_a_post_that_reads_otherwise_than_the_text_is_shown_plainly_beside_it(told, open_for):
    """A hostile officer's own program settles another payload under the same text."""
    with lying():
        made = told["Officer"].messages.new(content(kind="news"))
        told["Officer"].messages.submit(made["message"])
    screen = open_for(told, "Liaison Brazil", made["message"])
    assert "On \u2068G20 Bluesky\u2069 (Bluesky) it reads:" in said(screen.pane)
    assert "Buy bonds." in said(screen.pane)


def refusals() -> set[str]:
    """What the fold answers of sign-off, with 7 where something varies; commands to type are said as they are."""
    office = Path(stages.__file__).parent
    found = set()
    for name in ("signoff", "silence", "stages", "deputies"):
        for node in ast.walk(ast.parse((office / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                found |= {one for one in map(sentence, node.args[1:]) if " " in one and "g20desk" not in one}
    return found


def sentence(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else ""


def test_whatever_the_fold_answers_of_sign_off_is_said_in_arabic():
    texts.use("ar")
    assert len(refusals()) > 40
    assert [one for one in sorted(refusals()) if not re.search("[\u0600-\u06ff]", texts.reason(one))] == []
    assert "البرازيل، الهند" in texts.reason("In the stage “Members” nobody can decide for BR, IN.")
