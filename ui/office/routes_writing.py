"""A route that is written on its page: the form, what it says and lacks, and adopting it. What was written and not adopted stays as
long as the window is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget

from g20desk.desk.route_drafts import Sketch
from ui.bus import Ctx
from ui.office.frame import Page
from ui.office.play_panel import PlayPanel
from ui.office.route_foot import RouteFoot
from ui.office.route_form import RouteForm
from ui.office.route_rows import GONE, NEW
from ui.office.routes_presenter import RoutesPresenter
from ui.texts import isolated, t
from ui.widgets.base import scrolled
from ui.widgets.chrome import Notice
from ui.widgets.rowlist import RowList
from ui.widgets.sign_bar import SignBar


class RoutesWriting(Page):
    """The page of routes derives from it, and has the list."""

    list: RowList

    def __init__(self, ctx: Ctx, notice: Notice) -> None:
        self.present = RoutesPresenter(ctx)
        super().__init__(ctx, self.present, notice)
        self.id, self.writing = "", ""
        self.drafts: dict[str, dict[str, Any]] = {}
        self.sketch: Sketch | None = None
        self._wanted = self._filling = False
        self.middle, self.play = QStackedWidget(), PlayPanel()
        self.foot, self.bar = RouteFoot(), SignBar()
        self.foots = [self.foot, self.bar]
        self.foot.hide()
        self.foot.wanted.connect(self.adopt)
        self.foot.left.connect(self.leave)
        self.foot.to_fault.connect(self._to_fault)
        self.bar.closed = self._offer
        self.present.sketched.connect(self._sketched)

    @cached_property
    def form(self) -> RouteForm:
        """Made when a route is first written."""
        made = RouteForm()
        made.changed.connect(self._written)
        self.area: QScrollArea = scrolled(made)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.middle.addWidget(self.area)
        return made

    def writing_runs(self) -> dict[str, Callable[[], object]]:
        """The keys of the form."""
        form: Callable[[], RouteForm] = lambda: self.form  # noqa: E731
        return {
            "adopt": self.adopt,
            "add-stage": lambda: self._in_form(lambda: form().add_stage()),
            "drop-stage": lambda: self._in_form(lambda: form().drop(form().in_hand())),
            "stage-up": lambda: self._in_form(lambda: form().move(form().in_hand(), -1)),
            "stage-down": lambda: self._in_form(lambda: form().move(form().in_hand(), 1)),
        }

    def leave(self) -> None:
        """Back to what is read."""
        raise NotImplementedError

    def write(self, id: str) -> None:
        """The form in the place of what is read."""
        now = self.present.now
        value = self.drafts.get(id) or now.files.get(id)
        if value is None and id.startswith(GONE):
            last = next(one for one in now.versions if one.route.name == id.removeprefix(GONE))
            value = now.old[last.route.id]
        anew = bool(value) and id != NEW
        title = t("A new version of {name}", name=isolated(str((value or {})["name"]))) if anew else t("New route")
        self.writing = self.id = id
        self.sketch, self.foot.tried = None, False
        self.form.put(value or {}, now, title)
        self.middle.setCurrentWidget(self.area)
        self.foot.wait()
        self.present.look(self.form.value())
        self._offer()
        self.form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_form(self) -> None:
        """What is read in the place of the form."""
        self.writing, self._wanted = "", False
        self.middle.setCurrentIndex(0)
        self._offer()

    def _written(self) -> None:
        value = self.form.value()
        self.drafts[self.writing] = value
        self.foot.wait()
        self.present.look(value)

    def _sketched(self, sketch: Sketch) -> None:
        if not self.writing:
            return
        self.sketch = sketch
        if self.foot.tried:
            self.form.show_faults(sketch.faults, False)
        self.foot.put(sketch, self.present.now)
        why = t("Once it is whole it can be played through.") if sketch.faults else ""
        self.play.offer(sketch.route, self.present.now.authors, why)
        if self._wanted:
            self.adopt()

    def _in_form(self, run: Callable[[], object]) -> None:
        if self.writing and not self.bar.isVisible():
            run()

    def _to_fault(self) -> None:
        self.foot.tried = True
        if self.sketch is not None:
            self.form.show_faults(self.sketch.faults, True)

    def adopt(self) -> None:
        """Ask once more, in words, then adopt; what stands in the way is shown at its field. What was typed last is looked at
        first."""
        if not self.writing or self.bar.isVisible():
            return
        self._wanted = not self.present.settled()
        if self._wanted or self.sketch is None:
            return
        if self.sketch.faults:
            self._to_fault()
            return
        value = self.form.value()
        self.bar.confirm(
            "stamp", self.sketch.sentence, t("It holds for what is submitted from now on; what is under way keeps its version."),
            t("Adopt the route"), lambda _: self.present.adopt(value),
        )  # fmt: skip
        self._offer()

    def _offer(self) -> None:
        self.foot.setVisible(bool(self.writing) and not self.bar.isVisible())
