"""What the hours and the month have in common: chips that are picked by arrows or a click, and opened."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStyle, QWidget

from ui.calendar.pages import Chip, Page
from ui.calendar.plan import said
from ui.texts import t

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}


class Board(QWidget):
    """Focusable; the picked chip is said in words."""

    opened = Signal(str)
    picked = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.page: Page | None = None
        self.at = 0
        self.boxes: list[tuple[QRect, Chip]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def put(self, page: Page) -> None:
        """Show a page; the same post stays picked. A new page begins with the next post."""
        held, fresh = (
            self.current(),
            self.page is None or (self.page.start, self.page.count) != (page.start, page.count),
        )
        self.page = page
        ids = [c.id for c in page.chips]
        if held is not None and held.id in ids:
            self.at = ids.index(held.id)
        elif fresh:
            self.at = next((n for n, c in enumerate(page.chips) if c.at >= page.now), 0)
        self.at = max(0, min(self.at, len(ids) - 1))
        self.updateGeometry()
        self.say()
        self.update()

    def current(self) -> Chip | None:
        """The picked chip."""
        chips = self.page.chips if self.page else ()
        return chips[self.at] if self.at < len(chips) else None

    def say(self) -> None:
        """The picked chip, aloud and for the side panel."""
        chip = self.current()
        quiet = [f"{b.words}, {b.scope}, {said(b)}" for b in (self.page.bands if self.page else ())]
        self.setAccessibleDescription(". ".join([chip.sentence() if chip else t("No posts here."), *quiet]))
        self.picked.emit(chip)

    def pick(self, id: str) -> None:
        """Pick a post by its id."""
        for n, chip in enumerate(self.page.chips if self.page else ()):
            if chip.id == id:
                self.at = n
                self.say()
                self.update()

    def flip(self, box: QRect) -> QRect:
        """A box as it stands when read from the start."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down (J K) pick; Enter opens."""
        count = len(self.page.chips) if self.page else 0
        step = STEPS.get(Qt.Key(event.key()), 0)
        if step and count and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.at = max(0, min(count - 1, self.at + step))
            self.say()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (chip := self.current()):
            self.opened.emit(chip.id)
        else:
            super().keyPressEvent(event)

    def chip_at(self, spot: QPoint) -> Chip | None:
        """Which chip is there."""
        return next((chip for box, chip in self.boxes if box.contains(spot)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        chip = self.chip_at(event.position().toPoint())
        if chip is not None:
            self.pick(chip.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two open."""
        chip = self.chip_at(event.position().toPoint())
        if chip is not None:
            self.opened.emit(chip.id)
