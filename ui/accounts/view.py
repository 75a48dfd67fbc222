"""Accounts' widgets: the list, and at the end the account that is picked or a form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.accounts.form import AccountForm, SecretForm
from ui.accounts.presenter import AccountsPresenter, Detail
from ui.bus import Ctx
from ui.rows import RowModel
from ui.screen import Screen
from ui.texts import reason, t
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import Icon, Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.rowlist import RowList
from ui.widgets.side_pages import Paged, SidePages


class AccountsView(Paged, Screen):
    """The list; what is done to an account."""

    scope = "accounts"

    def __init__(self, ctx: Ctx) -> None:
        self.present = AccountsPresenter(ctx)
        super().__init__(ctx, self.present, t("Accounts"))
        self.add = KeyButton(t("Add an account"), actions.keys("add-account", "accounts"), "plus", "main")
        self.add.clicked.connect(self._add)
        self.header.add(self.add)
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        main = QWidget()
        layout = column(main, (0, 0, 0, 0))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Accounts"))
        self.empty = Label(t("No accounts yet.") + "  " + t("Add an account") + ": N", 13, tone="text2", wrap=True)
        self.empty.setContentsMargins(24, 16, 24, 0)
        self.empty.hide()
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        row.addWidget(main, 1)
        self.pages = SidePages()
        self.end = self.pages.panel
        detail = QWidget()
        self.side = column(detail, (20, 18, 20, 12), 8)
        self.form, self.secret = AccountForm(self.present.networks()), SecretForm()
        self.detail_page = self.pages.page(detail)
        self.form_page, self.secret_page = self.pages.page(self.form, True), self.pages.page(self.secret, True)
        row.addWidget(self.end)
        self.bar = AskBar()
        outer.addWidget(self.bar)
        self.detail: Detail | None = None
        self.shown_as: Detail | bool | None = False
        self.list.picked.connect(self.present.pick)
        self.list.opened.connect(lambda _: self._panel())
        self.present.listed.connect(self._listed)
        self.present.may_add.connect(self._may_add)
        self.present.showed.connect(self._showed)
        self.present.refused.connect(self._refused)
        self.present.working.connect(self._working)
        self.present.done.connect(self._done)
        self.form.wanted.connect(self.present.add)
        self.secret.wanted.connect(lambda told: self.present.sign_in(self.present.id, self.secret.network, told))
        for form in (self.form, self.secret):
            form.left.connect(self._leave)
        self.bind(
            {"add-account": self._add, "sign-in": self._sign_in, "grace": self._grace, "remove-account": self._remove}
        )
        self._showed(None)

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def open(self, id: str) -> None:
        """Pick that account, now or when the list comes."""
        self.present.pick(id)
        self.list.pick(id)

    def _panel(self) -> None:
        if self.drawer is not None and not self.drawer.open:
            self.drawer.toggle()

    def _may_add(self, owners: dict[str, str]) -> None:
        self.add.offer("" if "" in owners.values() else reason(next(iter(owners.values()))))
        self.form.offer(owners, self.present.ctx.facts.person.government)

    def _can(self, verb: str) -> bool:
        """Whether something can be done to the account that is picked; where not, why stands above."""
        why = self.detail.why_not.get(verb, "") if self.detail is not None else ""
        if why:
            self.notice.say(why)
        return self.detail is not None and not why

    def _add(self) -> None:
        if not self.add.isEnabled():
            self.notice.say(self.add.accessibleDescription())
            return
        self.form.fresh()
        self.pages.setCurrentWidget(self.form_page)
        self._panel()
        self.form.network.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign_in(self) -> None:
        if self.detail is not None and self.detail.signs_in and self._can("sign-in"):
            self.secret.fresh(self.detail.name, self.detail.network)
            self.pages.setCurrentWidget(self.secret_page)
            self._panel()
            self.secret.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.form.fresh()
        self.secret.fresh()
        self.pages.setCurrentWidget(self.detail_page)
        if self.drawer is not None:
            self.drawer.close()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _grace(self) -> None:
        if (now := self.detail) is not None and self._can("grace"):
            words = t("How many minutes late may a post to {name} still go out?", name=now.name)
            self.bar.ask(
                words, t("Change the grace"), lambda told: self.present.set_grace(now.name, told), t("Minutes"), True,
                str(now.minutes),
            )  # fmt: skip

    def _remove(self) -> None:
        if (now := self.detail) is not None and self._can("remove-account"):
            words = t("Nothing goes to {name} any more, and its secret is dropped.", name=now.name)
            self.bar.ask(words, t("Remove the account"), lambda _: self.present.remove(now.name))

    def _refused(self, place: str, words: str) -> None:
        page = self.pages.currentWidget()
        if page is self.form_page:
            self.form.refuse(place, words)
        elif page is self.secret_page:
            self.secret.refuse(place, words)
        else:
            self.notice.say(words)

    def _working(self, on: bool) -> None:
        self.form.busy(on)
        self.secret.busy(on)

    def _done(self, words: str) -> None:
        self._leave()
        self.notice.say(words, tone="ok")

    def _listed(self, rows: list[Any]) -> None:
        self.list.fill(rows, self.present.id)
        self.empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.header.sub.setText(t("{n} in all", n=len(rows)))

    def _showed(self, detail: Detail | None) -> None:
        self.detail = detail
        if self.shown_as == detail:
            return
        self.shown_as = detail
        clear(self.side)
        if detail is not None:
            self._one(detail)
            self.side.addSpacing(8)
            self.side.addWidget(rule())
            self.side.addSpacing(8)
        practice = detail is not None and not detail.signs_in
        title = t("A practice account has no secret") if practice else t("Secrets stay on this desk")
        words = (
            t("It answers like the network that it imitates. Nothing leaves this computer.")
            if practice
            else t(
                "A sign-in is kept in this computer's safe place for secrets. It never enters the record, and no other desk sees it."
            )
        )
        self.side.addWidget(Label(title, 13, theme.BOLD, wrap=True))
        self.side.addWidget(Label(words, 12, tone="text2", wrap=True))
        self.side.addStretch(1)

    def _one(self, detail: Detail) -> None:
        self.side.addWidget(Label(detail.name, 15, theme.BOLD, wrap=True))
        head = line(self.side, gap=8)
        head.addWidget(Icon(detail.state.icon, 16, detail.state.tone))
        head.addWidget(Label(t(detail.state.word), 13, theme.MEDIUM, detail.state.tone), 1)
        for name, words in detail.facts:
            pair = QVBoxLayout()
            pair.setSpacing(1)
            pair.addWidget(Label(name, 11, theme.MEDIUM, "text3"))
            pair.addWidget(Label(words, 13, wrap=True))
            self.side.addLayout(pair)
        self.side.addSpacing(4)
        for id, words, run, wanted in (
            ("sign-in", t("Sign in again"), self._sign_in, detail.signs_in),
            ("grace", t("Change the grace"), self._grace, True),
            ("remove-account", t("Remove the account"), self._remove, True),
        ):
            if wanted:
                button = KeyButton(words, actions.keys(id, "accounts"))
                button.offer(detail.why_not.get(id, ""))
                button.clicked.connect(run)
                self.side.addWidget(button)
