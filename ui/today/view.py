"""Today's widgets."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.rows import Row, RowModel
from ui.screen import Screen
from ui.texts import t
from ui.today.presenter import Today, TodayPresenter
from ui.widgets.base import Icon, Label, clear, column, line, panel, rule, scrolled, told
from ui.widgets.begin import new_message
from ui.widgets.button import KeyButton
from ui.widgets.rowlist import RowList
from ui.widgets.time_strip import TimeStrip

if TYPE_CHECKING:
    from ui.widgets.sign_bar import SignBar


class TodayView(Screen):
    """The strip above, the lists below, facts at the end."""

    scope = "today"

    def __init__(self, ctx: Ctx) -> None:
        self.present = TodayPresenter(ctx)
        super().__init__(ctx, self.present, t("Today"))
        find = KeyButton(t("Find or do anything"), actions.keys("find"), "search")
        find.clicked.connect(lambda: ctx.go("find", ""))
        self.header.add(find)
        self.header.add(new_message(ctx))
        layout = self.whole = column(self.body)
        top = panel("surface", "bottom")
        upper = column(top, (0, 12, 0, 8), 6)
        row = line(upper, (24, 0, 24, 0))
        self.planned = Label("", 13, tone="text2")
        row.addWidget(Label(t("Next 12 hours"), 15, theme.BOLD))
        row.addWidget(self.planned)
        row.addStretch(1)
        calendar = KeyButton(t("Open calendar"), actions.keys("go-calendar"), kind="link")
        calendar.clicked.connect(lambda: ctx.go("calendar", ""))
        row.addWidget(calendar)
        self.strip = TimeStrip()
        upper.addWidget(self.strip)
        layout.addWidget(top)
        lower = line(gap=0)
        layout.addLayout(lower, 1)
        work = QWidget()
        main = column(work, (0, 0, 0, 12))
        self.needs_count, self.waiting_count = (
            Label("", 15, theme.MEDIUM, "text2"),
            Label("", 15, theme.MEDIUM, "text2"),
        )
        self.needs, self.waiting = RowModel(self), RowModel(self)
        self.needs_list = RowList(self.needs, t("Needs you"))
        self.waiting_list = RowList(self.waiting, t("Waiting on governments"), quiet=True)
        self.empty = Label("", 13, tone="text2")
        self.empty.setContentsMargins(24, 4, 24, 12)
        self.urgent, self.time = Label(t("Most urgent first"), 12, tone="text2"), Label(t("Time"), 12, tone="text2")
        self.none_waits = Label(t("No government has anything to decide."), 13, tone="text2")
        self.none_waits.setContentsMargins(24, 4, 24, 12)
        self._head(main, t("Needs you"), self.needs_count, self.urgent)
        main.addWidget(self.empty)
        main.addWidget(self.needs_list)
        self._head(main, t("Waiting on governments"), self.waiting_count, self.time)
        main.addWidget(self.none_waits)
        main.addWidget(self.waiting_list)
        main.addStretch(1)
        for shown in (self.needs_list, self.waiting_list):
            shown.opened.connect(self.present.open)
        self.needs_list.more.connect(self.present.more_needs)
        self.waiting_list.more.connect(self.present.more_waiting)
        lower.addWidget(scrolled(work), 1)
        side = panel("surface", "start")
        side.setFixedWidth(theme.px(352))
        inner = QWidget()
        self.side = column(inner, (0, 6, 0, 0))
        column(side, (1, 0, 0, 0)).addWidget(scrolled(inner))
        lower.addWidget(side)
        self.end = side
        self.present.loaded.connect(self._show)
        self.present.said.connect(lambda words: self.notice.say(words, tone="ok"))

    @cached_property
    def bar(self) -> SignBar:
        """The question before a hold is lifted; made when it is first asked."""
        from ui.widgets.sign_bar import SignBar

        made = SignBar()
        self.whole.addWidget(made)
        return made

    def first(self) -> QWidget:
        """The first thing that needs someone."""
        return self.needs_list if self.needs.rowCount() else self.waiting_list

    def back(self) -> bool:
        """Escape closes the question first."""
        asked = "bar" in vars(self) and self.bar.isVisible()
        if asked:
            self.bar.close_bar()
        return asked

    def _lift(self, row: Row) -> None:
        self.bar.confirm(
            row.icon,
            t("Lift the hold on “{what}”?", what=row.title),
            t("Two people lift a hold. Nothing goes out by that: a person plans each message that it stopped again."),
            row.act,
            lambda why: self.present.lift(row.id, why),
            t("Why, in one sentence"),
            True,
        )

    def _head(self, into: QVBoxLayout, words: str, count: Label, far: Label) -> None:
        row = line(into, (24, 14, 24, 6))
        row.addWidget(Label(words, 15, theme.BOLD))
        row.addWidget(count)
        row.addStretch(1)
        row.addWidget(far)

    def _show(self, data: Today) -> None:
        self.header.sub.setText(data.date)
        self.planned.setText(data.planned)
        self.strip.put(data.dots, data.now)
        self.needs_list.go_on(data.needs)
        self.waiting_list.go_on(data.waiting)
        self.needs_count.setText(str(data.needs_in_all or ""))
        self.waiting_count.setText(str(data.waiting_in_all or ""))
        self.urgent.setVisible(len(data.needs) > 1)
        self.time.setVisible(bool(data.waiting))
        self.none_waits.setVisible(not data.waiting)
        self.empty.setText(data.empty)
        self.empty.setVisible(not data.needs)
        for shown in (self.needs_list, self.waiting_list):
            shown.setFixedHeight(shown.height_needed())
            shown.setVisible(bool(shown.rows.rowCount()))
        clear(self.side)
        self._facts(t("Holds"), data.holds, t("No holds."), count=True)
        self.side.addWidget(rule())
        self._facts(t("Your desk"), data.desk, "")
        self.side.addStretch(1)

    def _facts(self, title: str, rows: list[Row], none: str, count: bool = False) -> None:
        box = QWidget()
        layout = column(box, (20, 10, 24, 14), 10)
        head = line(layout)
        head.addWidget(Label(title, 13, theme.BOLD))
        head.addStretch(1)
        if count and rows:
            head.addWidget(Label(str(len(rows)), 13, theme.BOLD, "block"))
        if not rows:
            layout.addWidget(Label(none, 12, tone="text2"))
        for row in rows:
            head = Label(row.title, 13, theme.MEDIUM, wrap=True)
            _, words = told(layout, Icon(row.icon, 20, row.tone), head, row.line, gap=13, spacing=3)
            if row.under:
                words.addWidget(Label(row.under, 12, theme.MEDIUM, "warn", wrap=True))
            if row.act:
                button = KeyButton(row.act, small=True)
                button.offer(row.why_not)
                button.setAccessibleDescription(row.why_not or row.title)
                button.clicked.connect(lambda _=False, row=row: self._lift(row))
                foot = line(words, (0, 4, 0, 0))
                foot.addWidget(button)
                foot.addStretch(1)
        self.side.addWidget(box)
