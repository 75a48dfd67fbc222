"""The calendar's side panel: the picked post, what clashes, how many of each state."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import actions, theme
from ui.calendar.pages import Chip, Clash, Page
from ui.texts import clock, day, state, t
from ui.widgets.base import Elided, Icon, Label, clear, column, line, panel, rule
from ui.widgets.button import KeyButton
from ui.widgets.chrome import column_in


class Side(QWidget):
    """Two parts, each made anew only when it differs."""

    opened = Signal(str)
    move_wanted = Signal(object)
    way_out = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        outer = column(self)
        upper, lower = panel(), panel()
        self.upper, self.lower = column(upper, (20, 16, 20, 12), 6), column(lower, (20, 4, 20, 12), 8)
        outer.addWidget(upper)
        outer.addWidget(lower)
        outer.addStretch(1)
        self.chip: Chip | None = None

    def pick(self, chip: Chip | None) -> None:
        """The picked post, its time in UTC and here."""
        if chip == self.chip:
            return
        self.chip = chip
        clear(self.upper)
        if chip is None:
            return
        look = state(chip.state)
        self.upper.addWidget(Label(chip.title, 13, theme.BOLD, wrap=True))
        head = line(self.upper, gap=8)
        head.addWidget(Icon(look.icon, 16, look.tone))
        head.addWidget(Label(t(look.word), 12, theme.MEDIUM, look.tone), 1)
        self.upper.addWidget(Label(f"{day(chip.at)} {clock(chip.at)} UTC", 13, wrap=True))
        if chip.local:
            self.upper.addWidget(Label(chip.local, 13, tone="text2", wrap=True))
        self.upper.addWidget(Label(chip.accounts, 12, tone="text2", wrap=True))
        row = line(self.upper, (0, 4, 0, 0))
        look_at = KeyButton(t("Open"), "↵", small=True)
        look_at.clicked.connect(lambda: self.opened.emit(chip.id))
        move = KeyButton(t("Move"), actions.keys("move", "calendar"), small=True)
        move.clicked.connect(lambda: self.move_wanted.emit(chip))
        row.addWidget(look_at)
        row.addWidget(move)
        row.addStretch(1)
        self.upper.addSpacing(8)
        self.upper.addWidget(rule())

    def put(self, page: Page) -> None:
        """Clashes and counts."""
        clear(self.lower)
        for clash in page.clashes[:3]:
            self._clash(clash)
        if len(page.clashes) > 3:
            self.lower.addWidget(Label(t("{n} more clashes", n=len(page.clashes) - 3), 12, tone="block"))
        self.lower.addWidget(Label(t("Shown"), 13, theme.BOLD))
        if not page.counts:
            self.lower.addWidget(Label(t("No posts here."), 12, tone="text2"))
        for code, count in page.counts:
            look = state(code)
            row = line(self.lower, gap=8)
            row.addWidget(Icon(look.icon, 14, look.tone))
            row.addWidget(Label(t(look.word), 12, theme.MEDIUM, look.tone if look.tone != "text3" else "text2"), 1)
            row.addWidget(Label(str(count), 12))

    def _clash(self, clash: Clash) -> None:
        head = line(self.lower, gap=8)
        head.addWidget(Icon("triangle-alert", 16, "block"))
        head.addWidget(Label(clash.title, 13, theme.BOLD, "block", wrap=True), 1)
        self.lower.addWidget(Label(t("Two posts within 30 minutes on the same accounts."), 13, wrap=True))
        for chip in clash.pair:
            one = line(self.lower)
            words = column_in(one)
            words.addWidget(Elided(chip.title, 13, theme.MEDIUM))
            words.addWidget(Label(f"{clock(chip.at)}, {t(state(chip.state).word).lower()}", 12, tone="text2"))
            button = KeyButton(t("Open"), small=True)
            button.setAccessibleName(f"{t('Open')} {chip.title}")
            button.clicked.connect(lambda _=False, id=chip.id: self.opened.emit(id))
            one.addWidget(button)
        way = KeyButton(t("Move the second to {time}", time=clock(clash.free)), icon="arrow-right", kind="main")
        way.clicked.connect(lambda: self.way_out.emit(clash.pair[1], clash.free))
        self.lower.addWidget(way)
        self.lower.addWidget(rule())
