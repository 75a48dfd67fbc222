"""The headless publisher: nothing holds up another, trouble passes, and it leaves in order."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import threading
import time

import pytest

from connectors.rehearsal.faults import plan
from g20desk.desk import health, watching
from g20desk.desk.doctor import examine
from g20desk.desk.hook import Hook
from g20desk.desk.smtp import Server
from g20desk.desk.watching import Steady, Watch
from g20desk.errors import Usage
from tests.servers.mail import mail_server
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

    def __init__(self, office, hands=None, hook=""):
        self.said: list[str] = []
        self.desk = office.desk("Officer", hands)
        self.began = self.desk.clock.now_ms()
        made = Hook(hook, self.desk.clock.monotonic) if hook else None
        self.watch = Watch(self.desk, lambda one: self.said.append(one.line()), made)
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


# -- alarms


TELL = "import sys, pathlib; pathlib.Path(sys.argv[1]).open('a').write(sys.stdin.read())"


def test_each_alarm_is_told_once_and_handed_to_the_offices_own_program(office, tmp_path):
    plan(str(office.folder), "G20 X", "refuse")
    message = office.due(content("Ministers met behind closed doors.", to=("G20 X",)))
    heard = tmp_path / "heard"
    command = shlex.join([sys.executable, "-c", TELL, str(heard)])
    for told in (1, 1):
        with Running(office, hook=command) as one:
            one.until(lambda: office.posts(message)["G20 X"]["state"] == "refused")
            one.until(lambda: heard.exists())
            one.until(lambda one=one: health.read(office.folder).at >= one.began)
        assert len(heard.read_text().splitlines()) == told
    alarm = json.loads(heard.read_text())
    assert (alarm["kind"], alarm["message"], alarm["account"]) == ("refused", message, "G20 X")
    assert "closed doors" not in heard.read_text()
    assert [line for line in one.said if "alarm" in line] == []


def test_a_program_that_fails_or_is_not_there_holds_up_nothing(office):
    for command, says in (
        (shlex.join([sys.executable, "-c", "exit(3)"]), "ended with 3"),
        ("/no/such", "could not be run"),
    ):
        plan(str(office.folder), "G20 X", "refuse")
        message = office.due(content(f"One. {says}", to=("G20 X", "G20 Bluesky")))
        with Running(office, hook=command) as one:
            one.until(lambda message=message: office.posts(message)["G20 Bluesky"]["state"] == "sent")
            one.until(lambda one=one, says=says: one.watch.wake.set() or any(says in line for line in one.said))


def test_a_program_that_hangs_is_ended(office):
    clock = Hands()
    hook = Hook(shlex.join([sys.executable, "-c", "import time; time.sleep(600)"]), clock.monotonic)
    plan(str(office.folder), "G20 X", "refuse")
    office.due(content("One.", to=("G20 X",)))
    office.desk().publish.once()
    (alarm,) = office.desk().alarms.standing()
    assert hook.run(alarm) == ""
    assert hook.look() == []
    clock.on = 120_000
    assert [line for line in hook.look() if "was ended" in line]
    hook.end()


def test_health_says_whether_somebody_watches(office):
    def run():
        words = [sys.executable, "-m", "g20desk", "--office", str(office.folder), "publish", "--health", "--json"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout)

    code, told = run()
    assert (code, told["alive"], told["at"], told["alarms"]) == (1, False, None, [])
    with Running(office) as one:
        one.until(lambda: health.read(office.folder))
        assert run()[0] == 0
        plan(str(office.folder), "G20 X", "refuse")
        message = office.due(content("One.", to=("G20 X",)))
        one.until(lambda: office.posts(message)["G20 X"]["state"] == "refused")
        code, told = run()
        assert (code, told["alive"], [a["kind"] for a in told["alarms"]]) == (1, True, ["refused"])


def test_a_watch_beside_another_does_not_wake_it_for_ever(office):
    """What a publisher leaves word of lies beside the record, not in it: the record changes only when something did."""
    with Running(office) as one:
        one.until(lambda: health.read(office.folder))
        before = one.desk.store.data_version()
        at = health.read(office.folder).at
        one.watch.wake.set()
        one.until(lambda: health.read(office.folder).at > at)
        assert one.desk.store.data_version() == before


def test_a_health_file_that_says_nothing_sound_is_none(tmp_path):
    assert health.read(tmp_path) is None
    for wrong in ("", "[]", '{"at": "x", "trouble": ""}', '{"at": 1}'):
        (tmp_path / health.FILE).write_text(wrong)
        assert health.read(tmp_path) is None


def test_the_publisher_sends_notices_and_a_mail_server_that_hangs_holds_up_no_post(office):
    office.desk("Liaison India").mail.address("in@ministry.example")
    office.desk("Liaison Brazil").mail.address("br@ministry.example")
    gate = threading.Event()
    with mail_server() as box:
        box.waits = gate
        office.desk().mail.use(Server("127.0.0.1", box.port, "none", "desk@g20.example"), "")
        draft = office.desk().messages.new(content("Asked.", to=("G20 X",)))
        office.desk().messages.submit(draft["message"])
        with Running(office) as one:
            one.until(lambda: box.connections)
            message = office.due(content("Out.", to=("G20 X",)))
            one.until(lambda: office.posts(message)["G20 X"]["state"] == "sent")
            assert box.letters == []
            gate.set()
            one.until(lambda: len(box.letters) == 2)
    assert any("2 notices sent by mail" in line for line in one.said)
