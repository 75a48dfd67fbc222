"""The Office screen's frame: people, routes, deputies, templates, the handover and this computer as pages side by side. A page is made when it is first gone to."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import actions, theme
from ui.bus import Ctx, Presenter
from ui.screen import Screen
from ui.texts import t
from ui.widgets import guard
from ui.widgets.base import column, line
from ui.widgets.chrome import Notice
from ui.widgets.segments import Segments

PEOPLE = "office"
PAGES = actions.OFFICE_PAGES
MAKERS = {
    "routes": ("ui.office.routes_page", "RoutesPage"), "deputies": ("ui.office.deputies_page", "DeputiesPage"),
    "templates": ("ui.office.templates_page", "TemplatesPage"),
    "handover": ("ui.office.handover_page", "HandoverPage"), "computer": ("ui.office.computer_page", "ComputerPage"),
}  # fmt: skip


class Page(QWidget):
    """A page beside the people: its keys are those of `scope`; `heads` stand in the header while it is in front, `end` at the
    end of the screen, `foots` below both. `told`: it says something else of itself; `end_wanted`: what is at the end is needed
    now, also where there is little room; `end_done`: no more."""

    told = Signal()
    end_wanted = Signal()
    end_done = Signal()
    scope = ""
    end: QWidget

    def __init__(self, ctx: Ctx, present: Presenter, notice: Notice) -> None:
        super().__init__()
        self.ctx, self.presenter, self.notice = ctx, present, notice
        present.setParent(self)
        present.failed.connect(notice.refuse)
        self.heads: list[QWidget] = []
        self.foots: list[QWidget] = []
        self.runs: dict[str, Callable[[], object]] = {}

    def first(self) -> QWidget:
        """Where the focus begins."""
        raise NotImplementedError

    def regions(self) -> list[QWidget]:
        """What F6 goes through."""
        return [self]

    def back(self) -> bool:
        """Escape, one step."""
        return False

    def open(self, id: str) -> None:
        """What is asked for."""

    def arrange(self) -> None:
        """It comes to the front: what stands in the header and below is as it has to be."""

    def sub(self) -> str:
        """What stands beside the title."""
        return ""

    def showEvent(self, event: QShowEvent) -> None:
        """To the front."""
        super().showEvent(event)
        self.presenter.shown()

    def hideEvent(self, event: QHideEvent) -> None:
        """Behind another."""
        super().hideEvent(event)
        self.presenter.hidden()


class Frame(Screen):
    """The pages, and the one in front. The people's own view derives from it."""

    scope = PEOPLE

    def __init__(self, ctx: Ctx, present: Presenter) -> None:
        super().__init__(ctx, present, t("Office"))
        self.ctx, self.page = ctx, PEOPLE
        self.made: dict[str, Page] = {}
        self.heads: list[QWidget] = []  # of the people
        self.parts = Segments(
            t("Office"), tuple((id, t(said), actions.keys(f"page-{id}", PEOPLE)) for id, said in PAGES)
        )
        self.parts.chosen.connect(self.turn)
        self.parts.pick(PEOPLE)
        self.header.add(self.parts)
        self.under = column(self.body)
        row = line(self.under, gap=0)
        self.under.setStretch(0, 1)
        self.stack, self.ends = QStackedWidget(), QStackedWidget()
        row.addWidget(self.stack, 1)
        self.end = QWidget()
        self.end.setFixedWidth(theme.px(352))
        column(self.end).addWidget(self.ends)
        row.addWidget(self.end)

    def turn(self, page: str) -> None:
        """Another page, with the focus where it is needed."""
        self.to_page(page)
        if (first := self.first()) is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_page(self, page: str) -> None:
        """The same, the focus left where it is."""
        if page != PEOPLE and page not in self.made:
            self._make(page)
        self.hide_end()
        self.page = page
        self.parts.pick(page)
        for one in self.made.values():
            for widget in (*one.heads, *one.foots):
                widget.hide()
        for widget in self.heads:
            widget.setVisible(page == PEOPLE)
        at = [PEOPLE, *self.made].index(page)
        self.stack.setCurrentIndex(at)
        self.ends.setCurrentIndex(at)
        self.in_front(page)
        self.notice.hide()
        if self.here is not None:
            self.here.arrange()
        self.say_sub()

    def _make(self, page: str) -> None:
        module, name = MAKERS[page]
        made: Page = getattr(import_module(module), name)(self.ctx, self.notice)
        guard.all_handlers()
        self.made[page] = made
        for widget in made.heads:
            self.header.add(widget)
        for widget in made.foots:
            self.under.addWidget(widget)
        self.stack.addWidget(made)
        self.ends.addWidget(made.end)
        made.told.connect(self.say_sub)
        made.end_wanted.connect(self.show_end)
        made.end_done.connect(self.hide_end)
        self.bind({**made.runs, **self.page_keys()}, made.scope)

    def show_end(self) -> None:
        """The panel at the end, over the work where there is little room."""
        if self.drawer is not None and not self.end.isVisible():
            self.drawer.toggle()

    def hide_end(self) -> None:
        """Back where it was."""
        if self.drawer is not None:
            self.drawer.close()

    def page_keys(self) -> dict[str, Callable[[], object]]:
        """The keys that go to the pages, the same on each."""
        return {f"page-{id}": lambda id=id: self.turn(id) for id, _ in PAGES}

    @property
    def here(self) -> Page | None:
        """The page in front; None for the people's."""
        return self.made.get(self.page)

    def say_sub(self) -> None:
        """What stands beside the title."""
        if self.here is not None:
            self.header.sub.setText(self.here.sub())
