"""The headless publisher: nothing holds up another, trouble passes, and it leaves in order."""

from __future__ import annotations

import threading
import time

import pytest

from g20desk.desk import watching
from g20desk.desk.doctor import examine
from g20desk.desk.watching import Steady, Watch
from g20desk.errors import Usage
from tests.story import Hands, content, out_there, standin


@pytest.fixture
def slow(office):
    """A server that keeps a post until it is told to go on."""
    server, gate = standin("mastodon"), threading.Event()
    office.add_standin("mastodon", server, "Slow")
    real = server.face.handle

    def handle(request):
        if request.method == "POST" and request.path == "/api/v1/statuses":
            gate.wait(30)
        return real(request)

    server.face.handle, server.go_on = handle, gate.set
    yield server
    gate.set()
    server.stop()


class Running:
    """A watch in a thread, ended with the test."""

    def __init__(self, office, hands=None):
        self.said: list[str] = []
        self.desk = office.desk("Officer", hands)
        self.watch = Watch(self.desk, self.said.append)
        self._thread = threading.Thread(target=self.watch.run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.watch.stopped.set()
        self.watch.wake.set()
        self._thread.join(60)
        assert not self._thread.is_alive()

    def until(self, true, seconds=30):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, self.said
            time.sleep(0.02)


def test_a_network_that_hangs_holds_up_no_other(office, slow):
    message = office.due(content("One.", to=("Slow", "G20 X")))
    with Running(office) as one:
        one.until(lambda: office.posts(message)["G20 X"]["state"] == "sent")
        later = office.due(content("Two.", to=("G20 X",)))
        one.until(lambda: office.posts(later)["G20 X"]["state"] == "sent")
        assert office.posts(message)["Slow"]["state"] == "sending"
        slow.go_on()
    assert office.posts(message)["Slow"]["state"] == "sent"
    assert len(out_there("mastodon", slow)) == 1
    assert one.watch.sums["sent"] == 3


def test_a_full_disk_is_said_once_and_tried_again(office, monkeypatch):
    monkeypatch.setattr(watching, "TROUBLE_SECONDS", 0.05)
    message = office.due(content("One.", to=("G20 X",)))
    with Running(office) as one:
        one.until(lambda: office.posts(message)["G20 X"]["state"] == "sent")
        real, failed = one.desk.publish.queues, []

        def full():
            if len(failed) < 3:
                failed.append(1)
                raise Usage("disk-full", "The disk is full; nothing was lost.")
            return real()

        monkeypatch.setattr(one.desk.publish, "queues", full)
        later = office.due(content("Two.", to=("G20 X",)))
        one.until(lambda: office.posts(later)["G20 X"]["state"] == "sent")
        one.until(lambda: any("going on" in line for line in one.said))
    assert sum("disk is full" in line for line in one.said) == 1


def test_a_clock_behind_the_record_publishes_nothing(office):
    message = office.due(content("One.", to=("G20 X",)))
    hands = Hands()
    hands.on = -3_600_000
    with Running(office, hands) as one:
        one.until(lambda: any("behind the record" in line for line in one.said))
        assert office.posts(message)["G20 X"]["state"] == "planned"
        one.until(lambda: not next(c for c in examine(office.folder, "Officer") if c.name == "publisher").ok)
        hands.on = 0
        one.watch.wake.set()
        one.until(lambda: office.posts(message)["G20 X"]["state"] == "sent")


def test_a_clock_that_was_moved_is_noticed_and_sleep_is_not(office):
    class Two(Hands):
        slept = 0.0

        def monotonic(self):
            return self._real.monotonic() + self.slept

    clock = Two()
    steady = Steady(clock)
    assert steady.jump() == 0
    clock.on, clock.slept = 900_000, 900.0
    assert steady.jump() == 0
    clock.on += 120_000
    assert round(steady.jump()) == 120
    assert steady.jump() == 0


def test_one_round_of_the_window_holds_up_no_other_account_either(office, slow):
    first = office.due(content("One.", to=("Slow",)))
    desk = office.desk()
    told: list[dict[str, int]] = []
    sending = threading.Thread(target=lambda: told.append(desk.publish.once()))
    sending.start()
    try:
        later = office.due(content("Two.", to=("G20 X",)))
        end = time.monotonic() + 20
        while office.posts(later)["G20 X"]["state"] != "sent":
            assert time.monotonic() < end
            time.sleep(0.05)
        assert office.posts(first)["Slow"]["state"] == "sending"
    finally:
        slow.go_on()
        sending.join(60)
    assert told == [{"sent": 2, "refused": 0, "unknown": 0, "waiting": 0}]


def test_two_publishers_in_one_process_leave_each_other_alone(office, slow):
    message = office.due(content("One.", to=("Slow",)))
    first, second = office.desk(), office.desk()
    sending = threading.Thread(target=first.publish.once)
    sending.start()
    end = time.monotonic() + 20
    while office.posts(message)["Slow"]["state"] != "sending":
        assert time.monotonic() < end
        time.sleep(0.02)
    assert second.publish.once() == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 1}
    slow.go_on()
    sending.join(60)
    assert office.posts(message)["Slow"]["state"] == "sent"
    assert len(out_there("mastodon", slow)) == 1
