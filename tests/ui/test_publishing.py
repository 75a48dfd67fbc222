"""The window sends what is due beside everything else, and sees what other processes do."""

import subprocess
import sys
import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from g20desk.errors import Refused, Usage
from tests.ui.conftest import content
from ui.bus import Bus, Ctx, Publisher, facts
from ui.window import Window
from ui.worker import Worker


class Slow:
    """Publishing that takes as long as it is told to, and counts how many do so at once."""

    def __init__(self):
        self.gate, self.began, self.runs, self.at_once, self.most = threading.Event(), threading.Event(), 0, 0, 0

    def once(self):
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.runs += 1
        self.began.set()
        self.gate.wait(20)
        self.at_once -= 1
        return {"sent": 1, "refused": 0, "unknown": 0, "waiting": 0}

    def look(self):
        return []

    def ahead(self):
        pass


@pytest.fixture
def window(qtbot, folder):
    """A window with real threads; nothing is sent by itself."""
    desk, worker, bus = Desk.open(folder, "Officer"), Worker(), Bus()
    bus.listen(desk)
    made = Window(Ctx(desk, facts(desk), worker, bus))
    bus.setParent(made)
    made.sender.stop()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(worker.idle, timeout=10_000)
    yield made
    worker.close()


def publisher(window, qtbot):
    """Its own publisher, begun anew."""
    made = Publisher(window.ctx.desk, window.ctx.worker, window.ctx.bus, window.ctx.clock, window)
    window.ctx.publisher = made
    return made


def approved(folder):
    """A message that is signed off; its id."""
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.messages.new(content("The summit opens on Monday."))
    officer.messages.submit(made["message"])
    brazil.messages.decide(made["message"], "approve", made["digest"])
    return made["message"]


def test_the_screen_never_waits_for_a_network(qtbot, window):
    slow = window.ctx.desk.publish = Slow()
    sender = publisher(window, qtbot)
    sender.wake()
    assert slow.began.wait(5)
    began = time.monotonic()
    window.go("messages", "")
    qtbot.waitUntil(lambda: window.here().list.rows.rowCount() > 0, timeout=5_000)
    assert time.monotonic() - began < 5
    assert not window.here().busy.isVisible()
    assert sender.running()
    slow.gate.set()
    with qtbot.waitSignal(sender.told, timeout=5_000) as told:
        pass
    assert told.args[0]["sent"] == 1


def test_never_two_at_once(qtbot, window):
    slow = window.ctx.desk.publish = Slow()
    sender, heard = publisher(window, qtbot), []
    for _ in range(5):
        sender.wake()
    window.screens["messages"].present.ask(window.ctx.desk.publish.once, heard.append)
    assert slow.began.wait(5)
    slow.gate.set()
    qtbot.waitUntil(lambda: bool(heard), timeout=5_000)
    qtbot.waitUntil(lambda: slow.runs >= 3, timeout=5_000)
    assert slow.most == 1


def test_who_may_not_send_is_asked_once(qtbot, window):
    asked = []

    class No:
        def once(self):
            asked.append(1)
            raise Refused("no-right", "You publish on no account.")

    window.ctx.desk.publish = No()
    sender = publisher(window, qtbot)
    sender.wake()
    qtbot.waitUntil(lambda: bool(asked) and not sender.running(), timeout=5_000)
    for _ in range(3):
        sender.wake()
    window.ctx.bus.acted.emit()
    assert not sender.running()
    assert len(asked) == 1


def test_an_act_of_ours_wakes_it_and_its_own_do_not(qtbot, window, folder):
    id = approved(folder)
    sender = publisher(window, qtbot)
    runs = []
    sender.told.connect(runs.append)
    desk = window.ctx.desk
    window.ctx.worker.ask(lambda: desk.messages.schedule(id, desk.clock.now_ms()))
    qtbot.waitUntil(lambda: sum(r["sent"] for r in runs) == 3, timeout=10_000)
    assert desk.messages.show(id)["state"] == "sent"
    before = len(runs)
    qtbot.wait(300)
    assert len(runs) == before


def test_it_wakes_at_the_planned_time(qtbot, window, folder):
    id = approved(folder)
    Desk.open(folder, "Officer").messages.schedule(id, window.ctx.clock.now_ms() + 1_200)
    sender = publisher(window, qtbot)
    sender.wake()
    qtbot.waitUntil(lambda: window.ctx.desk.messages.show(id)["state"] == "sent", timeout=8_000)


def test_a_trouble_is_said_in_the_strip(qtbot, window):
    class Full:
        def once(self):
            raise Usage("disk-full", "The disk is full; nothing was lost.")

    window.ctx.desk.publish = Full()
    window.sender._stopped = False
    window.sender.wake()
    qtbot.waitUntil(lambda: "disk is full" in window.strip.words.text(), timeout=5_000)
    assert window.strip.words.property("tone") == "warn"


def test_what_another_process_does_appears(qtbot, window, folder):
    window.go("messages", "")
    window.ctx.bus.watch(window.ctx.desk, window.ctx.worker)
    qtbot.waitUntil(lambda: window.ctx.bus._seen is not None and window.ctx.worker.idle(), timeout=5_000)
    rows = window.here().list.rows
    before = rows.rowCount()
    code = (
        "import sys; from g20desk.desk import Desk; from g20desk.office.content import Content, Text\n"
        "desk = Desk.open(sys.argv[1], 'Officer')\n"
        "desk.messages.new(Content('news', ('G20 X',), (Text('en', ('Written elsewhere.',)),)))\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    qtbot.waitUntil(lambda: rows.rowCount() == before + 1, timeout=6_000)
    assert any(row.title.startswith("Written elsewhere") for row in rows.rows())


def test_words_that_are_being_written_stay_when_another_process_acts(qtbot, window):
    window.go("composer", "")
    composer = window.here()
    qtbot.waitUntil(window.ctx.worker.idle, timeout=5_000)
    qtbot.keyClicks(composer.editor, "Half a sentence")
    window.ctx.bus.changed.emit(frozenset({("*", "*")}))
    qtbot.waitUntil(window.ctx.worker.idle, timeout=5_000)
    QApplication.processEvents()
    assert composer.editor.toPlainText() == "Half a sentence"
    assert window.focusWidget() is composer.editor
    qtbot.keyClick(composer.editor, Qt.Key.Key_Space)
