"""The composer's middle: the text, what was found, pictures, the note. Tells what was done; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QTextEdit, QVBoxLayout, QWidget

from g20desk.rulebook.checker import firm
from ui import actions, theme
from ui.composer.bounds import Corrects, NotBefore
from ui.composer.parts import FindingRow, PictureRow
from ui.composer.presenter import ComposerPresenter
from ui.composer.spelling import is_spelling
from ui.composer.spelling_view import SpellingKeys, SpellingLine, SpellingRow, place
from ui.composer.wishes import Wishes
from ui.texts import LANGS, LEVELS, NETWORKS, comma, t
from ui.widgets.base import Elided, Icon, Label, clear, column, line, right_to_left, rule
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import FindingEditor, points, utf16


class WorkColumn(QWidget):
    """One text in hand."""

    override_wanted = Signal(object)

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        self.layout_ = column(self)
        self.corrects = Corrects(present)
        self.layout_.addWidget(self.corrects)
        self._writing()
        self.wishes = Wishes(present)
        self.layout_.addWidget(self.wishes)
        self.layout_.addWidget(rule())
        self._findings()
        self._pictures()
        self.layout_.addWidget(rule())
        self._note()
        self.layout_.addWidget(rule())
        self.not_before = NotBefore(present, present.ctx.zone)
        self.layout_.addWidget(self.not_before)
        self.layout_.addStretch(1)

    def _writing(self) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(24, 14, 24, 8)
        box.setSpacing(8)
        head = line(box)
        self.lang_name, self.where = Label("", 13, theme.BOLD), Elided("", 12, tone="text2")
        head.addWidget(self.lang_name)
        head.addWidget(self.where, 1)
        self.join = KeyButton(t("Join the posts"), kind="quiet", small=True)
        self.join.setToolTip(actions.keys("join", "composer"))
        self.join.setAccessibleDescription(actions.keys("join", "composer"))
        self.join.clicked.connect(self.join_posts)
        self.part = KeyButton(t("Next post"), actions.keys("part", "composer"), "plus", "quiet", small=True)
        self.part.clicked.connect(self.add_post)
        head.addWidget(self.join)
        head.addWidget(self.part)
        self.editor = FindingEditor(t("Text"))
        self.editor.setPlaceholderText(t("Write here. A line with only --- starts the next post of a thread."))
        self.editor.grow(theme.px(210))
        self.editor.textChanged.connect(lambda: self.present.write(self.editor.toPlainText()))
        self.editor.types.connect(self.present.types)
        self.editor.pictured.connect(self.present.add_picture)
        box.addWidget(self.editor)
        foot = line(box, gap=6)
        self.kept_icon, self.kept = Icon("check", 14), Label("", 12, tone="text2")
        self.words = Label("", 12, tone="text2")
        foot.addWidget(self.kept_icon)
        foot.addWidget(self.kept)
        foot.addStretch(1)
        self.spelling = SpellingLine(self.present.spelling)
        self.spelling.why.connect(self.present.failed)
        self.spelling_keys = SpellingKeys(self)
        foot.addWidget(self.spelling)
        foot.addWidget(self.words)
        self.layout_.addLayout(box)

    def _findings(self) -> None:
        found = line(self.layout_, (24, 9, 24, 7))
        found.addWidget(Label(t("Findings"), 13, theme.BOLD))
        self.found_count = Label("", 13, theme.MEDIUM, "text2")
        found.addWidget(self.found_count)
        found.addStretch(1)
        self.level_counts = {}
        for code in ("block", "warn", "advise"):
            found.addWidget(Icon(LEVELS[code].icon, 14, LEVELS[code].tone))
            self.level_counts[code] = Label("0", 12, theme.MEDIUM, LEVELS[code].tone)
            found.addWidget(self.level_counts[code])
        self.found = QVBoxLayout()
        self.found.setSpacing(0)
        self.layout_.addLayout(self.found)

    def _pictures(self) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(24, 10, 24, 10)
        row = line(box)
        row.addWidget(Label(t("Picture"), 13, theme.BOLD))
        row.addStretch(1)
        self.add = KeyButton(t("Add picture"), actions.keys("picture", "composer"), "image-plus", "link")
        self.add.clicked.connect(self.pick_picture)
        row.addWidget(self.add)
        self.pictures, self.rows = QVBoxLayout(), list[PictureRow]()
        box.addLayout(self.pictures)
        self.none = Label(t("None. Paste one, drop a file on the text, or add it here."), 12, tone="text2", wrap=True)
        box.addWidget(self.none)
        self.layout_.addLayout(box)

    def _note(self) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(24, 10, 24, 14)
        box.setSpacing(6)
        row = line(box)
        row.addWidget(Label(t("Note to those who sign off"), 13, theme.BOLD))
        row.addStretch(1)
        row.addWidget(Label(t("not published"), 12, tone="text2"))
        self.note = QTextEdit()
        self.note.setAcceptRichText(False)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(t("Note to those who sign off"))
        self.note.setPlaceholderText(t("What should they look at?"))
        self.note.setFont(theme.font(13, lang="ar" if right_to_left() else ""))
        self.note.setFixedHeight(theme.px(64))
        self.note.document().setDocumentMargin(2 if right_to_left() else 0)
        self.note.textChanged.connect(lambda: self.present.noted(self.note.toPlainText()))
        box.addWidget(self.note)
        self.layout_.addLayout(box)

    def fill(self) -> None:
        """Another message, language or network."""
        present = self.present
        for field, text in ((self.editor, present.draft.text(present.lang, present.network)), (self.note, "")):
            field.blockSignals(True)
            if isinstance(field, FindingEditor):
                field.set_language(present.lang)
                field.set_text(text)
                present.spelling.typing = -1
            elif field.toPlainText() != present.draft.note:
                field.setPlainText(present.draft.note)
            field.blockSignals(False)
        self.not_before.fill()
        self.lang_name.setText(t(dict(LANGS).get(present.lang, present.lang)))
        self.fill_pictures()

    def fill_pictures(self, at: int = -1) -> None:
        """The pictures anew; the words of a new one are what comes next."""
        clear(self.pictures)
        self.rows = [PictureRow(self.present, n) for n in range(len(self.present.draft.pictures))]
        for row in self.rows:
            self.pictures.addWidget(row)
        self.none.setVisible(not self.rows)
        if at >= 0:
            self.rows[at].show()
            self.rows[at].alt.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """What the checker says now."""
        present = self.present
        self.wishes.follow()
        self.corrects.follow()
        net = present.network or next(iter(present.networks(present.lang)), "")
        parts = present.draft.parts(present.lang, net)
        thread = comma() + t("{n} posts in a thread", n=len(parts)) if len(parts) > 1 else ""
        self.where.setText(NETWORKS.get(net, "") + thread)
        self.join.setVisible(len(parts) > 1)
        found = present.all_findings()
        self.editor.mark(present.findings(), present.entities())
        for row in self.rows:
            row.underline(found)
        self.spelling.follow()
        self.words.setText(t("{n} words", n=len(present.draft.text(present.lang, net).split())))
        self.found_count.setText(str(len(found)))
        for code, label in self.level_counts.items():
            label.setText(str(sum(f["level"] == code and f["rule"] not in present.overrides for f in found)))
        held = self.window().focusWidget()
        had = held is not None and isinstance(held.parent(), FindingRow)
        clear(self.found)
        for n, one in enumerate(found, 1):
            self.found.addWidget(self._finding(n, one))
        if not found:
            quiet = Label(t("No findings.") if parts else t("Findings appear as you write."), 12, tone="text2")
            quiet.setContentsMargins(24, 0, 24, 10)
            self.found.addWidget(quiet)
            self.found.addWidget(rule())
        if had:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finding(self, number: int, one: dict) -> FindingRow:
        runs = {}
        if one.get("suggestion") is not None or one["rule"] == "STRUCT-02":
            runs["take"] = lambda: self.fix(number)
        if is_spelling(one):
            runs |= self.spelling_keys.runs(one)
            return SpellingRow(number, one, runs, one == self.spelling_keys.here(), self.present.spelling.may_add)
        if self.present.may_override(one) and not one["rule"].startswith("STRUCT"):
            runs["override"] = lambda: self.override_wanted.emit(one)
        if not firm(one["rule"]):
            runs["rule"] = lambda: self.present.ctx.go("rules", one["rule"])
        first = next((f for f in self.present.all_findings() if self.present.may_override(f)), None)
        key = actions.keys("override", "composer") if one == first else ""
        return FindingRow(number, one, self.present.overrides.get(one["rule"], ""), runs, key)

    def fix(self, number: int) -> None:
        """Take the fix of that number."""
        found = self.present.all_findings()
        if number > len(found):
            return
        one = found[number - 1]
        if one.get("suggestion") is not None:
            self.put(one, one["suggestion"])
        elif one["rule"] == "STRUCT-02":
            self.present.goes_to(one["account"], False)
            self.present.opened.emit()

    def put(self, one: dict, words: str) -> None:
        """Other words in the place of a finding, in the text or in the words of a picture."""
        where = self.editor if one.get("picture") is None else self.rows[one["picture"]]
        where.replace(one["start"], one["end"], words)

    def caret(self) -> tuple[int, int]:
        """Where the caret is: in the words of that picture, or (-1) in the text; in code points."""
        text = points(self.editor.toPlainText(), self.editor.textCursor().position())
        return next(((row.at, row.caret()) for row in self.rows if row.caret() >= 0), (-1, text))

    def explain(self) -> None:
        """The page of the rule behind the finding at the caret, or behind the first."""
        text, at = self.editor.toPlainText(), self.editor.textCursor().position()
        found = [f for f in self.present.all_findings() if not firm(f["rule"]) and not is_spelling(f)]
        here = [f for f in found if utf16(text, f["start"]) <= at <= utf16(text, f["end"]) and f["end"]]
        for one in [*here, *found][:1]:
            self.present.ctx.go("rules", one["rule"])

    def override(self) -> None:
        """Ask to let the first finding stand that may."""
        wanted = [f for f in self.present.all_findings() if self.present.may_override(f)]
        if wanted:
            self.override_wanted.emit(wanted[0])

    def next_finding(self) -> None:
        """The caret to the next finding."""
        self.go([f for f in self.present.findings() if f["start"] != f["end"]])

    def go(self, found: list[dict]) -> None:
        """The caret to the next of these, in the text and then in the words of pictures."""
        if not found:
            return
        ordered, here = sorted(found, key=place), self.caret()
        one = next((f for f in ordered if place(f) > here), ordered[0])
        if one.get("picture") is not None:
            self.rows[one["picture"]].select(one["start"], one["end"])
            return
        cursor = self.editor.textCursor()
        cursor.setPosition(utf16(self.editor.toPlainText(), one["start"]))
        self.editor.setTextCursor(cursor)
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_post(self) -> None:
        """The next post of the thread begins at the caret."""
        self.editor.add_post()

    def join_posts(self) -> None:
        """This post becomes part of the one before."""
        self.editor.join_posts()

    def pick_picture(self) -> None:
        """The one dialog: a file."""
        dialog = QFileDialog(self, t("Add picture"), "", "PNG, JPEG, WebP (*.png *.jpg *.jpeg *.webp)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.present.add_picture)
        dialog.open()
