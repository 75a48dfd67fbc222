"""Defects once seen in the window: what was clipped, doubled, turned round or said in the machine's own words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget

from tests.ui.conftest import TEXT
from ui import texts, theme
from ui.widgets import base
from ui.widgets.button import KeyButton
from ui.widgets.header import Header
from ui.widgets.prose import linked
from ui.widgets.time_strip import HOUR, Dot, TimeStrip


@pytest.fixture
def arabic(qapp):
    """The interface from right to left."""
    texts.use("ar")
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def test_what_grew_out_of_sight_stands_whole_when_it_is_shown(qtbot):
    holder = QStackedWidget()
    qtbot.addWidget(holder)
    header, why = Header("A title that is rather long"), KeyButton("")
    page = QWidget()
    base.column(page).addWidget(header)
    holder.addWidget(QWidget())
    holder.addWidget(page)
    why.hide()
    header.add(why)
    header.add(KeyButton("Submit for sign-off", "Ctrl ↵"))
    holder.resize(1200, 200)
    with qtbot.waitExposed(holder):
        holder.show()
    holder.setCurrentIndex(1)
    holder.setCurrentIndex(0)
    QApplication.processEvents()
    why.setText("Not yet: 1 finding must be fixed")
    why.show()
    holder.setCurrentIndex(1)
    QApplication.processEvents()
    for button in header.ends.things:
        assert header.ends.rect().contains(button.geometry()), button.text()
    assert header.height() == theme.px(64)


def test_a_sentence_of_the_desk_says_times_and_languages_as_people_do():
    said = texts.reason("On hold since 2026-11-25T07:44:00.000Z; lifting it takes two people.")
    assert said == "On hold since Wed 25 November 07:44 UTC; lifting it takes two people."
    assert texts.reason("Due at 2026-11-25T11:45:00Z.") == "Due at Wed 25 November 11:45 UTC."
    assert texts.reason("G20 X carries ar, fr; there is no text in it.").startswith("G20 X carries Arabic, French;")


def test_a_day_in_a_sentence_is_not_capital():
    noon = 12 * HOUR
    assert (texts.when(noon, noon), texts.when(noon, noon, inside=True)) == ("Today 12:00", "today 12:00")
    assert texts.when(0, 40 * 24 * HOUR, inside=True).startswith("Thu 1 January")


def test_lines_and_margins_turn_round(qtbot, arabic):
    box = base.panel("surface", "start")
    qtbot.addWidget(box)
    assert box.property("edge") == "end"
    margins = base.column(box, (1, 2, 3, 4)).contentsMargins()
    assert (margins.left(), margins.right()) == (3, 1)


def test_every_post_on_the_strip_keeps_its_words(qtbot):
    strip = TimeStrip()
    qtbot.addWidget(strip)
    strip.resize(1200, 120)
    at = 12 * HOUR
    strip.put(
        tuple(Dot(str(n), f"A title of some length {n}", at + n * 600_000, "send", "ok", "") for n in range(5)), at
    )
    lanes = strip.lanes(76, 1100)
    assert all(long > theme.px(100) for _, _, long, _ in lanes)
    assert len({lane for *_, lane in lanes}) == 5
    assert strip.height() > strip.sizeHint().height()


def test_what_was_decided_is_said_in_what_happened(open_window):
    window = open_window("Officer")
    done = next(r for r in window.ctx.desk.messages.rows() if r.state == "scheduled")
    window.go("messages", done.id)
    said = [label.text() for label in window.here().end.findChildren(QLabel)]
    assert "Approved · Liaison Brazil" in said
    assert not [one for one in said if "T" in one and one.endswith("Z.")]


def test_links_and_hashtags_are_shown_as_links():
    said = linked("Read &#x27;it&#x27;: https://g20.org/debt. #G20 a#b")
    assert said.count("<span") == 2
    assert ">https://g20.org/debt</span>." in said


def test_find_is_not_among_what_is_found(open_window):
    window = open_window("Officer")
    window.palette_.open()
    rows = [window.palette_.model.index(n).data() for n in range(window.palette_.model.rowCount())]
    assert "Find or do anything" not in rows
    assert "New message" in rows


def test_the_sentence_stands_under_the_question(open_window, qtbot):
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    window.here()._open("object")
    bar = window.here().bar
    QApplication.processEvents()
    assert bar.reason.y() > bar.words.y()
    assert bar.reason.width() > bar.width() // 2
    assert bar.sign.text() == "Sign: object"
    qtbot.keyClicks(bar.reason, TEXT)
    assert bar.sign.isEnabled()
