"""The page of templates for emergencies: the list, the one that is picked, read, written or filled, and how it will read."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.office.fill_form import FillForm
from ui.office.frame import Page
from ui.office.template_foot import TemplateFoot
from ui.office.template_form import TemplateForm
from ui.office.template_preview import Preview
from ui.office.template_reading import fill, row_of
from ui.office.templates_presenter import Listed, TemplatesPresenter
from ui.rows import Row, RowModel
from ui.texts import isolated, t, tip
from ui.widgets.base import column, line, panel, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.chrome import Notice
from ui.widgets.rowlist import RowList
from ui.widgets.sign_bar import SignBar

NEW = "new"


class TemplatesPage(Page):
    """What was written of a template and not laid before others stays as long as the window is open."""

    scope = "templates"

    def __init__(self, ctx: Ctx, notice: Notice) -> None:
        self.present = TemplatesPresenter(ctx)
        super().__init__(ctx, self.present, notice)
        self.writing, self.drafts, self._filling = "", dict[str, dict[str, Any]](), False
        self.new = KeyButton(t("New template"), actions.keys("new-template", "templates"), "plus", "main")
        self.new.clicked.connect(self.begin)
        self.heads = [self.new]
        row = line(self, gap=0)
        self.start = panel("surface", "end")
        self.start.setFixedWidth(theme.px(288))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Templates"), narrow=True)
        column(self.start, (0, 0, 1, 0)).addWidget(self.list)
        row.addWidget(self.start)
        self.middle, self.filling, self.preview = QStackedWidget(), FillForm(), Preview()
        inner = QWidget()
        self.shown = column(inner, (28, 18, 28, 18), 10)
        self.middle.addWidget(scrolled(inner))
        self.filling.box.setContentsMargins(28, 18, 28, 18)
        self.middle.addWidget(scrolled(self.filling))
        row.addWidget(self.middle, 1)
        self.end = panel("surface", "start")
        column(self.end, (1, 0, 0, 0)).addWidget(scrolled(self.preview))
        self.foot, self.bar = TemplateFoot(), SignBar()
        self.foots = [self.foot, self.bar]
        self.foot.hide()
        self.reads = {"edit": self.edit, "withdraw": self._withdraw, "second": self._second, "fill": self._fill}
        self.runs = {**self.reads, "new-template": self.begin, "adopt": self.adopt}
        self._hear()

    def _hear(self) -> None:
        present = self.present
        self.list.picked.connect(lambda _: self._picked())
        self.list.opened.connect(lambda _: self._opened())
        present.listed.connect(self._listed)
        present.looked.connect(self._looked)
        present.shown.connect(self._previewed)
        present.refused.connect(self._refused)
        present.done.connect(self._done)
        present.begun.connect(self._begun)
        self.filling.typed.connect(lambda slots: present.preview(self._row()["name"], slots))
        self.filling.wanted.connect(lambda to, slots: present.fill(self._row()["name"], to, slots))
        self.filling.left.connect(self.leave)
        self.foot.wanted.connect(self.adopt)
        self.foot.left.connect(self.leave)
        self.foot.to_fault.connect(self._to_fault)
        self.bar.closed = self._offer
        theme.watch.changed.connect(self._again)

    @cached_property
    def form(self) -> TemplateForm:
        """Made when a template is first written."""
        made = TemplateForm()
        made.changed.connect(self._written)
        self.area: QScrollArea = scrolled(made)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.middle.addWidget(self.area)
        return made

    def first(self) -> QWidget:
        """The list, or what is being written."""
        return self.form.name if self.writing else self.list

    def regions(self) -> list[QWidget]:
        """In reading order."""
        return [self.start, self.middle, self.end, self.foot, self.bar]

    def sub(self) -> str:
        """How many are in force."""
        n = len(self.present.now.rows)
        if not n:
            return t("No templates yet")
        return t("1 template") if n == 1 else t("{n} templates", n=n)

    def arrange(self) -> None:
        """The header and the foot as they have to be."""
        self.new.show()
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

    def leave(self) -> None:
        """Back to what is read; what was written is there when it is written on."""
        self._close()
        self._fill_list()
        self._again()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self.writing = ""
        self.middle.setCurrentIndex(0)
        self._offer()

    def _row(self) -> dict[str, Any]:
        now, id = self.present.now, self.list.current_id()
        return now.rows.get(id) or now.waiting.get(id) or {}

    def _listed(self, now: Listed) -> None:
        self.new.setEnabled(not now.write)
        self.new.setToolTip(tip(now.write))
        self._fill_list()
        self._again()
        self.told.emit()

    def _fill_list(self) -> None:
        now = self.present.now
        rows = [row_of(one, True) for one in now.waiting.values()]
        rows += [row_of(one, False) for one in sorted(now.rows.values(), key=lambda one: one["name"].casefold())]
        if NEW in self.drafts:
            name = isolated(self.drafts[NEW]["name"]) or t("New template")
            rows.insert(0, Row(NEW, name, t("Not laid before anybody yet"), "pencil", "warn", third=t("Being written")))
        self._filling = True
        self.list.fill(rows, self.list.current_id())
        self._filling = False

    def _picked(self) -> None:
        """Another row; what was written stays."""
        if not self._filling:
            self._close()
            self._again()

    def _again(self) -> None:
        if self.middle.currentIndex() != 0:
            return
        row, now = self._row(), self.present.now
        fill(self.shown, row, row.get("id") in now.waiting, now, self.reads)
        if row:
            self.preview.samples(row["texts"])
        else:
            self.preview.none()

    # -- writing

    def begin(self) -> None:
        """A new template, or the one that was begun."""
        if self._may():
            self._write(NEW, self.drafts.get(NEW, {}), t("New template"))

    def edit(self) -> None:
        """A new version of the one that is picked."""
        if self.list.current_id() == NEW:
            self.begin()
        elif (row := self._row()).get("id") in self.present.now.rows and self._may():
            value = self.drafts.get(row["id"]) or self.present.now.files[row["id"]]
            self._write(row["id"], value, t("A new version of {name}", name=isolated(row["name"])))

    def _write(self, id: str, value: dict[str, Any], title: str) -> None:
        self.writing = id
        self.form.put(value, self.present.now, title)
        self.middle.setCurrentWidget(self.area)
        self._look()
        self._offer()
        self.form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _written(self) -> None:
        self.drafts[self.writing] = self.form.value()
        self._look()

    def _look(self) -> None:
        value = self.form.value()
        self.foot.wait()
        self.present.look(value)
        self.preview.samples({one["lang"]: one["parts"] for one in value["text"]})

    def _looked(self, why: str) -> None:
        if self.writing:
            self.foot.put(why)
            if not why:
                self.form.calm()

    def _to_fault(self) -> None:
        self.form.show_why(self.foot.said, self.foot.why.text())

    def adopt(self) -> None:
        """Ask once more, then lay it before the others; what stands in the way is shown at its field."""
        if not self.writing or self.bar.isVisible() or not self.present.settled():
            return
        if self.foot.said:
            self._to_fault()
            return
        value = self.form.value()
        self.bar.confirm(
            "stamp", t("Clear the template {name} for emergencies?", name=isolated(value["name"])),
            t("It is in force once the head and somebody who speaks for a government are both for it."),
            t("Lay it before the second person"), lambda _: self.present.adopt(value),
        )  # fmt: skip
        self._offer()

    def _offer(self) -> None:
        self.foot.setVisible(bool(self.writing) and not self.bar.isVisible())

    # -- other acts

    def _may(self) -> bool:
        if self.present.now.write:
            self.notice.say(self.present.now.write)
        return not self.present.now.write

    def _opened(self) -> None:
        row = self._row()
        if row.get("second"):
            self._second()
        elif row or self.list.current_id() == NEW:
            self.edit()

    def _second(self) -> None:
        row = self._row()
        if row.get("second") and not self.writing:
            self.bar.confirm("stamp", t("Clear the template {name} for emergencies?", name=isolated(row["name"])),
                             t("Your word puts it in force. Its texts stand beside this."), t("Join it"),
                             lambda _: self.present.second(row["id"]))  # fmt: skip

    def _withdraw(self) -> None:
        row = self._row()
        if row.get("takes_back") and not self.writing:
            self.bar.confirm("undo-2", t("Take the template {name} off the table?", name=isolated(row["name"])), "",
                             t("Take it off the table"), lambda why: self.present.take_back(row["id"], why), t("Why"), True)  # fmt: skip
        elif row.get("id") in self.present.now.rows and not self.writing and self._may():
            self.bar.confirm("undo-2", t("Take the template {name} out of use?", name=isolated(row["name"])),
                             t("No message is released by it from then on."), t("Withdraw"),
                             lambda _: self.present.withdraw(row["name"]))  # fmt: skip

    def _fill(self) -> None:
        row = self._row()
        if row.get("id") not in self.present.now.rows or self.writing:
            return
        if self.present.now.fill:
            self.notice.say(self.present.now.fill)
            return
        self.filling.put(row, self.present.now)
        self.middle.setCurrentIndex(1)
        self.present.preview(row["name"], self.filling.slots())
        self.filling.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _previewed(self, made: Any) -> None:
        if self.middle.currentIndex() == 1:
            self.preview.filled(made)
            self.filling.judge(made)

    def _begun(self, id: str) -> None:
        self.leave()
        self.ctx.go("composer", id)

    def _refused(self, words: str) -> None:
        if self.writing:
            self.foot.refuse(words)
        elif self.middle.currentIndex() == 1:
            self.filling.refuse("", words)
        else:
            self.notice.say(words)

    def _done(self, words: str) -> None:
        self.drafts.pop(self.writing, None)
        self.leave()
        self.notice.say(words, tone="ok")
