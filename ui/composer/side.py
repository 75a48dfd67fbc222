"""The composer's start column: the grid of texts, where it goes, who must sign off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui import theme
from ui.composer.grid import TextGrid
from ui.composer.presenter import ComposerPresenter
from ui.texts import NETWORKS, t
from ui.widgets.base import Label, clear, column, dress, line, rule


class StartColumn(QWidget):
    """Tells what was chosen; decides nothing."""

    chosen = Signal(str, str)
    own_text = Signal(bool)
    goes_to = Signal(str, bool)

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        dress(self, "surface", "end")
        self.setFixedWidth(theme.px(237))
        layout = column(self, (0, 14, 1, 8))
        head = line(layout, (16, 0, 16, 0))
        head.addWidget(Label(t("Texts"), 13, theme.BOLD))
        head.addStretch(1)
        self.grid = TextGrid()
        self.grid.chosen.connect(self.chosen)
        layout.addWidget(self.grid)
        key = Label("• " + t("same text") + "     – " + t("no text yet"), 11, tone="text2")
        key.setContentsMargins(16, 4, 16, 10)
        layout.addWidget(key)
        self.own = QCheckBox(t("Own text for this network"))
        self.own.setFont(theme.font(12))
        self.own.toggled.connect(self.own_text)
        box = line(layout, (14, 0, 16, 10))
        box.addWidget(self.own)
        layout.addWidget(rule())
        goes = QWidget()
        self.goes = column(goes, (14, 12, 16, 12), 2)
        layout.addWidget(goes)
        layout.addWidget(rule())
        must = QWidget()
        self.must = column(must, (16, 12, 16, 12), 4)
        layout.addWidget(must)
        layout.addStretch(1)
        self.boxes: list[QCheckBox] = []

    def fill(self) -> None:
        """Another message."""
        clear(self.goes)
        self.boxes = []
        self.goes.addWidget(Label(t("Goes to"), 13, theme.BOLD))
        for account in self.present.accounts:
            row = line(self.goes, gap=4)
            network = NETWORKS.get(account.network, account.network)
            box = QCheckBox(account.name)
            box.setFont(theme.font(12))
            box.setAccessibleName(f"{account.name}, {network}")
            box.setChecked(account.name in self.present.draft.to)
            box.toggled.connect(lambda on, name=account.name: self.goes_to.emit(name, on))
            self.boxes.append(box)
            row.addWidget(box)
            row.addStretch(1)
            row.addWidget(Label(network, 12, tone="text2"))
        clear(self.must)
        self.must.addWidget(Label(t("Must sign off"), 13, theme.BOLD))
        stages = (self.present.data.get("signoff") or {}).get("stages") or []
        if not stages:
            self.must.addWidget(
                Label(
                    t("One head, officer or liaison who is not the author, or the office's route."),
                    12,
                    tone="text2",
                    wrap=True,
                )
            )
        for n, stage in enumerate(stages, 1):
            row = line(self.must, gap=12)
            row.addWidget(Label(str(n), 12, theme.MEDIUM, "text2"))
            row.addWidget(Label(t(stage["name"]), 12, wrap=True), 1)

    def follow(self) -> None:
        """The grid and the box say where we are."""
        present = self.present
        nets = present.networks()
        self.grid.put(nets, present.lang, present.network or next(iter(nets), ""), present.cell)
        self.own.blockSignals(True)
        self.own.setChecked(present.draft.own(present.lang, present.network))
        self.own.setEnabled(len(nets) > 1)
        self.own.blockSignals(False)
