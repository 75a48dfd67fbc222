"""The page of this computer: what works here and what does not, each with what to do and the command for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.desk.doctor import Check, Fact
from g20desk.desk.going_over import Rules
from ui import actions, theme
from ui.bus import Ctx
from ui.office.backup_form import BackupForm
from ui.office.computer_presenter import ComputerPresenter
from ui.office.computer_words import PARTS, STATES, says, to_do
from ui.office.frame import Page
from ui.office.keeping_presenter import KeepingPresenter
from ui.office.ways_form import WaysForm
from ui.rows import Row, RowModel
from ui.texts import ltr, t
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import Icon, Label, clear, column, line, rule, told
from ui.widgets.button import KeyButton
from ui.widgets.chrome import Notice
from ui.widgets.rowlist import RowList
from ui.widgets.side_pages import SidePages

SCOPE = "computer"


def row_of(check: Check) -> Row:
    """A part, the first thing that there is to say of it, its state and group."""
    look, (title, group) = STATES[check.state], PARTS[check.name]
    return Row(
        check.name, t(title), says(check.worst), look.icon, look.tone, t(look.word), look.tone, t(group), spoken=t(look.word),
    )  # fmt: skip


class ComputerPage(Page):
    """Everybody may look; nothing is changed."""

    scope = SCOPE

    def __init__(self, ctx: Ctx, notice: Notice) -> None:
        self.present = ComputerPresenter(ctx)
        super().__init__(ctx, self.present, notice)
        self.again = KeyButton(t("Look again"), actions.keys("look-again", SCOPE), "refresh-cw", "main")
        self.again.clicked.connect(lambda: self.look())
        self.halt = KeyButton(t("Stop"), actions.keys("back"))
        self.halt.clicked.connect(self.present.stop)
        self.heads = [self.again, self.halt]
        self.wanted = ""
        self.model = RowModel(self)
        self.list = RowList(self.model, t("This computer"))
        column(self).addWidget(self.list)
        self.pages = SidePages()
        self.end = self.pages.panel
        inner = QWidget()
        self.side: QVBoxLayout = column(inner, (20, 18, 20, 18), 8)
        self.detail = self.pages.page(inner)
        self.keeping = KeepingPresenter(ctx)
        self.keeping.setParent(self)
        self.backup, self.ways = BackupForm(), WaysForm()
        self.forms = {form: self.pages.page(form, True) for form in (self.backup, self.ways)}
        self.bar = AskBar()
        self.foots = [self.bar]
        self._hear()
        self.runs = {
            "look-again": self.look, "copy-command": self._copy_first, "ask-networks": lambda: self.look(networks=True),
            "verify-all": lambda: self.look(full=True), "back-up": self.keeping.ask_place, "ways": self.keeping.ask_ways,
            "go-over": self.keeping.ask_rules,
        }  # fmt: skip
        self.list.picked.connect(lambda _: self._show())
        self.list.opened.connect(lambda _: self.end_wanted.emit())
        self.present.found.connect(self._found)
        self.present.ended.connect(self._ended)
        theme.watch.changed.connect(self._show)

    def _hear(self) -> None:
        keeping = self.keeping
        keeping.place.connect(lambda file: self._form(self.backup, file))
        keeping.put.connect(lambda now: self._form(self.ways, now))
        keeping.rules.connect(self._go_over)
        keeping.going.connect(self.backup.going)
        keeping.working.connect(self.backup.busy)
        keeping.refused.connect(self._refused)
        keeping.done.connect(self._done)
        self.backup.wanted.connect(keeping.back_up)
        self.ways.wanted.connect(keeping.use)
        for form in self.forms:
            form.left.connect(self.leave)

    def _form(self, form: BackupForm | WaysForm, now: object) -> None:
        if not (form is self.backup and self.keeping.making):  # one that is being made stays as it is
            form.put(now)  # type: ignore[arg-type]
        self.pages.setCurrentWidget(self.forms[form])
        self.end_wanted.emit()
        if (first := form.first()) is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Back to the list; no passphrase stays behind."""
        self.backup.forget()
        self.ways.password.clear()
        self.pages.setCurrentWidget(self.detail)
        self.end_done.emit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_over(self, now: Rules) -> None:
        if now.version >= now.newest:
            self.notice.say(t("The newest version of the rules is in force."), tone="ok")
        elif not now.may:
            waits = t("Version {n} waits for a second person.", n=now.proposed)
            both = t("The head is one of the two who adopt a version.")
            self.notice.say(f"{waits} {both}" if now.proposed else both)
        else:
            words = t("Version {n} of the rules judges whatever comes after it. Desks with an older program decide and publish nothing more "
                      "until they are brought up to date. It takes a second person.", n=now.version + 1)  # fmt: skip
            verb = t("Join it") if now.proposed else t("Propose it")
            self.bar.ask(words, verb, lambda _: self.keeping.go_over())

    def _refused(self, place: str, words: str) -> None:
        shown = self.pages.currentWidget()
        form = next((form for form, page in self.forms.items() if page is shown), None)
        if form is not None:
            form.refuse(place, words)
        else:
            self.notice.say(words)

    def _done(self, words: str) -> None:
        self.leave()
        self.notice.say(words, tone="ok")
        self.look()

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def regions(self) -> list[QWidget]:
        """In reading order."""
        return [self.list, self.end, self.bar]

    def open(self, id: str) -> None:
        """A part by its name; as soon as it is there."""
        self.wanted = id
        self.list.pick(id)

    def sub(self) -> str:
        """How far it is, else what there is to do."""
        done = self.present.checks
        if self.present.running():
            return t("Looking: {n} of {all}", n=len(done), all=self.present.all)
        wrong = sum(not one.ok for one in done)
        if len(done) < self.present.all and self.present.stopped:
            return t("Stopped")
        return t("{n} to look at", n=wrong) if wrong else t("All is well") if done else ""

    def arrange(self) -> None:
        """The header as it has to be."""
        self.again.setVisible(not self.present.running())
        self.halt.setVisible(self.present.running())

    def back(self) -> bool:
        """Escape: the question, the form, then the look that is under way."""
        if self.bar.isVisible():
            self.bar.close_bar()
            return True
        if self.pages.currentWidget() is not self.detail:
            self.leave()
            return True
        if not self.present.running():
            return False
        self.present.stop()
        return True

    def look(self, *, networks: bool = False, full: bool = False) -> None:
        """Look at everything again."""
        if self.present.running():
            return
        self.wanted = self.list.current_id()
        self.model.put([])
        self.present.look(networks=networks, full=full)
        self._fit()

    def _fit(self) -> None:
        if self.isVisible():
            self.arrange()
        self.told.emit()

    def _found(self, _: Check) -> None:
        self.list.fill([row_of(one) for one in self.present.checks], self.wanted or self.list.current_id())
        self._fit()

    def _ended(self) -> None:
        if not self.wanted:
            worst = next((one.name for one in self.present.checks if not one.ok), "")
            self.list.pick(worst)
        self.wanted = ""
        self._show()
        self._fit()

    def picked(self) -> Check | None:
        """The part in hand."""
        id = self.list.current_id()
        return next((one for one in self.present.checks if one.name == id), None)

    def _show(self) -> None:
        clear(self.side)
        if (one := self.picked()) is not None:
            self.side.addWidget(Label(t(PARTS[one.name][0]), 15, theme.BOLD, wrap=True))
            for fact in one.facts:
                self._fact(fact)
            if one.code == "rules-older":
                self._button("go-over", t("Go over to the next rules"))
            self.side.addSpacing(8)
            self.side.addWidget(rule())
        self.side.addWidget(Label(
            t("Nothing is changed by looking. What only the administrator of this computer can mend has the command that does it."), 12,
            tone="text2", wrap=True))  # fmt: skip
        for id, words in (
            ("ask-networks", t("Ask the networks too")), ("verify-all", t("Verify all of the record")),
            ("back-up", t("Back up this desk")), ("ways", t("Proxy and certificate")),
        ):  # fmt: skip
            self._button(id, words)
        self.side.addStretch(1)

    def _button(self, id: str, words: str) -> None:
        button = KeyButton(words, actions.keys(id, SCOPE), small=True)
        button.clicked.connect(lambda: self.runs[id]())
        row = line(self.side)
        row.addWidget(button)
        row.addStretch(1)

    def _fact(self, fact: Fact) -> None:
        look = STATES[fact.state]
        icon = Icon(look.icon, 16, look.tone)
        icon.setAccessibleName(t(look.word))
        told(self.side, icon, Label(says(fact), 13, wrap=True), to_do(fact) if fact.state != "ok" else "", room=4)
        if fact.command and fact.state != "ok":
            command = Label(ltr(fact.command), 12, theme.MEDIUM, wrap=True)
            command.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.side.addWidget(command)
            row = line(self.side)
            copy = KeyButton(t("Copy the command"), actions.keys("copy-command", SCOPE), "copy", small=True)
            copy.clicked.connect(partial(self._copy, fact.command))
            row.addWidget(copy)
            row.addStretch(1)

    def _copy_first(self) -> None:
        one = self.picked()
        command = next((fact.command for fact in one.facts if fact.command and fact.state != "ok"), "") if one else ""
        if command:
            self._copy(command)
        else:
            self.notice.say(t("There is no command for this."))

    def _copy(self, command: str) -> None:
        QGuiApplication.clipboard().setText(command)
        self.notice.say(t("Copied: {command}", command=ltr(command)), tone="ok")
