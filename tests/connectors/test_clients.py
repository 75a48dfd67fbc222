"""X and Mastodon against the stand-in: what each fault is called, and that nothing is out twice."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator

import pytest

from connectors.deadline import within
from connectors.outcome import judge, never_connected, reset_ms, words
from connectors.x.reading import comparable
from g20desk.network import NotNow, Rejected, Unknown
from tests.servers.world import KEYS, NETWORKS, TEXT, World, part


@pytest.fixture
def world(network: str) -> Iterator[World]:
    one = World(network)
    yield one
    one.server.stop()


@pytest.fixture
def since() -> int:
    return time.time_ns() // 1_000_000


both = pytest.mark.parametrize("network", NETWORKS)


@both
def test_a_thread_with_pictures_is_posted_found_read_and_removed(world: World, since: int) -> None:
    client = world.client
    [head] = client.send([part(pictures=2)], None, None)
    [below] = client.send([part("k2", "Second part.")], head, head)
    assert client.find([part(pictures=2)], None, since) == [head]
    assert client.find([part("k2", "Second part.")], head, since) == [below]
    assert client.find([part("k2", "Second part.")], None, since) is None
    stands = client.read(head)
    assert (stands["text"], stands["pictures"]) == (TEXT, 2)
    assert client.read(below)["parent"] == head.id
    assert client.remove(below) is True
    assert client.remove(below) is False
    assert client.read(below) is None
    assert {one["alt"] for one in world.face.media.values()} == {"a hall"}


@both
def test_who_names_the_account(world: World) -> None:
    who = world.client.who()
    assert who.id == world.client._setting.identity
    if world.network == "mastodon":
        assert who.limits["characters"] == 500
        assert who.software == "4.3.0"
        world.face.has_v2 = False
        assert world.client.who().limits == {"characters": 500}


LOST = ["hang", "close", "rst", "headers", "chunk-cut", "short", "truncated", "empty", "html", "drip", "delay:600"]


@both
@pytest.mark.parametrize("after", [True, False], ids=["stored", "not stored"])
@pytest.mark.parametrize("behaviour", LOST)
def test_a_lost_answer_is_unknown_and_reading_back_tells(world: World, since: int, behaviour: str, after: bool) -> None:
    world.fault(behaviour, after=after)
    client = world.new_client(limit=0.8) if behaviour == "drip" else world.client
    with pytest.raises(Unknown):
        client.send([part()], None, None)
    assert world.sends() == 1
    if behaviour == "delay:600" and not after:
        return
    found = client.find([part()], None, since)
    assert (found is not None) is after
    assert len(world.posts()) == after
    if found:
        assert client.read(found[0])["text"] == TEXT


REFUSALS = [(s, Rejected) for s in (400, 401, 402, 403, 404, 413, 422)] + [(429, NotNow)]
UNSURE = [(s, Unknown) for s in (500, 502, 503, 504)]


@both
@pytest.mark.parametrize("page", [False, True], ids=["own body", "gateway page"])
@pytest.mark.parametrize(("status", "failure"), REFUSALS + UNSURE)
def test_a_status_is_classified(world: World, status: int, failure: type[Exception], page: bool) -> None:
    world.fault(f"status:{status}", page=page)
    with pytest.raises(failure) as caught:
        world.client.send([part()], None, None)
    if failure is Rejected:
        assert caught.value.account is (status in (401, 402))  # type: ignore[attr-defined]
    assert world.sends() == 1
    assert world.posts() == []


@pytest.mark.parametrize(("network", "failure"), [("mastodon", Unknown), ("x", Rejected)])
def test_a_conflict_differs(world: World, failure: type[Exception]) -> None:
    world.fault("status:409")
    with pytest.raises(failure):
        world.client.send([part()], None, None)


@both
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(world: World, status: int) -> None:
    world.fault(f"redirect:{status}")
    with pytest.raises(Unknown):
        world.client.send([part()], None, None)
    assert len(world.server.log) == 1


@both
def test_a_refused_connection_is_a_definite_no(world: World) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        client = world.new_client(f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(NotNow):
            client.send([part()], None, None)
        with pytest.raises(NotNow):
            client.send([part(pictures=1)], None, None)
        with pytest.raises(Unknown):
            client.find([part()], None, 0)


@both
def test_a_name_that_does_not_resolve_is_a_definite_no(world: World) -> None:
    with pytest.raises(NotNow):
        world.new_client("http://nowhere.invalid").send([part()], None, None)


@both
def test_the_answer_of_another_request_is_not_believed(world: World) -> None:
    [head] = world.client.send([part()], None, None)
    world.fault("previous")
    with pytest.raises(Unknown):
        world.client.send([part("k2", "Second part.")], head, head)
    assert world.client.find([part("k2", "Second part.")], head, 0) is not None


@both
def test_a_connection_closed_between_posts_does_no_harm(world: World) -> None:
    world.fault("idle-close")
    world.client.send([part()], None, None)
    world.client.send([part("k2", "Another.")], None, None)
    assert len(world.posts()) == 2


@both
def test_a_lagging_list_finds_the_post_later(world: World, since: int) -> None:
    world.face.lag_reads = 2
    world.fault("close", after=True)
    with pytest.raises(Unknown):
        world.client.send([part()], None, None)
    assert [world.client.find([part()], None, since) is not None for _ in range(3)] == [False, False, True]


@both
def test_an_equal_post_from_before_is_not_taken_for_ours(world: World, since: int) -> None:
    world.client.send([part()], None, None)
    assert world.client.find([part()], None, since + 3_600_000) is None


@both
@pytest.mark.parametrize("behaviour", ["hang", "status:500", "status:429", "truncated"])
def test_trouble_with_a_picture_leaves_nothing_out(world: World, behaviour: str) -> None:
    world.server.fault(behaviour, method="POST", path="/media")
    with pytest.raises(NotNow):
        world.client.send([part(pictures=1)], None, None)
    assert world.sends() == 0


@both
def test_a_picture_may_take_its_time_but_not_for_ever(world: World) -> None:
    world.face.media_waits = world.face.pending = 3
    world.client.send([part(pictures=1)], None, None)
    assert len(world.pauses) == 3
    world.face.media_waits = world.face.pending = 99
    with pytest.raises(NotNow):
        world.client.send([part("k2", pictures=1)], None, None)
    world.face.media_waits = world.face.pending = 1
    world.face.media_fails = True
    with pytest.raises(Rejected):
        world.client.send([part("k3", pictures=1)], None, None)
    assert len(world.posts()) == 1


@both
def test_no_secret_is_logged_or_told(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.client.send([part()], None, None)
    secrets = ["token"] if world.network == "mastodon" else list(KEYS.values())[1:]
    world.fault("status:403", reason=f"bad {secrets[0]}-x {secrets[0]}")
    world.face.token = world.face.bearer = "revoked"
    with pytest.raises(Rejected) as caught:
        world.client.send([part("k2", "Other.")], None, None)
    for secret in secrets:
        assert secret not in str(caught.value)
        assert f"{secret}" not in caplog.text.replace("access token", "")


@both
def test_several_parts_at_once_are_refused(world: World) -> None:
    with pytest.raises(Rejected):
        world.client.send([part(), part("k2")], None, None)
    assert world.server.log == []


def test_text_is_compared_without_what_the_network_changes() -> None:
    assert comparable("@a @b  see https://g20.org/", reply=True) == comparable("see g20.org")
    assert words("<p>one &amp; <a>two</a></p><p>three</p>") == ["one", "&", "two", "three"]


def test_reset_headers_are_read() -> None:
    assert reset_ms({"Retry-After": "3"}, 1000) == 4000
    assert reset_ms({"retry-after": "Wed, 25 Nov 2026 09:00:00 GMT"}, 0) == 1_795_597_200_000
    assert reset_ms({"ratelimit-reset": "1795597200"}, 0) == 1_795_597_200_000
    assert reset_ms({"x-rate-limit-reset": "nan"}, 0) is None
    skewed = {"Date": "Wed, 25 Nov 2026 09:00:00 GMT", "x-rate-limit-reset": "1795598100"}
    now = 1_795_597_200_000 - 7_200_000
    assert reset_ms(skewed, now) == now + 900_000
    assert reset_ms({"Date": "Wed, 25 Nov 2026 09:00:00 GMT", "Retry-After": "3"}, now) == now + 3000
    day = {"x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": "9", "x-rate-limit-reset": "5"}
    assert reset_ms(day, 0) == 9000


def test_an_expired_bluesky_token_asks_for_sign_in() -> None:
    failure = judge("bluesky", 400, {}, "ExpiredToken: Token has expired", 0)
    assert isinstance(failure, Rejected)
    assert failure.account
    assert isinstance(judge("bluesky", 400, {}, "InvalidSwap: x", 0), Unknown)
    assert isinstance(judge("bluesky", 418, {}, "", 0), Unknown)
    assert not never_connected(ConnectionResetError())


def test_the_deadline_passes_answers_and_errors_on() -> None:
    assert within(lambda: 3, 5) == 3
    with pytest.raises(ZeroDivisionError):
        within(lambda: 1 // 0, 5)
