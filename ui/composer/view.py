"""The composer's widgets: the grid, the text with its findings, the previews."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTextEdit, QVBoxLayout, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.composer.model import Standing
from ui.composer.parts import FindingRow, PictureRow, Preview
from ui.composer.presenter import ComposerPresenter
from ui.composer.side import StartColumn
from ui.screen import Screen
from ui.texts import LANGS, LEVELS, NETWORKS, t
from ui.widgets.base import Icon, Label, clear, column, line, panel, rule, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import FindingEditor, utf16


class ComposerView(Screen):
    """Start column, work, previews."""

    scope = "composer"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = ComposerPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("New message"))
        self.state_icon, self.state_word = Icon("circle-dashed", 16, "text3"), Label("", 13, theme.MEDIUM, "text2")
        self.header.row.insertWidget(1, self.state_icon)
        self.header.row.insertWidget(2, self.state_word)
        self.why_not = KeyButton("", icon="octagon-alert", kind="link")
        self.why_not.ink = "block"
        self.why_not.clicked.connect(self._go_there)
        self.submit = KeyButton(t("Submit for sign-off"), actions.keys("submit", "composer"), "send", "main")
        self.submit.clicked.connect(self.present.submit)
        self.header.add(self.why_not)
        self.header.add(self.submit)
        row = line(self.body, gap=0)
        self.start = StartColumn(self.present)
        self.start.chosen.connect(self._choose)
        self.start.own_text.connect(self._own)
        self.start.goes_to.connect(self._goes)
        row.addWidget(self.start)
        row.addWidget(self._work(), 1)
        self.previews = QWidget()
        self.preview_column = column(self.previews)
        end = scrolled(self.previews)
        side = panel("surface", "start")
        side.setFixedWidth(theme.px(388))
        column(side, (1, 0, 0, 0)).addWidget(end)
        row.addWidget(side)
        self.end = side
        self.present.opened.connect(self._opened)
        self.present.checked.connect(self._checked)
        self.present.standing.connect(self._standing)
        self.present.submitted.connect(lambda _: self.notice.say(t("Submitted for sign-off."), tone="ok"))
        theme.watch.changed.connect(self._checked)
        runs = {
            "submit": self.present.submit,
            "finding": self._next_finding,
            "picture": self._pick_picture,
            "network-next": lambda: self._network(1),
            "network-before": lambda: self._network(-1),
        }
        runs |= {
            f"lang-{n + 1}": lambda code=code: self._choose(code, self.present.network)
            for n, (code, _) in enumerate(LANGS)
        }
        runs |= {f"fix-{n}": lambda n=n: self._fix(n) for n in range(1, 10)}
        self.bind(runs)

    def first(self) -> QWidget:
        """The text."""
        return self.editor

    def open(self, id: str) -> None:
        """A message, or a new one."""
        self.present.open(id)

    def _work(self) -> QWidget:
        inner = QWidget()
        layout = column(inner)
        writing = QVBoxLayout()
        writing.setContentsMargins(24, 14, 24, 8)
        writing.setSpacing(8)
        head = line(writing)
        self.lang_name, self.where = Label("", 13, theme.BOLD), Label("", 12, tone="text2")
        head.addWidget(self.lang_name)
        head.addWidget(self.where)
        head.addStretch(1)
        self.editor = FindingEditor(t("Text"))
        self.editor.setPlaceholderText(t("Write here. A line with only --- starts the next post of a thread."))
        self.editor.grow(theme.px(210))
        self.editor.textChanged.connect(self._typed)
        writing.addWidget(self.editor)
        foot = line(writing, gap=6)
        self.kept_icon, self.kept = Icon("check", 14), Label("", 12, tone="text2")
        self.words = Label("", 12, tone="text2")
        foot.addWidget(self.kept_icon)
        foot.addWidget(self.kept)
        foot.addStretch(1)
        foot.addWidget(self.words)
        layout.addLayout(writing)
        layout.addWidget(rule())
        found = line(layout, (24, 9, 24, 7))
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
        layout.addLayout(self.found)
        layout.addWidget(rule())
        pictures = QVBoxLayout()
        pictures.setContentsMargins(24, 10, 24, 10)
        row = line(pictures)
        row.addWidget(Label(t("Picture"), 13, theme.BOLD))
        row.addStretch(1)
        add = KeyButton(t("Add picture"), icon="image-plus", kind="link")
        add.clicked.connect(self._pick_picture)
        row.addWidget(add)
        self.pictures = QVBoxLayout()
        pictures.addLayout(self.pictures)
        layout.addLayout(pictures)
        layout.addWidget(rule())
        note = QVBoxLayout()
        note.setContentsMargins(24, 10, 24, 14)
        row = line(note)
        row.addWidget(Label(t("Note to those who sign off"), 13, theme.BOLD))
        row.addStretch(1)
        row.addWidget(Label(t("not published"), 12, tone="text2"))
        self.note = QTextEdit()
        self.note.setAcceptRichText(False)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName(t("Note to those who sign off"))
        self.note.setPlaceholderText(t("What should they look at?"))
        self.note.setFixedHeight(theme.px(56))
        self.note.document().setDocumentMargin(0)
        self.note.textChanged.connect(self._noted)
        note.addWidget(self.note)
        layout.addLayout(note)
        layout.addStretch(1)
        return scrolled(inner)

    def _opened(self) -> None:
        self.note.blockSignals(True)
        self.note.setPlainText(self.present.draft.note)
        self.note.blockSignals(False)
        self.start.fill()
        self._choose(self.present.lang, self.present.network, focus=False)

    def _choose(self, lang: str, network: str, focus: bool = True) -> None:
        self.present.lang, self.present.network = lang, network
        self.editor.blockSignals(True)
        self.editor.set_language(lang)
        self.editor.set_text(self.present.draft.text(lang, network))
        self.editor.blockSignals(False)
        self.lang_name.setText(t(dict(LANGS)[lang]))
        clear(self.pictures)
        for at in range(len(self.present.draft.pictures)):
            self.pictures.addWidget(PictureRow(self.present, at))
        self.present.check()
        if focus and not self.start.grid.hasFocus():
            self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _network(self, step: int) -> None:
        nets = self.present.networks()
        if nets:
            at = nets.index(self.present.network) if self.present.network in nets else 0
            self._choose(self.present.lang, nets[(at + step) % len(nets)])

    def _typed(self) -> None:
        self.present.write(self.editor.toPlainText())

    def _noted(self) -> None:
        self.present.draft.note = self.note.toPlainText()
        self.present.touched()

    def _goes(self, name: str, on: bool) -> None:
        self.present.goes_to(name, on)
        self._checked()

    def _own(self, on: bool) -> None:
        self.present.own_text(on)
        self._choose(self.present.lang, self.present.network, focus=False)

    def _checked(self) -> None:
        present = self.present
        nets, lang = present.networks(), present.lang
        net = present.network or next(iter(nets), "")
        self.start.follow()
        parts = present.draft.parts(lang, net)
        self.where.setText(
            NETWORKS.get(net, "") + (", " + t("{n} posts in a thread", n=len(parts)) if len(parts) > 1 else "")
        )
        found = present.findings()
        entities = present.answer(lang, net).get("entities", []) if len(parts) == 1 else []
        self.editor.mark(found, entities)
        self.words.setText(t("{n} words", n=len(present.draft.text(lang, net).split())))
        self.found_count.setText(str(len(found)))
        for code, label in self.level_counts.items():
            label.setText(str(sum(f["level"] == code for f in found)))
        held = self.window().focusWidget()
        had = held is not None and isinstance(held.parent(), FindingRow)
        clear(self.found)
        for n, one in enumerate(found[:9], 1):
            self.found.addWidget(FindingRow(n, one, n == 1, lambda _=False, n=n: self._fix(n)))
        if not found:
            quiet = Label(t("No findings.") if parts else t("Findings appear as you write."), 12, tone="text2")
            quiet.setContentsMargins(24, 0, 24, 10)
            self.found.addWidget(quiet)
        if had:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self.preview_column)
        head = line(self.preview_column, (20, 14, 20, 2))
        head.addWidget(Label(t("As people will see it"), 13, theme.BOLD))
        head.addStretch(1)
        head.addWidget(Label(t(dict(LANGS)[lang]), 12, tone="text2"))
        for network in nets:
            self.preview_column.addWidget(Preview(present, network))
        if not nets:
            none = Label(t("Choose where it goes"), 12, tone="text2")
            none.setContentsMargins(20, 8, 20, 8)
            self.preview_column.addWidget(none)
        self.preview_column.addStretch(1)

    def _fix(self, number: int) -> None:
        found = self.present.findings()
        if number <= len(found) and found[number - 1].get("suggestion") is not None:
            one = found[number - 1]
            self.editor.replace(one["start"], one["end"], one["suggestion"])

    def _next_finding(self) -> None:
        found = [f for f in self.present.findings() if f["start"] != f["end"]]
        if found:
            at = self.editor.textCursor().position()
            one = next((f for f in sorted(found, key=lambda f: f["start"]) if f["start"] > at), found[0])
            cursor = self.editor.textCursor()
            text = self.editor.toPlainText()
            cursor.setPosition(utf16(text, one["start"]))
            self.editor.setTextCursor(cursor)
            self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_there(self) -> None:
        if self.present.blocking():
            self._next_finding()
        elif not self.present.draft.to and self.start.boxes:
            self.start.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pick_picture(self) -> None:
        dialog = QFileDialog(self, t("Add picture"), "", "PNG, JPEG, WebP (*.png *.jpg *.jpeg *.webp)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._picture)
        dialog.open()

    def _picture(self, path: str) -> None:
        self.present.add_picture(path)

    def _standing(self, now: Standing) -> None:
        self.header.title.setText(now.title)
        self.state_icon.become(now.icon, now.tone)
        self.state_word.setText(now.word + (" · " + t("revision {n}", n=now.revision) if now.revision else ""))
        self.submit.setEnabled(now.can_submit)
        self.submit.setAccessibleDescription(now.why_not)
        self.why_not.setText(now.why_not)
        self.why_not.setAccessibleName(now.why_not or t("Nothing stands in the way"))
        self.why_not.setVisible(bool(now.why_not))
        self.why_not.updateGeometry()
        self.kept.setText(now.kept)
        self.kept_icon.setVisible(bool(now.kept))
        self.editor.setReadOnly(not now.editable)
