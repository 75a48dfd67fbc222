"""What the pages share on which something is written and adopted: it is looked at soon after each change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer

from ui.bus import Ctx, Presenter

LOOK_MS = 150


class WrittenPresenter(Presenter):
    """Whoever is one looks at `_value` in `_look`, and keeps in `_seen` what it has looked at."""

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self._value: dict[str, Any] = {}
        self._seen: dict[str, Any] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self._look)

    def look(self, value: dict[str, Any]) -> None:
        """What stands against what is written; soon, while somebody types."""
        self._value = value
        self._soon.start()

    def settled(self) -> bool:
        """Whether all that was typed has been looked at."""
        return self._seen is self._value

    def _look(self) -> None:
        raise NotImplementedError
