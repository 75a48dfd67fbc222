"""The frame of a screen: header, rehearsal band, busy bar, notice, body; and its keys from the table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from ui import actions
from ui.bus import Ctx, Presenter
from ui.texts import t, tip
from ui.widgets.base import column, dress
from ui.widgets.button import KeyButton
from ui.widgets.chrome import Band, BusyBar, Notice
from ui.widgets.drawer import Drawer
from ui.widgets.header import Header


class Screen(QWidget):
    """Views derive from it; the presenter decides, the view shows."""

    scope = ""
    letters = True
    drawer: Drawer | None = None
    from_start = False  # where the panel stands that goes when there is little room

    def __init__(self, ctx: Ctx, presenter: Presenter, title: str, sub: str = "") -> None:
        super().__init__()
        dress(self, "surface")
        self.presenter = presenter
        self.runs: dict[str, Callable[[], object]] = {}
        self.held: dict[str, dict[str, Callable[[], object]]] = {}
        self.shortcuts: dict[str, list[QShortcut]] = {}
        presenter.setParent(self)
        self.header, self.busy, self.notice = Header(title, sub), BusyBar(), Notice()
        self.outer = column(self)
        self.outer.addWidget(self.header)
        if ctx.facts.rehearsal:
            self.outer.addWidget(Band())
        self.outer.addWidget(self.busy)
        self.outer.addWidget(self.notice)
        self.body = QWidget()
        self.outer.addWidget(self.body, 1)
        self.busy.stop.connect(ctx.worker.stop)
        ctx.worker.busy.connect(self.busy.setVisible)
        presenter.failed.connect(self.notice.refuse)
        self.notice.computer_wanted.connect(lambda: ctx.go("office", "computer"))

    def bind(self, runs: dict[str, Callable[[], object]], scope: str = "") -> None:
        """Give the table's actions of this scope something to run, or those of another scope of the same screen."""
        scope = scope or self.scope
        self.held.setdefault(scope, {}).update(runs)
        for action in actions.of(scope):
            if action.id in runs and (self.letters or not action.letter):
                enter = [action.keys.replace("Return", "Enter")] if action.keys.endswith("Return") else []
                for keys in (action.keys, *enter):
                    key = QShortcut(QKeySequence(keys), self)
                    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                    key.activated.connect(runs[action.id])
                    self.shortcuts.setdefault(scope, []).append(key)
        self.in_front(self.scope)

    def in_front(self, scope: str) -> None:
        """Only the keys of this scope do anything."""
        self.scope, self.runs = scope, self.held.setdefault(scope, {})
        for one, keys in self.shortcuts.items():
            for key in keys:
                key.setEnabled(one == scope)

    def first(self) -> QWidget | None:
        """Where the focus goes when the screen opens."""
        return None

    def to_filter(self) -> None:
        """The focus into the field that narrows this screen's list, where there is one."""
        if (field := getattr(self, "filter", None)) is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def regions(self) -> list[QWidget]:
        """What F6 goes through, in reading order."""
        return [self.body]

    def narrow(self, short: bool) -> None:
        """Little room: the end panel goes, and can be called as a drawer."""
        if (end := getattr(self, "end", None)) is None:
            return
        if self.drawer is None:
            self.drawer = Drawer(end, self.from_start)
            self.panel_button = KeyButton("", icon="panel-right", kind="quiet")
            self.panel_button.setAccessibleName(t("Side panel"))
            self.panel_button.setToolTip(tip(f"{t('Side panel')}  {actions.keys('panel')}"))
            self.panel_button.clicked.connect(self.drawer.toggle)
            self.header.add(self.panel_button)
        self.panel_button.setVisible(short)
        self.drawer.narrow(short)

    def toggle_panel(self) -> None:
        """The drawer, there or away."""
        if self.drawer is not None:
            self.drawer.toggle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The drawer keeps to the end."""
        super().resizeEvent(event)
        if self.drawer is not None:
            self.drawer.place()

    def back(self) -> bool:
        """Escape, one step; whether there was a step to take."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """To the front."""
        super().showEvent(event)
        self.presenter.shown()
        if (first := self.first()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Behind another."""
        super().hideEvent(event)
        self.presenter.hidden()
