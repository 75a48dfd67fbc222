"""Sign-off's frame: the list of what waits, the reading, the route, and the bar of answers."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, threads
from ui.bus import Ctx
from ui.rows import RowModel
from ui.screen import Screen
from ui.signoff import route
from ui.signoff.answers import ANSWERS, AnswerBar, spoken
from ui.signoff.presenter import Reading, SignoffPresenter
from ui.signoff.reading import ReadingPane, ordered
from ui.texts import DECISIONS, comma, land, ltr, role, t
from ui.widgets.base import Elided, Icon, Label, column, line, panel, scrolled
from ui.widgets.keycaps import KeyHint
from ui.widgets.rowlist import RowList
from ui.widgets.sign_bar import SignBar

SIGNED = "Signed with your key, kept in the record, and not taken back. A later decision is added after it."
ASKED = {
    "object": "Object to “{words}” for {who}?",
    "request-changes": "Ask for changes to “{words}” for {who}?",
    "no-objection": "No objection to “{words}” for {who}?",
    "approve": "Approve “{words}” for {who}?",
}


class SignoffView(Screen):
    """Built for four minutes."""

    scope = "sign-off"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = SignoffPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("Sign-off"), role(ctx.facts.person))
        self.reading: Reading | None = None
        self.header.add(Icon("keyboard", 16))
        for keys, words in (
            ("JK", t("move")),
            ("D", t("show changes")),
            ("L", t("next language")),
            ("M", t("comment")),
        ):
            self.header.add(KeyHint(keys, words))
        outer = column(self.body)
        whole = line(outer, gap=0)
        outer.setStretch(0, 1)
        whole.addWidget(self._start())
        middle = QWidget()
        center = column(middle)
        row = line(center, gap=0)
        center.setStretch(0, 1)
        self.pane = ReadingPane()
        row.addWidget(scrolled(self.pane), 1)
        self.acts, self.bar = AnswerBar(), SignBar()
        self.again, self.buttons = self.acts.again, self.acts.buttons
        self.acts.hide()
        center.addWidget(self.acts)
        center.addWidget(self.bar)
        whole.addWidget(middle, 1)
        row.addWidget(self._end())
        self._listen()

    def _listen(self) -> None:
        self.present.listed.connect(self._listed)
        self.present.showed.connect(self._showed)
        self.present.decided.connect(self._decided)
        self.present.advance.connect(self._advance)
        self.present.pictured.connect(self._again)
        self.list.picked.connect(self.present.read)
        self.done.picked.connect(lambda id: id and self.done.hasFocus() and self.present.read(id))
        self.list.more.connect(lambda: self.present.more("waiting"))
        self.done.more.connect(lambda: self.present.more("done"))
        self.acts.wanted.connect(self._open)
        self.acts.reread.connect(self.present.reread)
        self.pane.language.connect(self._pick_language)
        self.pane.changes.connect(self._mark)
        self.pane.copy.connect(self.present.save_copy)
        self.pane.answer.connect(self._answer)
        self.present.said.connect(lambda: self.notice.say(t("Said. All members can read it."), tone="ok"))
        self.pane.read.connect(self.present.has_read)
        theme.watch.changed.connect(self._again)
        runs: dict[str, Any] = {code: lambda code=code: self._open(code) for code, _, _ in ANSWERS}
        runs |= {
            "language": self._next,
            "changes": lambda: self._mark(not self.pane.marked),
            "reread": self._reread,
            "comment": self._comment,
        }
        self.bind(runs)

    def first(self) -> QWidget:
        """The list of what waits."""
        return self.list

    def narrow(self, short: bool) -> None:
        """The list gives way before the work does."""
        super().narrow(short)
        self.start.setFixedWidth(min(theme.px(288), max(220, self.window().width() * 28 // 100)))

    def regions(self) -> list[QWidget]:
        """List, text, answers."""
        return [self.list, self.pane, self.acts]

    def back(self) -> bool:
        """Escape closes the question first."""
        asked = self.bar.isVisible()
        if asked:
            self.bar.close_bar()
        return asked

    def open(self, id: str) -> None:
        """Read that one."""
        self.present.read(id)
        self.list.pick(id)

    def _start(self) -> QWidget:
        self.start = made = panel("surface", "end")
        made.setFixedWidth(theme.px(288))
        layout = column(made, (0, 16, 1, 8))
        head = line(layout, (16, 0, 16, 10))
        who = self.ctx.facts.person
        words = t("Waiting for {who}", who=land(who.government)) if who.government else t("Waiting for you")
        head.addWidget(Elided(words, 13, theme.BOLD), 1)
        self.count = Label("", 13, theme.MEDIUM, "text2")
        head.addWidget(self.count)
        self.model, self.past = RowModel(self), RowModel(self)
        self.list = RowList(self.model, t("Waiting for you"), narrow=True)
        self.empty = Label(t("Nothing waits for you."), 13, tone="text2", wrap=True)
        self.empty.setContentsMargins(16, 4, 16, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.list)
        self.week = Label(t("Decided this week"), 13, theme.BOLD)
        self.decided = Label("", 13, theme.MEDIUM, "text2")
        head = line(layout, (16, 18, 16, 6))
        head.addWidget(self.week)
        head.addStretch(1)
        head.addWidget(self.decided)
        self.done = RowList(self.past, t("Decided this week"), narrow=True, quiet=True)
        layout.addWidget(self.done, 1)
        return made

    def _end(self) -> QWidget:
        end = panel("surface", "start")
        end.setFixedWidth(theme.px(336))
        side = QWidget()
        self.side = QVBoxLayout(side)
        self.side.setContentsMargins(20, 20, 20, 12)
        self.side.setSpacing(0)
        column(end, (1, 0, 0, 0)).addWidget(scrolled(side))
        self.end = end
        return end

    def _listed(self, waiting: list[Any], done: list[Any]) -> None:
        wanted, here = self.present.id, [r.id for r in waiting]
        self.list.fill(waiting, wanted)
        self.done.fill(done, self.present.id)
        self.week.setVisible(bool(done))
        self.decided.setText(str(self.present.decided_total or ""))
        self.count.setText(str(self.present.total))
        self.empty.setVisible(not waiting)
        self.list.setFixedHeight(min(self.list.height_needed(), theme.px(420)))
        self.list.setVisible(bool(waiting))
        if not wanted and (first := next(iter([*here, *(r.id for r in done)]), "")):
            self._advance(first)

    def _advance(self, id: str) -> None:
        self.list.pick(id)
        if self.present.id != id:
            self.present.read(id)

    def _open(self, code: str) -> None:
        now = self.reading
        if now is None or now.changed or not self.acts.isVisible():
            return
        if why := now.can.get(code, t("There is no such answer at this stage.")):
            self.notice.say(why)
            return
        verb, glyph = next((t(v), g) for c, v, g in ANSWERS if c == code)
        must, person = code in ("object", "request-changes"), self.ctx.facts.person
        self.acts.hide()
        self.bar.closed = self.acts.show
        self.bar.confirm(
            glyph,
            t(ASKED[code], words=spoken(now.said), who=land(person.government) if person.government else person.name),
            self._besides(now) + t(SIGNED),
            t("Sign: {verb}", verb=verb.lower()),
            lambda why: self.present.decide(code, why),
            t("Why, in one sentence") if must else "",
            must,
        )

    def _comment(self) -> None:
        """On the words that are chosen, or on all of it."""
        found = self.pane.chosen()
        if found is None:
            self._say(t("Comment on all of it"), None, "")
            return
        text, start, end = found
        lang, network, number = text.key
        part = f"c.text.{lang}.{network}" if network else f"c.text.{lang}"
        about = {"part": part, "number": number, "start": start, "end": end}
        self._say(t("Comment on “{words}”", words=threads.short(text.words[start:end])), about, "")

    def _answer(self, thread: dict[str, Any]) -> None:
        last = thread["comments"][-1]
        self._say(t("Answer {person}: {words}", person=last["person"], words=threads.where(thread)), None, last["id"])

    def _say(self, words: str, about: dict[str, Any] | None, answers: str) -> None:
        now = self.reading
        if now is None:
            return
        if why := now.can.get("comment", ""):
            self.notice.say(why)
            return
        self.acts.hide()
        self.bar.closed = self.acts.show
        under = t("All members read it. It decides nothing, and is not taken back.")
        then = partial(self.present.comment, about=about, answers=answers)
        self.bar.confirm("message-square-warning", words, under, t("Comment"), then, t("What you say"), True)

    def _besides(self, now: Reading) -> str:
        """What the reader is told again before signing: that this desk finds more than was submitted."""
        rules = comma().join(dict.fromkeys(ltr(f["rule"]) for f in now.data.get("differences", ())))
        return t("This desk finds besides: {rules}.", rules=rules) + " " if rules else ""

    def _decided(self, answer: str) -> None:
        said = t("Signed: {word}.", word=t(DECISIONS[answer].word))
        if self.present.waits:
            self.notice.say(said + " " + t("It has not reached the office yet."), tone="warn")
        else:
            self.notice.say(said, tone="ok")
        (self.list if self.model.rowCount() else self.done).setFocus(Qt.FocusReason.OtherFocusReason)

    def _reread(self) -> None:
        if self.reading is not None and self.reading.changed:
            self.present.reread()

    def _next(self) -> None:
        langs = ordered(self.reading.langs()) if self.reading is not None else []
        if langs:
            at = langs.index(self.pane.lang) if self.pane.lang in langs else -1
            self._pick_language(langs[(at + 1) % len(langs)])

    def _mark(self, on: bool) -> None:
        self.pane.marked = on
        self._again()

    def _pick_language(self, code: str) -> None:
        self.pane.lang = code
        self._again()

    def _again(self) -> None:
        if self.reading is not None:
            self._showed(self.reading)

    def _showed(self, reading: Reading) -> None:
        self.reading = reading
        apart = reading.data.get("apart") or {}
        if self.present.waits == reading.data["id"] and not apart.get("pending"):
            self.present.waits = ""  # it has got there meanwhile
            self.notice.say(t("Your decision is in the office's record."), tone="ok")
        if self.model.place(reading.data["id"]) < 0:
            self.list.blockSignals(True)
            self.list.clearSelection()  # what is read is none of those that wait
            self.list.blockSignals(False)
        if reading.changed and self.bar.isVisible():
            self.bar.close_bar()
        self.pane.fill(reading, self.present.images)
        route.fill(self.side, reading)
        self.acts.fill(reading)
        self.acts.setVisible(not self.bar.isVisible())
