"""The practice network keeps what it acknowledged, refuses what the imitated one refuses, and fails when told to."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.rehearsal import faults
from connectors.rehearsal.client import RehearsalClient, connect
from g20desk.network import NotNow, Part, Picture, Receipt, Rejected, Setting, Unknown

LIKE = ["bluesky", "mastodon", "x"]


class StillClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.ms = 1_790_000_000_000

    def now_ms(self) -> int:
        return self.ms

    def monotonic(self) -> float:
        return self.ms / 1000


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


def account(tmp_path: Path, like: str, clock: StillClock, name: str = "g20") -> RehearsalClient:
    setting = Setting("", "", "", "", lambda _: None, state_dir=str(tmp_path), like=like, name=name)
    return connect(setting, clock)


def part(key: str = "3labc", text: str = "Finance ministers meet today.", pictures: int = 0) -> Part:
    picture = Picture(b"bytes", "image/png", "a hall", 2, 1)
    return Part(key, "2026-11-25T09:00:00.000Z", {"text": text}, (picture,) * pictures)


@pytest.mark.parametrize("like", LIKE)
def test_a_post_is_stored_read_found_and_removed(tmp_path: Path, clock: StillClock, like: str) -> None:
    client = account(tmp_path, like, clock)
    [receipt] = client.send([part(pictures=1)], None, None)
    assert receipt.url == f"https://rehearsal.invalid/g20/{receipt.id}"
    assert client.find([part()], None, clock.ms - 1) == [receipt]
    stands = client.read(receipt)
    assert stands is not None
    assert (stands["text"], stands["pictures"]) == (part().payload["text"], 1)
    assert client.remove(receipt) is True
    assert client.remove(receipt) is False
    assert client.read(receipt) is None
    assert client.find([part()], None, clock.ms - 1) is None


@pytest.mark.parametrize("like", LIKE)
def test_who_tells_the_limits_of_the_imitated_network(tmp_path: Path, clock: StillClock, like: str) -> None:
    who = account(tmp_path, like, clock).who()
    assert who.id == "rehearsal:g20"
    assert who.limits["characters"] == {"bluesky": 300, "mastodon": 500, "x": 280}[like]


@pytest.mark.parametrize("like", LIKE)
def test_a_text_too_long_is_refused_and_not_stored(tmp_path: Path, clock: StillClock, like: str) -> None:
    client = account(tmp_path, like, clock)
    with pytest.raises(Rejected):
        client.send([part(text="a" * 501)], None, None)
    assert client.posts() == []


FAULTS = [
    ("refuse", Rejected, 0),
    ("not-now", NotNow, 0),
    ("unknown-stored", Unknown, 1),
    ("unknown-not-stored", Unknown, 0),
]


@pytest.mark.parametrize("like", LIKE)
@pytest.mark.parametrize(("behaviour", "failure", "stored"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_planned_fault_happens_once(
    tmp_path: Path, clock: StillClock, like: str, behaviour: str, failure: type[Exception], stored: int
) -> None:
    client = account(tmp_path, like, clock)
    faults.plan(str(tmp_path), "g20", behaviour)
    with pytest.raises(failure):
        client.send([part()], None, None)
    assert len(client.posts()) == stored
    found = client.find([part()], None, 0)
    assert (found is not None) == bool(stored)
    assert faults.planned(str(tmp_path), "g20") == []


@pytest.mark.parametrize("like", LIKE)
def test_lag_hides_the_post_from_two_questions(tmp_path: Path, clock: StillClock, like: str) -> None:
    client = account(tmp_path, like, clock)
    faults.plan(str(tmp_path), "g20", "lag")
    with pytest.raises(Unknown):
        client.send([part()], None, None)
    at_once = like == "bluesky"  # asked by key
    assert [client.find([part()], None, 0) is not None for _ in range(3)] == [at_once, at_once, True]


def test_a_fault_may_wait_for_the_second_send(tmp_path: Path, clock: StillClock) -> None:
    client = account(tmp_path, "mastodon", clock)
    faults.plan(str(tmp_path), "g20", "refuse", times=2, nth=2)
    client.send([part("a")], None, None)
    for key in "bc":
        with pytest.raises(Rejected):
            client.send([part(key)], None, None)
    client.send([part("d")], None, None)
    assert len(client.posts()) == 2


def test_a_fault_of_another_account_is_left_alone(tmp_path: Path, clock: StillClock) -> None:
    faults.plan(str(tmp_path), "other", "refuse")
    account(tmp_path, "bluesky", clock).send([part()], None, None)
    assert faults.planned(str(tmp_path), "other") == ["refuse"]
    faults.clear(str(tmp_path), "other")
    assert faults.planned(str(tmp_path), "other") == []


def test_an_unknown_behaviour_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown behaviour"):
        faults.plan(str(tmp_path), "g20", "explode")


def test_bluesky_never_doubles_a_key_and_says_unknown(tmp_path: Path, clock: StillClock) -> None:
    client = account(tmp_path, "bluesky", clock)
    thread = [part("3la"), part("3lb", "Second."), part("3lc", "Third.")]
    receipts = client.send(thread, None, None)
    clock.ms += 10**10
    with pytest.raises(Unknown):
        client.send(thread, None, None)
    assert client.find(thread, None, 0) == receipts
    assert [p["parent"] for p in client.posts()] == ["", "3la", "3lb"]
    assert [p["root"] for p in client.posts()] == ["", "3la", "3la"]


def test_bluesky_takes_a_thread_whole_or_not_at_all(tmp_path: Path, clock: StillClock) -> None:
    client = account(tmp_path, "bluesky", clock)
    with pytest.raises(Rejected):
        client.send([part("3la"), part("3lb", "b" * 301)], None, None)
    assert client.posts() == []


def test_mastodon_keeps_a_key_for_an_hour(tmp_path: Path, clock: StillClock) -> None:
    client = account(tmp_path, "mastodon", clock)
    first = client.send([part()], None, None)
    clock.ms += 3_599_000
    assert client.send([part(text="other text, same key")], None, None) == first
    clock.ms += 1000
    assert client.send([part()], None, None) != first
    assert client.key_seconds == 3000


def test_x_says_duplicate_for_an_equal_text_and_later_takes_it(tmp_path: Path, clock: StillClock) -> None:
    client = account(tmp_path, "x", clock)
    client.send([part()], None, None)
    with pytest.raises(Unknown, match=r"^duplicate$"):
        client.send([part("other")], None, None)
    clock.ms += 3_600_000
    client.send([part("other")], None, None)
    assert len(client.posts()) == 2


@pytest.mark.parametrize("like", ["mastodon", "x"])
def test_a_reply_is_found_below_its_parent_only(tmp_path: Path, clock: StillClock, like: str) -> None:
    client = account(tmp_path, like, clock)
    [head] = client.send([part("a")], None, None)
    [below] = client.send([part("b", "More.")], head, head)
    assert client.find([part("b", "More.")], head, 0) == [below]
    assert client.find([part("b", "More.")], None, 0) is None
    assert client.find([part("b", "More.")], head, clock.ms + 1) is None
    with pytest.raises(Rejected):
        client.send([part("c", "Lost.")], head, Receipt("999", ""))
    with pytest.raises(Rejected):
        client.send([part("d"), part("e")], None, None)


def test_several_writers_share_one_file(tmp_path: Path, clock: StillClock) -> None:
    def write(number: int) -> None:
        for turn in range(5):
            account(tmp_path, "bluesky", clock).send([part(f"3l{number}{turn}")], None, None)

    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len({p["id"] for p in account(tmp_path, "bluesky", clock).posts()}) == 20


def test_a_deleted_key_behaves_as_on_the_network(tmp_path: Path, clock: StillClock) -> None:
    sky, toot = account(tmp_path, "bluesky", clock), account(tmp_path, "mastodon", clock, "eu")
    for client in (sky, toot):
        [receipt] = client.send([part()], None, None)
        client.remove(receipt)
    assert sky.send([part()], None, None)
    with pytest.raises(Rejected, match="404"):
        toot.send([part()], None, None)


def test_pictures_are_checked(tmp_path: Path, clock: StillClock) -> None:
    client = account(tmp_path, "mastodon", clock)
    with pytest.raises(Rejected, match="too many"):
        client.send([part(pictures=5)], None, None)
    long = replace(part(pictures=1), pictures=(Picture(b"x", "image/png", "a" * 20_001, 1, 1),))
    with pytest.raises(Rejected, match="too long"):
        client.send([long], None, None)


def test_an_unknown_manner_is_refused(tmp_path: Path, clock: StillClock) -> None:
    with pytest.raises(Rejected):
        account(tmp_path, "telegraph", clock)
