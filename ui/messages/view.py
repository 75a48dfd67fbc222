"""Messages' widgets: list, work, side panel with posts and history."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.messages.presenter import MessagesPresenter, Shown, moment
from ui.rows import RowModel
from ui.screen import Screen
from ui.texts import LANGS, NETWORKS, act, clock, day, ltr, state, t, when
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import Elided, Icon, Label, clear, column, line, panel, rule, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose
from ui.widgets.rowlist import RowList


class MessagesView(Screen):
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
        new = KeyButton(t("New message"), actions.keys("new"), "plus", "main")
        new.clicked.connect(lambda: ctx.go("composer", ""))
        self.header.add(self.filter)
        self.header.add(new)
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        start = panel("surface", "end")
        start.setFixedWidth(theme.px(320))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Messages"), narrow=True)
        self.empty = Label(
            t("No messages yet.") + "  " + t("New message") + ": " + actions.keys("new"), 13, tone="text2", wrap=True
        )
        self.empty.setContentsMargins(16, 16, 16, 0)
        self.empty.hide()
        inner = column(start)
        inner.addWidget(self.empty)
        inner.addWidget(self.list, 1)
        row.addWidget(start)
        work = QWidget()
        self.work = column(work, (28, 18, 28, 18), 10)
        row.addWidget(scrolled(work), 1)
        end = panel("surface", "start")
        end.setFixedWidth(theme.px(320))
        self.side = column(end, (20, 18, 20, 12), 8)
        row.addWidget(end)
        self.end = end
        self.acts = panel("surface", "bar")
        self.act_row = line(self.acts, (28, 12, 28, 12), 8)
        self.why_not = Label("", 12, tone="text2", wrap=True)
        self.act_row.addWidget(self.why_not, 1)
        self.buttons: dict[str, KeyButton] = {}
        for id, words, glyph in (
            ("withdraw", t("Withdraw"), "undo-2"),
            ("edit", t("Open the text"), "pencil"),
            ("send", t("Send what is due"), "send"),
            ("schedule", t("Schedule"), "calendar-clock"),
        ):
            button = KeyButton(words, actions.keys(id, "messages"), glyph)
            self.buttons[id] = button
            self.act_row.addWidget(button)
        outer.addWidget(self.acts)
        self.bar = AskBar()
        outer.addWidget(self.bar)
        runs = {
            "edit": self._edit,
            "schedule": self._schedule,
            "withdraw": self._withdraw,
            "send": self.present.send_due,
        }
        for id, run in runs.items():
            self.buttons[id].clicked.connect(run)
        self.bind(runs)
        self.list.picked.connect(self.present.show_one)
        self.list.opened.connect(lambda id: ctx.go("composer", id))
        self.present.listed.connect(self._listed)
        self.present.showed.connect(self._showed)
        self.present.done.connect(lambda words: self.notice.say(words, tone="ok"))
        self.shown: Shown | None = None
        theme.watch.changed.connect(self._again)

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def open(self, id: str) -> None:
        """Pick that message, now or when the list comes."""
        self.present.show_one(id)
        self.list.pick(id)

    def _again(self) -> None:
        if self.shown is not None:
            self._showed(self.shown)

    def _listed(self, rows: list[Any]) -> None:
        wanted = self.present.id
        self.model.put(rows)
        if wanted:
            self.list.pick(wanted)
        self.empty.setVisible(not rows)
        self.header.sub.setText(t("{n} in all", n=len(rows)) if rows else "")

    def _edit(self) -> None:
        if self.present.id:
            self.ctx.go("composer", self.present.id)

    def _schedule(self) -> None:
        if self.shown is None:
            return
        why, id = self.shown.can.get("schedule", ""), self.shown.data["id"]
        if why:
            self.notice.say(why)
            return
        self.bar.ask(
            t("When shall “{title}” go out?", title=self.shown.data["title"]),
            t("Schedule"),
            lambda at: self.present.schedule(id, at or "now"),
            t("now, or 2026-11-30T09:00:00+01:00[Europe/Rome]"),
            True,
            "now",
        )

    def _withdraw(self) -> None:
        if self.shown is not None and not self.shown.can.get("withdraw", ""):
            id = self.shown.data["id"]
            self.bar.ask(
                t("Withdraw “{title}”?", title=self.shown.data["title"]),
                t("Withdraw"),
                lambda why: self.present.withdraw(id, why),
                t("Why"),
                True,
            )

    def _showed(self, shown: Shown) -> None:
        self.shown, data = shown, shown.data
        clear(self.work)
        clear(self.side)
        look = state(data["state"])
        self.work.addWidget(Label(data["title"], 15, theme.BOLD, wrap=True))
        row = line(self.work, gap=6)
        row.addWidget(Icon(look.icon, 16, look.tone))
        row.addWidget(Label(t(look.word), 13, theme.MEDIUM, look.tone))
        row.addWidget(Label(t("Revision {n}", n=data["revision"]) if data.get("revision") else "", 12, tone="text2"))
        if data.get("planned_ms"):
            row.addWidget(
                Label("· " + t("planned for") + " " + when(data["planned_ms"], shown.now) + " UTC", 12, tone="text2")
            )
        row.addStretch(1)
        for text in data.get("texts", ()):
            self._text(text)
        self.work.addStretch(1)
        self.side.addWidget(Label(t("Posts"), 13, theme.BOLD))
        if not data.get("posts"):
            self.side.addWidget(Label(t("Nothing planned yet."), 12, tone="text2"))
        for post in data.get("posts", ()):
            self._post(post)
        self.side.addSpacing(8)
        self.side.addWidget(rule())
        self.side.addSpacing(8)
        self.side.addWidget(Label(t("What happened"), 13, theme.BOLD))
        for event in list(data.get("history", ()))[-9:]:
            at = moment(event["at"])
            words = f"{act(event['kind'])}, {event['person']}"
            self._line(
                "check" if event.get("counts", True) else "circle-x",
                "ok" if event.get("counts", True) else "block",
                words,
                f"{day(at)} {clock(at)} UTC"
                + (f" · {told}" if (told := event.get("why") or event.get("said")) else ""),
            )
        self.side.addStretch(1)
        for id, button in self.buttons.items():
            reason = shown.can.get(id, "")
            button.setEnabled(not reason)
        self.why_not.setText(shown.can.get("schedule", ""))

    def _text(self, text: dict[str, Any]) -> None:
        names = dict(LANGS)
        head = t(names.get(text["lang"], text["lang"]))
        if text.get("network"):
            head += " · " + NETWORKS.get(text["network"], text["network"])
        self.work.addSpacing(6)
        self.work.addWidget(Label(head, 12, theme.MEDIUM, "text2"))
        for part in text["parts"]:
            label = prose(part, 15, text["lang"])
            self.work.addWidget(label)

    def _post(self, post: dict[str, Any]) -> None:
        look = state(post["state"])
        under = t(look.word)
        if post.get("sent_at"):
            under += f" · {clock(moment(post['sent_at']))} UTC"
        if post.get("why"):
            under += f" · {post['why']}"
        self._line(look.icon, look.tone, post["account"], under, post.get("url") or "")

    def _line(self, glyph: str, tone: str, words: str, under: str, url: str = "") -> None:
        row = line(self.side, gap=10)
        holder = QVBoxLayout()
        holder.addWidget(Icon(glyph, 16, tone))
        holder.addStretch(1)
        row.addLayout(holder)
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(Label(words, 13, theme.MEDIUM, wrap=True))
        said.addWidget(Label(under, 12, tone="text2", wrap=True))
        if url:
            link = Elided(ltr(url), 12, tone="accentText")
            link.setToolTip(url)
            said.addWidget(link)
        row.addLayout(said, 1)
