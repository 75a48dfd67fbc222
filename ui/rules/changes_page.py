"""Changes: the rulebooks that can be looked at, the rules that one of them says otherwise, old and new side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from g20desk.desk.rule_history import DRAFT, PROGRAM, PROPOSED, TAKEN_BACK
from ui import theme
from ui.rows import Row, RowModel
from ui.rules.changes import FILE, Changes, Compared
from ui.rules.difference import DifferencePane
from ui.texts import t
from ui.widgets.base import Label, column, line, panel, rule, scrolled
from ui.widgets.rowlist import RowList


class ChangesPage(QWidget):
    """Tells what is picked; the bar below says what can be done with it."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes
        row = line(self, gap=0)
        self.start = panel("surface", "end")
        self.start.setFixedWidth(theme.px(320))
        inner = column(self.start, (0, 0, 1, 0))
        self.books = RowModel(self)
        self.sets = RowList(self.books, t("Rulebooks"), narrow=True)
        self.sets.picked.connect(changes.pick)
        inner.addWidget(self.sets)
        head = line(inner, (16, 14, 16, 8))
        head.addWidget(Label(t("What differs"), 13, theme.BOLD))
        head.addStretch(1)
        self.count = Label("", 13, theme.MEDIUM, "text2")
        head.addWidget(self.count)
        inner.addWidget(rule())
        self.model = RowModel(self)
        self.list = RowList(self.model, t("What differs"), narrow=True)
        self.list.picked.connect(self._pick)
        self.list.opened.connect(lambda id: not id.startswith(FILE) and self.opened.emit(id))
        inner.addWidget(self.list, 1)
        row.addWidget(self.start)
        self.pane = DifferencePane()
        row.addWidget(scrolled(self.pane), 1)
        changes.listed.connect(self._sets)
        changes.compared.connect(self._compared)
        theme.watch.changed.connect(self._again)

    def _sets(self, rows: list[Row]) -> None:
        self.sets.fill(rows, self.changes.which)
        self.sets.setFixedHeight(min(self.sets.height_needed(), theme.px(330)))

    def _compared(self, now: Compared) -> None:
        self.sets.pick(now.which)
        rows = [change.row() for change in now.found.values()]
        self.count.setText(str(len(rows)))
        held = self.list.current_id()
        self.list.fill(rows, held if held in now.found else "")
        self._again()

    def _again(self) -> None:
        self._pick(self.list.current_id())

    def _pick(self, id: str) -> None:
        now = self.changes.now
        change = now.found.get(id)
        if change is not None:
            self.pane.fill(change, heads(now.which))
        elif not now.found:
            said = (
                t("You changed nothing yet. Open a rule and edit it, or begin a new one.")
                if now.which == DRAFT
                else t("Nothing is said otherwise.")
            )
            self.pane.empty(said if not now.trouble else t("This can't be shown."), now.trouble)
        self.picked.emit(id if change is not None else "")


def heads(which: str) -> tuple[str, str]:
    """The names of the two that are compared."""
    names = {
        DRAFT: t("Yours"),
        PROPOSED: t("Proposed"),
        TAKEN_BACK: t("Proposed then"),
        PROGRAM: t("The program's own"),
    }
    if which.isdecimal():
        before = t("Version {n}", n=int(which) - 1) if int(which) > 1 else t("The program's own")
        return before, t("Version {n}", n=int(which))
    return t("In force"), names.get(which, which)
