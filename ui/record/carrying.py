"""The record on a stick, and as a copy for others: what is asked of the desk, and what came of it in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ui import actions
from ui.bus import Ctx
from ui.texts import t
from ui.widgets.choosing import pop

ENDING = "g20bundle"


def carry(ctx: Ctx, file: Path) -> Callable[[], str]:
    """What other desks may lack, into a file; what came of it."""

    def job() -> str:
        from g20desk.desk import bundles

        try:
            made = bundles.write(ctx.desk.ledger, file)
        finally:
            ctx.desk.store.close()
        said = t("{file} holds places {first} to {last} and {n} acts not yet in the record. Take it in on the other desk.",
                 file=file.name, first=made.since + 1, last=made.place, n=made.acts)  # fmt: skip
        left = t("{n} acts could not go along.", n=len(made.left)) if made.left else ""
        return f"{said} {left}".strip()

    return job


def bring(ctx: Ctx, file: Path) -> Callable[[], str]:
    """Take in what another desk carried here; what came of it."""

    def job() -> str:
        from g20desk.desk import bringing

        desk = ctx.desk
        try:
            done = bringing.bring(desk.ledger, desk.clock, desk.folder, file, lambda words: None)
        finally:
            desk.store.close()
        desk.announce(frozenset(done.changes))
        said = t("{places} places came in, and {acts} acts not yet in the record.", places=done.places, acts=done.acts)
        back = t("{n} acts got their place here: carry them back on a stick.", n=done.placed) if done.placed else ""
        left = t("{n} acts were left out.", n=len(done.left)) if done.left else ""
        return " ".join(part for part in (said, back, left) if part)

    return job


def menu(owner: QWidget, beside: QWidget, runs: dict[str, Callable[[], object]]) -> None:
    """Each of them with its key."""
    made = QMenu(owner)
    made.setAccessibleName(beside.accessibleName())
    for id in ("carry", "bring", "export", "check-proof"):
        known = actions.BY_ID["record", id]
        action = QAction(f"{t(known.text)}\t{actions.keys(id, 'record')}", made)
        action.triggered.connect(lambda _=False, run=runs[id]: run())
        made.addAction(action)
    pop(made, beside, above=False)


def ask_where(owner: QWidget, title: str, name: str, then: Callable[[Path], Any]) -> None:
    """Where to write a file."""
    made = QFileDialog(owner, title, name, f"*{Path(name).suffix}")
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    _open(made, then)


def ask_which(owner: QWidget, title: str, then: Callable[[Path], Any]) -> None:
    """Which file to read."""
    made = QFileDialog(owner, title)
    made.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(made, then)


def _open(dialog: QFileDialog, then: Callable[[Path], Any]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
