"""Rules from elsewhere: a Vale style, a term list, or files as they were exported; looked at, then taken in, all off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QWidget

from ui import actions, theme
from ui.rules.presenter import RulesPresenter
from ui.texts import LANGS, error, isolated, t
from ui.widgets.bar import Bar
from ui.widgets.base import Label, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice
from ui.widgets.choosing import pop

VALE, TERMS, FILES = "vale", "terms", "files"
SOME = 4


@dataclass(frozen=True, slots=True)
class Source:
    """What is taken in: a folder or file, as rules of a family for a language."""

    kind: str
    path: Path
    lang: str = "en"
    family: str = ""


class Importing(QObject):
    """One source in hand."""

    read = Signal(object, object)
    taken = Signal(int)

    def __init__(self, present: RulesPresenter) -> None:
        super().__init__(present)
        self.present = present
        self.source: Source | None = None
        self.made: Any = None

    def look(self, source: Source) -> None:
        """Read it; what is no source is refused where it is asked for."""
        from g20desk.desk import rule_files
        from g20desk.rulebook.imported import family_of

        name = source.path.stem if source.kind == TERMS else source.path.resolve().name
        self.source = source = replace(source, family=source.family.strip().upper() or family_of(name))

        def job() -> Any:
            make = rule_files.from_vale if source.kind == VALE else rule_files.from_terms
            return make(source.path, source.lang, source.family)

        def then(made: Any) -> None:
            if self.source == source:
                self.made = made
                self.read.emit(source, made)

        def failed(problem: Exception) -> None:
            if self.source == source:
                self.made = None
                self.read.emit(source, problem)

        self.present.ctx.worker.ask(job, then, failed, self, network=True)

    def take(self) -> None:
        """Into one's changes; every rule stays off until it is switched on."""
        source, made, draft = self.source, self.made, self.present.draft
        if source is None or made is None:
            return
        book = self.present.ctx.desk.rulebook

        def then(new: Any) -> None:
            self.present.put(new)
            self.taken.emit(made.rules)

        def failed(problem: Exception) -> None:
            self.read.emit(source, problem)

        job = lambda: book.taken_in(draft, source.family.lower(), made.text)  # noqa: E731
        self.present.ctx.worker.ask(job, then, failed, self)

    def take_files(self, folder: Path) -> None:
        """What a folder of rule files says otherwise becomes one's own changes."""
        from g20desk.desk import rule_files

        book, draft = self.present.ctx.desk.rulebook, self.present.draft

        def then(new: Any) -> None:
            self.present.put(new)
            self.taken.emit(-1)

        self.present.ask(lambda: book.taken_over(draft, rule_files.read([folder], book.files())), then)


class ImportBar(Bar):
    """What would be taken in, under which name and for which language. Enter takes it in, Esc leaves."""

    def __init__(self, importing: Importing) -> None:
        super().__init__()
        dress(self, "accent", "bar")
        self.importing = importing
        self.words = Label("", 13, theme.BOLD, wrap=True)
        self.under = Label("", 12, tone="text2", wrap=True)
        self.told.addWidget(self.words)
        self.told.addWidget(self.under)
        fields = line(self.told, (0, 4, 0, 0), 10)
        self.family = QLineEdit()
        self.family.setAccessibleName(t("Family"))
        self.family.setFixedWidth(theme.px(120))
        self.lang = choice(t("Language"), [(code, t(name)) for code, name in LANGS])
        for name, field in ((t("Family"), self.family), (t("Language"), self.lang)):
            fields.addWidget(Label(name, 12, tone="text2"))
            fields.addWidget(field)
        fields.addStretch(1)
        self.leave, self.go = KeyButton(t("Leave"), "Esc"), KeyButton(t("Take them in, all off"), "↵", kind="main")
        self.add(self.leave)
        self.add(self.go)
        self.leave.clicked.connect(self.close_bar)
        self.go.clicked.connect(importing.take)
        self.family.editingFinished.connect(self._again)
        self.family.returnPressed.connect(self._enter)
        self.lang.activated.connect(lambda _: self._again())
        importing.read.connect(self._read)
        importing.taken.connect(lambda _: self.close_bar())
        self.was: QWidget | None = None
        self.hide()

    def close_bar(self) -> None:
        """Take nothing in."""
        if self.isVisible():
            self.hide()
            if self.was is not None:
                self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        source = self.importing.source
        said = (self.family.text().strip().upper(), self.lang.currentData())
        if source is not None and said != (source.family, source.lang):
            self.importing.look(replace(source, family=said[0], lang=said[1]))

    def _enter(self) -> None:
        self._again()
        if self.go.isEnabled():
            self.importing.take()

    def _read(self, source: Source, made: Any) -> None:
        self.family.setText(source.family)
        self.lang.setCurrentIndex(max(0, self.lang.findData(source.lang)))
        name = isolated(source.path.name)
        if isinstance(made, Exception):
            said, help_ = error(made)
            self.words.setText(t("{name} can't be taken in", name=name))
            self.under.setText(f"{said} {help_}".strip())
        else:
            n, out = made.rules, len(made.left_out)
            self.words.setText(
                t("1 rule from {name}, off until it is switched on", name=name)
                if n == 1
                else t("{n} rules from {name}, every one off until it is switched on", n=n, name=name)
            )
            listed = " · ".join(f"{one.where}: {one.why}" for one in made.left_out[:SOME])
            more = t("and {n} more; all stand at the head of the file", n=out - SOME) if out > SOME else ""
            told = t("Left out: {n}. {which}", n=out, which=isolated(listed)) if out else t("Nothing is left out.")
            self.under.setText(f"{told} {more}".strip())
        self.go.setEnabled(not isinstance(made, Exception) and bool(made.rules))
        if not self.isVisible():
            self.was = self.window().focusWidget()
            self.show()
            self.family.setFocus(Qt.FocusReason.OtherFocusReason)


class TakeIn(KeyButton):
    """What can be taken in, in a menu; `chosen` carries the kind and the path."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(t("Take in"), actions.keys("import", "rules"), "folder-input")
        self.clicked.connect(self.ask)

    def ask(self) -> None:
        """Which kind, then which folder or file."""
        menu = QMenu(self)
        menu.setAccessibleName(t("Take in"))
        for kind, said in ((VALE, t("A Vale style")), (TERMS, t("A term list (CSV)")), (FILES, t("Rule files"))):
            action = QAction(said, menu)
            action.triggered.connect(
                lambda _=False, kind=kind: ask_for(self, kind, lambda path: self.chosen.emit(kind, path))
            )
            menu.addAction(action)
        pop(menu, self, above=False)


def ask_for(owner: QWidget, kind: str, then: Any) -> None:
    """The one dialog: which folder or file."""
    titles = {VALE: t("The folder of a Vale style"), TERMS: t("A term list"), FILES: t("A folder of rule files")}
    made = QFileDialog(owner, titles[kind], "", t("Term lists") + " (*.csv *.tsv *.txt)" if kind == TERMS else "")
    made.setFileMode(QFileDialog.FileMode.ExistingFile if kind == TERMS else QFileDialog.FileMode.Directory)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.fileSelected.connect(lambda path: then(Path(path)))
    made.open()


def ask_where(owner: QWidget, then: Any) -> None:
    """Where to write files: a new or an empty folder."""
    made = QFileDialog(owner, t("A new folder for the rule files"))
    made.setFileMode(QFileDialog.FileMode.AnyFile)
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    made.selectFile("rules")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.fileSelected.connect(lambda path: then(Path(path)))
    made.open()
