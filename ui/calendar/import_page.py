"""The page on which a table or a calendar is taken in: what was read off the file and can be said otherwise, its faults or its rows,
and one button that makes drafts of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from g20desk.desk.import_match import CANCELLED, CHANGED
from g20desk.office.planning import TIME
from g20desk.office.tables.columns import FIELDS, IGNORED
from g20desk.office.tables.encoding import ENCODINGS
from ui import theme
from ui.calendar import import_rows
from ui.calendar.taking_in import TakingIn
from ui.rows import RowModel
from ui.texts import comma, error, isolated, ltr, t
from ui.widgets.bar import Bar
from ui.widgets.base import Label, clear, column, line, panel, rule, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice, choice
from ui.widgets.form import Field, text_field
from ui.widgets.rowlist import RowList

ORDERS = (("", "Asked, where they read two ways"), ("dmy", "Day first: 25/04/2027"), ("mdy", "Month first: 04/25/2027"),
          ("ymd", "Year first: 2027-04-25"))  # fmt: skip
SIGNS = (("comma", "Comma"), ("semicolon", "Semicolon"), ("tab", "Tab"), ("bar", "Vertical bar"))
CALLED = {
    "id": "Its own id", "at": "Date and time", "date": "Date", "time": "Time", "zone": "Time zone", "minutes": "Minutes",
    "title": "Title", "text": "Text", "lang": "Language", "kind": "Kind", "to": "Accounts", "topic": "Topic",
    "embargo": "Embargo until", "line": "Agreed line", "group": "Moves together with", "note": "Note",
}  # fmt: skip
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")


class ImportPage(QWidget):
    """`closed`: nothing is taken in, or everything was."""

    closed = Signal()

    def __init__(self, taking: TakingIn) -> None:
        super().__init__()
        self.taking, self.shown = taking, import_rows.STEP
        outer = column(self)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        side, work = panel("surface", "end"), QWidget()
        side.setFixedWidth(theme.px(352))
        self.about = QWidget()
        self.told = column(self.about, (20, 16, 20, 16), 12)
        column(side, (0, 0, 1, 0)).addWidget(scrolled(self.about))
        row.addWidget(side)
        middle = column(work, (0, 0, 0, 0))
        head = column(panel_in(middle), (24, 14, 24, 12), 4)
        self.name, self.sum = Label("", 15, theme.BOLD, wrap=True), Label("", 13, tone="text2", wrap=True)
        head.addWidget(self.name)
        head.addWidget(self.sum)
        self.list = RowList(RowModel(self), t("Rows of the file"))
        self.list.more.connect(self._more)
        middle.addWidget(self.list, 1)
        row.addWidget(work, 1)
        self._fields()
        self.bar = Bar()
        self.says = Label("", 13, wrap=True)
        self.changes = QCheckBox(t("Take over what was changed"))
        self.changes.setFont(theme.font(13))
        self.changes.toggled.connect(lambda _: self._weigh())
        self.bar.told.addWidget(self.says)
        self.bar.told.addWidget(self.changes)
        self.leave, self.go = KeyButton(t("Leave"), "Esc"), KeyButton("", "Ctrl ↵", kind="main")
        self.bar.add(self.leave)
        self.bar.add(self.go)
        outer.addWidget(self.bar)
        self.leave.clicked.connect(self.closed)
        self.go.clicked.connect(self.take)
        taking.looked.connect(self._looked)
        taking.step.connect(self._step)
        taking.failed.connect(self._failed)
        taking.present.ctx.worker.busy.connect(self._idle)

    def _fields(self) -> None:
        said = self.taking
        self.encoding = choice(t("Encoding"), [(one, ltr(one)) for one in ENCODINGS])
        self.sign = choice(t("Between cells"), [(value, t(words)) for value, words in SIGNS])
        self.dates = choice(t("How dates are written"), [(value, t(words)) for value, words in ORDERS])
        self.zone, self.plan = Choice(), Choice()
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.zone.addItems(sorted(available_timezones()))
        self.zone.lineEdit().setAccessibleName(t("Whose clock"))
        self.all_day = text_field(t("Days without a time"))
        self.all_day.setPlaceholderText(t("for example: 09:00"))
        for widget in (self.zone, self.plan):
            widget.setFont(theme.font(13))
            widget.setMinimumHeight(theme.px(32))
        self.fields = {
            "encoding": Field(t("Encoding"), self.encoding), "delimiter": Field(t("Between cells"), self.sign),
            "dates": Field(t("How dates are written"), self.dates), "zone": Field(t("Whose clock"), self.zone),
            "all_day": Field(t("Days without a time"), self.all_day, t("Their time; leave it empty to leave such days out.")),
            "plan": Field(t("Plan"), self.plan),
        }  # fmt: skip
        for name, field in self.fields.items():
            field.widget.setAccessibleName(
                {"zone": t("Whose clock"), "plan": t("Plan")}.get(name, field.widget.accessibleName())
            )
            self.told.addWidget(field)
        self.columns = column(panel_in(self.told), (0, 0, 0, 0), 8)
        self.told.addStretch(1)
        self.encoding.activated.connect(lambda _: said.say(encoding=self.encoding.currentData()))
        self.sign.activated.connect(lambda _: said.say(delimiter=self.sign.currentData()))
        self.dates.activated.connect(lambda _: said.say(dates=self.dates.currentData()))
        self.zone.activated.connect(lambda _: said.say(zone=self.zone.currentText().strip()))
        self.zone.lineEdit().editingFinished.connect(lambda: said.say(zone=self.zone.currentText().strip()))
        self.plan.activated.connect(lambda _: said.say(plan=self.plan.currentData()))
        self.all_day.editingFinished.connect(self._day)

    def begin(self, path: Path) -> None:
        """Show a file."""
        self.shown = import_rows.STEP
        self.changes.setChecked(False)
        self.name.setText(isolated(path.name))
        self.taking.begin(path)

    def first(self) -> QWidget:
        """Its rows."""
        return self.list

    def take(self) -> None:
        """Make what is new."""
        if self.go.isEnabled():
            self.go.setEnabled(False)
            self.taking.take(self.changes.isChecked())

    def _day(self) -> None:
        said = self.all_day.text().strip()
        self.fields["all_day"].tell("" if not said or TIME.match(said) else t("Write for example 09:00."))
        if not said or TIME.match(said):
            self.taking.say(all_day=said or "skip")

    def _looked(self, found: Any) -> None:
        problem = isinstance(found, Exception)
        self.fields["plan"].setVisible(not problem)
        self._plans()
        if problem:
            self.sum.setText(f"{error(found)[0]} {import_rows.plain(getattr(found, 'help', ''))}".strip())
            self.sum.set_tone("block")
            self.list.fill([], "")
            clear(self.columns)
            self._weigh()
            return
        facts, calendar = found.facts, found.form == "ics"
        for name, there in (("delimiter", not calendar), ("dates", not calendar), ("all_day", calendar)):
            self.fields[name].setVisible(there)
        _pick(self.encoding, facts["encoding"], ltr(facts["encoding"]))
        sample = comma().join(isolated(one) for one in facts["samples"])
        sure = "" if facts["certain"] else t("As it seems; look at the words.") + " "
        self.fields["encoding"].set_hint(sure + (sample or t("Plain letters only.")))
        if not calendar:
            _pick(self.sign, facts["delimiter"])
            self._columns(facts["columns"])
        self.zone.setEditText(found.zone)
        self.sum.setText(import_rows.faulty(len(found.faults)) if found.faults else import_rows.counted(found))
        self.sum.set_tone("block" if found.faults else "text2")
        self._rows()
        self._weigh()

    def _plans(self) -> None:
        look = self.taking.look
        self.plan.clear()
        if look is not None and look.plan is None:
            self.plan.addItem(t("A new one: {name}", name=look.name), self.taking.said.plan)
        for id, name in self.taking.plans:
            self.plan.addItem(name, id)
        if look is not None and look.plan is not None:
            _pick(self.plan, look.plan.id, look.plan.name)

    def _columns(self, listed: list[dict[str, Any]]) -> None:
        """What each column is; made anew only where another table stands there."""
        clear(self.columns)
        self.columns.addWidget(rule())
        self.columns.addWidget(Label(t("Columns"), 13, theme.BOLD))
        known = [(IGNORED, t("Left out")), *((field, t(CALLED[field])) for field in FIELDS)]
        known += [(f"text.{lang}", t("Text in {lang}", lang=ltr(lang))) for lang in LANGUAGES]
        for one in listed:
            name = f"{ltr(one['letters'])} {isolated(one['column'])}"
            field = choice(t("What the column {name} is", name=name), known)
            _pick(field, one["field"] or IGNORED, ltr(one["field"] or ""))
            field.activated.connect(
                lambda _=0, field=field, at=one["letters"]: self.taking.map(at, field.currentData())
            )
            self.columns.addWidget(Field(name, field))

    def _rows(self) -> None:
        look, desk = self.taking.look, self.taking.present.ctx.desk
        names = {account.id: account.name for account in desk.office.accounts.values()}
        self.list.fill(import_rows.rows(look, names, self.shown), self.list.current_id())

    def _more(self) -> None:
        self.shown += import_rows.STEP
        self._rows()

    def _weigh(self) -> None:
        look = self.taking.look
        changed = bool(look is not None and not look.faults and look.of(CHANGED, CANCELLED))
        self.changes.setVisible(changed)
        words = import_rows.verb(look, self.changes.isChecked()) if look is not None and not look.faults else ""
        self.go.setText(words or t("Nothing to make"))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(words))
        self.go.updateGeometry()
        self.says.setText(t("Drafts are without approval; nothing is scheduled.") if words else "")

    def _step(self, done: int, of: int) -> None:
        self.says.setText(t("{n} of {all}", n=done // 2, all=of // 2))

    def _failed(self, problem: Exception) -> None:
        words, help_ = error(problem)
        self.says.setText(f"{words} {help_}")
        self.go.setEnabled(True)

    def _idle(self, busy: bool) -> None:
        """It was stopped, or is done: what can be done is looked at again."""
        if not busy and self.isVisible() and self.taking.look is not None:
            self._weigh()


def panel_in(layout: Any) -> QWidget:
    """A plain panel, put into a layout."""
    made = panel("surface")
    layout.addWidget(made)
    return made


def _pick(field: Choice, value: str, words: str = "") -> None:
    """Show a value, put in where it is none of those offered."""
    if field.findData(value) < 0:
        field.addItem(words or value, value)
    field.setCurrentIndex(field.findData(value))


def ask_file(owner: QWidget, then: Any) -> None:
    """The one dialog: which file."""
    kinds = f"{t('Tables and calendars')} (*.csv *.tsv *.txt *.ics)"
    made = QFileDialog(owner, t("Take in a table or a calendar"), "", kinds)
    made.setFileMode(QFileDialog.FileMode.ExistingFile)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.fileSelected.connect(lambda path: then(Path(path)))
    made.open()
