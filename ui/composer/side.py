"""The composer's start column: the grid of texts, what it is, where it goes, who must sign off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from g20desk.desk.settling import KINDS
from ui import theme
from ui.composer.agreed_view import Here
from ui.composer.grid import TextGrid
from ui.composer.presenter import ComposerPresenter
from ui.composer.submit_bar import how_of
from ui.texts import NETWORKS, isolated, reason, t
from ui.widgets.base import Elided, Label, clear, column, dress, line, rule, scrolled
from ui.widgets.choice import Choice


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
        inner = QWidget()
        column(self, (0, 0, 1, 0)).addWidget(scrolled(inner))
        layout = column(inner, (0, 14, 0, 8))
        head = line(layout, (16, 0, 16, 0))
        head.addWidget(Label(t("Texts"), 13, theme.BOLD))
        head.addStretch(1)
        self.count = Label("", 13, tone="text2")
        head.addWidget(self.count)
        self.grid = TextGrid()
        self.grid.chosen.connect(self.chosen)
        layout.addWidget(self.grid)
        key = Label("• " + t("same text") + "     – " + t("no text yet"), 11, tone="text2", wrap=True)
        key.setContentsMargins(16, 4, 16, 4)
        layout.addWidget(key)
        self.own, said = QCheckBox(), Label(t("Own text for this network"), 12, wrap=True)
        self.own.setAccessibleName(said.text())
        self.own.setFixedSize(theme.px(24), theme.px(26))
        self.own.toggled.connect(self.own_text)
        said.mousePressEvent = lambda _: self.own.click()  # type: ignore[method-assign]
        box = line(layout, (12, 0, 16, 8), 6)
        box.addWidget(self.own)
        box.addWidget(said, 1)
        layout.addWidget(rule())
        layout.addWidget(self._what())
        layout.addWidget(rule())
        goes = QWidget()
        self.goes = column(goes, (12, 12, 16, 12), 0)
        layout.addWidget(goes)
        layout.addWidget(rule())
        must = QWidget()
        self.must = column(must, (16, 12, 16, 12), 4)
        layout.addWidget(must)
        self.here = Here()
        layout.addWidget(self.here)
        layout.addStretch(1)
        self.boxes: list[QCheckBox] = []
        present.foreseen.connect(self._must)
        present.agreed.changed.connect(lambda: self.here.follow(present.agreed.in_hand()))

    def _what(self) -> QWidget:
        box = QWidget()
        layout = column(box, (16, 12, 16, 12), 6)
        self.kind, self.topic = Choice(), QLineEdit()
        for code in KINDS:
            self.kind.addItem(t(code.capitalize()), code)
        self.kind.setAccessibleName(t("Kind"))
        self.kind.activated.connect(lambda n: self.present.is_kind(self.kind.itemData(n)))
        self.topic.setAccessibleName(t("Topic"))
        self.topic.setPlaceholderText(t("for example: climate"))
        self.topic.textEdited.connect(self.present.is_about)
        for word, field in ((t("Kind"), self.kind), (t("Topic"), self.topic)):
            row = line(layout, gap=8)
            name = Label(word, 12, tone="text2")
            name.setFixedWidth(theme.px(48))
            field.setFont(theme.font(12))
            row.addWidget(name)
            row.addWidget(field, 1)
        return box

    def fill(self) -> None:
        """Another message."""
        draft = self.present.draft
        self.kind.setCurrentIndex(max(0, self.kind.findData(draft.kind)))
        if self.topic.text() != draft.topic:
            self.topic.setText(draft.topic)
        clear(self.goes)
        self.boxes = []
        line(self.goes, (4, 0, 0, 0)).addWidget(Label(t("Goes to"), 13, theme.BOLD))
        self.goes.addSpacing(4)
        for account in self.present.accounts:
            self._account(account.name, NETWORKS.get(account.network, account.network))
        self._must()

    def _must(self) -> None:
        """The stages of what is submitted, else those of the way that it would go."""
        clear(self.must)
        head = line(self.must, gap=8)
        head.addWidget(Label(t("Must sign off"), 13, theme.BOLD))
        head.addStretch(1)
        round_ = self.present.data.get("signoff") or {}
        way = self.present.ways[0] if self.present.ways and not round_.get("stages") else None
        name = round_.get("route") or (way.name if way else "")
        head.addWidget(Elided(name, 12, tone="text2"))
        rows = [(t(one["name"]), "") for one in round_.get("stages") or ()]
        rows += [(isolated(one.stage.name), how_of(one)) for one in way.stages] if way else []
        if not rows:
            words = t("One head, officer or liaison who is not the author, or the office's route.")
            self.must.addWidget(Label(words, 12, tone="text2", wrap=True))
        for n, (words, how) in enumerate(rows, 1):
            row = line(self.must, gap=12)
            row.addWidget(Label(str(n), 12, theme.MEDIUM, "text2"))
            pair = QVBoxLayout()
            pair.setSpacing(1)
            row.addLayout(pair, 1)
            pair.addWidget(Label(words, 12, wrap=True))
            if how:
                pair.addWidget(Label(how, 12, tone="text2", wrap=True))
        for said in way.against if way else ():
            self.must.addWidget(Label(reason(said), 12, theme.MEDIUM, "block", wrap=True))

    def _account(self, name: str, network: str) -> None:
        row = line(self.goes, gap=6)
        box = QCheckBox()
        box.setAccessibleName(f"{name}, {network}")
        box.setChecked(name in self.present.draft.to)
        box.toggled.connect(lambda on: self.goes_to.emit(name, on))
        box.setFixedSize(theme.px(24), theme.px(26))
        said = Elided(name, 12)
        said.setFixedHeight(theme.px(26))
        said.mousePressEvent = lambda _: box.toggle()  # type: ignore[method-assign]
        said.setCursor(Qt.CursorShape.PointingHandCursor)
        self.boxes.append(box)
        row.addWidget(box)
        row.addWidget(said, 1)
        if network.casefold() not in name.casefold().split():
            row.addWidget(Label(network, 12, tone="text2"))

    def follow(self) -> None:
        """The grid and the box say where we are."""
        present = self.present
        nets = present.networks()
        self.grid.put(nets, present.lang, present.network or next(iter(nets), ""), present.cell)
        self.count.setText(str(sum(bool(text.strip()) for text in present.draft.texts.values()) or ""))
        self.own.blockSignals(True)
        self.own.setChecked(present.draft.own(present.lang, present.network))
        self.own.setEnabled(len(nets) > 1)
        self.own.blockSignals(False)
