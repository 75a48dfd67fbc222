"""What the bench of the start runs in processes of their own: python -m tests.bench.child empty|window|page [FOLDER]."""

from __future__ import annotations

import gc
import sys
from typing import Any

PAGE = 50


def ready() -> None:
    """Tell the parent."""
    print("ready", flush=True)


def empty() -> int:
    """The least that a window of PySide6 costs."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1440, 900)
    watch = QTimer()
    watch.timeout.connect(lambda: _done(app) if _painted(window) else None)
    watch.start(1)
    window.show()
    return int(app.exec())


def window(folder: str) -> int:
    """The program's own start, to the moment when its window is painted and nothing that it asked for is open."""
    gc.disable()  # as g20desk/__main__.py does
    from ui import app as program  # first of all, as there

    from PySide6.QtCore import QTimer  # isort: skip

    app = program.application()

    def look() -> None:
        for one in app.topLevelWidgets():
            worker = getattr(getattr(one, "ctx", None), "worker", None)
            if worker is not None and worker.idle() and _painted(one):
                _done(app)

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(1)
    return int(program.main(folder, None))


def page(folder: str) -> int:
    """No window: a desk opened and the first page of its messages."""
    from g20desk.desk import Desk

    Desk.open(folder, "Officer").messages.rows(limit=PAGE)
    ready()
    return 0


def _painted(window: Any) -> bool:
    """Whether a window stands on the screen; what it had to paint at first is painted."""
    handle = window.windowHandle()
    return bool(window.isVisible() and handle is not None and handle.isExposed())


def _done(app: Any) -> None:
    app.processEvents()
    ready()
    app.quit()


if __name__ == "__main__":
    sys.exit({"empty": empty, "window": window, "page": page}[sys.argv[1]](*sys.argv[2:]))
