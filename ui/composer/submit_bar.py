"""Before a message is submitted: by which route, who is asked first, who is not there, what time a silence has. Only then is it
signed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from g20desk.desk.submitting import StageAhead, Way
from g20desk.office.route import ALL, SILENCE
from ui import actions, hours, theme
from ui.composer.ahead import AheadDraft
from ui.texts import clock, comma, day, isolated, land, ltr, reason, span, t
from ui.widgets.bar import Bar
from ui.widgets.base import Icon, Label, clear, column, dress, line, scrolled, told
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice


class SubmitBar(Bar):
    """`wanted` carries the name of the route; Enter on the blue button and Ctrl Enter sign, Escape leaves."""

    wanted = Signal(str)

    def __init__(self, present: AheadDraft) -> None:
        super().__init__()
        dress(self, "surface", "bar")
        self.present, self.ways = present, ()
        self.was: QWidget | None = None
        self.told.setSpacing(6)
        head = line(self.told, gap=10)
        self.words = Label(t("Submit for sign-off?"), 13, theme.BOLD)
        self.route = choice(t("By which route"), [])
        self.route.currentIndexChanged.connect(lambda _: self._draw())
        head.addWidget(self.words)
        head.addWidget(self.route)
        head.addStretch(1)
        inner = QWidget()
        self.shown = column(inner, (0, 0, 12, 0), 4)
        self.area = scrolled(inner)
        inner.installEventFilter(self)
        self.told.addWidget(self.area)
        self.leave = KeyButton(t("Back"), "Esc")
        self.sign = KeyButton(t("Submit"), actions.keys("submit", "composer"), "send", "main")
        self.leave.clicked.connect(self.close_bar)
        self.sign.clicked.connect(self.send)
        self.add(self.leave)
        self.add(self.sign)
        self.signs(self.sign, self.send, self.close_bar)
        self._hours: dict[int, Any] = {}
        present.looked.connect(self.open)
        present.timed.connect(self._timed)
        present.foreseen.connect(self._changed)
        self.hide()

    def open(self) -> None:
        """What lies before the message, as the office stands now."""
        if not self.isVisible():
            self.was = self.window().focusWidget()
        self.ways = self.present.ways
        self._hours = {}
        self.route.blockSignals(True)
        self.route.clear()
        for way in self.ways:
            self.route.addItem(isolated(way.name) if way.route else t("No route: one approval"), way.name)
        self.route.blockSignals(False)
        self.route.setVisible(len(self.ways) > 1)
        one = self.ways[0].name if len(self.ways) == 1 else ""
        self.words.setText(
            t("Submit for sign-off by the route {name}?", name=isolated(one)) if one else t("Submit for sign-off?")
        )
        self.show()
        self._draw()
        (self.route if len(self.ways) > 1 else self.sign if self.sign.isEnabled() else self.leave).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def way(self) -> Way:
        """The one that is chosen."""
        return self.ways[max(0, self.route.currentIndex())]

    def send(self) -> None:
        """Submit by it."""
        if self.isVisible() and self.sign.isEnabled():
            name = self.way().name
            self.close_bar()
            self.wanted.emit(name)

    def close_bar(self) -> None:
        """Leave without submitting."""
        self.hide()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        way = self.way()
        clear(self.shown)
        self.sign.setEnabled(not way.against)
        self.sign.setAccessibleDescription(" ".join(map(reason, way.against)) or self.sign.key)
        if way.route is None:
            words = t("One head, officer or liaison who is not an author signs it off; no route is made for it.")
            self.shown.addWidget(Label(words, 13, wrap=True))
        else:
            self.shown.addWidget(Label(ltr(way.sentence), 13, wrap=True))
            first = comma().join(map(isolated, way.stages[0].people))
            if first:
                told(
                    self.shown,
                    Icon("hourglass", 16, "warn"),
                    Label(t("Asked first: {people}", people=first), 12, wrap=True),
                )
        for said in way.against:
            told(
                self.shown,
                Icon("octagon-alert", 16, "block"),
                Label(reason(said), 13, theme.MEDIUM, "block", wrap=True),
            )
        for stage in way.stages:
            self._stage(stage)
        self._fit()
        for stage in way.stages:
            if stage.lands and stage.begins not in self._hours:
                self._hours[stage.begins] = ()
                self.present.time(stage)

    def _stage(self, stage: StageAhead) -> None:
        if stage.absent:
            names = comma().join(land(one) for one in stage.absent)
            words = t("{stage}: nobody speaks for {lands} now.", stage=isolated(stage.stage.name), lands=names)
            told(self.shown, Icon("triangle-alert", 16, "warn"), Label(words, 12, theme.MEDIUM, "warn", wrap=True))
        if stage.stage.mode != SILENCE or not stage.lands:
            return
        begins, ends = stage.begins, stage.begins + stage.stage.within_ms
        how = {"stage": isolated(stage.stage.name), "time": span(stage.stage.within_ms), "end": _when(ends)}
        words = t("{stage}: a silence of {time}, until {end} UTC.", **how)
        if stage is not self.way().stages[0]:
            words = t(
                "{stage}: a silence of {time}, from {begin} until {end} UTC at the latest.", begin=_when(begins), **how
            )
        told(self.shown, Icon("timer", 16, "warn"), Label(words, 12, theme.MEDIUM, wrap=True))
        for one in self._hours.get(begins, ()):
            row = line(self.shown, (26, 0, 0, 0))
            name = Label(land(one.government), 12, theme.MEDIUM, "text2", wrap=True)
            name.setFixedWidth(theme.px(120))
            row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(" ".join(hours.sentences(one)), 12, tone="text2", wrap=True), 1)

    def _changed(self) -> None:
        """Kind, topic or accounts are others than those that it was asked for."""
        if self.isVisible():
            self.present.look_ahead()

    def _timed(self, stage: StageAhead, found: Any) -> None:
        if self.isVisible() and any(stage is one for one in self.way().stages):
            self._hours[stage.begins] = found
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it shows grew or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As high as it needs, up to what leaves the text in sight."""
        wide = max(theme.px(300), self.width() - self.ends.sizeHint().width() - 64)
        tall = min(self.shown.totalHeightForWidth(wide) + 4, theme.px(260))
        if self.area.height() != tall:
            self.area.setFixedHeight(tall)
            self.fit()

    def resizeEvent(self, event: Any) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The blue line that says: this is the step."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 0, self.width(), 2, theme.color("accentText"))


def _when(ms: int) -> str:
    return f"{day(ms)} {clock(ms)}"


def how_of(one: StageAhead) -> str:
    """`one of 3 · within 4 h`, `silence · 24 h`."""
    time, stage = span(one.stage.within_ms), one.stage
    if stage.mode == SILENCE:
        return t("silence · {time}", time=time)
    many = (
        t("all {all}", all=len(one.people))
        if stage.need == ALL
        else t("{n} of {all}", n=stage.need, all=len(one.people))
    )
    return f"{many} · {t('within {time}', time=time)}"
