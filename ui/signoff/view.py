"""Sign-off's frame: the list of what waits, the reading, the route, and the bar of answers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.bus import Ctx
from ui.rows import RowModel
from ui.screen import Screen
from ui.signoff import route
from ui.signoff.amending import ANSWERS as PROPOSES
from ui.signoff.amending import AmendBar, AmendPane
from ui.signoff.answers import ANSWERS, AnswerBar
from ui.signoff.commenting import Commenting
from ui.signoff.deciding import Deciding
from ui.signoff.heading import UntilBar
from ui.signoff.model import Proposal, Reading
from ui.signoff.presenter import SignoffPresenter
from ui.signoff.proposed import takes
from ui.signoff.reading import ReadingPane, ordered
from ui.texts import DECISIONS, land, role, t
from ui.widgets.base import Elided, Icon, Label, column, line, panel, scrolled
from ui.widgets.keycaps import KeyHint
from ui.widgets.rowlist import RowList
from ui.widgets.sign_bar import SignBar


class SignoffView(Commenting, Deciding, Screen):
    """Built for four minutes."""

    scope = "sign-off"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = SignoffPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("Sign-off"), role(ctx.facts.person, ctx.facts.presidency))
        self.reading: Reading | None = None
        self.header.add(Icon("keyboard", 16))
        for keys, words in (
            ("JK", t("move")),
            ("D", t("show changes")),
            ("L", t("next language")),
            ("W", t("comment")),
        ):
            self.header.add(KeyHint(keys, words))
        outer = column(self.body)
        whole = line(outer, gap=0)
        outer.setStretch(0, 1)
        whole.addWidget(self._start())
        right = QWidget()
        center = column(right)
        row = line(center, gap=0)
        center.setStretch(0, 1)
        self.pane, self.amend = ReadingPane(), AmendPane()
        self.pages = QStackedWidget()
        self.pages.addWidget(scrolled(self.pane))
        self.pages.addWidget(scrolled(self.amend))
        row.addWidget(self.pages, 1)
        row.addWidget(self._end())
        self.acts, self.amend_bar, self.bar = AnswerBar(), AmendBar(self.amend), SignBar()
        self.reopens = UntilBar("refresh-cw", t("Lay it before all again"), ctx.zone)
        self.extends = UntilBar("timer", t("Give more time"), ctx.zone)
        self.again, self.buttons = self.acts.again, self.acts.buttons
        self.acts.hide()
        for one in (self.acts, self.amend_bar, self.bar, self.reopens, self.extends):
            center.addWidget(one)
        whole.addWidget(right, 1)
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
        self.present.done.connect(lambda words: self.notice.say(words, tone="ok"))
        self.acts.wanted.connect(self.choose)
        self.amend_bar.wanted.connect(self.propose)
        self.amend_bar.left.connect(self.leave_amending)
        self.pane.take.connect(self._take_over)
        self.pane.side_by_side.connect(self._beside)
        self.acts.reread.connect(self.present.reread)
        self.pane.language.connect(self._pick_language)
        self.pane.changes.connect(self._mark)
        self.pane.copy.connect(self.present.save_copy)
        self.pane.answer.connect(self.answer)
        self.present.said.connect(lambda: self.notice.say(t("Said. All members can read it."), tone="ok"))
        self.pane.read.connect(self.present.has_read)
        theme.watch.changed.connect(self._again)
        runs: dict[str, Any] = {code: lambda code=code: self.choose(code) for code, *_ in ANSWERS}
        runs |= {id: lambda answer=answer: self.propose(answer) for answer, id, *_ in PROPOSES}
        runs |= {verb: lambda verb=verb: self.head_does(verb) for verb in ("reopen", "extend", "close", "lift")}
        runs |= {"language": self._next, "changes": lambda: self._mark(not self.pane.marked), "reread": self._reread}
        self.bind(runs | {"take-over": self._take_first, "beside": self._beside, "comment": self.comment})

    def first(self) -> QWidget:
        """The list of what waits; where nothing does, the text."""
        return self.list if self.model.rowCount() or not self.present.loaded else self.pane

    def narrow(self, short: bool) -> None:
        """The list gives way before the work does."""
        super().narrow(short)
        self.start.setFixedWidth(min(theme.px(288), max(220, self.window().width() * 28 // 100)))

    def regions(self) -> list[QWidget]:
        """List, text, answers."""
        return [self.list, self.pages, self.amend_bar if self.amending() else self.acts]

    def back(self) -> bool:
        """Escape closes the question first, then the editor."""
        return self.step_back()

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
        held = self.list.hasFocus()
        self.list.setVisible(bool(waiting))
        if held and not waiting:
            self.pane.setFocus(Qt.FocusReason.OtherFocusReason)
        if not wanted and (first := next(iter([*here, *(r.id for r in done)]), "")):
            self._advance(first)

    def _advance(self, id: str) -> None:
        self.list.pick(id)
        if self.present.id != id:
            self.present.read(id)

    def _take_first(self) -> None:
        """The key takes over the newest that was proposed."""
        if self.reading is not None and self.reading.proposals:
            self._take_over(self.reading.proposals[0])

    def _take_over(self, proposal: Proposal) -> None:
        if self.reading is not None:
            if why := takes(self.reading):
                self.notice.say(why)
            else:
                self.present.take_over(proposal)

    def _decided(self, answer: str) -> None:
        said = t("Signed: {word}.", word=t(DECISIONS[answer].word))
        self.amend.forget(self.present.id)
        if self.amending():
            self.pages.setCurrentIndex(0)
            self.rested()
        if self.present.waits:
            self.notice.say(said + " " + t("It has not reached the office yet."), tone="warn")
        else:
            self.notice.say(said, tone="ok")
        (self.list if self.model.rowCount() else self.done).setFocus(Qt.FocusReason.OtherFocusReason)

    def _reread(self) -> None:
        if self.reading is not None and self.reading.changed:
            if self.acts.again.hasFocus():
                self.pane.setFocus(Qt.FocusReason.OtherFocusReason)
            self.present.reread()

    def _next(self) -> None:
        langs = ordered(self.reading.langs()) if self.reading is not None else []
        if langs:
            at = langs.index(self.pane.lang) if self.pane.lang in langs else -1
            self._pick_language(langs[(at + 1) % len(langs)])

    def _beside(self) -> None:
        self.pane.beside = not self.pane.beside
        self._again()

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
        if reading.changed and (open_ := next((one for one in self.bars if one.isVisible()), None)):
            open_.close_bar()
        self.pane.fill(reading, self.present.images)
        route.fill(self.side, reading, self.ctx.facts.person.role, self.head_does)
        self.acts.fill(reading)
        self._goes_on(reading)
        if not self.asking():
            self.rested()

    def _goes_on(self, reading: Reading) -> None:
        """An amendment is of the message in front: another one ends it, another text stops it."""
        if not self.amending() or self.amend.reading is None:
            return
        if self.amend.reading.data["id"] != reading.data["id"]:
            self.leave_amending()
        else:
            self.amend.reading = reading
            self.amend_bar.weigh()
