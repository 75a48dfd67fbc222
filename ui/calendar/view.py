"""The calendar's widgets: day, week or month, the side panel, and the bars that move a post."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.calendar.board import Board
from ui.calendar.entry_bar import EntryBar
from ui.calendar.filed import Filed
from ui.calendar.grid import Days, HoursGrid
from ui.calendar.month import MonthGrid, WeekDays
from ui.calendar.move_bar import MoveBar
from ui.calendar.pages import QUARTER, Chip, Page
from ui.calendar.plan import Band, Habit
from ui.calendar.presenter import CalendarPresenter, Move
from ui.calendar.quiet_bar import EmbargoBar, MourningBar
from ui.calendar.side import Side
from ui.calendar.slot_bar import SlotBar
from ui.calendar.taking_in import TakingIn
from ui.calendar.tying import Tying
from ui.screen import Screen
from ui.texts import clock, reason, t
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import column, line, panel, scrolled
from ui.widgets.begin import new_message
from ui.widgets.button import KeyButton
from ui.widgets.segments import Segments
from ui.zones import DAY


class CalendarView(Filed, Screen):
    """UTC first, the desk's zone second."""

    scope = "calendar"

    def __init__(self, ctx: Ctx) -> None:
        self.present = CalendarPresenter(ctx)
        self.tying = Tying(self.present)
        super().__init__(ctx, self.present, t("Calendar"))
        before = KeyButton("", icon="chevron-left", kind="quiet")
        now = KeyButton(t("Today"), actions.keys("today", "calendar"))
        after = KeyButton("", icon="chevron-right", kind="quiet")
        self.views = Segments(t("View"), (("day", t("Day"), "D"), ("week", t("Week"), "W"), ("month", t("Month"), "M")))
        before.setAccessibleName(t("Earlier"))
        after.setAccessibleName(t("Later"))
        before.clicked.connect(lambda: self.present.move(-1))
        now.clicked.connect(lambda: self.present.move(0))
        after.clicked.connect(lambda: self.present.move(1))
        self.bring = KeyButton(t("Take in"), actions.keys("take-in", "calendar"), "folder-input")
        self.bring.clicked.connect(self._take_in)
        self.views.chosen.connect(self.present.show)
        for button in (before, now, after, self.views, self.bring, new_message(ctx)):
            self.header.add(button)
        self.stack = QStackedWidget()
        column(self.body).addWidget(self.stack)
        whole = QWidget()
        self.stack.addWidget(whole)
        self.taking = TakingIn(self.present)
        outer = column(whole)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.grid, self.month = HoursGrid(), MonthGrid()
        self.days, self.names = Days(self.grid), WeekDays(self.month)
        self.pages = QStackedWidget()
        self.area = self._page(self.days, self.grid)
        self._page(self.names, self.month)
        row.addWidget(self.pages, 1)
        self.end = panel("surface", "start")
        self.end.setFixedWidth(theme.px(288))
        self.side = Side()
        column(self.end, (1, 0, 1, 0)).addWidget(scrolled(self.side))
        row.addWidget(self.end)
        self.typed, self.bar = MoveBar(ctx.zone), AskBar()
        self.embargo = EmbargoBar(ctx.zone, self.present.place_embargo)
        self.mourning = MourningBar(ctx.zone, self.present.declare)
        self.slot = SlotBar(ctx.zone, self.present.add_slot)
        self.entry = EntryBar(ctx.zone, self.tying.put)
        self.bars = (self.bar, self.typed, self.embargo, self.mourning, self.slot, self.entry)
        for bar in self.bars:
            outer.addWidget(bar)
        self.bar.closed = self.present.stay
        for board in (self.grid, self.month):
            board.opened.connect(self.present.open)
            board.picked.connect(lambda chip, board=board: self._picked(board, chip))
        self.grid.wanted.connect(self.present.propose)
        self.month.day_wanted.connect(lambda at: self.present.show("day", at))
        self.side.opened.connect(self.present.open)
        self.side.move_wanted.connect(lambda _: self._type())
        self.side.way_out.connect(self.present.propose)
        self.side.picked.connect(lambda id: self.board().pick(id))
        self.tying.reads.connect(self._change)
        self.side.lift_wanted.connect(self._lift)
        self.side.drop_wanted.connect(self._drop)
        self.side.act_wanted.connect(lambda id: self.runs[id]())
        self.typed.wanted.connect(self.present.propose)
        self.present.loaded.connect(self._show)
        self.present.proposed.connect(self._proposed)
        self.present.dropped.connect(self.bar.hide)
        self.present.moved.connect(self._moved)
        self.present.cannot.connect(lambda why: self.notice.say(reason(why)))
        self.taking.made.connect(self._taken)
        self.present.may.connect(self._may)
        self.present.placed.connect(lambda words: self.notice.say(words, tone="ok"))
        self.bind(
            {
                "today": lambda: self.present.move(0),
                "earlier": lambda: self.present.move(self._across(-1)),
                "later": lambda: self.present.move(self._across(1)),
                "day-view": lambda: self._view("day"),
                "week-view": lambda: self._view("week"),
                "month-view": lambda: self._view("month"),
                "move": self._type,
                "quarter-earlier": lambda: self._nudge(-QUARTER),
                "quarter-later": lambda: self._nudge(QUARTER),
                "day-earlier": lambda: self._nudge(self._across(-1) * DAY),
                "day-later": lambda: self._nudge(self._across(1) * DAY),
                "move-back": self.present.move_back,
                **self._allowed(
                    {
                        "embargo": self._embargo,
                        "mourning": self._mourning,
                        "slot": self._slot,
                        "link": lambda: self._picked_one(self.tying.tie),
                        "unlink": lambda: self._picked_one(self.tying.let_go),
                        "take-in": self._take_in,
                        "entry": self._entry,
                        "change": lambda: self._picked_one(self.tying.read),
                        "take-out": lambda: self._picked_one(self.tying.take_out),
                    }
                ),
            }
        )
        self.bind({"take": lambda: self.page and self.page.take()}, "calendar-file")
        self.in_front("calendar")
        self.scrolled_to = (0, 0)

    def board(self) -> Board:
        """The one in front."""
        return self.month if self.present.view == "month" else self.grid

    def first(self) -> QWidget:
        """The days, or the rows of a file."""
        filed = self.page is not None and self.stack.currentWidget() is self.page
        return self.page.first() if filed and self.page else self.board()

    def back(self) -> bool:
        """Leave a question, or a file."""
        if self.page is not None and self.stack.currentWidget() is self.page:
            self._leave()
            return True
        asked = [bar for bar in self.bars if bar.isVisible()]
        for bar in asked:
            bar.close_bar()
        return bool(asked)

    def _page(self, head: QWidget, grid: Board) -> QWidget:
        page = QWidget()
        layout = column(page)
        layout.addWidget(head)
        area = scrolled(grid)
        layout.addWidget(area, 1)
        self.pages.addWidget(page)
        return area

    def _across(self, step: int) -> int:
        return -step if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else step

    def _view(self, view: str) -> None:
        """The same day in another view: the picked post's, where it is on this page."""
        chip = self.board().current()
        self.present.show(view, chip.at if chip is not None and view == "day" else None)

    def _nudge(self, by: int) -> None:
        chip = self.board().current()
        if chip is not None:
            self.present.nudge(chip, by)

    def _type(self) -> None:
        chip = self.board().current()
        if chip is not None:
            self.typed.ask(chip, self.present.ctx.clock.now_ms())

    def _picked_one(self, run: Callable[[Chip], object]) -> None:
        chip = self.board().current()
        if chip is not None:
            run(chip)

    def _change(self, said: dict[str, Any]) -> None:
        self.back()
        self.entry.change(said, self.present.accounts)

    def _may(self, cant: dict[str, str]) -> None:
        self.bring.offer(cant["take-in"])
        self.side.offer(cant)

    def _allowed(self, runs: dict[str, Callable[[], object]]) -> dict[str, Callable[[], object]]:
        """The same for those who may; the others are told why not."""

        def asked(id: str, run: Callable[[], object]) -> None:
            if why := self.present.cant.get(id, ""):
                self.notice.say(why)
            else:
                run()

        return {id: partial(asked, id, run) for id, run in runs.items()}

    def _entry(self) -> None:
        """At the picked post's time, or now."""
        self.back()
        chip, now = self.board().current(), self.present.ctx.clock.now_ms()
        self.entry.ask(chip.at if chip is not None else now, now, self.present.accounts, self.present.open_plans())

    def _embargo(self) -> None:
        self.back()
        self.embargo.ask(self.present.ctx.clock.now_ms(), self.present.accounts)

    def _mourning(self) -> None:
        self.back()
        self.mourning.ask(self.present.ctx.clock.now_ms(), self.present.speaks_for())

    def _slot(self) -> None:
        self.back()
        self.slot.ask(self.present.accounts)

    def _drop(self, habit: Habit) -> None:
        """A slot goes at once; a message that comes back with a reason."""
        if habit.kind == "slot":
            self.present.drop(habit, "")
            return
        self.back()
        words = t("Let “{title}” come back no more? The drafts that were made stay.", title=habit.title)
        self.bar.ask(words, t("End it"), lambda why: self.present.drop(habit, why), t("Why, in one sentence"), True)

    def _lift(self, band: Band) -> None:
        """An embargo takes two people, the head one of them; a day of mourning whoever could declare it."""
        self.back()
        embargo = band.kind == "embargo"
        words = t("Lift the embargo until {when}?", when=self.present.say(band.end)) if embargo else t("End “{title}”?", title=band.words)  # fmt: skip
        verb, run = (t("Lift it"), self.present.lift) if embargo else (t("End it"), self.present.end)
        self.bar.ask(words, verb, lambda why: run(band, why), t("Why, in one sentence"), True)

    def _picked(self, board: Board, chip: object) -> None:
        if board is self.board():
            self.side.pick(chip)  # type: ignore[arg-type]

    def _proposed(self, move: Move) -> None:
        more = move.along.sentences() if move.along else ()
        words = "\n".join([self.present.question(move), *more, *(one.sentence() for one in move.meets)])
        why = t("Why it goes out that day all the same; without a reason it waits for a person") if move.mourned else ""
        if self.bar.isVisible():
            self.bar.words.setText(words)
            self.bar.reason.setVisible(bool(why))
            self.bar.then = lambda despite: self.present.sign(move, despite)
        else:
            self.bar.ask(words, t("Move it"), lambda despite: self.present.sign(move, despite), why)

    def _moved(self, move: Move) -> None:
        keys = actions.keys("move-back", "calendar")
        help = f"{t('Move it back to {time}', time=clock(move.was) + ' UTC')}: {keys}"
        self.notice.say(t("“{title}” goes out {when}.", title=move.title, when=self.present.say(move.to)), help, "ok")

    def _show(self, page: Page) -> None:
        self.header.sub.setText(page.title)
        self.views.pick(page.view)
        held = self.focusWidget()
        board = self.board()
        self.pages.setCurrentIndex(1 if page.view == "month" else 0)
        self.grid.setAccessibleName(t("Day") if page.view == "day" else t("Week"))
        self.side.put(page)
        board.put(page)
        if held in (self.grid, self.month) and held is not board and self.isVisible():
            board.setFocus(Qt.FocusReason.OtherFocusReason)
        self.days.update()
        self.names.update()
        if page.view != "month" and self.scrolled_to != (page.start, page.count):
            self.scrolled_to = (page.start, page.count)
            self._scroll(page)

    def _scroll(self, page: Page) -> None:
        """The hour that is two before this one, or from seven in the morning."""
        today = page.start <= page.now < page.start + page.count * DAY
        hour = 3_600_000
        from_ms = max(0, (page.now % DAY // hour - 2) * hour) if today else 7 * hour
        bar = self.area.verticalScrollBar()  # type: ignore[attr-defined]
        bar.setMaximum(max(bar.maximum(), self.grid.sizeHint().height() - self.area.viewport().height()))  # type: ignore[attr-defined]
        bar.setValue(self.grid.y(from_ms) - theme.px(10))
