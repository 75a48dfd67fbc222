"""The frame: narrow windows, language and look, letters by place, the key sheet, errors in handlers."""

import gc
import sys
from dataclasses import asdict

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from ui import theme
from ui.app import App
from ui.places import VIEWS
from ui.screen import Screen
from ui.widgets import drawer
from ui.widgets.choosing import Choices, choices_path, read_choices, write_choices
from ui.widgets.letters import letter_at

CTRL = Qt.KeyboardModifier.ControlModifier


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


# -- narrow


def test_under_1200_the_rail_has_icons_only(open_window):
    window = open_window()
    assert window.rail.width() == theme.px(192)
    window.resize(1100, 760)
    assert window.rail.width() == theme.px(56)
    assert window.rail.items["calendar"].toolTip() == "Calendar"
    window.resize(1300, 760)
    assert window.rail.width() == theme.px(192)
    assert window.rail.office.isVisible()


@pytest.mark.parametrize("screen", list(VIEWS))
@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_end_panel_is_a_drawer_where_there_is_no_room(qtbot, open_window, screen, way, qapp):
    qapp.setLayoutDirection(way)
    window = open_window()
    window.go(screen, window.ctx.desk.messages.rows()[0].id if screen == "composer" else "")
    window.resize(1024, 700)
    here = window.here()
    if not hasattr(here, "end"):
        return
    assert not here.end.isVisible()
    assert here.panel_button.isVisible()
    press(qtbot, window, Qt.Key.Key_Period, CTRL)
    assert here.end.isVisible()
    here.drawer.slide.stop()
    here.drawer.place()
    box = QRect(here.end.mapTo(window, QPoint(0, 0)), here.end.size())
    whole = QRect(here.mapTo(window, QPoint(0, 0)), here.size())
    right = (way == Qt.LayoutDirection.LeftToRight) != here.from_start
    assert box.right() == whole.right() if right else box.left() == whole.left(), box
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not here.end.isVisible()
    assert window.here() is here
    press(qtbot, window, Qt.Key.Key_Period, CTRL)
    window.resize(1440, 900)
    QApplication.processEvents()
    assert here.end.isVisible()
    assert here.end.width() < 600
    press(qtbot, window, Qt.Key.Key_Period, CTRL)
    assert here.end.isVisible()


def test_nothing_slides_where_the_system_asks_for_less_motion(open_window, monkeypatch):
    window = open_window()
    window.go("calendar", "")
    window.resize(1024, 700)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, False)
    assert not drawer.motion()
    window.here().toggle_panel()
    assert window.here().drawer.slide.state() == window.here().drawer.slide.State.Stopped
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, True)


# -- choices


def test_choices_are_kept_in_a_plain_file():
    assert read_choices(choices_path()) == Choices()
    chosen = Choices("ar", "dark", 150, False)
    write_choices(choices_path(), asdict(chosen))
    assert read_choices(choices_path()) == chosen
    assert '"language": "ar"' in choices_path().read_text("utf-8")
    for wrong in ("", "[]", '{"language": "xx"}', '{"text": 7}', '{"letters": "no"}'):
        choices_path().write_text(wrong)
        assert read_choices(choices_path()) == Choices()


def test_language_and_look_are_chosen_at_first_run_and_stay(qtbot, qapp, tmp_path):
    app = App(tmp_path / "none", None)
    qtbot.waitUntil(lambda: app.window.isActiveWindow())
    app.choose(language="ar")
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert app.window.ways[0].accessibleName() == "تجربة مكتب تدريب"
    app.choose(scheme="dark")
    assert theme.scheme() == "dark"
    app.close()
    again = App(tmp_path / "none", None)
    assert again.choices == Choices("ar", "dark")
    assert theme.scheme() == "dark"
    again.close()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.qt_log_ignore("does not support")
def test_the_settings_menu_changes_the_open_window(qtbot, qapp, folder):
    app = App(folder, "Officer")
    qtbot.waitUntil(lambda: app.window is not None and hasattr(app.window, "ctx"), timeout=10_000)
    app.window.sender.stop()
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    app.window.go("calendar", "")
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    first = app.window
    first.ask("settings")
    menu = next(m for m in first.findChildren(QMenu) if m.accessibleName() == "Settings")
    words = [a.text() for a in menu.actions()]
    assert {"English", "العربية", "As the system", "Light", "Dark", "200 %"} <= set(words)
    arabic = next(a for a in menu.actions() if a.text() == "العربية")
    assert isinstance(arabic, QAction)
    menu.close()
    app.choose(language="ar", text=125)
    assert app.window is not first
    assert app.window.here() is app.window.screens["calendar"]
    assert app.window.here().header.title.text() == "التقويم"
    assert theme.px(100) == 125
    app.window.sender.stop()
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    app.close()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


# -- keys


def arabic_key(window, scan, letter):
    """A key of an Arabic layout."""
    target = window.focusWidget() or window
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(letter), Qt.KeyboardModifier.NoModifier, scan, 0, 0, letter)
        QApplication.sendEvent(target, event)


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="scan codes of X11 and Wayland")
def test_letters_go_by_the_keys_place(qtbot, open_window):
    window = open_window()
    arabic_key(window, 42, "ل")  # where G stands
    arabic_key(window, 54, "ؤ")  # where C stands
    assert window.here() is window.screens["calendar"]
    arabic_key(window, 58, "ة")  # M
    assert window.here().present.view == "month"
    window.go("messages", "")
    field = window.here().filter
    field.setFocus()
    arabic_key(window, 42, "ل")
    arabic_key(window, 54, "ؤ")
    assert field.text() == "لؤ"
    assert window.here() is window.screens["messages"]


def test_places_of_keys():
    assert letter_at(42, 0, "linux") == "G"
    assert letter_at(34, 0, "win32") == "G"
    assert letter_at(0, 5, "darwin") == "G"
    assert letter_at(65, 0, "linux") == ""


def test_letters_can_be_switched_off(qtbot, folder, open_window):
    Screen.letters = False
    window = open_window()
    window.go("calendar", "")
    press(qtbot, window, Qt.Key.Key_M)
    assert window.here().present.view == "week"


def test_f1_shows_the_keys_of_the_screen(qtbot, open_window):
    window = open_window()
    window.go("calendar", "")
    press(qtbot, window, Qt.Key.Key_F1)
    said = "\n".join(label.text() for label in window.sheet.findChildren(QLabel))
    assert window.sheet.isVisible()
    assert "Move 15 minutes later" in said and "Find or do anything" in said
    assert "Submit for sign-off" not in said
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.sheet.isVisible()
    assert window.here().isAncestorOf(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), "?")
    assert window.sheet.isVisible()


# -- errors


@pytest.mark.parametrize("name", ["showEvent", "resizeEvent", "hideEvent"])
def test_an_error_in_a_handler_is_told_and_harms_nothing(qtbot, open_window, monkeypatch, name):
    window = open_window()
    before = getattr(Screen, name)

    def bad(self, event):
        before(self, event)
        raise ValueError("in a handler")

    from ui.widgets.guard import handler

    with monkeypatch.context() as patch, qtbot.capture_exceptions() as told:
        patch.setattr(Screen, name, handler(bad))
        window.go("messages", "")
        window.resize(1300, 800)
        window.close()
    assert [str(problem) for _, problem, _ in told][:1] == ["in a handler"]
    assert window.here() is window.screens["messages"]
    gc.collect()


def test_every_handler_of_ours_is_guarded():
    from ui.composer.view import ComposerView
    from ui.widgets.rowlist import RowDelegate, RowList

    for kind, name in ((Screen, "showEvent"), (RowList, "keyPressEvent"), (RowDelegate, "paint"), (App, "tell")):
        assert getattr(vars(kind)[name], "guarded", False) == (kind is not App), (kind, name)
    assert issubclass(ComposerView, Screen)
