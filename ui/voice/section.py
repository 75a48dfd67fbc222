"""Under the line: who was asked to carry it, filtered, page by page; each kept by its id while others come and go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from g20desk.desk.relay_showing import Carrier
from ui import theme
from ui.texts import t
from ui.voice.carriers import BESIDE, DRIFT, NAME, TIME, CarrierRow, at_end
from ui.voice.judging import Judging
from ui.voice.model import ALL, Shown, chosen
from ui.widgets.base import Label, column, line, scrolled
from ui.widgets.button import KeyButton

DAY = 86_400_000
ABOVE = 2  # what stands above the first row: the titles, and that there is none
Note = Callable[[Carrier], QWidget | None]


class Accounts(QWidget):
    """`picked` carries a relay's id; `note` makes what stands beneath the one that is picked, or nothing."""

    picked = Signal(str)
    more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, CarrierRow] = {}
        self.which, self.id = ALL, ""
        self.note: Note = lambda one: None
        self.beneath: QWidget | None = None
        self.shown: Shown | None = None
        self.lang = ""
        outer = column(self)
        inner = QWidget()
        self.layout_ = column(inner)
        self.titles = self._titles()
        self.layout_.addWidget(self.titles)
        self.empty = Label("", 13, tone="text2", wrap=True)
        self.empty.setContentsMargins(28, 14, 28, 14)
        self.layout_.addWidget(self.empty)
        self.rest = KeyButton("", icon="chevron-down", kind="quiet")
        self.rest.clicked.connect(lambda: self.more.emit())
        self.layout_.addWidget(self.rest)
        self.judging = Judging()
        self.layout_.addWidget(self.judging)
        self.layout_.addStretch(1)
        self.area = scrolled(inner)
        outer.addWidget(self.area, 1)

    def _titles(self) -> QWidget:
        made = QWidget()
        row = line(made, (28, 0, 28, 6), 12)
        account = Label(t("Account"), 11, theme.MEDIUM, "text3")
        account.setFixedWidth(theme.px(30 + NAME) + 12)
        row.addWidget(account)
        row.addWidget(Label(t("What they said, marked against the line"), 11, theme.MEDIUM, "text3"), 1)
        for words, wide in ((t("Drift, word by word"), DRIFT), (t("Sent, UTC"), TIME)):
            label = Label(words, 11, theme.MEDIUM, "text3")
            label.setFixedWidth(theme.px(wide))
            row.addWidget(label)
        label.setAlignment(at_end())
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, drift stands beneath what was said, and its title goes."""
        super().resizeEvent(event)
        self.titles.setVisible(self.area.viewport().width() >= theme.px(BESIDE))

    def fill(self, shown: Shown, lang: str) -> None:
        """Show these; rows that are as they were stay, with the focus and the scroll."""
        same = self.shown is not None and self.shown.row.id == shown.row.id
        self.shown, self.lang = shown, lang
        if not same:
            self.id = ""
        self._refill()
        self.judging.fill(shown.listed, shown.now, shown.staff)

    def filter(self, which: str) -> None:
        """All, those of the Presidency, of members, or only those that drifted."""
        self.which = which
        self._refill()

    def pick(self, id: str) -> None:
        """Have that account picked, with what there is to do beneath it."""
        before, self.id = self.id, id
        if before != id:
            for one in (before, id):
                if one in self.rows:
                    self.rows[one].set_picked(one == id)
            self._note()
            self.picked.emit(id)

    def first(self) -> CarrierRow | None:
        """The first that needs somebody, else the first."""
        found = [row for row in self.rows.values() if row.one.asks]
        return next(iter([*found, *self.rows.values()]), None)

    def _refill(self) -> None:
        shown = self.shown
        if shown is None:
            return
        wanted = chosen(shown.carriers, self.which)
        for id in set(self.rows) - {one.id for one in wanted}:
            self._drop(id)
        rows = {}
        for at, one in enumerate(wanted):
            row = self.rows.get(one.id)
            if row is None:
                row = self._made(one)
            elif (row.one, row.lang, row.now // DAY) != (one, self.lang, shown.now // DAY):
                row.become(one, self.lang, shown.now)
            if self.layout_.indexOf(row) != at + ABOVE:
                self.layout_.insertWidget(at + ABOVE, row)
            rows[one.id] = row
        self.rows = rows
        if self.id not in rows:
            self.id = ""
        self._note()
        left = shown.total - len(shown.carriers)
        self.rest.setText(t("Show {n} more", n=left))
        self.rest.setAccessibleName(self.rest.text())
        self.rest.setVisible(left > 0)
        self.empty.setText(self._nothing(shown))
        self.empty.setVisible(not rows)

    @staticmethod
    def _nothing(shown: Shown) -> str:
        if shown.carriers:
            return t("None of those who were asked.")
        if shown.row.state == "agreed":
            return t("Nobody was asked to carry this line yet.")
        return t("Once it is agreed, accounts of governments can be asked to carry it.")

    def _made(self, one: Carrier) -> CarrierRow:
        assert self.shown is not None
        row = CarrierRow(one, self.lang, self.shown.now, one.id == self.id)
        row.focused.connect(self.pick)
        row.stepped.connect(self._step)
        row.opened.connect(lambda _: self._into())
        return row

    def _drop(self, id: str) -> None:
        row = self.rows.pop(id)
        self.layout_.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _note(self) -> None:
        if self.beneath is not None:
            self.layout_.removeWidget(self.beneath)
            self.beneath.hide()
            self.beneath.deleteLater()
            self.beneath = None
        row = self.rows.get(self.id)
        if row is not None and (made := self.note(row.one)) is not None:
            self.layout_.insertWidget(self.layout_.indexOf(row) + 1, made)
            self.beneath = made

    def _into(self) -> None:
        """Enter goes to what can be done with the one that is picked."""
        found = self.beneath.findChildren(KeyButton) if self.beneath is not None else []
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, step: int) -> None:
        ids = [*self.rows]
        at = ids.index(self.id) + step if self.id in ids else 0
        if 0 <= at < len(ids):
            row = self.rows[ids[at]]
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(row)
