"""The panel at a screen's end where it has pages: facts, and a form or a paper in their place."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui import theme
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import column, panel, scrolled


class SidePages(QStackedWidget):
    """`panel` is what stands in the screen's row."""

    def __init__(self) -> None:
        super().__init__()
        self.panel = panel("surface", "start")
        self.panel.setFixedWidth(theme.px(352))
        column(self.panel, (1, 0, 0, 0)).addWidget(self)

    def page(self, inner: QWidget, padded: bool = False) -> QScrollArea:
        """One more, which scrolls; `padded`: it has no margins of its own."""
        if padded:
            inner.layout().setContentsMargins(20, 18, 20, 18)
        made = scrolled(inner)
        self.addWidget(made)
        return made


class Paged:
    """A screen with such pages and a bar for questions: Escape leaves the one in front first."""

    bar: AskBar
    pages: SidePages
    detail_page: QWidget

    def back(self) -> bool:
        """Leave a question, a form or a paper."""
        if self.bar.isVisible():
            self.bar.close_bar()
            return True
        if self.pages.currentWidget() is not self.detail_page:
            self._leave()
            return True
        return False

    def _leave(self) -> None:
        raise NotImplementedError
