"""Things in a row that go on in the next line where a line is full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget


class Flow(QWidget):
    """Children keep the size they ask for; none is cut. One that is a flow itself, and wider than a line, goes on in further lines of
    its own. `start`: they are aligned at the start of their lines; `edge`: what is left free around them."""

    def __init__(self, gap: int = 12, start: bool = False, edge: int = 0) -> None:
        super().__init__()
        self._gap, self._start, self._edge = gap, start, edge
        self.things: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add(self, thing: QWidget) -> None:
        """Put one at the end."""
        thing.setParent(self)
        self.things.append(thing)
        self.updateGeometry()

    def clear(self) -> None:
        """Take all away."""
        for thing in self.things:
            thing.hide()
            thing.deleteLater()
        self.things = []
        self.updateGeometry()

    def shown(self) -> list[QWidget]:
        """Those that are not hidden."""
        return [one for one in self.things if not one.isHidden()]

    def size_of(self, thing: QWidget, wide: int = 1 << 20) -> QSize:
        """What it asks for, or its fixed size; of a flow, what it needs at a width."""
        size = thing.sizeHint().expandedTo(thing.minimumSize()).boundedTo(thing.maximumSize())
        if isinstance(thing, Flow) and size.width() > wide:
            return QSize(wide, thing.height_at(wide))
        return size

    def lines(self, wide: int) -> list[list[QWidget]]:
        """The things line by line."""
        made: list[list[QWidget]] = []
        room, inner = -1, wide - 2 * self._edge
        for thing in self.shown():
            need = self.size_of(thing, inner).width()
            if not made or room < need:
                made.append([])
                room = inner
            made[-1].append(thing)
            room -= need + self._gap
        return made

    def height_at(self, wide: int) -> int:
        """How high it is at a width."""
        rows, inner = self.lines(wide), wide - 2 * self._edge
        tall = sum(max(self.size_of(one, inner).height() for one in row) for row in rows)
        return tall + self._gap * max(0, len(rows) - 1) + 2 * self._edge

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [self.size_of(one) for one in self.shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide + 2 * self._edge, max((size.height() for size in sizes), default=0) + 2 * self._edge)

    def minimumSizeHint(self) -> QSize:
        """The widest thing."""
        return QSize(max((self.size_of(one).width() for one in self.shown()), default=0), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay them out."""
        super().resizeEvent(event)
        self.place()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was out of sight asked for no layout."""
        super().showEvent(event)
        self.updateGeometry()
        self.place()

    def place(self) -> None:
        """From the end of each line backwards."""
        y, inner = self._edge, self.width() - 2 * self._edge
        for row in self.lines(self.width()):
            tall = max(self.size_of(one, inner).height() for one in row)
            wide = sum(self.size_of(one, inner).width() for one in row) + self._gap * (len(row) - 1)
            x = self._edge if self._start else self.width() - self._edge - wide
            for one in row:
                size = self.size_of(one, inner)
                box = QRect(max(0, x), y + (tall - size.height()) // 2, size.width(), size.height())
                one.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))
                x += size.width() + self._gap
            y += tall + self._gap

    def event(self, event: QEvent) -> bool:
        """A child that grew or went asks for a new layout."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self.updateGeometry()
            self.place()
        return super().event(event)
