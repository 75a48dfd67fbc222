"""Defects once seen in the window: what was clipped, doubled, turned round or said in the machine's own words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget

from g20desk.desk import Desk
from tests.ui.conftest import TEXT, content
from ui import texts, theme
from ui.widgets import base
from ui.widgets.button import KeyButton
from ui.widgets.header import Header
from ui.widgets.prose import linked
from ui.widgets.time_strip import HOUR, Dot, TimeStrip
from ui.widgets.word_diff import markup


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
    window.here().choose("object")
    bar = window.here().bar
    QApplication.processEvents()
    assert bar.reason.y() > bar.words.y()
    assert bar.reason.width() > bar.width() // 2
    assert bar.sign.text() == "Sign: object"
    qtbot.keyClicks(bar.reason, TEXT)
    assert bar.sign.isEnabled()


def test_each_picture_without_words_is_counted(qtbot, open_window, tmp_path):
    window = open_window("Officer")
    window.go("composer", "")
    here = window.here()
    qtbot.keyClicks(here.editor, TEXT)
    for n in range(2):
        image = QImage(800, 450, QImage.Format.Format_RGB32)
        image.fill(n)
        assert image.save(str(tmp_path / f"{n}.png"))
        here.present.add_picture(str(tmp_path / f"{n}.png"))
    qtbot.waitUntil(lambda: not here.present.checking())
    listed = sum(f["level"] == "block" for f in here.present.all_findings())
    assert here.present.blocking() == listed == 2


def test_what_is_read_is_what_is_marked(open_window):
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    here = window.here()
    assert here.list.selectedIndexes()
    done = next(r.id for r in window.ctx.desk.messages.rows() if r.state == "scheduled")
    here.present.read(done)
    assert not here.list.selectedIndexes()


def test_an_empty_list_offers_no_acts_and_one_way_on(open_window):
    window = open_window("Officer")
    window.go("messages", "")
    here = window.here()
    assert here.acts.isVisible()
    here.filter.setText("no such words")
    assert here.empty.isVisible()
    assert here.nothing.text() == "No message has these words."
    here.present.id = ""
    here._listed([])
    assert not here.acts.isVisible()


def test_roles_are_said_in_words():
    assert (
        texts.reason("This act is for: head, officer.") == "This act is for: head of the office, communication officer."
    )


def test_what_came_stands_apart_from_what_went():
    assert "</span>&thinsp;<span" in markup([("removed", "message"), ("added", "post")])
    assert "&thinsp;" not in markup([("removed", "message "), ("added", "post ")])


def test_long_words_do_not_widen_the_start_column(open_window, monkeypatch):
    monkeypatch.setitem(texts._words, "Own text for this network", "Eigener Wortlaut für dieses eine Netzwerk hier")
    monkeypatch.setitem(texts._words, "no text yet", "bisher noch kein Wortlaut")
    window = open_window("Officer")
    window.go("composer", "")
    QApplication.processEvents()
    start = window.here().start
    assert start.grid.width() <= start.width()


def test_a_planned_message_is_not_offered_now(open_window):
    window = open_window("Officer")
    planned = next(r for r in window.ctx.desk.messages.rows() if r.state == "scheduled")
    window.go("messages", planned.id)
    window.here()._schedule()
    plan = window.here().plan
    assert plan.mode == "at"
    assert plan.field.moment == planned.planned_ms // 60_000 * 60_000


def test_a_merge_begins_at_the_first_place(open_window, folder):
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(content("One two three."))
    folded = desk.messages.get(made["message"])
    Desk.open(folder, "Analyst").messages._go_on(folded, content("One 2 three."))
    desk.messages._go_on(folded, content("One two 3."))
    window = open_window("Officer")
    window.go("messages", "")
    QApplication.processEvents()
    window.go("composer", made["message"])
    QApplication.processEvents()
    assert window.focusWidget() is window.here().merge.next()


def test_a_header_shows_all_its_buttons_at_every_width(qtbot):
    header = Header("Climate finance: joint statement")
    qtbot.addWidget(header)
    for said, key in (("Submitted already", ""), ("Submit for sign-off", "Ctrl ↵"), ("", "")):
        header.add(KeyButton(said, key, "send"))
    for wide in range(560, 1100, 9):
        header.resize(wide, header.height())
        header.show()
        QApplication.processEvents()
        for button in header.ends.things:
            assert header.ends.rect().contains(button.geometry()), wide
            assert header.rect().contains(header.ends.geometry()), wide
