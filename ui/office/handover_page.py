"""The page of the yearly handover: whose Presidency it is, the checklist with who did what by which act, rehearsing and doing it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.desk.presidency import Line
from g20desk.office.presidency import LEFT_ALONE, LEFT_OF_ACCOUNTS
from ui import actions, theme
from ui.bus import Ctx
from ui.office.deputies_page import when
from ui.office.frame import Page
from ui.office.handover_form import HandoverForm
from ui.office.handover_presenter import HandoverPresenter, Listed, Wish
from ui.office.handover_words import STATES, TO_DO, lacking, title, waits_for
from ui.rows import Row, RowModel
from ui.texts import comma, isolated, land, ltr, t
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import Icon, Label, clear, column, line, told
from ui.widgets.button import KeyButton
from ui.widgets.chrome import Notice
from ui.widgets.rowlist import RowList
from ui.widgets.side_pages import SidePages

NOW = "now"
SCOPE = "handover"


def row_of(one: Line) -> Row:
    """An item, its state, and who did it or whose turn it is."""
    look = STATES[one.state]
    by = t("{name}, {when}", name=isolated(one.by), when=when(one.at)) if one.by else ""
    turn = t("Waits for {who}", who=waits_for(one)) if one.who else ""
    line_ = " · ".join(filter(None, [by or turn, lacking(one) if one.state == "open" else ""]))
    return Row(
        one.item, title(one), line_, look.icon, look.tone, t(look.word), look.tone, t("Your turn") if one.mine else "", spoken=t(look.word),
    )  # fmt: skip


class HandoverPage(Page):
    """Everybody sees how far it has come."""

    scope = SCOPE

    def __init__(self, ctx: Ctx, notice: Notice) -> None:
        self.present = HandoverPresenter(ctx)
        super().__init__(ctx, self.present, notice)
        self.new = KeyButton(t("Hand over"), actions.keys("pass-on", SCOPE), "landmark", "main")
        self.new.clicked.connect(self.begin)
        self.heads = [self.new]
        self.wanted = ""
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Handover"))
        column(self).addWidget(self.list)
        self.pages = SidePages()
        self.end = self.pages.panel
        inner = QWidget()
        self.side: QVBoxLayout = column(inner, (20, 18, 20, 18), 8)
        self.detail = self.pages.page(inner)
        self.form = HandoverForm(self.present)
        self.form_page = self.pages.page(self.form, True)
        self.form_page.verticalScrollBar().rangeChanged.connect(lambda *_: self._to_its_end())
        self.bar = AskBar()
        self.foots = [self.bar]
        self.runs = {
            "pass-on": self.begin,
            "give-up": self._give_up,
            "leave-it": self._leave_it,
            "to-account": self._to_account,
        }
        self.list.picked.connect(lambda _: self._again())
        self.list.opened.connect(lambda _: self.end_wanted.emit())
        self.present.listed.connect(self._listed)
        self.present.rehearsed.connect(self._rehearsed)
        self.present.refused.connect(self._refused)
        self.present.done.connect(self._done)
        self.form.wanted.connect(self.present.rehearse)
        self.form.meant.connect(self._meant)
        self.form.left.connect(self.leave)
        theme.watch.changed.connect(self._again)

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def regions(self) -> list[QWidget]:
        """In reading order."""
        return [self.list, self.end, self.bar]

    def open(self, id: str) -> None:
        """An item by its name; as soon as it is there."""
        self.wanted = id
        self.list.pick(id)

    def sub(self) -> str:
        """How much is left."""
        left = sum(one.state == "open" for one in self.present.now.lines)
        if not self.present.now.lines:
            return ""
        return t("{n} items open", n=left) if left != 1 else t("1 item open")

    def arrange(self) -> None:
        """The header as it has to be."""
        self.new.setVisible(self.present.now.may)

    def back(self) -> bool:
        """Escape: the question, then the form."""
        if self.bar.isVisible():
            self.bar.close_bar()
            return True
        if self.pages.currentWidget() is not self.detail:
            self.leave()
            return True
        return False

    def leave(self) -> None:
        """Back to the list."""
        self.pages.setCurrentWidget(self.detail)
        self.end_done.emit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def picked(self) -> Line | None:
        """The item in hand."""
        id = self.list.current_id()
        return next((one for one in self.present.now.lines if one.item == id), None)

    def begin(self) -> None:
        """Write a handover, as the head."""
        if not self.present.now.may:
            self.notice.say(t("The head hands the Presidency over."))
            return
        self.form.put()
        self.pages.setCurrentWidget(self.form_page)
        self.end_wanted.emit()
        self.form.government.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _rehearsed(self, wish: Wish, made: dict[str, object]) -> None:
        self.form.show_found(wish, made)
        self.form.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_its_end(self) -> None:
        """To the button below what was rehearsed, once that has its room."""
        if self.form.wish is not None:
            self.form_page.ensureWidgetVisible(self.form.go_on)

    def _meant(self, wish: Wish) -> None:
        words = t("The Presidency passes to {land}. From this act on nobody of {before} publishes on an account that passes.",
                  land=land(wish.government), before=land(self.present.now.government) or t("those before"))  # fmt: skip
        self.bar.ask(words, t("Hand over to {land}", land=land(wish.government)),
                     lambda why: self.present.hand_over(wish, why), t("Why"), True)  # fmt: skip

    def _give_up(self) -> None:
        one = self.picked()
        if one is not None and one.what == "release" and one.mine:
            words = t(
                "The sign-in of {name} on this desk is made void and dropped. You publish on it no more.",
                name=isolated(one.of),
            )
            self.bar.ask(words, t("Give it up"), lambda _: self.present.release(one.of))

    def _leave_it(self) -> None:
        one = self.picked()
        if one is not None and self._can_leave(one):
            self.bar.ask(t("“{item}” stays as it is, on record.", item=title(one)), t("Leave it"),
                         lambda why: self.present.leave(one, why), t("Why"), True)  # fmt: skip

    def _to_account(self) -> None:
        one = self.picked()
        if one is not None and one.what in ("take", "rotate") and one.mine:
            if one.of in self.present.now.practice:
                self.present.practise(one.of)
            else:
                self.ctx.go("accounts", one.of)

    def _can_leave(self, one: Line) -> bool:
        return self.present.now.may and one.state == "open" and (one.item in LEFT_ALONE or one.what in LEFT_OF_ACCOUNTS)

    def _listed(self, now: Listed) -> None:
        rows = [row_of(one) for one in now.lines]
        if not rows:
            names = [(t("Before"), now.before), (t("After"), now.after)]
            about = " · ".join(f"{word}: {land(code) if code else t('not known yet')}" for word, code in names)
            whose = t("The Presidency: {land}.", land=land(now.government)) if now.government else ""
            rows = [Row(NOW, whose or t("Nobody said yet whose Presidency it is."), about, "landmark", "text2")]
        wanted, self.wanted = self.wanted if now.lines else "", ""
        self.list.fill(rows, wanted or self.list.current_id())
        if self.isVisible():
            self.arrange()
        self._again()
        self.told.emit()

    def _again(self) -> None:
        clear(self.side)
        one = self.picked()
        if one is None:
            self.side.addWidget(Label(t("Handover"), 15, theme.BOLD, wrap=True))
            self.side.addWidget(Label(
                t("Each year another government has the Presidency. When the head hands it over, a list stands here of what that takes: each "
                  "item is read off the record, with who did it and by which act."), 13, tone="text2", wrap=True))  # fmt: skip
            self.side.addStretch(1)
            return
        look = STATES[one.state]
        self.side.addWidget(Label(title(one), 15, theme.BOLD, wrap=True))
        told(self.side, Icon(look.icon, 16, look.tone), Label(t(look.word), 13, theme.MEDIUM, wrap=True),
             t("Waits for {who}", who=waits_for(one)) if one.who else "", room=4)  # fmt: skip
        if one.by:
            told(self.side, Icon("user-check", 16, "text2"), Label(isolated(one.by), 13, wrap=True),
                 f"{when(one.at)}\n{t('Act')} {ltr(one.act[:12])}", room=4)  # fmt: skip
        if one.why:
            self.side.addWidget(Label(f"“{isolated(one.why)}”", 13, wrap=True))
        if one.what == "presidency":
            now = self.present.now
            three = comma().join(
                land(code) if code else t("not known yet") for code in (now.before, now.government, now.after)
            )
            told(self.side, Icon("users", 16, "text2"), Label(t("The troika"), 13, wrap=True), three, room=4)
        if one.state == "open" and (lacks := lacking(one)):
            self.side.addWidget(Label(lacks, 13, wrap=True))
        self.side.addWidget(Label(t(TO_DO[one.what]), 12, tone="text2", wrap=True))
        self._buttons(one)
        self.side.addStretch(1)

    def _buttons(self, one: Line) -> None:
        row = line(self.side, (0, 8, 0, 0))
        if one.what == "release" and one.mine:
            self._button(row, t("Give it up"), "give-up", self._give_up, "main")
        if one.what in ("take", "rotate") and one.mine:
            self._button(row, t("Sign in"), "to-account", self._to_account, "main")
        if self._can_leave(one):
            self._button(row, t("Leave it"), "leave-it", self._leave_it, "plain")
        row.addStretch(1)

    def _button(self, row: object, words: str, id: str, run: object, kind: str) -> None:
        button = KeyButton(words, actions.keys(id, SCOPE), kind=kind)
        button.clicked.connect(run)
        row.addWidget(button)  # type: ignore[attr-defined]

    def _refused(self, place: str, words: str) -> None:
        if self.pages.currentWidget() is self.form_page:
            self.form.refuse(place, words)
        else:
            self.notice.say(words)

    def _done(self, words: str) -> None:
        self.leave()
        self.notice.say(words, tone="ok")
