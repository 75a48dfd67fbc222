"""The page of routes: the list, the one that is picked, read or written, and its play-through at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.office import route_reading
from ui.office.route_rows import GONE, NEW, RULES, rows_of
from ui.office.routes_presenter import Listed
from ui.office.routes_writing import RoutesWriting
from ui.office.rules_forms import LeastForm, PresidencyForm
from ui.rows import RowModel
from ui.texts import isolated, t, tip
from ui.widgets.base import column, line, panel, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.chrome import Notice
from ui.widgets.rowlist import RowList


class RoutesPage(RoutesWriting):
    """Everybody reads, the head changes."""

    scope = "routes"

    def __init__(self, ctx: Ctx, notice: Notice) -> None:
        super().__init__(ctx, notice)
        self._head()
        row = line(self, gap=0)
        self.start = panel("surface", "end")
        self.start.setFixedWidth(theme.px(288))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Routes"), narrow=True)
        column(self.start, (0, 0, 1, 0)).addWidget(self.list)
        row.addWidget(self.start)
        inner = QWidget()
        self.shown = column(inner, (28, 18, 28, 18), 10)
        self.middle.addWidget(scrolled(inner))
        self.least, self.presidency = LeastForm(), PresidencyForm()
        for form in (self.least, self.presidency):
            form.box.setContentsMargins(28, 18, 28, 18)
            self.middle.addWidget(scrolled(form))
        row.addWidget(self.middle, 1)
        self.end = panel("surface", "start")
        column(self.end, (1, 0, 0, 0)).addWidget(scrolled(self.play))
        self._hear()
        self.reads = {
            "edit": self.edit, "withdraw": self._withdraw, "save-file": self._save, "least": self._least,
            "presidency": self._presidency,
        }  # fmt: skip
        self.runs = {
            **self.reads, **self.writing_runs(), "new-route": self.begin, "play": self._play, "take-file": self._take,
        }  # fmt: skip
        theme.watch.changed.connect(self._again)

    def _head(self) -> None:
        self.take = KeyButton(t("Take in a file"), actions.keys("take-file", "routes"), "folder-input")
        self.new = KeyButton(t("New route"), actions.keys("new-route", "routes"), "plus", "main")
        self.take.clicked.connect(self._take)
        self.new.clicked.connect(self.begin)
        self.heads = [self.take, self.new]

    def _hear(self) -> None:
        present = self.present
        self.list.picked.connect(self.pick)
        self.list.opened.connect(lambda _: self.edit())
        present.listed.connect(self._listed)
        present.refused.connect(self._refused)
        present.done.connect(self._done)
        present.taken.connect(self._taken)
        present.played.connect(self.play.put)
        present.not_played.connect(self.play.refuse)
        self.play.begun.connect(present.begin_play)
        self.least.wanted.connect(present.set_least)
        self.presidency.wanted.connect(present.set_presidency)
        for form in (self.least, self.presidency):
            form.left.connect(self.leave)

    # -- where we are

    def first(self) -> QWidget:
        """The list, or what is being written."""
        return self.form.name if self.writing else self.list

    def regions(self) -> list[QWidget]:
        """In reading order."""
        return [self.start, self.middle, self.end, self.foot, self.bar]

    def sub(self) -> str:
        """How many are in force."""
        n = len(self.present.now.files)
        if not n:
            return t("No routes yet")
        return t("1 route") if n == 1 else t("{n} routes", n=n)

    def open(self, id: str) -> None:
        """That route."""
        if self.model.place(id) >= 0:
            self.list.pick(id)
        else:
            self.id = id  # it is shown when the routes are here

    def arrange(self) -> None:
        """The header and the foot as they have to be."""
        for widget in self.heads:
            widget.show()
        self._offer()

    def back(self) -> bool:
        """Escape: the question, then the form."""
        if self.bar.isVisible():
            self.bar.close_bar()
            return True
        if self.middle.currentIndex() != 0:
            self.leave()
            return True
        return False

    def pick(self, id: str) -> None:
        """Another row; what was written stays."""
        if id == self.id or self._filling:
            return
        self.id = id
        self.close_form()
        self._again()

    def leave(self) -> None:
        """Back to what is read; what was written is there when it is written on."""
        self.close_form()
        self._fill_list()
        self._again()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is shown

    def _listed(self, now: Listed) -> None:
        for widget in (self.take, self.new):
            widget.setEnabled(not now.can)
            widget.setToolTip(tip(now.can))
        self._fill_list()
        self._again()
        self.told.emit()

    def _fill_list(self) -> None:
        self._follow()
        rows = rows_of(self.present.now, self.drafts)
        there = any(row.id == self.id for row in rows)
        self._filling = True
        self.list.fill(rows, self.id if there else "")
        self._filling = False
        if not self.writing:
            self.id = self.list.current_id()

    def _follow(self) -> None:
        """What is written on a route goes on with its name where somebody adopted another version meanwhile, or withdrew it."""
        now = self.present.now
        for id in [one for one in {*self.drafts, self.writing, self.id} if one in now.old and one not in now.files]:
            name = now.old[id]["name"]
            new = next((other for other, one in now.files.items() if one["name"] == name), GONE + name)
            if id in self.drafts:
                self.drafts[new] = self.drafts.pop(id)
            self.writing = new if self.writing == id else self.writing
            self.id = new if self.id == id else self.id

    def _again(self) -> None:
        now, id = self.present.now, self.id
        if id in now.said:
            route_reading.fill(self.shown, id, now, self.reads)
        elif id.startswith(GONE):
            route_reading.fill_gone(self.shown, id.removeprefix(GONE), now, self.reads)
        elif id == RULES:
            route_reading.fill_rules(self.shown, now, self.reads)
        else:
            route_reading.fill_others(self.shown, now)
        if not self.writing:
            self.play.offer(now.said[id].route if id in now.said else None, now.authors)

    # -- what is done

    def begin(self) -> None:
        """A new route, or the one that was begun."""
        if self._may():
            self.write(NEW)

    def edit(self) -> None:
        """A new version of the one that is picked, or a withdrawn one taken up again."""
        if self.id == RULES:
            self._least()
        elif (self.id in self.present.now.files or self.id.startswith(GONE) or self.id == NEW) and self._may():
            self.write(self.id)

    def _may(self) -> bool:
        if self.present.now.can:
            self.notice.say(self.present.now.can)
        return not self.present.now.can

    def _refused(self, words: str) -> None:
        at = self.middle.currentIndex()
        if self.writing:
            self.foot.refuse(words)
        elif at in (1, 2):
            (self.least if at == 1 else self.presidency).refuse("", words)
        else:
            self.notice.say(words)

    def _done(self, words: str) -> None:
        if self.writing:
            name = self.drafts.pop(self.writing, self.form.value())["name"]
            self.id = next((id for id, one in self.present.now.files.items() if one["name"] == name), self.id)
        if self.middle.currentIndex() != 0:
            self.leave()
        self.notice.say(words, tone="ok")

    def _withdraw(self) -> None:
        if self.id in self.present.now.files and not self.writing and self._may():
            name = self.present.now.files[self.id]["name"]
            self.bar.confirm("undo-2", t("Take the route {name} out of use?", name=isolated(name)),
                             t("What is under way goes on by it. New messages take another route, or one approval."),
                             t("Withdraw"), lambda _: self.present.withdraw(name))  # fmt: skip

    def _play(self) -> None:
        if self.play.go.isEnabled():
            self.end_wanted.emit()
            self.play.begin()
            self.play.to_step()

    def _least(self) -> None:
        if self._may():
            self.least.put(self.present.now.least)
            self.middle.setCurrentIndex(1)
            self.least.span.many.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _presidency(self) -> None:
        if self._may():
            self.presidency.put(self.present.now.troika)
            self.middle.setCurrentIndex(2)
            self.presidency.here.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- files

    def _save(self) -> None:
        value = self.form.value() if self.writing else self.present.now.files.get(self.id)
        if value is not None:
            name = "".join(one if one.isalnum() else "-" for one in str(value["name"]).casefold()) or "route"
            made = QFileDialog(self, t("Save as a file"), f"{name}.toml", "*.toml")
            made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self._ask(made, lambda path: self.present.save(path, value))

    def _take(self) -> None:
        if self._may():
            made = QFileDialog(self, t("Open a file"), "", "*.toml")
            made.setFileMode(QFileDialog.FileMode.ExistingFile)
            self._ask(made, self.present.read)

    def _taken(self, value: dict[str, Any]) -> None:
        """A file's route is in the form, as what was typed would be."""
        self.drafts[NEW] = {"name": "", **value}
        self._fill_list()
        self.write(NEW)

    def _ask(self, dialog: QFileDialog, then: Any) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.open()
