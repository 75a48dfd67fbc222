"""The calendar's widgets."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.calendar.grid import LEFT, WeekGrid
from ui.calendar.presenter import DAY, CalendarPresenter, Week
from ui.screen import Screen
from ui.texts import clock, state, t, zone_name
from ui.widgets.base import Elided, Icon, Label, clear, column, dress, line, panel, rule, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.chrome import column_in


class Days(QWidget):
    """The heads of the seven days."""

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__()
        self.grid = grid
        dress(self, "surface", "bottom")
        self.setFixedHeight(theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Day, date, and how many."""
        super().paintEvent(event)
        painter, week, way = QPainter(self), self.grid.week, self.layoutDirection()
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("sepStrong"))
        if week is None:
            return

        def flip(box: QRect) -> QRect:
            return QStyle.visualRect(way, QRect(0, 0, self.grid.width(), self.height()), box)

        near = int(
            QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft)
            | Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag.AlignAbsolute
        )
        far = int(
            QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignRight)
            | Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag.AlignAbsolute
        )
        painter.setFont(theme.font(11, theme.MEDIUM))
        painter.setPen(theme.color("text2"))
        painter.drawText(flip(QRect(20, 0, 40, self.height())), int(Qt.AlignmentFlag.AlignCenter), "UTC")
        painter.drawText(flip(QRect(58, 0, LEFT - 58, self.height())), int(Qt.AlignmentFlag.AlignCenter), zone_name())
        today = (week.now - week.start) // DAY
        for n, name in enumerate(week.days):
            x, wide = self.grid.column(n)
            if n == today:
                painter.fillRect(flip(QRect(x, 0, wide, self.height() - 1)), theme.color("accentSoft"))
            painter.setFont(theme.font(13, theme.BOLD if n == today else theme.MEDIUM))
            painter.setPen(theme.color("accentText" if n == today else "text"))
            box = flip(QRect(x + 12, 0, wide - 24, self.height()))
            painter.drawText(box, near, name)
            count = sum(c.day == n for c in week.chips)
            if count:
                painter.setFont(theme.font(11))
                painter.setPen(theme.color("text2"))
                painter.drawText(box, far, str(count))


class CalendarView(Screen):
    """A week, and what clashes in it."""

    scope = "calendar"

    def __init__(self, ctx: Ctx) -> None:
        self.present = CalendarPresenter(ctx)
        super().__init__(ctx, self.present, t("Calendar"))
        before = KeyButton("", icon="chevron-left", kind="quiet")
        before.setAccessibleName(t("Week before"))
        now = KeyButton(t("Today"), actions.keys("today", "calendar"))
        after = KeyButton("", icon="chevron-right", kind="quiet")
        after.setAccessibleName(t("Week after"))
        new = KeyButton(t("New message"), actions.keys("new"), "plus", "main")
        before.clicked.connect(lambda: self.present.move(-1))
        now.clicked.connect(lambda: self.present.move(0))
        after.clicked.connect(lambda: self.present.move(1))
        new.clicked.connect(lambda: ctx.go("composer", ""))
        for button in (before, now, after, new):
            self.header.add(button)
        row = line(self.body, gap=0)
        main = QWidget()
        layout = column(main)
        self.grid = WeekGrid()
        self.days = Days(self.grid)
        self.area = scrolled(self.grid)
        layout.addWidget(self.days)
        layout.addWidget(self.area, 1)
        row.addWidget(main, 1)
        end = panel("surface", "start")
        end.setFixedWidth(theme.px(288))
        self.side = column(end, (20, 16, 20, 12), 8)
        row.addWidget(end)
        self.end = end
        self.grid.opened.connect(self.present.open)
        self.present.loaded.connect(self._show)
        self.bind(
            {
                "today": lambda: self.present.move(0),
                "earlier": lambda: self.present.move(-1),
                "later": lambda: self.present.move(1),
            }
        )
        self.placed = False

    def first(self) -> QWidget:
        """The week."""
        return self.grid

    def _show(self, week: Week) -> None:
        self.header.sub.setText(week.title)
        self.grid.put(week)
        self.days.update()
        if not self.placed:
            self.placed = True
            first = week.now % DAY - 3_600_000
            self.area.verticalScrollBar().setMaximum(self.grid.sizeHint().height())
            self.area.verticalScrollBar().setValue(
                max(0, self.grid.y(min(max(first, 0), 7 * 3_600_000)) - theme.px(30))
            )
        clear(self.side)
        for title, pair in week.clashes[:3]:
            head = line(self.side, gap=8)
            head.addWidget(Icon("triangle-alert", 16, "block"))
            head.addWidget(Label(title, 13, theme.BOLD, "block", wrap=True), 1)
            self.side.addWidget(Label(t("Two posts within 30 minutes on the same accounts."), 13, wrap=True))
            for chip in pair:
                one = line(self.side)
                words = column_in(one)
                words.addWidget(Elided(chip.title, 13, theme.MEDIUM))
                words.addWidget(Label(f"{clock(chip.at)}, {t(state(chip.state).word).lower()}", 12, tone="text2"))
                button = KeyButton(t("Open"), small=True)
                button.setAccessibleName(f"{t('Open')} {chip.title}")
                button.clicked.connect(lambda _=False, id=chip.id: self.present.open(id))
                one.addWidget(button)
            self.side.addWidget(rule())
        self.side.addWidget(Label(t("Shown"), 13, theme.BOLD))
        if not week.counts:
            self.side.addWidget(Label(t("No posts this week."), 12, tone="text2"))
        for code, count in week.counts:
            look = state(code)
            row = line(self.side, gap=8)
            row.addWidget(Icon(look.icon, 14, look.tone))
            row.addWidget(Label(t(look.word), 12, theme.MEDIUM, look.tone if look.tone != "text3" else "text2"))
            row.addStretch(1)
            row.addWidget(Label(str(count), 12))
        self.side.addStretch(1)
