"""In the middle of a line's form: its topic, its text per language, the phrases that are locked, what was found, its pictures."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.rulebook.checker import firm
from ui import actions, theme
from ui.composer.films import choose
from ui.composer.parts import FindingRow, PictureRow
from ui.findings import other
from ui.texts import t, tip
from ui.voice.elsewhere import first_stopped, list_elsewhere, stopped
from ui.voice.lang_tabs import LangTabs
from ui.voice.line_draft import LineDraft
from ui.voice.locks import LockedEditor, list_locks, places
from ui.voice.words import language_name as language
from ui.widgets.base import Icon, Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice
from ui.widgets.finding_editor import FindingEditor
from ui.widgets.form import text_field

HIGH = 150


class LineWork(QWidget):
    """Tells what was typed; decides nothing. `override_wanted`: a finding is to stand; `refused`: why words can't be locked."""

    override_wanted = Signal(object)
    refused = Signal(str)

    def __init__(self, present: LineDraft) -> None:
        super().__init__()
        self.present = present
        self._of: object = None
        self._shown: object = None
        self._listed: object = None
        outer = column(self)
        self._writing(outer)
        self._locked(outer)
        self._findings(outer)
        self._pictures(outer)
        outer.addStretch(1)

    def _writing(self, outer: QVBoxLayout) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(24, 14, 24, 8)
        box.setSpacing(10)
        outer.addLayout(box)
        self.topic = text_field(t("Topic"))
        self.topic.setPlaceholderText(t("What it is about, in a word or two: debt, climate finance"))
        self.topic.textEdited.connect(self.present.is_about)
        self.topic.editingFinished.connect(self.present.look_for_earlier)
        row = line(box, gap=10)
        row.addWidget(Label(t("Topic"), 12, theme.MEDIUM, "text2"))
        row.addWidget(self.topic, 1)
        head = line(box, gap=8)
        self.tabs = LangTabs("line")
        self.tabs.chosen.connect(self.take)
        head.addWidget(self.tabs, 1)
        self.more = choice(t("Another language"), [])
        self.more.activated.connect(self._add)
        head.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.editor = LockedEditor(t("Text"))
        self.editor.setPlaceholderText(t("The wording that is to be agreed. Then choose words in it and lock them."))
        self.editor.grow(theme.px(HIGH))
        self.editor.textChanged.connect(lambda: self.present.write(self.editor.toPlainText(), self.present.lang))
        self.editor.types.connect(self.present.types)
        self.editor.pictured.connect(self.present.add_picture)
        self.editor.selectionChanged.connect(self._able)
        box.addWidget(self.editor)
        foot = line(box, gap=6)
        self.kept_icon, self.kept = Icon("check", 14), Label("", 12, tone="text2")
        self.words = Label("", 12, tone="text2")
        foot.addWidget(self.kept_icon)
        foot.addWidget(self.kept)
        foot.addStretch(1)
        foot.addWidget(self.words)

    def _locked(self, outer: QVBoxLayout) -> None:
        outer.addWidget(rule())
        head = line(outer, (24, 9, 24, 7))
        head.addWidget(Label(t("Locked phrases"), 13, theme.BOLD))
        self.lock_count = Label("", 13, theme.MEDIUM, "text2")
        head.addWidget(self.lock_count)
        head.addStretch(1)
        self.lock_button = KeyButton(t("Lock these words"), actions.keys("lock", "line"), "lock", small=True)
        self.lock_button.clicked.connect(self.lock)
        head.addWidget(self.lock_button)
        self.locks = QVBoxLayout()
        self.locks.setContentsMargins(24, 0, 24, 10)
        self.locks.setSpacing(4)
        outer.addLayout(self.locks)

    def _findings(self, outer: QVBoxLayout) -> None:
        outer.addWidget(rule())
        head = line(outer, (24, 9, 24, 7))
        head.addWidget(Label(t("Findings"), 13, theme.BOLD))
        self.found_count = Label("", 13, theme.MEDIUM, "text2")
        head.addWidget(self.found_count)
        head.addStretch(1)
        self.found = QVBoxLayout()
        self.found.setSpacing(0)
        outer.addLayout(self.found)

    def _pictures(self, outer: QVBoxLayout) -> None:
        outer.addWidget(rule())
        box = QVBoxLayout()
        box.setContentsMargins(24, 10, 24, 10)
        outer.addLayout(box)
        row = line(box)
        row.addWidget(Label(t("Pictures for its kit"), 13, theme.BOLD))
        row.addStretch(1)
        self.add_button = KeyButton(t("Add picture"), actions.keys("picture", "line"), "image-plus", "link")
        self.add_button.clicked.connect(self.pick_picture)
        row.addWidget(self.add_button)
        self.pictures, self.rows = QVBoxLayout(), list[PictureRow]()
        box.addLayout(self.pictures)

    # -- filling

    def fill(self) -> None:
        """Another line, or another language."""
        present = self.present
        of, text = (id(present.draft), present.lang), present.draft.text(present.lang)
        if of != self._of or text != self.editor.toPlainText():
            self.editor.settle()
            self._of = of
            self.editor.blockSignals(True)
            self.editor.set_language(present.lang)
            self.editor.set_text(text)
            self.editor.blockSignals(False)
        self.editor.setAccessibleName(t("Text in {lang}", lang=language(present.lang)))
        if self.topic.text().strip() != present.draft.topic:
            self.topic.setText(present.draft.topic)
        self.more.clear()
        self.more.addItem(t("Another language"), "")
        for lang in present.further():
            self.more.addItem(language(lang), lang)
        self.fill_pictures()
        self._able()

    def fill_pictures(self, at: int = -1) -> None:
        """The pictures anew; the words of a new one are what comes next."""
        clear(self.pictures)
        self.rows = [PictureRow(self.present, n) for n in range(len(self.present.draft.pictures))]
        for row in self.rows:
            self.pictures.addWidget(row)
        if at >= 0:
            self.rows[at].show()
            self.rows[at].alt.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """How it stands now."""
        present, lang = self.present, self.present.lang
        written = present.draft.langs()
        lost = {one for one in present.langs if any(not present.holds(one, phrase) for phrase in present.locks(one))}
        self.tabs.put(present.langs, lang, written, lost | set(stopped(present, written)))
        text = present.draft.text(lang)
        self.words.setText(t("{n} words", n=len(text.split())))
        self.editor.locked = places(text, present.locks(lang))
        found = present.findings()
        self.editor.mark([f for f in found if "picture" not in f])
        for row in self.rows:
            row.underline(found)
        self._list_locks()
        self._list_found()

    def _list_locks(self) -> None:
        """In every language that has some, that in hand first."""
        present = self.present
        order = sorted(
            present.line.locks,
            key=lambda one: (one != present.lang, present.langs.index(one) if one in present.langs else 99),
        )
        rows = [(lang, phrase, present.holds(lang, phrase)) for lang in order for phrase in present.locks(lang)]
        before, self._shown = self._shown, (rows, present.lang, theme.scheme(), self.editor.isReadOnly())
        if before == self._shown:
            return
        clear(self.locks)
        self.lock_count.setText(str(len(rows)) if rows else "")
        if not rows:
            said = t(
                "None yet. Whoever carries the line says locked words exactly so; all others may be said otherwise."
            )
            self.locks.addWidget(Label(said, 12, tone="text2", wrap=True))
        list_locks(self.locks, rows, present.lang, len(order) > 1, None if self.editor.isReadOnly() else self._unlock)

    def _list_found(self) -> None:
        present = self.present
        found, over = present.all_findings(), dict(present.overrides)
        stops = stopped(present, present.draft.langs())
        before, self._listed = self._listed, (found, over, stops, present.lang, theme.scheme())
        if before == self._listed:
            return
        held = self.window().focusWidget()
        had = held is not None and isinstance(held.parent(), FindingRow)
        self.found_count.setText(str(len(found)))
        clear(self.found)
        wanted = next(filter(present.may_override, found), None)
        for number, one in enumerate(found, 1):
            self.found.addWidget(self._finding(number, one, one == wanted))
        if not found:
            quiet = Label(
                t("No findings.") if present.draft.langs() else t("Findings appear as you write."), 12, tone="text2"
            )
            quiet.setContentsMargins(24, 0, 24, 10)
            self.found.addWidget(quiet)
        list_elsewhere(self.found, stops, present.lang, self.take)
        if had:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finding(self, number: int, one: dict[str, Any], over: bool) -> FindingRow:
        runs: dict[str, Any] = {}
        if one.get("suggestion") is not None:
            runs["take"] = lambda: self.fix(number)
        if self.present.may_override(one) and not one["rule"].startswith("STRUCT"):
            runs["override"] = lambda: self.override_wanted.emit(one)
        if not firm(one["rule"]):
            runs["rule"] = lambda: self.present.ctx.go("rules", one["rule"])
        there = ""
        if "part" in one.get("against", {}):
            there = other(one["against"] if one["lang"] == self.present.lang else one)
            runs["there"] = lambda: self.take(
                one["against"]["lang"] if one["lang"] == self.present.lang else one["lang"]
            )
        lang = one["lang"] if one.get("lang", self.present.lang) != self.present.lang and "langs" not in one else ""
        return FindingRow(number, one, self.present.overrides.get(one["rule"], ""), runs, over, False, lang, there)

    # -- gestures

    def take(self, lang: str) -> None:
        """That language is in hand."""
        self.present.also(lang)
        self.present.take(lang)
        self.fill()
        self.present.check()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_stop(self) -> None:
        """To the text in which something must be fixed."""
        lang = first_stopped(stopped(self.present, self.present.draft.langs()), self.present.lang)
        if lang != self.present.lang:
            self.take(lang)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, at: int) -> None:
        if lang := self.more.itemData(at):
            self.take(lang)

    def _able(self) -> None:
        chosen = bool(self.editor.textCursor().selectedText().strip()) and not self.editor.isReadOnly()
        self.lock_button.setEnabled(chosen)
        why = "" if chosen else t("Choose the words in the text first.")
        self.lock_button.setToolTip(tip(why))
        self.lock_button.setAccessibleDescription(why or self.lock_button.key)

    def lock(self) -> None:
        """Lock the words that are chosen."""
        if not self.editor.isReadOnly():
            words = self.editor.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
            if why := self.present.lock(words):
                self.refused.emit(why)
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unlock(self, lang: str, phrase: str) -> None:
        self.present.unlock(lang, phrase)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def fix(self, number: int) -> None:
        """Take the fix of that number."""
        found = self.present.all_findings()
        one = found[number - 1] if number <= len(found) else {}
        if one.get("suggestion") is None or self.editor.isReadOnly():
            return
        if one["lang"] != self.present.lang:
            self.take(one["lang"])
        where: FindingEditor | PictureRow = self.editor if one.get("picture") is None else self.rows[one["picture"]]
        where.replace(one["start"], one["end"], one["suggestion"])

    def override(self) -> None:
        """Ask to let the first finding stand that may."""
        if (wanted := next(filter(self.present.may_override, self.present.all_findings()), None)) is not None:
            self.override_wanted.emit(wanted)

    def pick_picture(self) -> None:
        """The one dialog: a file."""
        choose(self, self.present.add_picture)

    def set_read_only(self, on: bool) -> None:
        """What is over is not written in any more."""
        self.editor.setReadOnly(on)
        self.topic.setReadOnly(on)
        self._able()
