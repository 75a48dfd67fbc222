"""A window and another desk over a real hub: what the other does comes in by itself; the hub goes away and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from tests.journeys.test_many_desks import Desks
from tests.servers.hub import HubProcess
from ui import texts, theme
from ui.bus import Bus, Ctx, facts
from ui.window import Window
from ui.worker import Worker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def desks(tmp_path: Path, database: str) -> Iterator[tuple[Desks, HubProcess]]:
    hub, made = HubProcess(database, "--open"), Desks(tmp_path)
    made.found(hub)
    made.join("officer", "Otto Officer", "--role", "officer")
    yield made, hub
    hub.stop()


@pytest.fixture
def window(qtbot: Any, qapp: QApplication, desks: tuple[Desks, HubProcess], tmp_path: Path) -> Iterator[Window]:
    texts.use("en")
    theme.wear(qapp, "light")
    desk, worker, bus = Desk.open(tmp_path / "head"), Worker(), Bus()
    bus.listen(desk)
    made = Window(Ctx(desk, facts(desk), worker, bus))
    made.sender.stop()
    bus.setParent(made)
    qtbot.addWidget(made)
    made.show()
    made.touch.begin()
    yield made
    made.touch.finish(10)
    worker.close()


def test_the_line_to_the_office(qtbot: Any, window: Window, desks: tuple[Desks, HubProcess], database: str) -> None:
    office, hub = desks
    qtbot.waitUntil(lambda: window.strip.head.text().endswith("Online"), timeout=20_000)
    office.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json", text="Ministers meet.")
    office.run("officer", "sync", "--json")
    window.go("messages", "")
    # Sooner than anything but the open line would bring it.
    qtbot.waitUntil(lambda: window.here().model.rowCount() == 1, timeout=10_000)  # type: ignore[attr-defined]
    listen = hub.url.removeprefix("http://")
    hub.stop()
    qtbot.waitUntil(lambda: "Offline since" in window.strip.head.text(), timeout=60_000)
    window.ctx.desk.holds.place("A leak.")
    qtbot.waitUntil(lambda: window.strip.tentative == 1)
    again = HubProcess(database, "--open", "--listen", listen)
    try:
        window.touch.wake()
        qtbot.waitUntil(lambda: window.strip.head.text().endswith("Online"), timeout=20_000)
        assert window.strip.tentative == 0
        office.run("officer", "sync", "--json")
        assert len(office.run("officer", "hold", "list", "--json")) == 1
    finally:
        again.stop()
