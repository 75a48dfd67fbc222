"""The window: rail, the screens in a stack, the strip. Keys that hold anywhere are bound here. A screen is made when it
is first gone to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import actions, policy, theme
from ui.attending.touch import Touch
from ui.bus import Ctx, Publisher, touches
from ui.places import VIEWS, WITHIN
from ui.screen import Screen
from ui.texts import error, reason, role, t
from ui.widgets import guard
from ui.widgets.base import column, dress, line
from ui.widgets.choosing import Choices
from ui.widgets.chrome import Rail
from ui.widgets.letters import Letters, writes
from ui.widgets.status_strip import StatusStrip

if TYPE_CHECKING:
    from ui.about import AboutSheet
    from ui.alarms.frame import Alarms
    from ui.palette import Palette
    from ui.widgets.hold_bar import HoldBar
    from ui.widgets.key_sheet import KeySheet

NARROW = 1200


def load(place: str, kind: str) -> Any:
    """A class whose code is loaded now; its handlers are guarded like all others."""
    found = getattr(import_module(place), kind)
    guard.all_handlers()
    return found


class Screens(dict[str, Screen]):
    """Those that were gone to; each is made, and its code loaded, at the first time."""

    def __init__(self, make: Callable[[type[Screen]], Screen]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Screen:
        self[name] = made = self._make(load(*VIEWS[name]))
        return made


class Window(QWidget):
    """One desk, open for one person."""

    person_wanted = Signal(str)
    chosen = Signal(str, object)
    desk_wanted = Signal(str)
    removal_wanted = Signal()
    _warned: Exception | None = None

    def __init__(self, ctx: Ctx, choices: Choices | None = None) -> None:
        super().__init__()
        self.ctx, self.trail, self.choices = ctx, ["today"], choices or Choices()
        ctx.go = self.go
        ctx.publisher = self.sender = Publisher(ctx.desk, ctx.worker, ctx.bus, ctx.clock, self)
        self.sender.trouble.connect(self._trouble)
        self.sender.told.connect(lambda _: self.strip.rest())
        self.sender.undrafted.connect(lambda kept: self.strip.say(" ".join(map(reason, kept)), "warn"))
        dress(self, "window")
        facts = ctx.facts
        outer = column(self)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        kind = t("Rehearsal") if facts.rehearsal else t("Office")
        self.rail = Rail(facts.office, kind, role(facts.person, facts.presidency), facts.person.name)
        self.rail.chosen.connect(lambda screen: self.go(screen, ""))
        self.rail.person.clicked.connect(lambda: self.ask("people"))
        self.rail.settings.clicked.connect(lambda: self.ask("settings"))
        row.addWidget(self.rail)
        self.middle = column(middle := QWidget())
        policy.place(self.middle)
        self.stack = QStackedWidget()
        self.middle.addWidget(self.stack, 1)
        row.addWidget(middle, 1)
        self.strip = StatusStrip(facts.rehearsal)
        self.strip.pending_wanted.connect(self._pending)
        ctx.touch = self.touch = Touch(self)
        outer.addWidget(self.strip)
        self.screens = Screens(self._made)
        self.runs = self._runs()
        self._bind()
        self.by_place = Letters(self, self._letters) if self.choices.letters else None
        self.minute = QTimer(self)
        self.minute.timeout.connect(self.tick)
        self.minute.start(60_000)
        ctx.bus.changed.connect(self._counts)
        ctx.bus.outgrown.connect(self._outgrown)
        ctx.worker.unhandled.connect(lambda problem: self.here().notice.refuse(problem))
        self.setMinimumSize(1024, 700)
        self.resize(1440, 900)
        self.setWindowTitle(f"{facts.office} – G20 Desk")
        self.tick()
        self.screens["today"].presenter.prepare()
        self._counts(frozenset({("message", "")}))
        self.go("today", "")

    def _made(self, view: type[Screen]) -> Screen:
        made = view(self.ctx)
        self.stack.addWidget(made)
        made.narrow(self.width() < theme.px(NARROW))
        return made

    @cached_property
    def palette_(self) -> Palette:
        """Made when it is first called."""
        made: Palette = load("ui.palette", "Palette")(self, self.ctx, self.runs)
        made.rest_wanted.connect(self._rest)
        return made

    @cached_property
    def sheet(self) -> KeySheet:
        """The keys; made when they are first asked for."""
        made: KeySheet = load("ui.widgets.key_sheet", "KeySheet")(self)
        return made

    @cached_property
    def about(self) -> AboutSheet:
        """The program itself; made when it is first asked for."""
        made: AboutSheet = load("ui.about", "AboutSheet")(self, self.ctx.worker)
        return made

    @cached_property
    def alarms(self) -> Alarms:
        """What somebody has to be told; made when the window has been painted."""
        made: Alarms = load("ui.alarms.frame", "Alarms")(self)
        return made

    @cached_property
    def bar(self) -> HoldBar:
        """The window's own question: what is put on hold."""
        made: HoldBar = load("ui.widgets.hold_bar", "HoldBar")(partial(load("ui.menus", "place"), self))
        self.middle.addWidget(made)
        return made

    def here(self) -> Screen:
        """The screen in front."""
        return self.stack.currentWidget()  # type: ignore[return-value]

    def go(self, screen: str, id: str, back: bool = False) -> None:
        """Another screen, on a message where one is named; `back`: as it was left."""
        if screen == "find":
            self.palette_.open()
            return
        if screen in WITHIN and self.trail[-1] == "composer" and len(self.trail) > 1:
            self.trail.pop()  # it was asked for a text that is written elsewhere
        if self.trail[-1] != screen:
            self.trail = [*self.trail[-8:], screen]
        self.rail.show_screen(WITHIN.get(screen, screen))
        view = self.screens[screen]
        if id or (screen in ("composer", "line") and not back):
            view.open(id)  # type: ignore[attr-defined]
            if "alarms" in vars(self):
                self.alarms.went(id)
        if self.trail[-1] == screen:  # opening it may have led elsewhere
            self.stack.setCurrentWidget(view)

    def tick(self) -> None:
        """Once a minute."""
        self.strip.tick(self.ctx.clock.now_ms())
        self.touch.show()

    def _runs(self) -> dict[str, Callable[[], object]]:
        return {f"go-{name}": lambda name=name: self.go(name, "") for name, *_ in actions.SCREENS} | {
            "find": lambda: self.palette_.open(),
            "new": lambda: self.ask("new"),
            "back": self._back,
            "region": self._region,
            "filter": self._filter,
            "keys": self._keys,
            "hold": lambda: self.ask("hold"),
            "alarm": lambda: self.alarms.first(),
            "pending": self._pending,
            "scheme": self.turn,
            "computer": lambda: self.go("office", "computer"),
            "person": lambda: self.ask("people"),
            "settings": lambda: self.ask("settings"),
            "support": lambda: self.ask("support"),
            "about": lambda: self.about.open(),
            "panel": lambda: self.here().toggle_panel(),
        }

    def _bind(self) -> None:
        for id, run in self.runs.items():
            action = actions.BY_ID["anywhere", id]
            if self.choices.letters or not action.letter:
                QShortcut(QKeySequence(action.keys), self).activated.connect(run)

    def _letters(self) -> dict[str, Callable[[], object]]:
        here = self.here()
        held = {"anywhere": self.runs, here.scope: here.runs}
        return {a.keys: held[a.scope][a.id] for a in actions.TABLE if a.letter and a.id in held.get(a.scope, {})}

    def _outgrown(self, problem: object) -> None:
        self.sender.stop()
        self.here().notice.refuse(problem)

    def turn(self) -> None:
        """Light becomes dark, and back."""
        theme.turn()
        self.chosen.emit("scheme", theme.scheme())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A question mark is F1 where nothing is written."""
        if event.text() in ("?", "؟") and not writes(self.focusWidget()):
            self._keys()
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        over = [one for one in self.children() if hasattr(one, "leave") and one.isVisible()]
        if over:
            over[0].leave()
        elif self.here().drawer is not None and self.here().drawer.close():  # type: ignore[union-attr]
            pass
        elif "bar" in vars(self) and self.bar.isVisible():
            self.bar.close_bar()
        elif not self.here().back() and len(self.trail) > 1:
            self.trail.pop()
            self.go(self.trail[-1], "", back=True)

    def _region(self) -> None:
        over = [self.alarms.bar] if "alarms" in vars(self) else []
        regions = [self.rail, *over, self.here().header, *self.here().regions()]
        held = self.focusWidget()
        at = next((n for n, r in enumerate(regions) if held is not None and r.isAncestorOf(held)), -1)
        for step in range(1, len(regions) + 1):
            region = regions[(at + step) % len(regions)]
            for child in [region, *region.findChildren(QWidget)]:
                if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    child.setFocus(Qt.FocusReason.ShortcutFocusReason)
                    return

    def _filter(self) -> None:
        if not hasattr(self.here(), "filter"):
            self.go("messages", "")
        self.here().to_filter()

    def _rest(self, words: str) -> None:
        self.go("messages", "")
        self.screens["messages"].filter.setText(words)  # type: ignore[attr-defined]

    def _keys(self) -> None:
        here = self.here()
        self.sheet.open(here.scope, here.header.title.text())

    def ask(self, what: str) -> None:
        """One of the window's menus and questions."""
        load("ui.menus", what)(self)

    def _trouble(self, problem: Exception) -> None:
        self.strip.say(" ".join(error(problem)), "warn")

    def _counts(self, changes: frozenset[tuple[str, str]]) -> None:
        self.touch.look()
        if touches(changes, {"message"}):
            desk = self.ctx.desk
            for screen, job in (("sign-off", desk.messages.waiting), ("one-voice", desk.relays.waiting)):
                count = self.rail.items[screen].set_count
                self.ctx.worker.ask(job, lambda rows, count=count: count(len(rows)), lambda _: None, self, quiet=True)

    def _pending(self) -> None:
        self.go("record", "tentative")

    def closeEvent(self, event: QCloseEvent) -> None:
        """A text that could not be kept stays on the screen; who closes once more lets it go."""
        unkept = {name: getattr(one.presenter, "unkept", None) for name, one in self.screens.items() if name in WITHIN}
        writing, problem = next(((name, why) for name, why in unkept.items() if why), ("", None))
        if problem is None or problem is self._warned:
            self.touch.end()
            super().closeEvent(event)
            return
        event.ignore()
        self._warned = problem
        self.go(writing, "", back=True)
        said, help = error(problem)
        again = t("What you wrote is not kept. Close the window once more to let it go.")
        self.here().notice.say(f"{said} {again}", help, "block")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """When narrow, the rail's words and the end panel go first; the work never goes."""
        super().resizeEvent(event)
        short = self.width() < theme.px(NARROW)
        self.rail.narrow(short)
        for screen in self.screens.values():
            screen.narrow(short)
