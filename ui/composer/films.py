"""Moving pictures in the window: what they are, in words, and a copy to watch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.texts import ltr, t
from ui.widgets.button import KeyButton

ENDS = {"video/mp4": ".mp4", "image/gif": ".gif"}


def facts(mime: str, ms: int, width: int, height: int, size: int) -> str:
    """What kind it is, how long, how large."""
    kind = t("Video") if mime == "video/mp4" else t("GIF")
    told = (f"{ms // 60_000}:{ms % 60_000 // 1000:02}", f"{width} × {height}", f"{size / 1e6:.1f} MB")
    return " · ".join([kind, *map(ltr, told)])


def choose(parent: QWidget, then: Callable[[str], object]) -> None:
    """Ask for the file of a picture or a film."""
    kinds = "PNG, JPEG, WebP, GIF, MP4 (*.png *.jpg *.jpeg *.webp *.gif *.mp4)"
    dialog = QFileDialog(parent, t("Add picture"), "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    dialog.open()


class SaveCopy(KeyButton):
    """A copy where a person says, to be watched with a program of theirs: networks get the same bytes. `save` takes the
    path."""

    def __init__(self, mime: str, save: Callable[[str], object]) -> None:
        super().__init__(t("Save a copy to watch it"), icon="download", kind="quiet", small=True)
        self.save, self._ends = save, ENDS[mime]
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        dialog = QFileDialog(self, t("Save a copy to watch it"), f"film{self._ends}", f"*{self._ends}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix(self._ends.lstrip("."))
        dialog.fileSelected.connect(self.save)
        dialog.open()


def write(path: str, data: bytes) -> None:
    """The copy; for the worker."""
    Path(path).write_bytes(data)
