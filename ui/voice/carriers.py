"""Who carried a line: a row for each account, what it said marked against the line, its drift in ticks and words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStyle, QVBoxLayout, QWidget

from g20desk.desk.relay_showing import Carrier, Said
from g20desk.office import drift
from ui import theme
from ui.texts import NETWORKS, RTL, isolated, land, t, tip
from ui.voice import marking, words
from ui.voice.grid import letters
from ui.voice.relay_states import RELAYS
from ui.voice.ticks import Ticks
from ui.widgets.base import Elided, Icon, Label, beside, clear, column, line, right_to_left
from ui.widgets.prose import shaped

NAME, DRIFT, TIME = 138, 176, 120
WIDEST = 16_777_215  # as Qt has it: no limit
BESIDE = 760  # from this width on, drift stands beside what was said


def at_end() -> Qt.AlignmentFlag:
    """Where a line of the interface ends."""
    far = Qt.AlignmentFlag.AlignLeft if right_to_left() else Qt.AlignmentFlag.AlignRight
    return far | Qt.AlignmentFlag.AlignAbsolute


def arrange(pairs: Iterable[QBoxLayout], wide: int) -> None:
    """What was said, and its drift beside it, or beneath it where there is little room."""
    beside_ = wide >= theme.px(BESIDE)
    way = QBoxLayout.Direction.LeftToRight if beside_ else QBoxLayout.Direction.TopToBottom
    for pair in pairs:
        if pair.direction() != way:
            pair.setDirection(way)
            pair.setSpacing(16 if beside_ else 6)
            told = pair.itemAt(1).widget()
            told.setMinimumWidth(theme.px(DRIFT) if beside_ else 0)
            told.setMaximumWidth(theme.px(DRIFT) if beside_ else WIDEST)


class Tag(QWidget):
    """A member's letters in a box; its name for who points at it or hears it."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = letters(code)
        self.setFixedSize(theme.px(30), theme.px(20))
        self.setToolTip(tip(land(code)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box and the letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("sepStrong"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font(11, theme.BOLD))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.code)


class CarrierRow(QWidget):
    """One account. It takes the focus whole; what can be done with it stands beneath once it is picked."""

    focused = Signal(str)
    stepped = Signal(int)
    opened = Signal(str)

    def __init__(self, one: Carrier, lang: str, now: int, picked: bool) -> None:
        super().__init__()
        self.picked = picked
        self.texts: list[tuple[Said, Label]] = []
        self.pairs: list[QBoxLayout] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.outer = line(self, (28, 10, 28, 10), 12)
        self.become(one, lang, now)

    def become(self, one: Carrier, lang: str, now: int) -> None:
        """Show this, in place: the focus stays."""
        self.one, self.lang, self.now = one, lang, now
        self.texts, self.pairs = [], []
        clear(self.outer)
        self.setAccessibleName(self.sentence(now))
        self.outer.addWidget(Tag(one.government), 0, Qt.AlignmentFlag.AlignTop)
        self.outer.addWidget(self._name())
        self.outer.addLayout(self._said(now), 1)
        self.outer.addLayout(self._time(now))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or beneath."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        arrange(self.pairs, self.width())

    def sentence(self, now: int) -> str:
        """All of it, for a screen reader."""
        one = self.one
        parts = [land(one.government), one.account, t(RELAYS[one.state].word)]
        parts += [f"{words.compared(said, said.lang != self.lang)[0]}. {said.text}" for said in one.said]
        parts += [words.waiting(one, now)] if one.state not in ("carried", "drifted") else []
        parts += [one.altered] if one.altered else []
        parts += [t("Left as it is")] if one.left else []
        parts += [f"{words.moment(one.sent_ms, now)} UTC"] if one.sent_ms else []
        return ". ".join(parts)

    def _name(self) -> QWidget:
        made = QWidget()
        made.setFixedWidth(theme.px(NAME))
        layout = column(made, gap=2)
        name = Label(isolated(self.one.account), 13, theme.BOLD, wrap=True)
        layout.addWidget(name)
        layout.addWidget(Elided(NETWORKS.get(self.one.network, self.one.network), 12, tone="text2"))
        layout.addStretch(1)
        return made

    def _said(self, now: int) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(8)
        for said in self.one.said:
            row = line(made, gap=16)
            self.pairs.append(row)
            row.addWidget(self._text(said), 1)
            row.addWidget(self._drift(said))
        if self.one.state not in ("carried", "drifted"):
            look = RELAYS[self.one.state]
            row = line(made, gap=8)
            label = Label(words.waiting(self.one, now), 12, tone="text2", wrap=True)
            row.addLayout(beside(Icon(look.icon, 14, look.tone), label))
            row.addWidget(Label(t(look.word), 12, theme.MEDIUM, look.tone), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
        made.addStretch(1)
        return made

    def _text(self, said: Said) -> Label:
        label = Label("", 13, wrap=True, rich=True)
        label.setAccessibleName(said.text)
        label.setAccessibleDescription(marking.spoken(said.marks) if said.marks is not None else "")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.texts.append((said, label))
        return self._written(said, label)

    def _written(self, said: Said, label: Label) -> Label:
        """Whole where it is picked, else without what stands as it is far from any mark."""
        runs = said.marks.runs if said.marks is not None else (drift.Run(drift.SAME, said.text),)
        return shaped(label, marking.markup(runs if self.picked else marking.shortened(runs)), 13, said.lang)

    def set_picked(self, picked: bool) -> None:
        """Picked, or no longer."""
        self.picked = picked
        for said, label in self.texts:
            self._written(said, label)
        self.update()

    def _drift(self, said: Said) -> QWidget:
        made = QWidget()
        made.setFixedWidth(theme.px(DRIFT))
        layout = column(made, (0, 3, 0, 0), 4)
        told, tone = words.compared(said, said.lang != self.lang)
        if self.one.altered:
            told, tone = t("The network shows something else"), "block"
        if said.marks is not None:
            layout.addWidget(Ticks(said.marks.ticks, told, said.lang in RTL))
        layout.addWidget(Label(told, 12, theme.MEDIUM, tone, wrap=True))
        layout.addStretch(1)
        return made

    def _time(self, now: int) -> QVBoxLayout:
        made = QVBoxLayout()
        words_ = words.moment(self.one.sent_ms, now) if self.one.sent_ms else ""
        label = Label(words_, 12, tone="text2")
        label.setFixedWidth(theme.px(TIME))
        label.setAlignment(at_end())
        made.addWidget(label)
        made.addStretch(1)
        return made

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To have the focus is to be picked."""
        super().focusInEvent(event)
        self.focused.emit(self.one.id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes; it stays picked."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """As a key would."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J K and arrows go to the next account, Enter opens what can be done with this one."""
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.one.id)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint and the bar of what is picked, the line below, the ring of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self.picked:
            painter.fillRect(rect, theme.color("sel"))
            bar = QStyle.visualRect(self.layoutDirection(), rect, QRect(0, 0, 3, self.height()))
            painter.fillRect(bar, theme.color("accentText"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("sep"))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accentText"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -2), 4, 4)
