"""Word of new places: over two processes on one database, with heartbeats, to who is in and no longer."""

from __future__ import annotations

import signal
import threading

import httpx
import pytest

from g20desk.errors import Unreachable
from tests.hub.office import Office, check_chain, everything, roster
from tests.hub.test_door import Raw
from tests.servers.hub import running_hub
from tests.servers.postgres import running_postgres


class Waiting(threading.Thread):
    """Waits beside the test."""

    def __init__(self, hub, after: int, seconds: float = 30) -> None:
        super().__init__()
        self._hub, self._after, self._seconds = hub, after, seconds
        self.found = "nothing yet"
        self.start()

    def run(self) -> None:
        self.found = self._hub.wait(self._after, self._seconds)

    def answer(self):
        self.join(30)
        return self.found


def until_waiting(url: str, count: int) -> None:
    with httpx.Client(trust_env=False) as http:
        while f"g20desk_hub_waiting {count}\n" not in http.get(f"{url}/metrics").text:
            pass


def test_what_one_process_places_another_tells(database, office):
    with running_hub(database, "--open") as one, running_hub(database, "--open") as two:
        first, second = office.move_to(one.url), office.at(two.url)
        assert first.keeper() == second.keeper()
        waiting = Waiting(second, 3)
        until_waiting(two.url, 1)
        first.append([office.head.act("Word")])
        assert waiting.answer() == 4
        assert second.wait(3, 30) == 4
        until_waiting(two.url, 0)
        assert second.entries(3)[0].placed.n == 4


def test_a_wait_ends_when_nothing_comes(database, office):
    with running_hub(database, limits={"heartbeat": 0.1}) as hub:
        desk = office.move_to(hub.url)
        assert desk.wait(3, 0.5) is None
        raw = Raw(hub.url, office)
        address = hub.url + raw.path("/wait") + "?after=3"
        with raw.http.stream("GET", address, headers=raw.headers("GET", "/wait", "after=3")) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = answer.iter_lines()
            assert [next(lines) for _ in range(6)] == [": waiting", "", ": here", "", ": here", ""]
            desk.append([office.head.act("Word")])
            assert next(line for line in lines if line.startswith("data")) == 'data: {"place": 4}'


def test_who_goes_out_is_told_nothing_more(database, office):
    with running_hub(database, "--open") as hub:
        desk = office.move_to(hub.url)
        ana = office.device()
        office.admit(desk, ana)
        waiting = Waiting(office.at(hub.url, ana), 4)
        until_waiting(hub.url, 1)
        desk.append([office.head.act("Out", roster=roster(leaving=[ana]))])
        assert waiting.answer() is None


def test_one_device_waits_a_few_times_at_once(database, office):
    with running_hub(database, limits={"waits": 2}) as hub:
        office.move_to(hub.url)
        found = [Waiting(office.at(hub.url), 3) for _ in range(2)]
        until_waiting(hub.url, 2)
        with pytest.raises(Unreachable) as caught:
            office.at(hub.url).wait(3, 30)
        assert caught.value.code == "too-many-waits"
        office.at(hub.url).append([office.head.act("Word")])
        assert [one.answer() for one in found] == [4, 4]


def test_a_hub_that_ends_lets_everybody_go(database, office):
    with running_hub(database, "--open") as hub:
        desk = office.move_to(hub.url)
        waiting = Waiting(desk, 3)
        until_waiting(hub.url, 1)
        assert hub.stop(signal.SIGTERM) == 0
        assert waiting.answer() is None
        with pytest.raises(Unreachable):
            desk.status()
    assert "Traceback" not in hub.said


def test_word_comes_again_after_the_database_was_away(office):
    with running_postgres() as postgres, running_hub(postgres.fresh(), limits={"heartbeat": 30}) as hub:
        desk = office.move_to(hub.url)
        waiting = Waiting(desk, 3, 60)
        until_waiting(hub.url, 1)
        postgres.stop()
        with pytest.raises(Unreachable) as caught:
            office.at(hub.url).status()
        assert caught.value.code == "database"
        assert httpx.get(f"{hub.url}/health", trust_env=False, timeout=30).status_code == 503
        postgres.start()
        while httpx.get(f"{hub.url}/health", trust_env=False, timeout=30).status_code != 200:
            pass
        again = office.at(hub.url)
        again.append([office.head.act("Word")])
        assert waiting.answer() in (4, None)
        waiting = Waiting(again, 4)
        until_waiting(hub.url, 1)
        office.at(hub.url).append([office.head.act("More")])
        assert waiting.answer() == 5


def test_many_devices_over_two_processes_make_one_order(database):
    office = Office(1)
    with running_hub(database, "--open") as one, running_hub(database, "--open") as two:
        desk = office.move_to(one.url)
        devices = [office.device() for _ in range(6)]
        office.admit(desk, *devices)
        hubs = [office.at((one, two)[n % 2].url, device) for n, device in enumerate(devices)]
        placed: dict[int, str] = {}
        lock = threading.Lock()

        def work(hub, device) -> None:
            for n in range(12):
                acts = [device.act(f"{n}.{m}") for m in range(1 + n % 3)]
                with_places = hub.append(acts)
                with lock:
                    for act, place in zip(acts, with_places, strict=True):
                        assert place.n not in placed and place.digest == act.digest
                        placed[place.n] = act.digest

        threads = [threading.Thread(target=work, args=pair) for pair in zip(hubs, devices, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = everything(desk)
        assert len(found) == 2 + 6 * 24
        check_chain(office, found, desk.keeper(), 1)
        assert {one.placed.n: one.placed.digest for one in found[2:]} == placed
        assert office.at(two.url).status().head == desk.status().head
