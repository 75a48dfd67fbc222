"""Today and Messages on sign-off: broken, over, overdue, late; an emergency is loud until somebody looked at it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.signoff.conftest import SILENT, Told, content
from tests.signoff.test_emergency import QUAKE, filled
from tests.ui.conftest import shown
from tests.ui.test_rounds import STAGED, buttons, open_for, press, said, silent, told
from ui.worker import InlineWorker

__all__ = ["open_for", "silent", "told"]  # fixtures


@pytest.fixture
def today(qtbot: Any) -> Any:
    def make(told: Told, person: str) -> Any:
        window = shown(qtbot, told[person], InlineWorker())
        window.go("today", "")
        return window.here()

    return make


def lines(screen: Any) -> list[str]:
    return [f"{row.spoken}: {row.line}" for row in screen.needs.rows()]


def test_all_are_told_that_a_silence_was_broken_until_the_head_lays_it_before_all_again(silent, today):
    message, _ = silent.submit()
    silent.say("Brazil", message, "object")
    for person in ("Head", "Officer", "Analyst", "Liaison Brazil", "Liaison India"):
        screen = today(silent, person)
        assert [one for one in lines(screen) if one.startswith("Silence broken: Silence broken by Brazil.")], person
        screen.present.open(screen.needs.rows()[0].id)
        assert screen.window().here().scope == "sign-off"
    silent["Head"].signoffs.reopen(message, "We talked.")
    assert not [one for one in lines(today(silent, "Officer")) if "broken" in one]


def test_what_is_over_is_closed_from_today_by_those_who_may(silent, today):
    message, _ = silent.submit()
    silent.after(23)
    assert [one for one in lines(today(silent, "Officer")) if one.startswith("Silence running")]
    (row,) = today(silent, "Liaison India").needs.rows()
    assert row.under == "until the silence is over"
    silent.after(2)
    assert lines(today(silent, "Liaison India")) == []
    screen = today(silent, "Officer")
    (row,) = screen.needs.rows()
    assert row.act == "Close the silence"
    screen.needs_list.opened.emit(row.id)
    assert silent.stages(message) == ["adopted"] and "Adopted." in said(screen.notice)


def test_a_stage_that_is_overdue_is_told_to_the_staff_with_who_is_missing(told, today):
    told["Head"].routes.adopt(STAGED)
    made = told["Head"].messages.new(content())
    told["Head"].messages.submit(made["message"])
    told.after(3)
    (row,) = today(told, "Head").needs.rows()
    assert "“\u2068Office\u2069” is overdue. No word yet: \u2068Officer\u2069" in row.line
    (row,) = today(told, "Officer").needs.rows()
    assert (row.act, row.right) == ("Read", "1 h overdue")
    (row,) = today(told, "Head").waiting.rows()
    assert "Statement · Office · No word yet: Officer" in row.line and row.marks == ()


def test_a_late_objection_stays_on_today_until_two_people_lifted_it(silent, today):
    message, _ = silent.submit()
    silent.after(25)
    silent["Officer"].signoffs.close_over()
    silent.say("Brazil", message, "object", "The number is wrong.")
    (row,) = today(silent, "Officer").needs.rows()
    assert "Late objection by Brazil holds it: \u2068The number is wrong.\u2069" in row.line
    silent["Officer"].signoffs.lift(message, "It is right.")
    (row,) = today(silent, "Liaison India").needs.rows()
    assert row.under == "one person asked to lift it"
    silent["Head"].signoffs.lift(message, "Checked.")
    assert not [one for one in lines(today(silent, "Officer")) if "Late" in one]


@pytest.fixture
def cleared(told: Told) -> Told:
    told["Head"].routes.adopt(SILENT)
    told["Head"].templates.adopt(QUAKE)
    (waits,) = told["Head"].office.proposals
    told["Liaison Brazil"].people.second(waits)
    return told


def on_messages(qtbot, told, person, message):
    window = shown(qtbot, told[person], InlineWorker())
    window.resize(1440, 900)
    window.go("messages", message)
    return window.here()


def test_two_people_release_it_from_the_message_and_a_third_reviews_it(qtbot, cleared, today):
    message = filled(cleared)
    screen = on_messages(qtbot, cleared, "Officer", message)
    assert not buttons(screen)["Release in an emergency"].isEnabled(), "who filled it is its author"
    screen = on_messages(qtbot, cleared, "Head", message)
    buttons(screen)["Release in an emergency"].click()
    assert "You are the first" in screen.bar.under.text()
    qtbot.keyClicks(screen.bar.reason, "An earthquake.")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert cleared.state(message) == "submitted"
    assert "proposes to release it" in said(screen)
    screen = on_messages(qtbot, cleared, "Liaison Italy", message)
    assert "An earthquake." in said(screen)
    buttons(screen)["Release it, as the second"].click()
    qtbot.keyClicks(screen.bar.reason, "Seen.")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert cleared.state(message) == "approved"
    for person in ("Head", "Analyst", "Liaison India"):
        (row,) = [one for one in today(cleared, person).needs.rows() if one.spoken == "Open for review"]
        assert "Ada Head" in row.line and "Liaison Italy" in row.line and "Quake" in row.line
    screen = on_messages(qtbot, cleared, "Liaison Italy", message)
    assert "Released in an emergency by" in said(screen) and "Seen." in said(screen)
    assert not buttons(screen)["Review it"].isEnabled()
    screen = on_messages(qtbot, cleared, "Liaison India", message)
    buttons(screen)["Review it"].click()
    assert not screen.review.sign.isEnabled()
    screen.review.found[True].click()
    qtbot.keyClicks(screen.review.why, "There was time to ask.")
    press(qtbot, screen, Qt.Key.Key_Return)
    assert cleared["Head"].signoffs.unreviewed() == []
    assert "Reviewed by \u2068Liaison India\u2069: misuse. \u2068There was time to ask.\u2069" in said(screen)
    assert not [one for one in today(cleared, "Head").needs.rows() if one.spoken == "Open for review"]


def test_a_release_stays_loud_on_the_message_when_its_text_is_another_by_now(qtbot, cleared, today):
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")
    officer = cleared["Officer"]
    officer.messages.withdraw(message, "False alarm.")
    officer.messages.revise(message, content(text="All is well. #G20"))
    officer.messages.submit(message)
    assert [one for one in lines(today(cleared, "Liaison India")) if one.startswith("Open for review")]
    screen = on_messages(qtbot, cleared, "Liaison India", message)
    assert "Released in an emergency by \u2068Ada Head\u2069, \u2068Liaison Italy\u2069" in said(screen)
    assert buttons(screen)["Review it"].isEnabled()


def test_a_message_that_is_held_up_by_sign_off_leads_there(qtbot, silent):
    message, _ = silent.submit()
    silent.say("Brazil", message, "object")
    screen = on_messages(qtbot, silent, "Head", message)
    assert "The text stands as it is until the head lays it before all again." in said(screen)
    buttons(screen)["Look at it in Sign-off"].click()
    assert screen.window().here().scope == "sign-off" and screen.window().here().present.id == message
    silent["Head"].signoffs.reopen(message, "We talked.")
    silent.after(25)
    silent["Officer"].signoffs.close_over()
    silent.say("Brazil", message, "object", "Too late, I know.")
    screen = on_messages(qtbot, silent, "Officer", message)
    assert "A late objection holds this message" in said(screen)
