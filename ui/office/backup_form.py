"""A backup of this desk: where, the passphrase twice, how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from ui.office.forms import OfficeForm
from ui.texts import t
from ui.widgets.base import Label
from ui.widgets.button import KeyButton
from ui.widgets.form import text_field


class BackupForm(OfficeForm):
    """Everything that this desk is, in one encrypted file."""

    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(
            t("Back up this desk"), t("Make the backup"),
            t("The record, drafts and keys of this desk in one file, sealed with a passphrase; it is opened again and proved. "
              "Sign-ins of accounts are not in it. Keep it on a disk of its own, and the passphrase apart from it."),
        )  # fmt: skip
        self.file = text_field(t("File"))
        self.file.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.phrase, self.again = (
            text_field(t("Passphrase"), secret=True),
            text_field(t("The same once more"), secret=True),
        )
        self.add("file", t("File"), self.file)
        self.choose = KeyButton(t("Choose a place"), small=True)
        self.choose.clicked.connect(self._choose)
        self.box.addWidget(self.choose, alignment=Qt.AlignmentFlag.AlignLeading)
        self.add(
            "phrase",
            t("Passphrase"),
            self.phrase,
            t("A few words that nobody guesses. Without it the backup opens for nobody, you included."),
        )
        self.add("again", t("The same once more"), self.again)
        self.far = Label("", 12, tone="text2", wrap=True)
        self.box.addWidget(self.far)
        self.close_up()
        for field in (self.file, self.phrase, self.again):
            field.returnPressed.connect(self.send)

    def put(self, file: str) -> None:
        """A new one at this place; no passphrase stays in the form."""
        self.calm()
        self.file.setText(file)
        self.forget()
        self.busy(False)

    def forget(self) -> None:
        """What was typed to seal it is not kept."""
        self.phrase.clear()
        self.again.clear()

    def busy(self, on: bool) -> None:
        """It is being made."""
        self.go.setEnabled(not on)
        self.far.setText(t("Working") if on else "")

    def going(self, words: str) -> None:
        """How far it is."""
        self.far.setText(words)

    def send(self) -> None:
        """What is missing is said at its field."""
        self.calm()
        if not self.file.text().strip():
            self.tell("file", t("Say where it is to lie."))
        elif not self.phrase.text():
            self.tell("phrase", t("Type a passphrase."))
        elif self.phrase.text() != self.again.text():
            self.tell("again", t("The two are not the same."))
        elif self.go.isEnabled():
            self.wanted.emit(Path(self.file.text().strip()), self.phrase.text())

    def _choose(self) -> None:
        made = QFileDialog(self, t("Back up this desk"), self.file.text())
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # An earlier backup may be written over; another file never is, whatever is said here.
        made.setOption(QFileDialog.Option.DontConfirmOverwrite)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.fileSelected.connect(self.file.setText)
        made.open()
