"""The program's start with a window: opens the desk on the worker, shows first run where there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme
from ui.bus import Bus, Ctx, Facts, facts
from ui.first_run.presenter import FirstRunPresenter
from ui.first_run.view import FirstRunView
from ui.window import Window
from ui.worker import Worker


def application() -> QApplication:
    """The one application, dressed."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("g20desk")
    return made


def home() -> Path:
    """Where the desk is when no folder is named: as the command line has it."""
    if named := os.environ.get("G20DESK_HOME"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("g20desk", False) / "desk"


class App(QObject):
    """Holds the worker and whatever window is open."""

    def __init__(self, folder: Path, person: str | None) -> None:
        super().__init__()
        self.folder, self.worker = folder, Worker()
        self.window: QWidget | None = None
        self.start(person)

    def start(self, person: str | None) -> None:
        """The desk in the folder, or first run."""
        if not (self.folder / "desk.json").exists():
            self.first_run()
            return
        self.open(person)

    def first_run(self, problem: Exception | None = None) -> None:
        """Three ways in."""
        presenter = FirstRunPresenter(self.worker)
        view = FirstRunView(presenter, self.folder, theme.turn)
        presenter.setParent(view)
        presenter.opened.connect(lambda desk: self.worker.ask(lambda: (desk, facts(desk)), self._opened))
        view.setWindowTitle("G20 Desk")
        view.resize(1440, 900)
        if problem is not None:
            view.notice.refuse(problem)
        self._show(view)

    def open(self, person: str | None) -> None:
        """Open the desk for a person, on the worker."""

        def job() -> tuple[Any, Facts]:
            from g20desk.desk import Desk

            desk = Desk.open(self.folder, person)
            return desk, facts(desk)

        self.worker.ask(job, self._opened, self.first_run, self)

    def close(self) -> None:
        """Let the worker end, and the window with it."""
        self.worker.close()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def _opened(self, answer: tuple[Any, Facts]) -> None:
        desk, known = answer
        bus = Bus(self)
        bus.listen(desk)
        window = Window(Ctx(desk, known, self.worker, bus))
        window.person_wanted.connect(self.open)
        self._show(window)

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        if old is not None:
            window.setGeometry(old.geometry())
        window.show()
        if old is not None:
            old.close()
            old.deleteLater()


def main(folder: str | None, person: str | None) -> int:
    """Open the window and stay until it is closed."""
    app = application()
    theme.wear(app)
    running = App(Path(folder) if folder else home(), person)
    code = app.exec()
    running.close()
    return int(code)


def shots(desk: Any, folder: str | Path) -> None:
    """SCREEN-MODE.png of every screen, 1440 by 900, light, dark and Arabic."""
    from ui.shots import take

    take(desk, Path(folder))
