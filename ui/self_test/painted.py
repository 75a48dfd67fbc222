"""What the window paints: looked at as a picture, since a font that lacks a script paints boxes and says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QGlyphRun, QImage, QPainter, QTextLayout
from PySide6.QtWidgets import QApplication, QWidget

from ui import texts, theme
from ui.places import VIEWS
from ui.self_test import Lacking

WORD = "بب"
FACE = "😀"
FEWEST_COLOURS = 12
STEP = 7


def dressed() -> None:
    """An application, dressed, as at the program's start."""
    from ui.app import application

    texts.use("en")
    theme.wear(application(), "light")


def gone(window: QWidget) -> None:
    """Close a window, and have it deleted now: what follows starts from nothing."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def runs(words: str) -> list[QGlyphRun]:
    """How a text is set, in the window's own font."""
    layout = QTextLayout(words, theme.font(32))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout.glyphRuns()


def arabic(_: Path) -> str:
    """The shipped font is taken for Arabic; letters join, and go from right to left."""
    dressed()
    (word,), (letter,) = runs(WORD), runs(WORD[0])
    family = word.rawFont().familyName()
    if family not in theme.load_fonts():
        raise ValueError(f"Arabic is set in {family or 'no font'}, not in the program's own")
    shapes = word.glyphIndexes()
    # At the beginning, at the end and alone the letter has three shapes; 0 is the box of a font that lacks it.
    if 0 in shapes or len({*shapes, *letter.glyphIndexes()}) != 3 or not word.isRightToLeft():
        raise ValueError("Arabic letters are not joined")
    if not inked(picture(WORD)):
        raise ValueError("Arabic is not painted")
    return f"joined, from right to left, in {family}"


def emoji(_: Path) -> str:
    """A face is painted in colour, by a font of the system."""
    dressed()
    if not coloured(picture(FACE)):
        raise Lacking("no font here paints emoji in colour. On Debian and Ubuntu install fonts-noto-color-emoji")
    return "in colour"


def picture(words: str) -> QImage:
    """Words in black on white."""
    made = QImage(120, 80, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.setFont(QFont(theme.font(40)))
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(made.rect(), int(Qt.AlignmentFlag.AlignCenter), words)
    painter.end()
    return made


def colours(image: QImage) -> set[int]:
    """The colours of a sample of its pixels, as 0xAARRGGBB."""
    return set(memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")[::STEP])


def inked(image: QImage) -> bool:
    """Whether anything dark is on it."""
    return any(QColor(one).lightness() < 100 for one in colours(image))


def coloured(image: QImage) -> bool:
    """Whether anything on it is neither black, grey nor white."""
    return any(QColor(one).hsvSaturation() > 100 and QColor(one).value() > 100 for one in colours(image))


def screens(folder: Path) -> str:
    """Every screen of the rehearsal's office, painted, no two the same."""
    from g20desk.desk import Desk
    from ui.shots import grab, opened
    from ui.worker import InlineWorker

    dressed()
    worker = InlineWorker()
    window = opened(Desk.open(folder / "office", "Officer"), worker)
    window.show()
    seen: dict[str, Any] = {}
    try:
        for name in VIEWS:
            window.go(name, "")
            image = grab(window).toImage()
            if (many := len(colours(image))) < FEWEST_COLOURS:
                raise ValueError(f"the screen {name} has {many} colours")
            same = next((other for other, earlier in seen.items() if earlier == image), "")
            if same:
                raise ValueError(f"the screens {same} and {name} look the same")
            seen[name] = image
    finally:
        worker.close()
        gone(window)
    return f"{len(seen)} screens painted"
