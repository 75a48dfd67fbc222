"""When each account carried the line: a row an account, from when it was asked to when it went out, on one axis in UTC."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from g20desk.desk.relay_showing import Carrier
from ui import theme
from ui.texts import clock, isolated, land, ltr, t
from ui.voice import words
from ui.voice.grid import letters
from ui.voice.relay_states import RELAYS

HOUR, DAY = 3_600_000, 86_400_000
STEPS = (HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY)
NAMES, ROW, HEAD, LABEL = 196, 30, 28, 92


class Timeline(QWidget):
    """Painted; its description says each account in words. Right to left, time runs from the right."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Carrier, ...] = ()
        self.now = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("When each account carried it, UTC"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fill(self, carriers: Sequence[Carrier], now: int) -> None:
        """Show these."""
        self.rows, self.now = tuple(carriers), now
        self.setAccessibleDescription(". ".join(map(self.sentence, self.rows)) or t("Nobody was asked yet."))
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def sentence(self, one: Carrier) -> str:
        """`Brazil, BR Foreign X: Drifted, 4 March 12:10`."""
        at = one.sent_ms or one.planned_ms
        when = f", {words.moment(at, self.now)} UTC" if at else ""
        return f"{land(one.government)}, {one.account}: {t(RELAYS[one.state].word)}{when}"

    def sizeHint(self) -> QSize:
        """A row an account, and the axis."""
        return QSize(theme.px(640), theme.px(HEAD + ROW * max(1, len(self.rows)) + 12))

    def span(self) -> tuple[int, int]:
        """From the first that was asked to the last that is out or is to go out, and now where somebody is still asked; a little
        room beside."""
        times = [one.asked_ms for one in self.rows]
        times += [at for one in self.rows for at in (one.sent_ms, one.planned_ms) if at]
        times += [self.now] if any(not one.sent_ms for one in self.rows) else []
        first, last = min(times, default=self.now), max(times, default=self.now)
        room = max((last - first) // 20, HOUR // 4)
        return first - room, last + room

    def x_of(self, at: int) -> int:
        """Where a time stands, read from the start."""
        first, last = self.span()
        wide = self.width() - theme.px(NAMES) - theme.px(28)
        return theme.px(NAMES) + round((at - first) * wide / max(1, last - first))

    def labels(self) -> list[tuple[int, str]]:
        """The times that the axis names: whole hours or days of UTC, as many as there is room for."""
        first, last = self.span()
        most = max(2, (self.width() - theme.px(NAMES)) // theme.px(LABEL))
        step = next((one for one in STEPS if (last - first) / one <= most), STEPS[-1])
        begin = -(-first // step) * step
        return [
            (at, words.date(at, self.now) if step >= DAY or at % DAY == 0 else clock(at))
            for at in range(begin, last, step)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The axis, then account by account."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        way, whole = self.layoutDirection(), self.rect()

        def turned(x: int, y: int, wide: int, high: int) -> QRect:
            return QStyle.visualRect(way, whole, QRect(x, y, wide, high))

        foot = theme.px(HEAD) + theme.px(ROW) * len(self.rows)
        painter.setFont(theme.font(11, theme.MEDIUM))
        for at, said in self.labels():
            x = self.x_of(at)
            painter.fillRect(turned(x, theme.px(HEAD) - 4, 1, foot - theme.px(HEAD) + 4), theme.color("sep"))
            painter.setPen(theme.color("text3"))
            box = turned(x - theme.px(LABEL) // 2, 0, theme.px(LABEL), theme.px(HEAD) - 6)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), said)
        for n, one in enumerate(self.rows):
            self._row(painter, one, theme.px(HEAD) + n * theme.px(ROW), turned)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accentText"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -2, -2), 4, 4)

    def _row(self, painter: QPainter, one: Carrier, y: int, turned: object) -> None:
        assert callable(turned)
        high, middle = theme.px(ROW), y + theme.px(ROW) // 2
        font = theme.font(12, theme.MEDIUM)
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        side = QStyle.visualAlignment(self.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
        flags = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
        painter.drawText(turned(theme.px(28), y, theme.px(32), high), flags, ltr(letters(one.government)))
        room = theme.px(NAMES) - theme.px(72)
        name = QFontMetrics(font).elidedText(one.account, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.color("text"))
        painter.drawText(turned(theme.px(62), y, room, high), flags, isolated(name))
        begin, end = self.x_of(one.asked_ms), self.x_of(one.sent_ms or one.planned_ms or self.now)
        over = one.state in ("declined", "withdrawn")
        if not over:
            painter.fillRect(turned(begin, middle, max(1, end - begin), 1), theme.color("sepStrong"))
        painter.fillRect(turned(begin, middle - theme.px(4), 1, theme.px(9)), theme.color("sepStrong"))
        spot = turned(begin if over else end, middle, 0, 0).topLeft()
        self._mark(painter, one, spot)
        painter.fillRect(turned(theme.px(28), y + high - 1, self.width() - theme.px(56), 1), theme.color("sep"))

    def _mark(self, painter: QPainter, one: Carrier, at: QPoint) -> None:
        """A disc where it stands word for word, a triangle where it drifted, a ring where it is still to come, a cross where it
        will not."""
        size, tone = theme.px(6), theme.color(RELAYS[one.state].tone)
        painter.setPen(QPen(tone, 1.75))
        painter.setBrush(tone if one.sent_ms else theme.color("surface"))
        x, y = at.x(), at.y()
        if one.state == "drifted":
            corners = [QPointF(x, y - size), QPointF(x + size, y + size * 0.8), QPointF(x - size, y + size * 0.8)]
            painter.drawPolygon(QPolygonF(corners))
        elif one.state in ("declined", "withdrawn"):
            part = size * 0.7
            painter.drawLine(QPointF(x - part, y - part), QPointF(x + part, y + part))
            painter.drawLine(QPointF(x - part, y + part), QPointF(x + part, y - part))
        else:
            painter.drawEllipse(QPointF(x, y), size * 0.8, size * 0.8)
