"""The page of routes on the Office screen: read by everybody, written by the head, played through; real desks, by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk, routes
from tests.signoff.test_routes import STATEMENT
from ui.office.route_rows import GONE, NEW, OTHERS, RULES
from ui.widgets.base import Label

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SILENT = {**STATEMENT, "stage": [STATEMENT["stage"][0], {**STATEMENT["stage"][1], "mode": "silence"}]}
SENTENCE = (
    "A statement is first approved by any officer within 2 hours; then adopted by silence of all members' liaisons "
    "unless one of them objects within 24 hours."
)


def opened(open_window: Any, person: str) -> Any:
    window = open_window(person)
    window.go("office", "")
    screen = window.here()
    screen.turn("routes")
    return screen.here


@pytest.fixture
def page(open_window: Any) -> Any:
    return opened(open_window, "Head of office")


@pytest.fixture
def routed(folder: Path, open_window: Any) -> Any:
    Desk.open(folder, "Head of office").people.admit_here("Second Officer", "officer", "")
    Desk.open(folder, "Head of office").routes.adopt(SILENT)
    return opened(open_window, "Head of office")


def said(page: Any) -> list[str]:
    QApplication.processEvents()
    return [bare(label.text()) for label in page.findChildren(Label) if label.isVisibleTo(page)]


def bare(words: str) -> str:
    """Without the marks that keep words in their own direction."""
    return words.translate({0x2066: None, 0x2068: None, 0x2069: None})


def titles(page: Any) -> list[str]:
    return [bare(row.title) for row in page.model.rows()]


def settle(qtbot: Any, page: Any) -> None:
    qtbot.waitUntil(page.present.settled)


def key(qtbot: Any, page: Any, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(page.window().focusWidget() or page, code, modifier)


def test_a_route_is_read_with_its_sentence_its_people_and_its_versions(folder, routed):
    assert titles(routed) == ["Statement", "Everything else", "Set for all routes"]
    shown = said(routed.middle)
    assert SENTENCE in shown
    assert "Now: Officer, Second Officer" in shown
    assert any("adopted by Head of office" in one for one in shown)
    Desk.open(folder, "Head of office").routes.adopt(STATEMENT)
    routed.present.load()
    shown = said(routed.middle)
    assert "In force" in shown
    assert sum("when Head of office adopted another" in one for one in shown) == 1


def test_what_a_submission_would_meet_today_is_said_for_each_author(folder, open_window):
    Desk.open(folder, "Head of office").routes.adopt(SILENT)
    page = opened(open_window, "Liaison Brazil")
    shown = said(page.middle)
    assert "By Officer" in shown
    assert any("Only authors of the text could decide in the stage" in one for one in shown)
    assert any(one.startswith("By ") and "Head of office" in one for one in shown)


def test_others_read_and_change_nothing(qtbot, folder, open_window):
    Desk.open(folder, "Head of office").routes.adopt(SILENT)
    page = opened(open_window, "Liaison Brazil")
    assert not page.new.isEnabled()
    for letter in (Qt.Key.Key_N, Qt.Key.Key_E, Qt.Key.Key_W, Qt.Key.Key_L, Qt.Key.Key_Y):
        key(qtbot, page, letter)
        assert page.middle.currentIndex() == 0
        assert not page.bar.isVisible()
    assert page.notice.isVisible()
    assert SENTENCE in said(page.middle)


def write(qtbot: Any, page: Any) -> None:
    """A route of two stages, by keys."""
    key(qtbot, page, Qt.Key.Key_N)
    assert page.window().focusWidget() is page.form.name
    qtbot.keyClicks(page.form.name, "Statement")
    page.form.kinds.boxes["statement"].click()
    first = page.form.cards[0]
    first.name.setFocus()
    qtbot.keyClicks(first.name, "Editors")
    first.need.setCurrentIndex(first.need.findData("any"))
    first.within.put(2 * 3_600_000)
    key(qtbot, page, Qt.Key.Key_A, ALT)
    second = page.form.cards[1]
    assert page.window().focusWidget() is second.name
    qtbot.keyClicks(second.name, "Members")
    second.who.way.setCurrentIndex(second.who.way.findData("governments"))
    second.mode.setCurrentIndex(second.mode.findData("silence"))
    second.within.unit.setCurrentIndex(second.within.unit.findData("H"))
    second.within.many.setValue(24)
    settle(qtbot, page)


def test_a_route_is_built_said_in_one_sentence_and_adopted(qtbot, page):
    write(qtbot, page)
    assert bare(page.foot.sentence.text()) == SENTENCE
    assert page.foot.isVisible()
    key(qtbot, page, Qt.Key.Key_Return, CTRL)
    assert page.bar.words.text() == SENTENCE
    assert not page.foot.isVisible()
    key(qtbot, page, Qt.Key.Key_Return)
    assert [one["name"] for one in page.ctx.desk.routes.rows()] == ["Statement"]
    assert titles(page)[0] == "Statement"
    assert page.id in page.present.now.files
    assert not page.writing and not page.drafts
    assert page.ctx.desk.routes.rows()[0]["sentence"].startswith("A statement is first approved by any officer")


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(qtbot, page):
    write(qtbot, page)
    second = page.form.cards[1]
    second.name.clear()
    second.who.lands.setCurrentIndex(second.who.lands.findData("named"))
    second.who.named.setText("Brazil")
    second._told()
    settle(qtbot, page)
    assert not page.foot.go.isEnabled()
    assert page.foot.why.text() == "A stage has a name."
    key(qtbot, page, Qt.Key.Key_Return, CTRL)
    assert second.fields["name"].error.text() == "A stage has a name."
    assert page.window().focusWidget() is second.name
    qtbot.keyClicks(second.name, "Members")
    settle(qtbot, page)
    assert second.fields["name"].error.text() == ""
    assert "names nobody" in second.fields["who"].error.text()
    assert page.form.name.text() == "Statement"
    assert second.who.named.text() == "Brazil"
    assert page.ctx.desk.routes.rows() == []


def test_stages_go_up_and_down_and_away_by_keys(qtbot, page):
    write(qtbot, page)
    page.form.cards[1].within.many.setFocus()
    key(qtbot, page, Qt.Key.Key_Up, ALT)
    assert [card.name.text() for card in page.form.cards] == ["Members", "Editors"]
    assert page.window().focusWidget() is page.form.cards[0].within.many
    key(qtbot, page, Qt.Key.Key_Down, ALT)
    assert [card.name.text() for card in page.form.cards] == ["Editors", "Members"]
    key(qtbot, page, Qt.Key.Key_Backspace, CTRL | SHIFT)
    assert [card.name.text() for card in page.form.cards] == ["Editors"]
    key(qtbot, page, Qt.Key.Key_Backspace, CTRL | SHIFT)
    assert len(page.form.cards) == 1
    settle(qtbot, page)
    assert bare(page.foot.sentence.text()) == "A statement is approved by any officer within 2 hours."


def test_what_was_begun_is_there_when_one_comes_back(qtbot, page):
    write(qtbot, page)
    key(qtbot, page, Qt.Key.Key_Escape)
    assert not page.writing
    assert page.model.rows()[0].id == NEW
    page.list.pick(OTHERS)
    key(qtbot, page, Qt.Key.Key_N)
    assert page.form.name.text() == "Statement"
    assert [card.name.text() for card in page.form.cards] == ["Editors", "Members"]


def test_a_new_version_takes_the_place_of_the_one_before(qtbot, routed):
    key(qtbot, routed, Qt.Key.Key_E)
    assert [card.name.text() for card in routed.form.cards] == ["Editors", "Members"]
    routed.form.cards[0].within.many.setValue(3)
    key(qtbot, routed, Qt.Key.Key_Return, CTRL)  # looked at first, then asked
    qtbot.waitUntil(routed.bar.isVisible)
    key(qtbot, routed, Qt.Key.Key_Return)
    (row,) = routed.ctx.desk.routes.rows()
    assert row["stage"][0]["within"] == "PT3H"
    assert len(routed.present.now.versions) == 2


def test_what_is_written_goes_on_where_somebody_else_adopts_a_version_meanwhile(qtbot, folder, routed):
    key(qtbot, routed, Qt.Key.Key_E)
    routed.form.cards[0].within.many.setValue(3)
    Desk.open(folder, "Head of office").routes.adopt({**SILENT, "kinds": ["statement", "rebuttal"]})
    routed.present.load()
    assert routed.writing in routed.present.now.files
    assert routed.form.isVisible()
    assert routed.drafts[routed.writing]["stage"][0]["within"] == "PT3H"
    Desk.open(folder, "Head of office").routes.withdraw("Statement")
    routed.present.load()
    assert routed.writing == GONE + "Statement"
    settle(qtbot, routed)
    key(qtbot, routed, Qt.Key.Key_Return, CTRL)
    key(qtbot, routed, Qt.Key.Key_Return)
    assert routed.ctx.desk.routes.rows()[0]["stage"][0]["within"] == "PT3H"


def test_a_route_is_withdrawn_and_taken_up_again(qtbot, routed):
    key(qtbot, routed, Qt.Key.Key_W)
    key(qtbot, routed, Qt.Key.Key_Return)
    assert routed.ctx.desk.routes.rows() == []
    routed.list.pick(GONE + "Statement")
    assert any("withdrew it" in one for one in said(routed.middle))
    key(qtbot, routed, Qt.Key.Key_E)
    settle(qtbot, routed)
    assert bare(routed.foot.sentence.text()) == SENTENCE


def test_the_play_goes_by_the_real_rules(qtbot, routed):
    play = routed.play
    play.author.setCurrentIndex(play.author.findText("Officer"))
    key(qtbot, routed, Qt.Key.Key_P)
    assert play.play.states() == ["open", "waiting"]
    assert play.speaker.currentText() == "Second Officer"
    play.speaker.setCurrentIndex(play.speaker.findText("Liaison Brazil"))
    play.buttons["approve"].click()
    assert "not open yet" in play.trouble.text()
    play.speaker.setCurrentIndex(play.speaker.findText("Second Officer"))
    play.buttons["approve"].click()
    assert play.play.states() == ["approved", "running"]
    assert play.speaker.currentText() == "Liaison Brazil"
    play.buttons["object"].click()
    assert play.play.states() == ["approved", "broken"]
    assert any("head reopens it" in one for one in said(play))
    assert play.speaker.currentText() == "Head of office"  # whose turn it is
    play.buttons["reopen"].click()
    play.buttons["time"].click()
    assert play.play.states() == ["approved", "adopted"]
    assert "It is signed off and can be scheduled." in said(play)
    play.buttons["undo"].click()
    assert play.play.states() == ["approved", "running"]
    assert routed.ctx.desk.tentative == 0


def test_what_stops_the_sample_is_said(qtbot, folder, open_window):
    Desk.open(folder, "Head of office").routes.adopt(SILENT)
    page = opened(open_window, "Officer")
    page.play.author.setCurrentIndex(page.play.author.findText("Officer"))
    key(qtbot, page, Qt.Key.Key_P)
    assert "Only authors" in page.play.trouble.text()
    assert page.play.play is None


def test_a_route_goes_into_a_file_and_comes_back(qtbot, routed, tmp_path):
    file = tmp_path / "route.toml"
    routed.present.save(file, routed.present.now.files[routed.id])
    assert routed.notice.isVisible()
    again = routes.read(file)
    assert again == {**SILENT, "stage": [SILENT["stage"][0] | {"mode": "explicit"}, SILENT["stage"][1]]}
    routed.present.withdraw("Statement")
    routed.present.read(file)
    settle(qtbot, routed)
    assert routed.writing == NEW
    assert bare(routed.foot.sentence.text()) == SENTENCE
    for wrong in ("name = 1", "not toml", 'name = "x"\nstage = ["x"]'):
        file.write_text(wrong)
        routed.leave()
        routed.notice.hide()
        routed.present.read(file)
        assert routed.notice.isVisible(), wrong
        assert not routed.writing


def test_the_head_sets_the_least_silence_and_the_troika(qtbot, page):
    page.list.pick(RULES)
    key(qtbot, page, Qt.Key.Key_L)
    page.least.span.put(6 * 3_600_000)
    key(qtbot, page, Qt.Key.Key_Return)
    assert page.ctx.desk.office.least_silence_ms == 6 * 3_600_000
    key(qtbot, page, Qt.Key.Key_Y)
    assert page.window().focusWidget() is page.presidency.here
    page.presidency.here.clear()
    page.presidency.go.click()
    assert page.presidency.fields["here"].error.text()
    for field, code in ((page.presidency.here, "za"), (page.presidency.before, "BR"), (page.presidency.after, "za")):
        field.setText(code)
    page.presidency.go.click()
    assert page.presidency.trouble.isVisible()
    assert page.presidency.after.text() == "za"
    page.presidency.after.setText("US")
    page.presidency.go.click()
    assert page.ctx.desk.office.troika == ("BR", "ZA", "US")
    assert any("South Africa" in one for one in said(page.middle))


def test_the_pages_are_gone_to_by_keys_and_each_has_its_own(qtbot, open_window):
    window = open_window("Head of office")
    window.go("office", "")
    screen = window.here()
    key(qtbot, screen, Qt.Key.Key_2, CTRL)
    assert screen.page == "routes" and screen.scope == "routes"
    key(qtbot, screen, Qt.Key.Key_N)
    assert screen.here.writing == NEW
    key(qtbot, screen, Qt.Key.Key_1, CTRL)
    assert screen.list.hasFocus()
    key(qtbot, screen, Qt.Key.Key_N)
    assert window.focusWidget() is screen.invite.name
    key(qtbot, screen, Qt.Key.Key_2, CTRL)
    assert screen.here.foot.isVisible()
    key(qtbot, screen, Qt.Key.Key_1, CTRL)
    assert not screen.made["routes"].foot.isVisible()
