"""A rehearsal office in mid-work, and windows on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from g20desk.office.content import Content, Text
from ui import texts, theme
from ui.bus import Bus, Ctx, facts
from ui.screen import Screen
from ui.widgets import guard
from ui.window import Window
from ui.worker import InlineWorker, Worker

TEXT = "Finance ministers met today and adopted a statement on debt. Read it: https://g20.example.org/debt #G20"
ACCOUNTS = ("G20 X", "G20 Bluesky", "G20 Mastodon")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same look for every test, and nobody's own choices; what goes wrong in a handler of ours fails the test."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    guard.all_handlers()
    texts.use("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.wear(qapp, "light")
    yield
    texts.use("en")
    Screen.letters = True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform has no size hints, and says so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True)
def no_dictionaries(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a machine happens to have says nothing in tests that are not about spelling."""
    monkeypatch.setattr("g20desk.desk.spelling.places", lambda desk: [desk / "dictionaries"])


@pytest.fixture
def folder(tmp_path: Path, grown: Path) -> Path:
    """A copy of that office."""
    shutil.copytree(grown, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one message waiting for Brazil, one draft, one scheduled."""
    folder = tmp_path_factory.mktemp("ui") / "office"
    Desk.rehearse(folder)
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    waiting = officer.messages.new(content(TEXT))
    officer.messages.submit(waiting["message"])
    officer.messages.new(content("The press centre opens on Monday."))
    planned = officer.messages.new(content("Trade ministers open their meeting today."))
    officer.messages.submit(planned["message"])
    brazil.messages.decide(planned["message"], "approve", planned["digest"])
    officer.messages.schedule(planned["message"], officer.clock.now_ms() + 7_200_000)
    return folder


def content(text: str, lang: str = "en") -> Content:
    """A message to the three official accounts."""
    return Content("news", ACCOUNTS, (Text(lang, (text,)),))


@pytest.fixture
def open_window(qtbot: Any, folder: Path) -> Callable[[str], Window]:
    """A window for a person; every answer comes at once."""

    return lambda person="Officer": shown(qtbot, Desk.open(folder, person), InlineWorker())  # type: ignore[misc]


def shown(qtbot: Any, desk: Desk, worker: Worker) -> Window:
    """A window on a desk, by its clock; it sends nothing by itself."""
    bus = Bus()
    bus.listen(desk)
    window = Window(Ctx(desk, facts(desk), worker, bus, desk.clock))
    worker.setParent(window)
    bus.setParent(window)
    window.sender.stop()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


@pytest.fixture
def typed(qtbot: Any, open_window: Callable[[str], Window]) -> Callable[[str], Any]:
    """The composer, once these words are typed in it."""

    def make(words: str) -> Any:
        window = open_window("Officer")
        window.go("composer", "")
        qtbot.keyClicks(window.here().editor, words)
        return window.here()

    return make


@pytest.fixture
def sent(folder: Path) -> str:
    """The id of a message that is out on two accounts."""
    officer, to = Desk.open(folder, "Officer"), ("G20 X", "G20 Bluesky")
    made = officer.messages.new(Content("news", to, (Text("en", ("Growth is 3.1%.",)),)))
    officer.messages.submit(made["message"])
    Desk.open(folder, "Liaison Brazil").messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    assert officer.publish.once()["sent"] == 2
    return str(made["message"])
