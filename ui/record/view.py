"""The record's widgets: what is looked for, the acts, and at the end all about the one that is picked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from g20desk.desk.record import END, Whole
from ui import actions, theme
from ui.bus import Ctx
from ui.record import carrying, side
from ui.record.checking import CheckPage
from ui.record.model import ActList
from ui.record.pending import Pending, Troubles
from ui.record.presenter import ALL, REFUSED, TENTATIVE, Listed, RecordPresenter
from ui.record.proofs import ProofPage
from ui.record.words import GROUPS
from ui.rows import RowModel
from ui.screen import Screen
from ui.texts import t
from ui.widgets.base import Label, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice
from ui.widgets.segments import Segments
from ui.widgets.side_pages import SidePages

DAY = 86_400_000
DAYS = ((0, "Any day"), (1, "Today"), (7, "Last 7 days"), (30, "Last 30 days"))


class RecordView(Screen):
    """The list is the work; the end panel explains."""

    scope = "record"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = RecordPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("Record"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(t("Filter this list") + "   " + actions.keys("filter"))
        self.filter.setAccessibleName(t("Filter this list"))
        self.filter.setFixedSize(theme.px(232), theme.px(32))
        self.filter.textChanged.connect(lambda words: self.present.narrow(words=words))
        self.views = Segments(t("Which acts"), tuple(
            (id, t(words), actions.keys(action, "record"))
            for id, words, action in (
                (ALL, "All acts", "all-acts"), (TENTATIVE, "Not yet in", "tentative-acts"),
                (REFUSED, "Refused", "refused-acts"),
            )
        ))  # fmt: skip
        self.views.pick(ALL)
        self.views.chosen.connect(self.turn)
        take = KeyButton(t("Carry or copy"), "", "usb")
        take.clicked.connect(lambda: carrying.menu(self, take, self.runs))
        check = KeyButton(t("Check the record"), actions.keys("check-record", "record"), "shield-check")
        check.clicked.connect(self.check)
        for part in (self.views, self.filter, take, check):
            self.header.add(part)
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        row.addWidget(self._main(), 1)
        self.pages = SidePages()
        self.end = self.pages.panel
        inner = QWidget()
        self.side = column(inner, (20, 18, 20, 18), 8)
        self.check_page = CheckPage()
        self.proof_page = ProofPage()
        self.detail, self.checks, self.proofs = map(self.pages.page, (inner, self.check_page, self.proof_page))
        row.addWidget(self.end)
        self.whole: Whole | None = None
        self._hear()
        self._showed(None)
        self.bind({
            "all-acts": lambda: self.turn(ALL), "tentative-acts": lambda: self.turn(TENTATIVE),
            "refused-acts": lambda: self.turn(REFUSED), "open-message": self._message, "only-message": self._only, "check-record": self.check,
            "export": self._export, "carry": self._carry, "bring": self._bring, "exchange": self._exchange,
            "check-proof": self._check_proof,
        })  # fmt: skip
        theme.watch.changed.connect(self._again)

    def first(self) -> QWidget:
        """The list; where nothing is in it, the way to all acts."""
        return self.show_all if self.empty.isVisibleTo(self) else self.list

    def open(self, id: str) -> None:
        """One of the three lists, or the acts of a message."""
        if id in self.views.parts:
            self.turn(id)
        else:
            self.present.narrow(ALL, message=id)
            self.views.pick(ALL)

    def turn(self, view: str) -> None:
        """All acts, those that have no place yet, or those that do not count."""
        self.views.pick(view)
        self.present.narrow(view)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> None:
        """The whole record again, with what was found at the end."""
        self.pages.setCurrentWidget(self.checks)
        self._panel()
        self.present.head()
        self.present.check()

    def back(self) -> bool:
        """From the check to the act, from a narrowed list to all."""
        if self.pages.currentWidget() is not self.detail:
            self._leave()
            return True
        if self.present.narrowed():
            self.all()
            return True
        return False

    def all(self) -> None:
        """Every filter off."""
        for box in self.boxes:
            box.setCurrentIndex(0)
        was = self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(was)
        self.views.pick(ALL)
        self.present.narrow(ALL, words="", group="", person="", message="", since=0, until=END)

    def _main(self) -> QWidget:
        main = QWidget()
        layout = column(main)
        bar = line(layout, (24, 10, 24, 10), 8)
        people = sorted(self.ctx.desk.office.people.values(), key=lambda one: one.name.casefold())
        self.boxes = [
            self._choice(t("Person"), [("", t("Everybody")), *((one.id, one.name) for one in people)], "person"),
            self._choice(t("Kind of act"), [("", t("All kinds")), *((id, t(said)) for id, said, _ in GROUPS)], "group"),
            self._choice(t("Days"), [(days, t(said)) for days, said in DAYS], "days"),
        ]
        for box in self.boxes:
            bar.addWidget(box, 1)
        bar.addStretch(1)
        self.narrowed = KeyButton(t("Show all acts"), "Esc", kind="link")
        self.narrowed.clicked.connect(self.all)
        self.narrowed.hide()
        bar.addWidget(self.narrowed)
        layout.addWidget(rule())
        self.pending, self.troubles = Pending(self.ctx), Troubles()
        layout.addWidget(self.troubles)
        layout.addWidget(self.pending)
        self.empty = QWidget()
        nothing = column(self.empty, (24, 16, 24, 0), 8)
        self.nothing = Label("", 13, tone="text2", wrap=True)
        self.show_all = KeyButton(t("Show all acts"), "Esc", kind="link")
        self.show_all.clicked.connect(self.all)
        nothing.addWidget(self.nothing)
        nothing.addWidget(self.show_all)
        nothing.addStretch(1)
        self.empty.hide()
        layout.addWidget(self.empty, 1)
        self.model = RowModel(self)
        self.list = ActList(self.model, t("Acts"))
        layout.addWidget(self.list, 1)
        return main

    def _choice(self, name: str, options: list[tuple[Any, str]], about: str) -> Choice:
        made = Choice()
        made.setAccessibleName(name)
        made.setFont(theme.font(12))
        made.setMinimumHeight(theme.px(28))
        made.setMinimumContentsLength(8)
        made.setSizeAdjustPolicy(made.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMaximumWidth(theme.px(170))
        for value, said in options:
            made.addItem(said, value)
        made.activated.connect(lambda at: self._narrow(about, made.itemData(at)))
        return made

    def _narrow(self, about: str, value: Any) -> None:
        if about != "days":
            self.present.narrow(**{about: value})
            return
        now = self.ctx.clock.now_ms()
        since = (now // DAY - (value - 1)) * DAY if value else 0
        self.present.narrow(since=since, until=END)

    def _hear(self) -> None:
        present, page = self.present, self.check_page
        self.list.picked.connect(present.pick)
        self.list.more.connect(present.more)
        self.list.opened.connect(lambda _: self._message() if self._panel() else None)
        self.pending.carry.clicked.connect(self._carry)
        self.pending.again.clicked.connect(self._exchange)
        self.troubles.done_again.connect(present.forget_undone)
        self.troubles.keep.connect(self._keep_proof)
        if self.ctx.touch is not None:
            for part in (self.pending, self.troubles):
                self.ctx.touch.stands.connect(part.stand)
                part.stand(self.ctx.touch.standing)
        present.listed.connect(self._listed)
        present.showed.connect(self._showed)
        present.going.connect(page.going)
        present.checked.connect(page.found)
        present.stopped.connect(page.stopped)
        present.head_known.connect(page.know)
        present.compared.connect(page.same)
        present.not_compared.connect(page.differs)
        present.done.connect(lambda words: self.notice.say(words, tone="ok"))
        page.wanted.connect(present.check)
        page.stop.connect(present.stop)
        page.left.connect(self._leave)
        page.compare.connect(present.compare)
        present.proved.connect(self._proved)
        self.proof_page.another.connect(self._check_proof)
        self.proof_page.left.connect(self._leave)

    def _only(self) -> None:
        if self.whole is not None and self.whole.act.message:
            self.open(self.whole.act.message)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _panel(self) -> bool:
        """Where the end panel is a drawer, open it; whether it was open."""
        if self.drawer is not None and not self.end.isVisible():
            self.drawer.toggle()
            return False
        return True

    def _exchange(self) -> None:
        if self.ctx.touch is not None and self.ctx.touch.standing.elsewhere:
            self.ctx.touch.wake()

    def _leave(self) -> None:
        self.present.stop()
        self.pages.setCurrentWidget(self.detail)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _message(self) -> None:
        if self.whole is not None and self.whole.act.message:
            self.ctx.go("messages", self.whole.act.message)

    def _listed(self, listed: Listed) -> None:
        there = any(row.id == self.present.id for row in listed.rows)
        self.list.fill(listed.rows, self.present.id if there else "")
        view = self.present.view
        self.header.sub.setText(t("{n} acts", n=listed.total))
        self.pending.put(listed.tentative, listed.since, view == TENTATIVE)
        self.narrowed.setVisible(self.present.narrowed() and bool(listed.rows))
        self.empty.setVisible(not listed.rows)
        self.list.setVisible(bool(listed.rows))
        self.nothing.setText(self._nothing(view))
        if not listed.rows:
            self.present.pick("")

    def _nothing(self, view: str) -> str:
        wanted = self.present.wanted
        if wanted.words or wanted.person or wanted.kinds or wanted.since or wanted.message:
            return t("No act is like that.")
        if view == TENTATIVE:
            return t("Everything you did is in the record.")
        return t("Every act counts.") if view == REFUSED else t("Nothing of the office's record is on this desk yet.")

    def _showed(self, whole: Whole | None) -> None:
        self.whole = whole
        side.fill(self.side, whole, self._message, self._only)

    def _again(self) -> None:
        self._showed(self.whole)

    def _export(self) -> None:
        carrying.ask_where(self, t("Save a copy for others"), "record.jsonl", self.present.export)

    def _carry(self) -> None:
        name = f"record.{carrying.ENDING}"
        carrying.ask_where(
            self, t("Carry on a stick"), name, lambda file: self.present.do(carrying.carry(self.ctx, file))
        )

    def _bring(self) -> None:
        title = t("Take in from a stick")
        carrying.ask_which(self, title, lambda file: self.present.do(carrying.bring(self.ctx, file)))

    def _check_proof(self) -> None:
        carrying.ask_which(self, t("Check a proof"), self.present.prove)

    def _proved(self, *told: Any) -> None:
        self.proof_page.show_one(*told)
        self.pages.setCurrentWidget(self.proofs)
        if not self.end.isVisible():
            self._panel()

    def _keep_proof(self) -> None:
        carrying.ask_where(self, t("Save what was shown"), "evidence.json", self.present.keep_proof)
