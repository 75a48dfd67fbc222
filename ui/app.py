"""The program's start with a window: opens the desk on the worker, shows first run where there is none."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from g20desk import folders, policy, settings_file
from g20desk.clock import SystemClock
from g20desk.errors import Refused
from ui import desks, texts, theme, witness
from ui.bus import Bus, Ctx, Facts, facts
from ui.places import VIEWS
from ui.screen import Screen
from ui.unforeseen import Unforeseen
from ui.widgets import guard
from ui.widgets.choosing import choices_path, read_choices, write_choices
from ui.window import Window, load
from ui.worker import Worker

if TYPE_CHECKING:
    from ui.alarms.beside import Beside
    from ui.first_run.unopened import Unopened

# What nobody waits for begins when the window has been painted.
SETTLED_MS = 300
# What is over sooner is not told.
MOMENT_MS = 500
# How long the program stays, without a window, for what was done last to reach the office.
LAST_SECONDS = 3.0


def application() -> QApplication:
    """The one application, dressed."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("g20desk")
    guard.all_handlers()
    return made


def known(desk: Any) -> tuple[Any, Facts, Any]:
    """The desk, its facts and what Today shows: a window that stands is painted once, with everything in it."""
    from ui.today.presenter import gather

    return desk, facts(desk), gather(desk, SystemClock().now_ms())


def settle() -> None:
    """The start is over: what there is stays, and garbage is looked for from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class App(QObject):
    """Holds the worker and whatever window is open."""

    moving = Signal(str)

    def __init__(self, folder: Path, person: str | None, problem: Exception | None = None) -> None:
        super().__init__()
        self.said = ""  # of a record that is brought to a newer form
        self.standing: Unopened | None = None
        self.person = person
        self.moving.connect(self._moving)
        self.folder, self.worker = folder, Worker()
        self.window: QWidget | None = None
        self.bus: Bus | None = None
        self.beside: Beside | None = None
        self.ctx: Ctx | None = None
        self.aside = settings_file.put_aside(choices_path())
        self.choices = read_choices(choices_path())
        self.put_on()
        hints = application().styleHints()
        hints.colorSchemeChanged.connect(self._system_turned)
        self.start(person) if problem is None else self.first_run(problem)

    def put_on(self) -> None:
        """Language, direction, look and size as chosen."""
        app, chosen = application(), self.choices
        texts.use(chosen.language)
        right = chosen.language in texts.RTL
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        theme.wear(app, "" if chosen.scheme == "system" else chosen.scheme, chosen.text / 100)
        Screen.letters = chosen.letters

    def choose(self, **chosen: Any) -> None:
        """Keep a choice, and show everything anew where words or sizes change."""
        before, self.choices = self.choices, replace(self.choices, **chosen)
        write_choices(choices_path(), chosen)
        self.put_on()
        same = replace(before, scheme=self.choices.scheme, quiet=self.choices.quiet, sound=self.choices.sound)
        if same == self.choices and isinstance(self.window, Window):
            self.window.choices = self.choices
            return
        if self.ctx is not None:
            self._window(self.ctx)
        else:
            self.first_run()

    def start(self, person: str | None) -> None:
        """The desk in the folder, or first run."""
        if not (self.folder / "desk.json").exists():
            self.first_run()
            return
        self.open(person)

    def first_run(self, problem: Exception | None = None) -> None:
        """The ways in; their code is loaded here, since most starts have no use for it."""
        from ui.first_run.presenter import FirstRunPresenter
        from ui.first_run.view import FirstRunView

        guard.all_handlers()
        presenter = FirstRunPresenter(self.worker)
        view = FirstRunView(presenter, self.folder, self.choices, self.choose, desks.known(self.folder.absolute()))
        view.desk_wanted.connect(self.move)
        presenter.setParent(view)
        presenter.opened.connect(lambda desk: self.worker.ask(partial(known, desk), self._opened))
        view.setWindowTitle("G20 Desk")
        view.resize(1440, 900)
        if getattr(problem, "code", "") == "not-admitted":
            view.wait()
        elif problem is not None:
            view.refuse(problem)
        self._show(view)

    def open(self, person: str | None) -> None:
        """Open the desk for a person, on the worker."""

        def job() -> tuple[Any, Facts, Any]:
            from g20desk.desk import Desk

            return known(Desk.open(self.folder, person, say=self.moving.emit))

        self.worker.ask(job, self._opened, self._unopened, self)
        load(*VIEWS["today"])  # meanwhile

    def _moving(self, words: str) -> None:
        """The record is brought to a newer form: told where it takes longer than a moment."""
        before, self.said = self.said, words
        if not before:
            QTimer.singleShot(MOMENT_MS, self, self._tell_moving)
        elif self.standing is not None:
            self.standing.wait(words)

    def _tell_moving(self) -> None:
        if self.said:
            self._stand().wait(self.said)

    def _unopened(self, problem: Exception) -> None:
        """Why a desk that is there can't be opened; else the ways to one."""
        from ui.first_run.unopened import CODES

        self.said = ""
        if getattr(problem, "code", "") in CODES and self.ctx is None:
            self._stand().refuse(problem)
        else:
            self.first_run(problem)

    def _stand(self) -> Unopened:
        """The page in place of a window."""
        from ui.first_run.unopened import Unopened

        if self.standing is None:
            guard.all_handlers()
            self.standing = Unopened(self.folder, lambda: self.open(self.person))
            self._show(self.standing)
        return self.standing

    def move(self, folder: str) -> None:
        """To another desk of this computer; empty: to one more, which is founded or joined in a folder of its own."""
        self._forget()
        self.folder = Path(folder) if folder else desks.fresh()
        self.start(None)

    def remove(self) -> None:
        """Delete the practice office that is open, then first run again."""
        ctx, folder = self.ctx, self.folder
        if ctx is None:
            return

        def job() -> None:
            ctx.desk.store.close()
            desks.remove(folder)

        self._forget()
        self.first_run()
        self.worker.ask(job, lambda _: None, self.tell, self)

    def _forget(self) -> None:
        """The desk that was open is nobody's business any more."""
        if self.bus is not None:
            self.bus.glance.stop()
        if isinstance(self.window, Window):
            self.window.touch.end()
            self.window.sender.stop()
        self.ctx = None

    def close(self) -> None:
        """Let the worker end, and the window with it."""
        if self.bus is not None:
            self.bus.glance.stop()
        if self.beside is not None:
            self.beside.close()
        if self.window is not None:
            self.window.close()  # what is typed there is kept, and the worker ends after that
        self.worker.close()
        if isinstance(self.window, Window):
            self.window.touch.finish(LAST_SECONDS)
        if self.window is not None:
            self.window.deleteLater()
            self.window = None

    def tell(self, problem: BaseException) -> None:
        """Show on the screen what nobody else caught."""
        if isinstance(self.window, Window):
            self.window.here().notice.refuse(problem)
        elif self.window is not None:
            self.window.refuse(problem)  # type: ignore[attr-defined]

    def _opened(self, answer: tuple[Any, Facts, Any]) -> None:
        desk, told, first = answer
        self.said = ""
        old, self.bus = self.bus, Bus(self)
        if old is not None:
            old.deleteLater()
        self.bus.listen(desk)
        self.bus.watch(desk, self.worker)
        folder = self.folder
        self.worker.ask(lambda: desks.remember(folder, told.office, told.rehearsal), owner=self, quiet=True)
        self.ctx = Ctx(desk, told, self.worker, self.bus, first=first)
        self._window(self.ctx)

    def _window(self, ctx: Ctx) -> None:
        before = self.window.trail[-1] if isinstance(self.window, Window) else ""
        window = Window(ctx, self.choices)
        window.person_wanted.connect(self.open)
        window.chosen.connect(lambda name, value: self.choose(**{name: value}))
        window.desk_wanted.connect(self.move)
        window.removal_wanted.connect(self.remove)
        if before and before != "composer" and isinstance(self.window, Window) and self.window.ctx is ctx:
            window.go(before, "")
        self._show(window)
        if self.aside is not None:
            words = texts.t("What was chosen for the window can't be read, and is as at first.")
            window.here().notice.say(words, texts.t("The file is kept: {file}", file=texts.ltr(str(self.aside))))
            self.aside = None
        QTimer.singleShot(SETTLED_MS, window.sender, window.sender.wake)
        QTimer.singleShot(SETTLED_MS, window, window.touch.begin)
        QTimer.singleShot(SETTLED_MS, window, lambda: self._look_out(window))
        QTimer.singleShot(SETTLED_MS, window, lambda: witness.tell_of_ends(window))

    def _look_out(self, window: Window) -> None:
        """Begin to look for alarms, and tell of them outside the window too."""
        if self.beside is None:
            made: Beside = load("ui.alarms.beside", "Beside")(self.worker, self)
            self.beside = made
        self.beside.of(window)
        window.alarms.start()
        if (folders.policy() / "releases.json").exists():
            load("ui.about", "look_for_news")(window)

    def _show(self, window: QWidget) -> None:
        old, self.window = self.window, window
        self.standing = self.standing if self.standing is window else None
        if old is not None:
            window.setGeometry(old.geometry())
        window.show()
        # Layouts come to rest before the first painting, not between it and a second.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QTimer.singleShot(SETTLED_MS, settle)
        if old is not None:
            old.close()
            old.deleteLater()

    def _system_turned(self) -> None:
        if self.choices.scheme == "system":
            self.put_on()


def placed(folder: str | None) -> tuple[Path, Exception | None]:
    """The desk's folder; where the administrator wants desks elsewhere, that one, and what is to be said."""
    try:
        return folders.desk(folder), None
    except Refused as no:
        return policy.value("desk.folder").expanduser(), no


def main(folder: str | None, person: str | None, anywhere: bool = False) -> int:
    """Open the window and stay until it is closed. `anywhere`: also on a folder where the administrator wants no desks."""
    app = application()
    running: App | None = None
    sys.excepthook = Unforeseen(lambda problem: running and running.tell(problem))
    at, problem = (Path(folder), None) if folder and anywhere else placed(folder)
    with witness.watched(app):
        running = App(at, person, problem)
        code = app.exec()
        running.close()
    return int(code)


def shots(desk: Any, folder: str | Path) -> None:
    """SCREEN-MODE.png of every screen, 1440 by 900, light, dark and Arabic."""
    from ui.shots import take

    take(desk, Path(folder))
