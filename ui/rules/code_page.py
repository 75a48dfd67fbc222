"""The shared code in the window: its principles, what each asks for, and the rules that make it checkable."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.rows import Row, RowModel
from ui.rules.presenter import RulesPresenter
from ui.rules.rows import wide_row
from ui.texts import isolated, t
from ui.widgets.base import Label, column, dress, line, panel, rule
from ui.widgets.prose import prose
from ui.widgets.rowlist import RowList


class CodePage(QWidget):
    """Principles at the start, one of them in the middle with its rules."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, present: RulesPresenter) -> None:
        super().__init__()
        self.present, self.number = present, 1
        row = line(self, gap=0)
        self.start = panel("surface", "end")
        self.start.setFixedWidth(theme.px(320))
        inner = column(self.start, (0, 0, 1, 0))
        self.who = Label("", 12, tone="text2", wrap=True)
        self.who.setContentsMargins(16, 14, 16, 12)
        inner.addWidget(self.who)
        inner.addWidget(rule())
        self.principles = RowModel(self)
        self.list = RowList(self.principles, t("Principles"), narrow=True)
        self.list.picked.connect(self._pick)
        inner.addWidget(self.list, 1)
        row.addWidget(self.start)
        middle = QWidget()
        dress(middle, "surface")
        work = column(middle)
        head = QWidget()
        self.head = column(head, (28, 20, 28, 14), 6)
        self.title = Label("", 20, theme.BOLD, wrap=True)
        self.head.addWidget(self.title)
        self.says: QWidget | None = None
        work.addWidget(head)
        bar = line(work, (28, 4, 28, 8))
        bar.addWidget(Label(t("Its rules"), 13, theme.BOLD))
        self.count = Label("", 13, theme.MEDIUM, "text2")
        bar.addWidget(self.count)
        bar.addStretch(1)
        work.addWidget(rule())
        self.model = RowModel(self)
        self.rules = RowList(self.model, t("Its rules"))
        self.rules.setUniformItemSizes(True)
        self.rules.picked.connect(self.picked)
        self.rules.opened.connect(self.opened)
        self.rules.clicked.connect(lambda index: self.opened.emit(self.rules.current_id()))
        work.addWidget(self.rules, 1)
        row.addWidget(middle, 1)

    def fill(self) -> None:
        """The code as it is in force."""
        code = self.present.code
        principles = getattr(code, "principles", ())
        trouble = getattr(code, "message", "")
        self.who.setText(isolated(getattr(code, "who", "") or trouble))
        self.list.fill([_row(one) for one in principles], str(self.number))
        self._show()

    def pick(self, number: int) -> None:
        """A principle."""
        self.number = number
        self.list.pick(str(number))
        self._show()

    def _pick(self, id: str) -> None:
        if id and int(id) != self.number:
            self.number = int(id)
            self._show()

    def _show(self) -> None:
        one = next((p for p in getattr(self.present.code, "principles", ()) if p.number == self.number), None)
        if self.says is not None:
            self.head.removeWidget(self.says)
            self.says.deleteLater()
        self.says = prose(one.says if one else "", 15, "en")
        self.head.addWidget(self.says)
        self.title.setText(isolated(f"{one.number}. {one.title}") if one else "")
        known = self.present.entries
        rows = [wide_row(known[id]) for id in one.rules if id in known] if one else []
        self.count.setText(str(len(rows)))
        held = self.rules.current_id()
        self.rules.fill(rows, held if held in {row.id for row in rows} else "")


def _row(one: Any) -> Row:
    n = len(one.rules)
    return Row(str(one.number), isolated(f"{one.number}. {one.title}"), t("1 rule") if n == 1 else t("{n} rules", n=n))
