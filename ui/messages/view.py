"""Messages' widgets: list, work, side panel with posts and history."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from ui import actions, kinds, theme
from ui.bus import Ctx
from ui.messages import apart, emergency, linked, side, written
from ui.messages.model import Shown, moment
from ui.messages.presenter import MessagesPresenter
from ui.messages.proof import ProofBar
from ui.messages.questions import Questions
from ui.messages.recurring_bar import RecurringBar
from ui.messages.review_bar import ReviewBar
from ui.messages.schedule_bar import ScheduleBar
from ui.messages.stuck import StuckBox
from ui.messages.unknown import UnknownPanel
from ui.rows import RowModel
from ui.screen import Screen
from ui.texts import LANGS, t, when
from ui.widgets.bar import Bar
from ui.widgets.base import Icon, Label, clear, column, line, panel, rule, scrolled
from ui.widgets.begin import new_message
from ui.widgets.button import KeyButton
from ui.widgets.rowlist import RowList
from ui.widgets.sign_bar import SignBar

# The buttons that begin a message going with this one.
GOES_WITH = {"correct": "corrects", "reply": "replies", "quote": "quotes"}


class MessagesView(Questions, Screen):
    """The list at the start, the message, what happened to it."""

    scope = "messages"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = MessagesPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("Messages"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(t("Filter this list") + "   " + actions.keys("filter"))
        self.filter.setAccessibleName(t("Filter this list"))
        self.filter.setFixedSize(theme.px(248), theme.px(32))
        self.filter.textChanged.connect(self.present.filter)
        self.header.add(self.filter)
        self.header.add(new_message(ctx))
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.start = start = panel("surface", "end")
        start.setFixedWidth(theme.px(320))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Messages"), narrow=True)
        self.empty = QWidget()
        nothing = column(self.empty, (16, 16, 16, 0), 10)
        self.nothing = Label("", 13, tone="text2", wrap=True)
        nothing.addWidget(self.nothing)
        nothing.addWidget(new_message(ctx, "link"))
        self.empty.hide()
        inner = column(start, (0, 0, 1, 0))
        inner.addWidget(self.empty)
        inner.addWidget(self.list, 1)
        row.addWidget(start)
        work = QWidget()
        self.work = column(work, (28, 18, 28, 18), 10)
        row.addWidget(scrolled(work), 1)
        end = panel("surface", "start")
        end.setFixedWidth(theme.px(336))
        inner = QWidget()
        self.side = column(inner, (20, 18, 20, 12), 8)
        column(end, (1, 0, 0, 0)).addWidget(scrolled(inner))
        row.addWidget(end)
        self.end = end
        self.acts = Bar()
        self.acts.hide()
        self.why_not = Label("", 12, tone="text2", wrap=True)
        self.acts.told.addWidget(self.why_not)
        self.buttons: dict[str, KeyButton] = {}
        for id, words, glyph in (
            ("withdraw", t("Withdraw"), "undo-2"),
            ("edit", t("Open the text"), "pencil"),
            ("correct", t("Correct it"), "file-pen-line"),
            ("reply", t("Reply to it"), "reply"),
            ("quote", t("Quote it"), "quote"),
            ("come-back", t("Let it come back"), "repeat"),
            ("send", t("Send what is due"), "send"),
            ("schedule", t("Schedule"), "calendar-clock"),
        ):
            button = KeyButton(words, actions.keys(id, "messages"), glyph)
            self.buttons[id] = button
            self.acts.add(button)
        outer.addWidget(self.acts)
        self.bar, self.plan, self.again = SignBar(), ScheduleBar(ctx.zone), RecurringBar(ctx.zone)
        self.proof, self.review = ProofBar(), ReviewBar()
        self.plan.weighed.connect(self._weighed)
        self.bars = (self.bar, self.plan, self.again, self.proof, self.review)
        for bar in self.bars:
            bar.closed = self.acts.show
            outer.addWidget(bar)
        runs = {
            "edit": self._edit,
            "schedule": self._schedule,
            "withdraw": self._withdraw,
            **{id: partial(self._go_with, how) for id, how in GOES_WITH.items()},
            "come-back": self._come_back,
            "send": self._send,
        }
        for id, run in runs.items():
            self.buttons[id].clicked.connect(run)
        runs |= {
            "leave": self._leave_it,
            "prove": self._prove,
            "went-out": lambda: self._settle(True),
            "not-out": lambda: self._settle(False),
        }
        self.bind(runs)
        self.list.picked.connect(self.present.show_one)
        self.list.opened.connect(lambda id: ctx.go("composer", id))
        self.list.more.connect(self.present.more)
        self.present.listed.connect(self._listed)
        self.present.showed.connect(self._showed)
        self.present.offered.connect(self._offered)
        self.present.met.connect(self._met)
        self.present.done.connect(lambda words: self.notice.say(words, tone="ok"))
        self.shown: Shown | None = None
        self.panel: UnknownPanel | None = None
        theme.watch.changed.connect(self._again)

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def open(self, id: str) -> None:
        """Pick that message, now or when the list comes."""
        self.present.show_one(id)
        self.list.pick(id)

    def narrow(self, short: bool) -> None:
        """The list gives way before the work does."""
        super().narrow(short)
        self.start.setFixedWidth(min(theme.px(320), max(240, self.window().width() * 3 // 10)))

    def regions(self) -> list[QWidget]:
        """List, what can be done."""
        return [self.list, self.acts]

    def back(self) -> bool:
        """Escape closes the question first."""
        asked = self._asking()
        self._close_bars()
        return asked

    def _again(self) -> None:
        if self.shown is not None:
            self._showed(self.shown)

    def _listed(self, rows: list[Any]) -> None:
        self.list.fill(rows, self.present.id)
        self.empty.setVisible(not rows)
        self.nothing.setText(t("No message has these words.") if self.filter.text() else t("No messages yet."))
        self.acts.setVisible(bool(self.present.id) and not self._asking())
        self.header.sub.setText(t("{n} in all", n=self.present.total) if rows else "")

    def _edit(self) -> None:
        if self.present.id:
            self.ctx.go("composer", self.present.id)

    def _go_with(self, how: str) -> None:
        """A message that corrects, answers or quotes this one: of what is out."""
        if self.shown is not None:
            if why := self.shown.can.get("correct", ""):
                self.notice.say(why)
            else:
                self.present.go_with(self.shown.data["id"], how)

    def _send(self) -> None:
        if self.shown is not None and (why := self.shown.can.get("send", "")):
            self.notice.say(why)
        else:
            self.present.send_due()

    def _come_back(self) -> None:
        """Its newest text becomes a draft on some days: for those who read drafts."""
        if self.shown is not None and (why := self.shown.can.get("come-back", "")):
            self.notice.say(why)
        elif self.shown is not None:
            id, title = self.shown.data["id"], self.shown.data["title"]
            self._close_bars()
            self.acts.hide()
            self.again.ask(title, lambda comes: self.present.come_back(id, comes))

    def _confirm(self, *asked: Any) -> None:
        """The question stands in place of the buttons."""
        self._close_bars()
        self.acts.hide()
        self.bar.closed = self.acts.show
        self.bar.confirm(*asked)

    def _schedule(self) -> None:
        if self.shown is None:
            return
        if why := self.shown.can.get("schedule", ""):
            self.notice.say(why)
            return
        data, now = self.shown.data, self.shown.now
        said, cost = t("What is due goes out at once; what is out stays out."), data["cost"]
        if cost["posts"]:
            said += " " + t("It costs {amount} US$, by the prices of {date}.", amount=cost["total"], date=cost["as_of"])
        wished = (
            data.get("planned_ms"),
            moment((data.get("occasion") or {}).get("at")),
            self.shown.bound,
        )
        at = next((ms for ms in wished if ms and ms > now), None)
        self._close_bars()
        self.acts.hide()
        id = data["id"]
        self.plan.ask(
            data["title"], said, now, at, bool(data.get("together")), lambda when: self.present.schedule(id, when)
        )
        self.present.offer(id)
        self.present.weigh(id, at)

    def _asking(self) -> bool:
        return any(bar.isVisible() for bar in self.bars)

    def _close_bars(self) -> None:
        for bar in self.bars:
            if bar.isVisible():
                bar.close_bar()

    def _weighed(self, moment: object) -> None:
        if self.shown is not None:
            self.present.weigh(self.shown.data["id"], moment)  # type: ignore[arg-type]

    def _offered(self, id: str, slots: list[tuple[int, str]]) -> None:
        if self.shown is not None and self.shown.data["id"] == id:
            self.plan.offer(slots)

    def _met(self, id: str, moment: object, found: list[dict[str, Any]]) -> None:
        """What was asked about the time that is chosen now, not about one chosen before."""
        if self.shown is not None and self.shown.data["id"] == id and moment == self.plan.chosen():
            self.plan.meets(found)

    def _leave_it(self) -> None:
        if self.shown is not None and (alarms := self.shown.leavable()):
            self.present.leave(alarms)

    def _showed(self, shown: Shown) -> None:
        if self.shown is not None and self.shown.data["id"] != shown.data["id"]:
            self._close_bars()
        typed = self.panel.link.text() if self.panel is not None and self.shown and self.shown.doubt else ""
        self.shown, data, self.panel = shown, shown.data, None
        self.acts.setVisible(not self._asking())
        clear(self.work)
        if shown.doubt is not None:
            self.panel = UnknownPanel(shown.doubt)
            self.panel.link.setText(typed)
            self.panel.answered.connect(self._settle)
            self.panel.later.connect(lambda: self.ctx.go("today", ""))
            self.work.addWidget(self.panel)
            self.work.addWidget(rule())
            self.work.addSpacing(4)
        look = kinds.look(data["kind"], data["state"])
        self.work.addWidget(Label(data["title"], 15, theme.BOLD, wrap=True))
        row = line(self.work, gap=6)
        row.addWidget(Icon(look.icon, 16, look.tone))
        row.addWidget(Label(t(look.word), 13, theme.MEDIUM, look.tone))
        facts = [t("Revision {n}", n=data["revision"])] if data.get("revision") else []
        if data.get("planned_ms"):
            facts.append(t("planned for") + " " + when(data["planned_ms"], shown.now, True) + " UTC")
        if shown.bound:
            facts.append(t("not before {when}", when=when(shown.bound, shown.now, True) + " UTC"))
        row.addWidget(Label(" · ".join(facts), 12, tone="text2", wrap=True), 1)
        apart.fill(self.work, data, self.present.has_read)
        emergency.fill(self.work, data, shown.can, shown.now, self._emergency)
        linked.fill(self.work, data, self.open)
        if shown.stuck:
            self.work.addWidget(StuckBox(shown, self._schedule, self._leave_it))
        order = [code for code, _ in LANGS]
        for text in sorted(data.get("texts", ()), key=lambda x: order.index(x["lang"]) if x["lang"] in order else 9):
            written.put(self.work, text, data.get("poll"))
        self.work.addStretch(1)
        side.fill(self.side, shown, self._take_down, self._read_numbers, self._prove, self._answer)
        for id, button in self.buttons.items():
            verb = "revise" if id == "edit" else "correct" if id in GOES_WITH else id
            button.offer(shown.can.get(verb, ""))
        out = not shown.can.get("correct", "")
        for id in GOES_WITH:
            self.buttons[id].setVisible(out)
        self.buttons["withdraw"].setVisible(not (out and shown.can.get("withdraw", "")))
        self.why_not.setText(shown.can.get("schedule", ""))
