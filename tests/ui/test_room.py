"""No words are cut: every screen at 100 and 200 %, in both directions, in the usual window and in the smallest."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from ui import texts, theme
from ui.first_run.presenter import FirstRunPresenter
from ui.first_run.view import FirstRunView
from ui.places import VIEWS
from ui.widgets.base import Elided
from ui.widgets.choosing import Choices
from ui.worker import InlineWorker


def seen(widget: QWidget) -> bool:
    """Whether it stands in sight, or in a part that can be scrolled to it."""
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def cut(root: QWidget) -> list[str]:
    """Words that do not fit where they stand."""
    found = []
    for label in root.findChildren(QLabel):
        if (
            not seen(label)
            or not label.text()
            or isinstance(label, Elided)
            or label.textFormat() == Qt.TextFormat.RichText
        ):
            continue
        room, lines = label.contentsRect(), QFontMetrics(label.font())
        flags = int(label.alignment()) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
        need = lines.boundingRect(
            QRect(0, 0, room.width() if label.wordWrap() else 10_000, 10_000), flags, label.text()
        )
        if need.width() > room.width() + 2 or need.height() > room.height() + 2:
            found.append(f"{label.text()[:40]!r} {need.width()}x{need.height()} in {room.width()}x{room.height()}")
    for button in root.findChildren(QAbstractButton):
        need = button.sizeHint()
        tight = button.width() + 1 < need.width() or button.height() + 1 < need.height()
        if seen(button) and button.text() and tight and not button.property("bare"):
            found.append(f"button {button.text()[:40]!r} {need} in {button.size()}")
    for label in [*root.findChildren(QLabel), *root.findChildren(QAbstractButton)]:
        if seen(label) and label.text() and not in_scroll(label):
            box = QRect(label.mapTo(root, QPoint(0, 0)), label.size())
            if not root.rect().contains(box):
                found.append(f"outside: {label.text()[:40]!r} {box}")
    return found


def settle() -> None:
    """Let layouts come to rest: one that is asked for while another is done waits for the next round."""
    for _ in range(3):
        QApplication.processEvents()


def in_scroll(widget: QWidget) -> bool:
    """Whether it can be scrolled to."""
    up = widget.parentWidget()
    while up is not None:
        if isinstance(up, QScrollArea):
            return True
        up = up.parentWidget()
    return False


@pytest.mark.parametrize("screen", list(VIEWS))
@pytest.mark.parametrize(("scale", "lang"), [(1.0, "en"), (2.0, "en"), (1.0, "ar"), (2.0, "ar")])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_no_words_are_cut(qapp, open_window, screen, scale, lang, size):
    texts.use(lang)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang == "ar" else Qt.LayoutDirection.LeftToRight)
    theme.wear(qapp, "light", scale)
    window = open_window()
    window.resize(*size)
    window.go(screen, "")
    settle()
    assert window.size().toTuple() == size
    assert cut(window) == []
    if window.here().drawer is not None and window.here().drawer.short:
        window.here().toggle_panel()
        window.here().drawer.slide.stop()
        window.here().drawer.place()
        settle()
        assert cut(window) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("form", [False, True])
def test_no_words_are_cut_at_first_run(qtbot, qapp, tmp_path, scale, lang, form):
    texts.use(lang)
    theme.wear(qapp, "light", scale)
    view = FirstRunView(FirstRunPresenter(InlineWorker()), tmp_path, Choices(), lambda **_: None)
    view.present.setParent(view)
    qtbot.addWidget(view)
    view.resize(1440, 900)
    if form:
        view.form.safe.tell("This system has no keyring that keeps secrets safely.")
        view.pages.setCurrentWidget(view.form_page)
    with qtbot.waitActive(view):
        view.show()
    settle()
    assert cut(view) == []
