"""The start column of the rules: what is looked for, and the rules that are found."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.rows import Row, RowModel
from ui.rules import words
from ui.rules.presenter import RulesPresenter
from ui.rules.rows import CHANGED, OFF
from ui.texts import LANGS, LEVELS, t
from ui.widgets.base import Label, column, dress, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice
from ui.widgets.rowlist import RowList


class Browse(QWidget):
    """Tells which rule is picked; the presenter knows which there are."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, present: RulesPresenter) -> None:
        super().__init__()
        self.present = present
        dress(self, "surface", "end")
        self.setFixedWidth(theme.px(320))
        outer = column(self, (0, 0, 1, 0))
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(14, 12, 14, 10)
        grid.setSpacing(8)
        self.family = choice(t("Family"), [("", t("All families"))])
        self.lang = choice(t("Languages"), [("", t("All languages")), *((code, t(name)) for code, name in LANGS)])
        kinds = [(code, t(code.capitalize())) for code in words.MESSAGES]
        self.kind = choice(t("Kinds of message"), [("", t("All kinds")), *kinds])
        levels = [(code, t(look.word)) for code, look in LEVELS.items()]
        others = [(OFF, t("Off")), (CHANGED, t("Changed by you"))]
        self.level = choice(t("How serious"), [("", t("All levels")), *levels, *others])
        for n, (key, box_) in enumerate(self._choices().items()):
            box_.setFont(theme.font(12))
            box_.setMinimumContentsLength(8)
            box_.setSizeAdjustPolicy(box_.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box_.activated.connect(lambda at, key=key, box_=box_: present.look_for(**{key: box_.itemData(at)}))
            grid.addWidget(box_, n // 2, n % 2)
        outer.addWidget(box)
        head = line(outer, (16, 2, 16, 8))
        self.count = Label("", 12, tone="text2")
        head.addWidget(self.count)
        head.addStretch(1)
        self.all = KeyButton(t("Show all"), kind="link", small=True)
        self.all.clicked.connect(self.clear)
        head.addWidget(self.all)
        outer.addWidget(rule())
        self.none = Label(t("No rule is like that."), 13, tone="text2", wrap=True)
        self.none.setContentsMargins(16, 12, 16, 0)
        outer.addWidget(self.none)
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Rules"), narrow=True)
        self.list.setUniformItemSizes(True)
        self.list.picked.connect(self.picked)
        self.list.opened.connect(self.opened)
        outer.addWidget(self.list, 1)

    def _choices(self) -> dict[str, Any]:
        return {"family": self.family, "lang": self.lang, "kind": self.kind, "level": self.level}

    def fill(self, rows: list[Row], stay: bool = False) -> None:
        """These rules; the first is picked where the one in hand is not among them, unless that one is to `stay`."""
        self._families()
        there = stay or self.present.id in {row.id for row in rows}
        self.list.fill(rows, self.present.id if there else "")
        self.none.setVisible(not rows)
        total, looked = len(self.present.entries), self.present.filter
        shown = t("1 rule") if len(rows) == 1 else t("{n} rules", n=len(rows))
        self.count.setText(shown if len(rows) == total else t("{n} of {total} rules", n=len(rows), total=total))
        self.all.setVisible(looked != type(looked)())
        for key, box in self._choices().items():
            box.setCurrentIndex(max(0, box.findData(getattr(looked, key))))

    def clear(self) -> None:
        """Look for all of them."""
        self.present.look_for(family="", lang="", kind="", level="", search="")
        self.list.setFocus()

    def _families(self) -> None:
        known = sorted(
            {entry.family for entry in self.present.entries.values()}, key=lambda code: words.family(code).casefold()
        )
        if [self.family.itemData(n) for n in range(1, self.family.count())] != known:
            while self.family.count() > 1:
                self.family.removeItem(1)
            for code in known:
                said = words.family(code)
                self.family.addItem(said if said == code else f"{said} · {words.code(code)}", code)
