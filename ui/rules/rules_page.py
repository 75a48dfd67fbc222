"""The page of rules: the list at the start; in the middle the rule that is picked, read or written."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui import theme
from ui.rules.browse import Browse
from ui.rules.form import RuleForm
from ui.rules.presenter import RulesPresenter, Shown
from ui.rules.reading import RulePane
from ui.texts import clock, t
from ui.widgets.base import line, scrolled


class RulesPage(QWidget):
    """`altered`: what can be done is another. `wanted`: a rule was asked for that is to be written."""

    altered = Signal()

    def __init__(self, present: RulesPresenter) -> None:
        super().__init__()
        self.present, self.editing, self.kept = present, "", ""
        row = line(self, gap=0)
        self.start, self.pane = Browse(present), RulePane()
        self.middle = QStackedWidget()
        self.middle.addWidget(scrolled(self.pane))
        row.addWidget(self.start)
        row.addWidget(self.middle, 1)
        present.listed.connect(lambda rows: self.start.fill(rows, bool(self.editing)))
        present.showed.connect(self._showed)
        present.kept.connect(self._kept)
        self.start.picked.connect(self.pick)
        self.start.opened.connect(lambda _: self.edit())
        theme.watch.changed.connect(self._again)

    @cached_property
    def form(self) -> RuleForm:
        """Made when a rule is first written on."""
        made = RuleForm()
        made.principles({one.number: one.title for one in getattr(self.present.code, "principles", ())})
        made.written.connect(lambda row: self.present.write(self.editing, row))
        area: QScrollArea = scrolled(made)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # fields are as wide as their words
        self.middle.addWidget(area)
        return made

    def first(self) -> QWidget:
        """The list, or what is being written."""
        return self.form.first() if self.editing else self.start.list

    def pick(self, id: str) -> None:
        """Another rule; what was written of the one before is kept."""
        if id and id != self.present.id:
            self.leave(False)
        if id:
            self.present.show(id)

    def open(self, id: str) -> None:
        """That one, also where it was not looked for."""
        if id not in {row.id for row in self.present.rows()}:
            self.start.clear()
        self.pick(id)
        self.start.list.pick(id)

    def edit(self) -> None:
        """The rule's form in place of its page, for those who may."""
        entry = self.present.entries.get(self.present.id)
        if entry is None or self.present.may_edit():
            return
        self.editing = entry.id
        self.start.list.pick(entry.id)
        self.form.fill(entry.id, entry.row)
        self.middle.setCurrentIndex(1)
        if self.pane.shown is not None and self.pane.shown.entry == entry:
            self.form.judge(self.pane.shown)
        self.form.first().setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.altered.emit()

    def leave(self, focus: bool = True) -> bool:
        """Back to the rule's page, everything kept; whether the form was there."""
        if not self.editing:
            return False
        self.editing, self.kept = "", ""
        self.present.flush()
        self._again()
        self.middle.setCurrentIndex(0)
        if focus:
            self.start.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.altered.emit()
        return True

    def verdict(self) -> tuple[str, str, str]:
        """What is to be known of the rule: words, a sign, a tone."""
        shown = self.pane.shown
        if shown is None or shown.entry.id != self.present.id or not (self.editing or shown.trouble):
            why = self.present.may_edit()
            return why, "info" if why else "", "text2"
        if shown.trouble:
            return shown.trouble, "octagon-alert", "block"
        kept = f" · {self.kept}" if self.kept else ""
        return t("Every example behaves.") + kept, "circle-check", "text2"

    def _showed(self, shown: Shown) -> None:
        if self.editing == shown.entry.id:
            self.pane.shown = shown  # it is painted when the form is left
            if shown.entry.row != self.form.row:
                self.form.fill(self.editing, shown.entry.row)
            self.form.judge(shown)
        else:
            self.pane.fill(shown)
        self.altered.emit()

    def _again(self) -> None:
        if self.pane.shown is not None:
            self.pane.fill(self.pane.shown)

    def _kept(self, ms: int) -> None:
        self.kept = t("Kept on this desk {time}", time=clock(ms))
        self.altered.emit()
