"""The calendar's other page, on which a file is taken in: it comes, and goes again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from ui.calendar import import_rows
from ui.calendar.board import Board
from ui.calendar.import_page import ImportPage, ask_file
from ui.calendar.presenter import CalendarPresenter
from ui.calendar.taking_in import TakingIn
from ui.texts import t
from ui.widgets.chrome import Notice
from ui.widgets.header import Header


class Filed:
    """A screen whose first page are the days; `stack` holds both."""

    present: CalendarPresenter
    taking: TakingIn
    stack: QStackedWidget
    header: Header
    notice: Notice
    board: Callable[[], Board]
    back: Callable[[], bool]
    in_front: Callable[[str], None]
    page: ImportPage | None = None

    def _take_in(self) -> None:
        ask_file(self, self.take_in)

    def take_in(self, path: Path) -> None:
        """Show what a file would come to."""
        if self.page is None:
            self.page = ImportPage(self.taking)
            self.page.closed.connect(self._leave)
            self.stack.addWidget(self.page)
        self.back()
        self.stack.setCurrentWidget(self.page)
        self.in_front("calendar-file")
        self.header.sub.setText(t("Take in a table or a calendar"))
        self.page.begin(path)
        self.page.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.stack.setCurrentIndex(0)
        self.in_front("calendar")
        if (page := self.board().page) is not None:
            self.header.sub.setText(page.title)
        self.board().setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, answer: dict[str, Any]) -> None:
        """What was made, on the day that it is for."""
        self._leave()
        self.notice.say(import_rows.made(answer), tone="ok")
        if answer["first"]:
            self.present.show(self.present.view, answer["first"])
        else:
            self.present.load()
