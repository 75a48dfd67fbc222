"""The Rules screen's frame: four pages over one rulebook, the end panel, what can be done, and the questions."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from g20desk.desk.rule_history import DRAFT
from ui import actions, theme
from ui.bus import Ctx
from ui.rules.acts import BROWSE, CHANGES, CODE, TRY, Acts, of_book
from ui.rules.changes import Changes
from ui.rules.changes_page import ChangesPage
from ui.rules.code_page import CodePage
from ui.rules.end import End
from ui.rules.importing import FILES, ImportBar, Importing, Source, TakeIn, ask_where
from ui.rules.presenter import RulesPresenter, Standing
from ui.rules.questions import Questions
from ui.rules.rules_page import RulesPage
from ui.rules.trial import Trial
from ui.rules.try_page import TryPage
from ui.screen import Screen
from ui.texts import t, tip
from ui.widgets.base import column, line
from ui.widgets.button import KeyButton
from ui.widgets.segments import Segments
from ui.widgets.sign_bar import SignBar

PAGES = ((BROWSE, "Rules"), (CODE, "The code"), (TRY, "Try a text"), (CHANGES, "Changes"))


class RulesView(Screen):
    """Read by everybody, changed by the office's head and officers, put in force by two people."""

    scope = "rules"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = RulesPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("Rules"))
        self.changes, self.trial = Changes(self.present), Trial(self.present)
        self.importing = Importing(self.present)
        self.page, self.wanted = BROWSE, ""
        self._head()
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.pages = QStackedWidget()
        row.addWidget(self.pages, 1)
        self._pages()
        self.end = End(self.changes)
        self.side, self.named, self.about = self.end.side, self.end.named, self.end.about
        row.addWidget(self.end)
        self.acts, self.bar, self.taking = Acts(), SignBar(), ImportBar(self.importing)
        for one in (self.acts, self.bar, self.taking):
            outer.addWidget(one)
        self.asks = Questions(self.bar, self.acts, self.present, self.changes, self.notice)
        self.bar.closed = self._offer
        self._listen()
        self.bind(self._runs())
        self._turn(BROWSE)

    # -- what it is made of

    def _head(self) -> None:
        keys = {id: actions.keys(f"page-{id}", "rules") for id, _ in PAGES}
        self.parts = Segments(t("Rules"), tuple((id, t(said), keys[id]) for id, said in PAGES))
        self.parts.chosen.connect(self.turn)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(t("Find a rule") + "   " + actions.keys("filter"))
        self.filter.setAccessibleName(t("Find a rule"))
        self.filter.setFixedSize(theme.px(208), theme.px(32))
        self.filter.textChanged.connect(lambda said: self.present.look_for(search=said))
        self.take_in = TakeIn()
        self.take_in.chosen.connect(self.take)
        self.new = KeyButton(t("New rule"), actions.keys("new-rule", "rules"), "plus", "main")
        self.new.clicked.connect(lambda: self.asks.begin())
        for one in (self.parts, self.filter, self.take_in, self.new):
            self.header.add(one)

    def _pages(self) -> None:
        self.rules, self.code = RulesPage(self.present), CodePage(self.present)
        self.try_, self.compare = TryPage(self.trial), ChangesPage(self.changes)
        for one in (self.rules, self.code, self.try_, self.compare):
            self.pages.addWidget(one)

    def _listen(self) -> None:
        present, changes = self.present, self.changes
        present.standing.connect(self._standing)
        present.listed.connect(self._looked)
        present.showed.connect(lambda shown: self.side.fill(shown, present.now))
        present.glanced.connect(lambda shown: self.named.fill(shown, present.now))
        present.coded.connect(lambda _: self.code.fill())
        present.edited.connect(self._edit)
        self.rules.altered.connect(self._offer)
        self.code.picked.connect(self._beside)
        self.code.opened.connect(self.open)
        self.try_.picked.connect(self._beside)
        self.try_.rule.connect(self.open)
        self.compare.picked.connect(lambda _: self._offer())
        self.compare.opened.connect(self.open)
        self.about.message.connect(lambda id: self.ctx.go("messages", id))
        for side in (self.side, self.named):
            side.principle.connect(self._principle)
            side.rule.connect(self.open)
        changes.compared.connect(lambda _: self._offer())
        changes.said.connect(lambda words: self.notice.say(words, tone="ok"))
        self.importing.taken.connect(self._taken)
        self.acts.wanted.connect(self._do)

    def _runs(self) -> dict[str, Any]:
        acts = {id: lambda id=id: self._do(id) for id in self.acts.buttons}
        pages = {f"page-{id}": lambda id=id: self.turn(id) for id, _ in PAGES}
        return {**acts, **pages, "new-rule": self.asks.begin, "import": self._import, "would-say": self._look_back}

    # -- where we are

    def first(self) -> QWidget:
        """The page's list, or the text to be tried."""
        held = {BROWSE: self.rules.first(), CODE: self.code.list, TRY: self.try_.editor, CHANGES: self.compare.sets}
        return held[self.page]

    def to_filter(self) -> None:
        """The rules are what is narrowed."""
        self._turn(BROWSE)
        super().to_filter()

    def regions(self) -> list[QWidget]:
        """The page's parts, in reading order."""
        parts = {
            BROWSE: [self.rules.start, self.rules.middle], CODE: [self.code.start, self.code.rules], TRY: [self.try_],
            CHANGES: [self.compare.sets, self.compare.list],
        }  # fmt: skip
        return [*parts[self.page], self.end, self.acts]

    def narrow(self, short: bool) -> None:
        """The lists give way before the work does."""
        super().narrow(short)
        for start in (self.rules.start, self.code.start, self.compare.start):
            start.setFixedWidth(min(theme.px(320), max(248, self.window().width() * 29 // 100)))

    def back(self) -> bool:
        """Escape: the question, then the form."""
        for bar in (self.bar, self.taking):
            if bar.isVisible():
                bar.close_bar()
                return True
        return self.page == BROWSE and self.rules.leave()

    def open(self, id: str) -> None:
        """A rule's page."""
        self.wanted = id
        if self.present.entries:
            self._open()
        else:
            self.present.id = id  # it is shown when the rules are here

    def _open(self) -> None:
        id, self.wanted = self.wanted, ""
        if id not in self.present.entries:
            self.present.id = "" if self.present.id == id else self.present.id
            self.notice.say(t("There is no rule {rule} in this rulebook.", rule=id))
            return
        self.rules.open(id)
        self.turn(BROWSE)

    def turn(self, page: str) -> None:
        """Another page, with the focus where it is needed."""
        self._turn(page)
        self.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turn(self, page: str) -> None:
        self.page = page
        at = [id for id, _ in PAGES].index(page)
        self.pages.setCurrentIndex(at)
        self.end.turn(page)
        self.parts.pick(page)
        self.filter.setVisible(page == BROWSE)
        self.take_in.setVisible(page == CHANGES)
        self.new.setVisible(page in (BROWSE, CHANGES))
        self.changes.look(page == CHANGES)
        if page in (CODE, TRY):
            self._beside(self.code.rules.current_id() if page == CODE else self.try_.rule_in_front())
        self._offer()

    # -- what is shown

    def _standing(self, now: Standing) -> None:
        version = now.summary.get("version", 0)
        book = t("Rulebook {n}", n=version) if version else t("The program's own rulebook")
        self.header.sub.setText(f"{book} · {t('{n} rules', n=now.total)}")
        said = t("Changes")
        self.parts.parts[CHANGES].setText(f"{said} {now.changes}" if now.changes else said)
        self.parts.parts[CHANGES].updateGeometry()
        self.try_.offer(bool(now.changes), bool(now.summary.get("proposal")))
        if self.wanted:
            self._open()
        if trouble := now.summary.get("trouble"):
            self.notice.say(str(trouble))
        self._offer()

    def _looked(self, _: object) -> None:
        if self.filter.text() != self.present.filter.search:
            self.filter.blockSignals(True)
            self.filter.setText(self.present.filter.search)
            self.filter.blockSignals(False)

    def _beside(self, id: str) -> None:
        """The rule of a finding or a principle, in the end panel; what no rule says has none."""
        if id in self.present.entries:
            self.present.glance(id)
        elif self.page == TRY:
            self.end.no_rule(id)

    def _principle(self, number: int) -> None:
        self.turn(CODE)
        self.code.pick(number)

    # -- what can be done

    def _offer(self) -> None:
        can, now = self.present.now.can, self.changes.now
        self.new.setEnabled(not self.present.may_edit())
        self.take_in.setEnabled(not self.present.may_edit())
        for button in (self.new, self.take_in):
            button.setToolTip(tip(self.present.may_edit()))
            button.setAccessibleDescription(self.present.may_edit() or button.key)
        if self.bar.isVisible() or self.taking.isVisible():
            self.acts.hide()
            return
        acts: dict[str, str] = {}
        if self.page == BROWSE:
            acts = self.acts.of_rule(self.present, bool(self.rules.editing))
            self.acts.tell(*self.rules.verdict())
        elif self.page == CHANGES:
            picked = self.compare.list.current_id() in now.found
            in_force = self.changes.which == str(self.present.now.summary.get("version"))
            acts = of_book(self.changes.which, can, self.present.now.changes, picked, now.trouble, in_force)
            own = now.about.get("by") == self.ctx.facts.person.name
            self.acts.call("withdraw", t("Withdraw") if own else t("Decline"))
            first = next((why for id in ("adopt", "propose", "withdraw", "take-over") if (why := acts.get(id, ""))), "")
            self.acts.tell(first, "info" if first else "")
        self.acts.offer(acts)

    def _do(self, id: str) -> None:
        button = self.acts.buttons[id]
        if self.acts.isVisible() and button.isVisible() and button.isEnabled():
            run = {
                "edit": self._edit, "done": self.rules.leave, "switch": self.present.switch,
                "switch-all": self.present.switch_all, "try-rule": self._try_rule,
                "take-back": self._take_back, "drop": self.asks.drop, "propose": self.asks.propose, "adopt": self.asks.adopt,
                "withdraw": self.asks.withdraw, "take-over": self.changes.take_over, "save-files": self._save,
            }[id]  # fmt: skip
            run()

    def _edit(self) -> None:
        self._turn(BROWSE)
        self.rules.edit()

    def _take_back(self) -> None:
        if self.page == CHANGES:
            self.changes.take_back(self.compare.list.current_id())
            return
        self.rules.leave(False)
        self.present.take_back()

    def _try_rule(self) -> None:
        self.turn(TRY)
        self.try_.example(self.present.entries[self.present.id])

    def _look_back(self) -> None:
        if self.page == CHANGES and self.about.go.isVisible() and self.about.go.isEnabled():
            self.changes.look_back()

    def _save(self) -> None:
        ask_where(self, self.changes.save)

    def _import(self) -> None:
        if why := self.present.may_edit():
            self.notice.say(why)
            return
        self.turn(CHANGES)
        self.take_in.ask()

    def take(self, kind: str, path: Any) -> None:
        """Look at a source; a folder of our own files needs no questions."""
        self.changes.pick(DRAFT)
        if kind == FILES:
            self.importing.take_files(path)
        else:
            self.importing.look(Source(kind, path))

    def _taken(self, rules: int) -> None:
        self.changes.which = DRAFT
        said = t("{n} rules are taken in, every one off. Switch on those that the office wants.", n=rules)
        said = t("1 rule is taken in. It is off until it is switched on.") if rules == 1 else said
        self.notice.say(t("They are among your changes.") if rules < 0 else said, tone="ok")
        self._offer()
