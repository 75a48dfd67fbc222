"""A desk that is here and can't be opened, or not yet: one page says why, and what to do."""

import re
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from g20desk.errors import Usage
from g20desk.ledger import migrations
from tests.ledger.releases import old
from tests.ledger.test_newer import newer
from tests.ui.test_screens import nameless
from ui import app as running
from ui import texts
from ui.app import App
from ui.first_run.unopened import CODES, Unopened
from ui.reasons_store import STORE
from ui.widgets.choosing import choices_path
from ui.window import Window

__all__ = ["old"]


@pytest.fixture
def begun(qtbot):
    """An App on a folder, ended with the test."""
    made = []

    def begin(folder):
        made.append(App(folder, None))
        return made[-1]

    yield begin
    for one in made:
        one.close()


def words(view):
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_a_desk_of_a_newer_program_says_what_to_install_and_offers_no_way_to_found_another(qtbot, folder, begun):
    newer(folder)
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    app = begun(folder)
    qtbot.waitUntil(lambda: isinstance(app.window, Unopened), timeout=20_000)
    said = words(app.window)
    assert "newer program" in said and "Install g20desk 1.7.0 or newer" in said and str(folder) in said
    assert nameless(app.window) == [] and not app.window.icon.isHidden()
    for _ in range(2):
        qtbot.keyClick(app.window, Qt.Key.Key_R)
        qtbot.waitUntil(app.worker.idle, timeout=20_000)
    assert isinstance(app.window, Unopened) and words(app.window) == said
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


def test_once_the_trouble_is_over_looking_again_opens_it(qtbot, old, begun, monkeypatch):
    with monkeypatch.context() as change:
        free = migrations.shutil.disk_usage(old.desk)._replace(free=1 << 20)
        change.setattr(migrations.shutil, "disk_usage", lambda path: free)
        app = begun(old.desk)
        qtbot.waitUntil(lambda: isinstance(app.window, Unopened), timeout=20_000)
        assert "MB are free" in words(app.window)
    qtbot.mouseClick(app.window.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(app.window, Window), timeout=20_000)
    app.window.sender.stop()


def test_a_move_that_takes_long_is_shown_and_one_that_does_not_is_not(qtbot, old, begun, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(migrations, "reach", lambda name: name == "copied" and go_on.wait(20))
    monkeypatch.setattr(running, "MOMENT_MS", 1)
    app = begun(old.desk)
    try:
        qtbot.waitUntil(lambda: isinstance(app.window, Unopened), timeout=20_000)
        assert "Bringing this desk's record to the form of g20desk" in words(app.window)
        assert not app.window.again.isVisible()
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: isinstance(app.window, Window), timeout=20_000)
    app.window.sender.stop()
    assert app.standing is None and app.said == ""


def test_a_newer_program_beside_an_open_window_stops_its_publisher_and_is_said(qtbot, folder, begun):
    app = begun(folder)
    qtbot.waitUntil(lambda: isinstance(app.window, Window), timeout=20_000)
    newer(folder)
    qtbot.waitUntil(lambda: "Install g20desk 1.7.0" in words(app.window), timeout=20_000)
    qtbot.waitUntil(lambda: not app.bus.glance.isActive(), timeout=20_000)
    app.window.sender.wake()
    assert not app.window.sender.running()


@pytest.mark.parametrize("sentence", STORE)
def test_it_is_said_in_the_interfaces_language(sentence):
    texts.use("ar")
    said = texts.reason(re.sub(r"\{\w+\}", "7", sentence))
    assert re.search("[\u0600-\u06ff]", said) and not re.search("[A-Za-z]{2}", said.replace("g20desk", ""))


def test_all_that_opening_a_store_may_end_with_has_its_page():
    raised = [migrations.newer(7, "1.7.0"), migrations.older(4), Usage("store-room", "x"), Usage("store-moved", "x")]
    assert {one.code for one in raised} <= set(CODES)


def test_choices_that_cannot_be_read_are_put_aside_and_said_once(qtbot, folder, begun):
    path = choices_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"scheme": "da')
    app = begun(folder)
    qtbot.waitUntil(lambda: isinstance(app.window, Window), timeout=20_000)
    app.window.sender.stop()
    assert "window.json.damaged" in words(app.window) and not path.exists()
    app.choose(scheme="dark")
    again = begun(folder)
    qtbot.waitUntil(lambda: isinstance(again.window, Window), timeout=20_000)
    again.window.sender.stop()
    assert "damaged" not in words(again.window) and again.choices.scheme == "dark"
