"""The pages of the Office screen: everything named, nothing cut off in a small window, the panel at the end as a drawer."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from tests.signoff.test_going_over import earlier
from tests.signoff.test_routes import STATEMENT
from tests.story import Office
from tests.ui.conftest import TEXT, shown
from tests.ui.test_routes_page import CTRL, key, said
from tests.ui.test_screens import nameless
from tests.ui.test_templates_page import QUAKE
from ui import texts
from ui.worker import InlineWorker


@pytest.fixture
def office(folder: Any) -> Any:
    head = Desk.open(folder, "Head of office")
    head.routes.adopt(STATEMENT)
    head.templates.adopt(QUAKE)
    liaison = Desk.open(folder, "Liaison Brazil")
    liaison.people.second(liaison.templates.proposed()[0]["id"])
    return folder


def pages(window: Any) -> Any:
    """Each page, then with its form."""
    window.go("office", "")
    screen = window.here()
    for page in ("routes", "deputies", "templates"):
        screen.turn(page)
        yield screen.here
        screen.here.begin()
        yield screen.here
        screen.here.back()
    screen.turn("templates")
    screen.here._fill()
    yield screen.here


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("person", ["Head of office", "Liaison Brazil"])
def test_everything_that_takes_focus_has_a_name(office, open_window, qapp, person, lang):
    texts.use(lang)
    right = Qt.LayoutDirection.RightToLeft if lang == "ar" else Qt.LayoutDirection.LeftToRight
    qapp.setLayoutDirection(right)
    window = open_window(person)
    for _ in pages(window):
        assert nameless(window) == []
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_small_window_keeps_the_work_and_calls_the_end_as_a_drawer(qtbot, office, open_window):
    window = open_window("Head of office")
    window.resize(1024, 700)
    for page in pages(window):
        QApplication.processEvents()
        screen = window.here()
        assert not screen.end.isVisible() or screen.drawer.open, page.scope
        assert page.isVisible()
    screen.turn("routes")
    window.resize(1440, 900)
    QApplication.processEvents()
    assert screen.end.isVisible()


def test_a_form_at_the_end_is_called_where_there_is_little_room(qtbot, office, open_window):
    window = open_window("Liaison Brazil")
    window.resize(1024, 700)
    window.go("office", "deputies")
    QApplication.processEvents()
    page = window.here().here
    key(qtbot, page, Qt.Key.Key_N)
    assert page.form.person.isVisible()
    assert window.focusWidget() is page.form.person


def test_a_play_is_called_where_there_is_little_room(qtbot, office, open_window):
    window = open_window("Head of office")
    window.resize(1024, 700)
    window.go("office", "routes")
    QApplication.processEvents()
    page = window.here().here
    page.play.author.setCurrentIndex(page.play.author.findText("Head of office"))
    key(qtbot, page, Qt.Key.Key_P)
    assert page.play.play is not None
    assert page.play.isVisible()
    assert page.play.isAncestorOf(window.focusWidget())


def test_pages_go_by_keys_from_any_of_them(qtbot, office, open_window):
    window = open_window("Officer")
    window.go("office", "")
    screen = window.here()
    for number, page in (
        (Qt.Key.Key_4, "templates"),
        (Qt.Key.Key_3, "deputies"),
        (Qt.Key.Key_2, "routes"),
        (Qt.Key.Key_1, "office"),
    ):
        qtbot.keyClick(window.focusWidget(), number, CTRL)
        assert screen.page == page
        assert screen.isAncestorOf(window.focusWidget())
    screen.turn("routes")
    window._back()
    assert screen.page == "office"


def test_an_office_of_the_first_rules_reads_the_pages_and_submits_as_before(qtbot, tmp_path):
    """It has no routes: whoever looks is told why, and nothing is offered that would not count."""
    with earlier():
        office = Office(tmp_path / "o")
    window = shown(qtbot, office.head, InlineWorker())
    for page in pages(window):
        assert (
            page.middle.currentIndex() == 0 if page.scope != "deputies" else page.pages.currentWidget() is page.detail
        )
    window.here().here.begin()
    assert "first rules" in window.here().notice.accessibleName()
    window.go("composer", "")
    composer = window.here()
    qtbot.keyClicks(composer.editor, TEXT)
    qtbot.waitUntil(composer.submit.isEnabled)
    composer.submit.click()
    assert any("One head, officer or liaison" in one for one in said(composer.ahead))
    composer.ahead.sign.click()
    assert office.head.messages.show(composer.present.draft.id)["state"] == "submitted"


def test_the_presidency_is_the_communicator_of_the_government_that_holds_it(folder, open_window):
    Desk.open(folder).people.admit_here("Ottawa", "presidency", "CA")
    said = {name: open_window(name).rail.person.accessibleName() for name in ("Presidency", "Ottawa")}
    assert "Presidency, South Africa" in said["Presidency"]
    assert "Communicator, Canada" in said["Ottawa"]
    window = open_window("Officer")
    window.go("office", "")
    rows = {row.title: row.line for row in window.here().model.rows()}
    found = {name: row for title, row in rows.items() for name in said if name in title}
    assert found == {"Presidency": "Presidency, South Africa", "Ottawa": "Communicator, Canada"}
