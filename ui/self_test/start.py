"""How long the window takes: opened on a desk, unseen, until it has painted itself for the first time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from ui.app import App, application
from ui.window import Window

READY = "ready"
SECONDS = 60


class Watch(QObject):
    """Says it on standard output, and ends the program, once a window on a desk has been painted."""

    def __init__(self, running: App) -> None:
        super().__init__()
        self.running, self.seen = running, False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks at every event, and takes none."""
        if event.type() == QEvent.Type.Paint and not self.seen and isinstance(self.running.window, Window):
            self.seen = True
            QTimer.singleShot(0, self.ready)  # when what is being painted now has been
        return False

    def ready(self) -> None:
        """It is painted."""
        print(READY, flush=True)
        application().quit()


def first_paint(folder: Path, person: str) -> int:
    """Open the window on a desk; 0 once it was painted, 1 where it was not within a minute."""
    app = application()
    running = App(folder, person)
    watch = Watch(running)
    app.installEventFilter(watch)
    QTimer.singleShot(SECONDS * 1000, app.quit)
    app.exec()
    app.removeEventFilter(watch)
    running.close()
    return 0 if watch.seen else 1
