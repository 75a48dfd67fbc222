"""Several desks on one computer: going to another, one more beside it, and deleting a practice office."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from g20desk.errors import Refused
from ui import desks
from ui.app import App
from ui.first_run.view import FirstRunView
from ui.widgets.ask_bar import AskBar
from ui.window import Window

menus = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def app(qtbot: Any, folder: Any, tmp_path: Any, monkeypatch: Any) -> Any:
    """The program on a practice office; the usual place for desks is elsewhere."""
    monkeypatch.setenv("G20DESK_HOME", str(tmp_path / "usual"))
    made = App(folder, "Officer")
    settled(qtbot, made, Window)
    yield made
    if isinstance(made.window, Window):
        made.window.sender.stop()
    qtbot.waitUntil(made.worker.idle, timeout=10_000)
    made.close()


def settled(qtbot: Any, app: App, kind: type) -> Any:
    """The window of that kind, once it stands and nothing is being asked."""
    qtbot.waitUntil(lambda: isinstance(app.window, kind), timeout=20_000)
    if isinstance(app.window, Window):
        app.window.sender.stop()
    qtbot.waitUntil(app.worker.idle, timeout=20_000)
    return app.window


def choose(window: Any, words: str) -> None:
    """Something in the settings' menu, or in the menu of desks in it."""
    window.ask("settings")
    menu = next(m for m in window.findChildren(QMenu) if m.accessibleName() == "Settings")
    inner = [menu, *menu.findChildren(QMenu)]
    action = next(a for m in inner for a in m.actions() if words in a.text() and a.menu() is None)
    menu.close()
    action.trigger()


@menus
def test_one_more_desk_is_made_beside_and_the_first_is_gone_back_to(
    qtbot: Any, app: App, folder: Any, tmp_path: Any
) -> None:
    choose(app.window, "One more")
    view = settled(qtbot, app, FirstRunView)
    assert app.folder == tmp_path / "usual" and view.folder == app.folder
    again = [one for one in view.findChildren(QPushButton) if "Rehearsal office" in one.text()]
    assert len(again) == 1, "the way back"
    view.present.rehearse(view.folder)
    window = settled(qtbot, app, Window)
    assert (app.folder / "desk.json").exists() and window.ctx.desk.folder == app.folder
    assert [one.folder for one in desks.known()] == [str(app.folder), str(folder)]
    choose(window, "Rehearsal office")
    qtbot.waitUntil(lambda: isinstance(app.window, Window) and app.window.ctx.desk.folder == folder, timeout=20_000)
    assert desks.fresh() == tmp_path / "usual-2"


@menus
def test_a_practice_office_is_deleted_after_a_question_and_no_other_is(
    qtbot: Any, app: App, folder: Any, tmp_path: Any
) -> None:
    choose(app.window, "Delete this practice office")
    (bar,) = app.window.findChildren(AskBar)[-1:]
    assert bar.isVisible() and "Delete this practice office?" in bar.words.text()
    qtbot.keyClick(bar.leave, Qt.Key.Key_Escape)
    assert folder.exists()
    choose(app.window, "Delete this practice office")
    bar = app.window.findChildren(AskBar)[-1]
    qtbot.keyClick(bar.sign, Qt.Key.Key_Return)
    settled(qtbot, app, FirstRunView)
    qtbot.waitUntil(lambda: not folder.exists(), timeout=10_000)
    assert desks.known() == []
    real = tmp_path / "real"
    real.mkdir()
    (real / "desk.json").write_text('{"desk": "x", "rehearsal": false}')
    with pytest.raises(Refused, match="Only a practice office"):
        desks.remove(real)
    assert real.exists()


def test_a_list_that_can_not_be_read_is_none() -> None:
    desks.path().parent.mkdir(parents=True)
    for wrong in ("", "{", "[1]", '[{"folder": 3}]', "null"):
        desks.path().write_text(wrong)
        assert desks.known() == []
