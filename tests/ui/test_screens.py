"""Every screen: names for what takes the focus, in the tab order, in both directions; pictures of all."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QWidget

from ui.places import VIEWS
from ui.shots import MODES, names


def nameless(root: QWidget) -> list[str]:
    """Focusable widgets that a screen reader could not name."""
    found = []
    for child in root.findChildren(QWidget):
        inner = child.objectName().startswith("qt_")
        if child.isVisibleTo(root) and child.focusPolicy() != Qt.FocusPolicy.NoFocus and not inner:
            reads = QAccessible.queryAccessibleInterface(child)
            if not (reads and reads.text(QAccessible.Text.Name).strip()):
                found.append(f"{type(child).__name__} in {type(child.parent()).__name__}")
    return found


@pytest.mark.parametrize("screen", list(VIEWS))
@pytest.mark.parametrize("person", ["Officer", "Liaison Brazil"])
def test_everything_that_takes_focus_has_a_name(open_window, screen, person):
    window = open_window(person)
    ids = [r.id for r in window.ctx.desk.messages.rows()]
    window.go(screen, ids[0] if screen in ("composer", "messages", "sign-off") else "")
    assert nameless(window) == []


@pytest.mark.parametrize("screen", [s for s in VIEWS if s != "composer"])
def test_a_screen_opens_with_the_focus_where_it_is_needed(open_window, screen):
    window = open_window("Liaison Brazil")
    window.go(screen, "")
    held = window.focusWidget()
    assert held is not None
    assert window.here().isAncestorOf(held)


def test_regions_are_walked_with_f6(qtbot, open_window):
    window = open_window()
    before = window.focusWidget()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.focusWidget() is not before


def test_narrow_windows_lose_the_end_panel_and_keep_the_work(open_window):
    window = open_window()
    window.go("messages", "")
    window.resize(1024, 700)
    assert not window.here().end.isVisible()
    assert window.here().list.isVisible()


def test_pictures_of_every_screen(tmp_path):
    """As whoever asks for them does: `demo --shots`."""
    command = [sys.executable, "-m", "g20desk", "demo", "--shots", str(tmp_path / "shots")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Traceback" not in told.stderr, told.stderr
    pictures = sorted((tmp_path / "shots").glob("*.png"))
    assert {p.stem for p in pictures} == {f"{screen}-{mode}" for screen in names() for mode, *_ in MODES}
    for path in pictures:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1440, 900)
        assert len({image.pixel(x, y) for x in range(0, 1440, 9) for y in range(0, 900, 9)}) > 8


def test_no_sdk_is_loaded_at_start():
    code = (
        "import sys, ui.app, ui.window; "
        "print([m for m in ('tweepy', 'atproto', 'mastodon', 'PIL', 'psycopg') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
