"""In the middle: the text per language that the account carries, how far it is from the line, and what was found in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.composer.parts import FindingRow
from ui.texts import RTL, comma, isolated, t, tip
from ui.voice.adopt_draft import AdoptDraft
from ui.voice.elsewhere import first_stopped, list_elsewhere, stopped
from ui.voice.lang_tabs import LangTabs
from ui.voice.locks import LockedEditor, places
from ui.voice.words import language_name as language
from ui.widgets.base import Icon, Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.prose import shaped
from ui.widgets.word_diff import markup, spoken

HIGH = 150


class AdoptWork(QWidget):
    """Tells what was typed; decides nothing."""

    def __init__(self, present: AdoptDraft) -> None:
        super().__init__()
        self.present = present
        outer = column(self)
        box = QVBoxLayout()
        box.setContentsMargins(24, 14, 24, 8)
        box.setSpacing(8)
        outer.addLayout(box)
        head = line(box, gap=8)
        self.tabs = LangTabs("relay")
        self.tabs.chosen.connect(self._take)
        head.addWidget(self.tabs, 1)
        self.as_is = KeyButton(t("As it is"), actions.keys("as-is", "relay"), "undo-2", "quiet", small=True)
        self.as_is.setToolTip(tip(t("The line word for word")))
        self.as_is.clicked.connect(self._as_is)
        head.addWidget(self.as_is, 0, Qt.AlignmentFlag.AlignTop)
        self.editor = LockedEditor(t("Text"))
        self.editor.grow(theme.px(HIGH))
        self.editor.textChanged.connect(lambda: present.write(self.editor.toPlainText(), present.lang))
        self.editor.types.connect(present.types)
        box.addWidget(self.editor)
        foot = line(box, gap=6)
        self.kept_icon, self.kept = Icon("check", 14), Label("", 12, tone="text2")
        foot.addWidget(self.kept_icon)
        foot.addWidget(self.kept)
        foot.addStretch(1)
        outer.addWidget(rule())
        beside = QVBoxLayout()
        beside.setContentsMargins(24, 10, 24, 12)
        beside.setSpacing(8)
        outer.addLayout(beside)
        self.beside = beside
        outer.addWidget(rule())
        found = line(outer, (24, 9, 24, 7))
        found.addWidget(Label(t("Findings"), 13, theme.BOLD))
        self.found_count = Label("", 13, theme.MEDIUM, "text2")
        found.addWidget(self.found_count)
        found.addStretch(1)
        self.found = QVBoxLayout()
        self.found.setSpacing(0)
        outer.addLayout(self.found)
        outer.addStretch(1)
        self._of: object = None
        self._shown: object = None

    def fill(self) -> None:
        """Another relay, another language, or a text that was put there."""
        present = self.present
        if present.brief is None:
            return
        of, text = (present.brief.id, present.lang), present.draft.text(present.lang)
        if of != self._of or text != self.editor.toPlainText():
            self._of = of
            self.editor.blockSignals(True)
            self.editor.set_language(present.lang)
            self.editor.set_text(text)
            self.editor.blockSignals(False)
        self.editor.setAccessibleName(t("Text in {lang}", lang=language(present.lang)))
        line_said = present.line_in(present.lang)
        self.editor.setPlaceholderText(
            t("Write here.")
            if line_said
            else t(
                "The line has no text in {lang}: what you write is a translation of yours.", lang=language(present.lang)
            )
        )

    def set_read_only(self, on: bool) -> None:
        """What can't be adopted is not written in."""
        self.editor.setReadOnly(on)
        self.as_is.setEnabled(not on and bool(self.present.line_in(self.present.lang)))

    def pick(self, number: int) -> None:
        """The language of that number."""
        self.tabs.take(number)

    def _take(self, lang: str) -> None:
        self.present.lang = lang
        self.fill()
        self.present.check()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_stop(self) -> None:
        """To the text in which something must be fixed, or lacks its locked phrase."""
        present = self.present
        langs = present.brief.langs if present.brief is not None else ()
        stops = {one: 1 for one in langs if present.lost(one) and present.draft.text(one).strip()}
        stops |= stopped(present, [one for one in langs if present.draft.text(one).strip()])
        self._take(first_stopped(stops, present.lang))

    def _as_is(self) -> None:
        self.present.as_it_is()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_in(self) -> None:
        """The first locked phrase that is missing, at the caret."""
        if (lost := self.present.lost(self.present.lang)) and not self.editor.isReadOnly():
            text, at = self.editor.toPlainText(), self.editor.textCursor().selectionEnd()
            before, after = text[:at][-1:], text[at:][:1]
            cursor = self.editor.textCursor()
            cursor.setPosition(at)
            cursor.insertText(" " * before.isalnum() + lost[0] + " " * after.isalnum())
            self.editor.setTextCursor(cursor)
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def fix(self, number: int) -> None:
        """Take the fix of that number."""
        found = self.present.all_findings()
        if number <= len(found) and found[number - 1].get("suggestion") is not None and not self.editor.isReadOnly():
            one = found[number - 1]
            self.editor.replace(one["start"], one["end"], one["suggestion"])

    def follow(self) -> None:
        """How it stands now."""
        present, lang = self.present, self.present.lang
        if present.brief is None:
            return
        langs = present.brief.langs
        stops = stopped(present, [one for one in langs if present.draft.text(one).strip()])
        self.tabs.put(langs, lang, {one for one in langs if present.draft.text(one).strip()},
                      {one for one in langs if present.lost(one)} | set(stops))  # fmt: skip
        self.kept.setText(present.kept)
        self.kept_icon.setVisible(bool(present.kept))
        self.editor.locked = places(present.draft.text(lang), present.locks(lang))
        found = present.findings()
        self.editor.mark(found, present.entities())
        self._list(present.all_findings(), stops)
        self._compare(lang)

    def _compare(self, lang: str) -> None:
        """Beside the line: what is missing, how far it is, and the difference word by word."""
        present = self.present
        line_said, text = present.line_in(lang), present.draft.text(lang)
        lost, far = present.lost(lang), present.drift(lang)
        shown = (line_said, text, tuple(lost), theme.scheme(), self.editor.isReadOnly())
        if shown == self._shown:
            return
        self._shown = shown
        clear(self.beside)
        head = line(self.beside, gap=8)
        head.addWidget(Label(t("Beside the line"), 13, theme.BOLD))
        head.addStretch(1)
        if not text.strip():
            self.beside.addWidget(
                Label(t("Nothing goes out in {lang}.", lang=language(lang)), 12, tone="text2", wrap=True)
            )
            return
        if far is None:
            words = t(
                "The line has no text in {lang}: this is your translation. It is not measured.", lang=language(lang)
            )
            self.beside.addWidget(Label(words, 12, tone="text2", wrap=True))
            return
        icon, tone, words = verdict(far, bool(lost), present.locks(lang))
        head.addWidget(Icon(icon, 16, tone))
        head.addWidget(Label(words, 12, theme.MEDIUM, tone))
        for number, phrase in enumerate(lost):
            row = line(self.beside, gap=8)
            row.addWidget(Icon("lock", 14, "block"))
            row.addWidget(
                Label(t("Missing: “{words}”", words=isolated(phrase)), 13, theme.MEDIUM, "block", wrap=True), 1
            )
            if number == 0 and not self.editor.isReadOnly():
                button = KeyButton(t("Put it in"), actions.keys("put-in", "relay"), small=True)
                button.clicked.connect(self.put_in)
                row.addWidget(button)
        if far:
            runs = present.runs(lang)
            label = shaped(Label("", 13, wrap=True, rich=True), " ".join(markup([run]) for run in runs), 13, lang)
            label.setAccessibleName(spoken(runs))
            if lang in RTL:
                label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            self.beside.addWidget(label)

    def _list(self, found: list[dict], stops: dict[str, int]) -> None:  # type: ignore[type-arg]
        self.found_count.setText(str(len(found)))
        clear(self.found)
        for number, one in enumerate(found, 1):
            runs = {"take": lambda number=number: self.fix(number)} if one.get("suggestion") is not None else {}
            lang = one["lang"] if one.get("lang", self.present.lang) != self.present.lang and "langs" not in one else ""
            self.found.addWidget(FindingRow(number, one, "", runs, False, False, lang))
        if not found:
            quiet = Label(t("No findings."), 12, tone="text2")
            quiet.setContentsMargins(24, 0, 24, 10)
            self.found.addWidget(quiet)
        list_elsewhere(self.found, stops, self.present.lang, self._take)


def verdict(far: float, lost: bool, locks: tuple[str, ...]) -> tuple[str, str, str]:
    """How far a text is from the line: icon, tone, words."""
    if lost:
        return "octagon-alert", "block", t("A locked phrase is changed")
    kept = t("every locked phrase stands") if locks else ""
    if not far:
        return "circle-check", "ok", t("Word for word")
    return "pencil", "warn", comma().join(filter(None, (t("{n} % other words", n=max(1, round(far * 100))), kept)))
