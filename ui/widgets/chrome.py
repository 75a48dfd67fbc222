"""What frames every screen: rail, notice, busy bar, rehearsal band."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QStyle, QWidget

from ui import actions, icons, theme
from ui.actions import SCREENS
from ui.texts import error, t, tip
from ui.widgets.base import Elided, Icon, Label, clear, column, dress, line, mirrored
from ui.widgets.button import KeyButton

DOCTOR = "g20desk doctor"  # as a sentence of the desk sends people to it


class Mark(QWidget):
    """The office's sign: a ring of dots round one."""

    def __init__(self, size: int = 24) -> None:
        super().__init__()
        self.setFixedSize(theme.px(size), theme.px(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, self.width())

    @staticmethod
    def draw(painter: QPainter, size: int) -> None:
        """The sign at the painter's origin, so many pixels wide."""
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accentText"))
        middle, unit = size / 2, size / 24
        painter.drawEllipse(QRectF(middle - 3.6 * unit, middle - 3.6 * unit, 7.2 * unit, 7.2 * unit))
        painter.translate(middle, middle)
        for _ in range(10):
            painter.drawEllipse(QRectF(-1.3 * unit, -11 * unit, 2.6 * unit, 2.6 * unit))
            painter.rotate(36)
        painter.restore()


class RailItem(QAbstractButton):
    """One screen's name in the rail."""

    def __init__(self, screen: str, word: str, glyph: str) -> None:
        super().__init__()
        self.screen, self.glyph, self.count = screen, glyph, 0
        self.setText(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(theme.px(34))

    def set_count(self, count: int) -> None:
        """How many things wait there."""
        self.count = count
        self.setAccessibleDescription(t("{n} waiting", n=count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(theme.px(34 if self.property("bare") else 172), theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, word, count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, box = self.isChecked(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("accentText"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        fill = "accentSoft" if on else "sunken" if self.underMouse() else ""
        painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        side, way = theme.px(16), self.layoutDirection()
        bare = bool(self.property("bare"))
        x = (self.width() - side) // 2 if bare else theme.px(10)
        spot = QStyle.visualRect(way, self.rect(), QRect(x, (self.height() - side) // 2, side, side))
        icons.paint(painter, spot.x(), spot.y(), self.glyph, 16, "accentText" if on else "text2")
        if bare:
            if self.count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accentText"))
                painter.drawEllipse(spot.right() - 1, spot.y() - 3, 7, 7)
            return
        painter.setFont(theme.font(13, theme.BOLD if on else theme.MEDIUM))
        painter.setPen(theme.color("text" if on else "text2"))
        words = QStyle.visualRect(way, self.rect(), QRect(theme.px(36), 0, self.width() - theme.px(70), self.height()))
        start = QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft)
        painter.drawText(words, int(start | Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.count:
            painter.setPen(theme.color("accentText" if on else "text2"))
            end = QStyle.visualRect(
                way, self.rect(), QRect(self.width() - theme.px(40), 0, theme.px(30), self.height())
            )
            far = QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignRight)
            painter.drawText(end, int(far | Qt.AlignmentFlag.AlignVCenter), str(self.count))


class PersonButton(QAbstractButton):
    """Who is at this desk; in a rehearsal one may be someone else."""

    def __init__(self, who: str, under: str) -> None:
        super().__init__()
        self.setAccessibleName(t("At this desk: {who}, {name}", who=who, name=under))
        row = line(self, (10, 6, 6, 6), 9)
        row.addWidget(Icon("key-round", 16))
        words = column_in(row)
        words.addWidget(Elided(who, 12, theme.MEDIUM))
        words.addWidget(Elided(under, 11, tone="text2"))

    def sizeHint(self) -> QSize:
        """Two lines."""
        return self.layout().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring when it has the focus."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accentText"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class Rail(QWidget):
    """The screens, the office above, the person below."""

    chosen = Signal(str)

    def __init__(self, office: str, under: str, who: str, desk_line: str) -> None:
        super().__init__()
        dress(self, "rail", "end")
        self.bare = False
        self.setFixedWidth(theme.px(192))
        layout = column(self, (10, 20, 10, 14), 0)
        self.head = head = line(layout, (8, 0, 0, 0), 11)
        head.addWidget(Mark(24))
        names = column_in(head)
        self.office, self.under = Elided(office, 13, theme.BOLD), Elided(under, 11, tone="text2")
        names.addWidget(self.office)
        names.addWidget(self.under)
        layout.addSpacing(18)
        self.items: dict[str, RailItem] = {}
        for screen, word, glyph, _ in SCREENS:
            if screen == "accounts":
                gap = QWidget()
                gap.setFixedHeight(20)
                layout.addWidget(gap)
            item = RailItem(screen, t(word), glyph)
            item.clicked.connect(lambda _=False, s=screen: self.chosen.emit(s))
            self.items[screen] = item
            layout.addWidget(item)
        layout.addStretch(1)
        self.settings = RailItem("settings", t("Settings"), "settings-2")
        self.settings.setCheckable(False)
        self.settings.setAutoExclusive(False)
        layout.addWidget(self.settings)
        self.person = PersonButton(who, desk_line)
        layout.addWidget(self.person)

    def narrow(self, bare: bool) -> None:
        """Icons only; what an icon means is its tooltip too."""
        if bare == self.bare:
            return
        self.bare = bare
        self.setFixedWidth(theme.px(56) if bare else theme.px(192))
        self.layout().setContentsMargins(*((6, 20, 6, 14) if bare else (10, 20, 10, 14)))
        self.head.setContentsMargins(*mirrored(((theme.px(56) - 12 - theme.px(24)) // 2 if bare else 8, 0, 0, 0)))
        for name in (self.office, self.under, *self.person.findChildren(Elided)):
            name.setVisible(not bare)
        for item in (*self.items.values(), self.settings):
            item.setProperty("bare", bare)
            item.setToolTip(tip(item.text() if bare else ""))
            item.updateGeometry()
        self.person.setToolTip(tip(self.person.accessibleName() if bare else ""))
        room = (theme.px(56) - 12 - theme.px(16)) // 2 if bare else 10
        self.person.layout().setContentsMargins(*mirrored((room, 6, 6 if not bare else 0, 6)))

    def show_screen(self, screen: str) -> None:
        """Mark where we are."""
        if screen in self.items:
            self.items[screen].setChecked(True)


def column_in(parent: QBoxLayout) -> QBoxLayout:
    """A tight column inside a line."""
    from PySide6.QtWidgets import QVBoxLayout

    made = QVBoxLayout()
    made.setSpacing(2)
    parent.addLayout(made, 1)
    return made


class Band(QWidget):
    """The stripes of a rehearsal."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stripes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("warnSoft"))
        painter.setPen(QPen(theme.color("warn"), 3))
        for x in range(-8, self.width() + 8, 12):
            painter.drawLine(x, 6, x + 8, -2)


class BusyBar(QWidget):
    """Two pixels under the header, with Stop; shown by the worker after half a second."""

    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = column(self)
        bar = QWidget()
        bar.setFixedHeight(2)
        dress(bar, "accent")
        layout.addWidget(bar)
        row = line(layout, (24, 4, 24, 4))
        row.addWidget(Label(t("Working"), 12, tone="text2"))
        button = KeyButton(t("Stop"), small=True)
        button.clicked.connect(self.stop)
        row.addWidget(button)
        row.addStretch(1)
        self.hide()


class Notice(QWidget):
    """A strip inside the screen: what happened, what to do. It stays until it is put away. `computer_wanted`: to what works on this
    computer, where the sentence sends people there."""

    computer_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row = line(self, (24, 8, 16, 8), 10)
        self.hide()

    def say(self, words: str, help: str = "", tone: str = "warn") -> None:
        """Show a sentence."""
        clear(self.row)
        dress(self, tone, "bottom")
        glyph = {"warn": "triangle-alert", "block": "octagon-alert", "ok": "circle-check"}.get(tone, "info")
        self.row.addWidget(Icon(glyph, 16, tone))
        said = column_in(self.row)
        said.addWidget(Label(words, 13, theme.MEDIUM, wrap=True))
        if help:
            said.addWidget(Label(help, 12, tone="text2", wrap=True))
        if DOCTOR in help:
            look = KeyButton(t("What works on this computer"), actions.keys("computer"), small=True)
            look.clicked.connect(self.computer_wanted)
            self.row.addWidget(look)
        away = KeyButton(t("Put away"), small=True)
        away.clicked.connect(self.hide)
        self.row.addWidget(away)
        self.setAccessibleName(words)
        self.show()

    def refuse(self, problem: object) -> None:
        """Show an error where it concerns."""
        message, help = error(problem)
        self.say(message, help, "warn")
