"""From draft to receipt in the real window, by keys alone, onto a real PDS."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.story import Office
from ui import texts, theme
from ui.bus import Bus, Ctx, facts
from ui.widgets.link import Link
from ui.window import Window
from ui.worker import Worker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
FIRST = "Finance ministers met in Pretoria today: https://g20.example.org/debt #G20"
SECOND = "Their statement has three parts. القمة 峰会"
ALT = "A hall with a long table."


class Seat:
    """A person before the window of their desk."""

    def __init__(self, qtbot: Any, office: Office, person: str) -> None:
        desk, self.qtbot = office.desk(person), qtbot
        self.worker, bus = Worker(), Bus()
        bus.listen(desk)
        self.window = Window(Ctx(desk, facts(desk), self.worker, bus))
        bus.setParent(self.window)
        self.window.sender.stop()
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """A key where the focus is, and wait until the desk has done what it asks."""
        self.qtbot.keyClick(self.held() or self.window, key, modifier)
        self.settle()

    def type(self, words: str) -> None:
        """Words where the focus is; what no Latin keyboard has comes from an input method."""
        for script, run in groupby(words, str.isascii):
            if script:
                self.qtbot.keyClicks(self.held(), "".join(run))
            else:
                event = QInputMethodEvent()
                event.setCommitString("".join(run))
                QApplication.sendEvent(self.held(), event)

    def held(self) -> Any:
        """What has the focus, in the dialog if one is open."""
        return (QApplication.activeModalWidget() or self.window).focusWidget()

    def settle(self) -> None:
        """Nothing is being waited for, and the window is in front: offscreen has no window manager to see to that."""
        self.qtbot.waitUntil(self.worker.idle, timeout=30_000)
        QApplication.processEvents()
        if QApplication.activeModalWidget() is None and not self.window.isActiveWindow():
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def until(self, reached: Any, key: Qt.Key) -> None:
        """Press a key until we are there."""
        for _ in range(60):
            if reached():
                return
            self.press(key)
        pytest.fail(f"not reached with {key}")

    def leave(self) -> None:
        """Close the window."""
        self.settle()
        self.worker.close()
        self.window.close()


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    texts.use("en")
    theme.wear(qapp, "light")


@pytest.fixture
def photo(tmp_path: Any) -> str:
    path = tmp_path / "hall.jpg"
    Image.effect_noise((1200, 900), 80).convert("RGB").save(path, quality=92)
    return str(path)


@pytest.mark.usefixtures("dressed")
def test_a_thread_with_a_picture_goes_from_draft_to_receipt_by_keys(qtbot, tmp_path, pds, photo):
    office = Office(tmp_path / "o")
    did = office.add_bluesky(pds)

    officer = Seat(qtbot, office, "Officer")
    written = write(officer, photo)
    id = written.present.draft.id
    assert office.head.messages.show(id)["state"] == "submitted"
    assert pds.records(did) == []
    officer.leave()

    brazil = Seat(qtbot, office, "Liaison Brazil")
    read_and_approve(brazil, id)
    assert office.head.messages.show(id)["state"] == "approved"
    brazil.leave()

    officer = Seat(qtbot, office, "Officer")
    officer.press(Qt.Key.Key_G)
    officer.press(Qt.Key.Key_M)
    screen = officer.window.here()
    officer.until(lambda: screen.present.id == id, Qt.Key.Key_J)
    officer.press(Qt.Key.Key_S)
    assert screen.plan.isVisible()
    officer.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.head.messages.show(id)["state"] == "sent", timeout=60_000)
    officer.settle()

    (post,) = office.head.messages.show(id)["posts"]
    assert post["url"].startswith("https://bsky.app/profile/")
    assert [link.text() for link in screen.findChildren(Link) if link.isVisible()] == [post["url"]]
    officer.leave()

    one, two = sorted((r for r in pds.records(did)), key=lambda r: r["uri"])
    assert (one["value"]["text"], two["value"]["text"]) == (FIRST, SECOND)
    assert two["value"]["reply"]["parent"]["uri"] == one["uri"]
    (image,) = one["value"]["embed"]["images"]
    assert image["alt"] == ALT
    assert image["aspectRatio"] == {"width": 1200, "height": 900}
    assert one["uri"].rsplit("/", 1)[1] in post["url"]


def write(officer: Seat, photo: str) -> Any:
    """Two posts and a picture with its words, for Bluesky alone; submitted."""
    officer.press(Qt.Key.Key_N, CTRL)
    composer = officer.window.here()
    assert officer.held() is composer.editor
    for box in composer.start.boxes:
        if box.accessibleName() == "Bluesky, Bluesky" or not box.isChecked():
            continue
        officer.until(box.hasFocus, Qt.Key.Key_Backtab)
        officer.press(Qt.Key.Key_Space)
    assert composer.present.draft.to == ["Bluesky"]
    officer.press(Qt.Key.Key_1, CTRL)
    officer.type(FIRST)
    officer.press(Qt.Key.Key_Return, CTRL | SHIFT)
    officer.type(SECOND)
    officer.press(Qt.Key.Key_P, CTRL | SHIFT)
    dialog = composer.findChild(QFileDialog)
    dialog.findChild(QLineEdit, "fileNameEdit").setText(photo)
    officer.press(Qt.Key.Key_Return)
    officer.qtbot.waitUntil(lambda: composer.present.draft.pictures and isinstance(officer.held(), QLineEdit))
    officer.settle()
    officer.type(ALT)
    officer.qtbot.waitUntil(composer.submit.isEnabled)
    assert composer.present.answer("en", "bluesky", 1)["length"] == len(SECOND)
    officer.press(Qt.Key.Key_Return, CTRL)
    officer.press(Qt.Key.Key_Return, CTRL)  # what lies before it was read
    officer.qtbot.waitUntil(lambda: composer.present.draft.id != "")
    officer.settle()
    return composer


def read_and_approve(brazil: Seat, id: str) -> None:
    """The text, the picture's words, the four words; then the decision."""
    brazil.press(Qt.Key.Key_G)
    brazil.press(Qt.Key.Key_S)
    screen = brazil.window.here()
    brazil.until(lambda: screen.present.id == id and screen.reading is not None, Qt.Key.Key_J)
    assert len(screen.present.images) == 1
    brazil.press(Qt.Key.Key_A)
    assert all(word in screen.bar.words.text() for word in screen.reading.said)
    brazil.press(Qt.Key.Key_Return)
    brazil.qtbot.waitUntil(lambda: screen.present.queue == [])
    brazil.settle()
