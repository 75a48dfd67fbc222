"""Bluesky: whole threads under our keys, content ids known ahead, against the stand-in and against a real PDS."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest

from connectors.bluesky.client import BlueskyClient
from connectors.bluesky.records import cid_of_bytes, cid_of_record, encode, next_tid, tid
from g20desk.clock import SystemClock
from g20desk.network import NotNow, Part, Picture, Rejected, Setting, Unknown
from tests.servers.pds import Pds, running_pds
from tests.servers.standin import StandIn
from tests.servers.standin_bluesky import BlueskyFace

WRITE = "applyWrites$"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


class World:
    """The PDS stand-in and a client in front of it."""

    def __init__(self) -> None:
        self.face = BlueskyFace()
        self.server = StandIn(self.face)
        self.saved: list[str] = []
        self.client = self.new_client()

    def new_client(self, secret: str = "app-pass-word", limit: float = 10, identity: str = "did:plc:abc") -> Any:
        setting = Setting(self.server.url, "g20.test", identity, secret, self.saved.append)
        return BlueskyClient(setting, SystemClock(), limit=limit, read_seconds=2)


@pytest.fixture
def world() -> Iterator[World]:
    one = World()
    yield one
    one.server.stop()


@pytest.fixture(scope="module")
def pds() -> Iterator[Pds]:
    with running_pds() as one:
        yield one


def thread(count: int = 3, pictures: int = 0, text: str = "Réunion des ministres") -> list[Part]:
    parts, key = [], ""
    for number in range(count):
        key = next_tid(time.time_ns() // 1_000_000, key)
        payload = {
            "text": f"{text} {number}",
            "langs": ["fr"],
            "facets": [
                {
                    "index": {"byteStart": 0, "byteEnd": 8},
                    "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://g20.org"}],
                }
            ],
            "images": [{"alt": "a hall", "width": 1, "height": 1}] * pictures,
        }
        images = (Picture(PNG, "image/png", "a hall", 1, 1),) * pictures
        parts.append(Part(key, "2026-11-25T09:00:00.000Z", payload, images))
    return parts


def whole_story(client: Any) -> None:
    parts = thread(pictures=1)
    assert client.find(parts, None, 0) is None
    receipts = client.send(parts, None, None)
    assert client.find(parts, None, 0) == receipts
    with pytest.raises(Unknown):
        client.send(parts, None, None)
    [reply] = client.send(thread(1, text="reply"), receipts[0], receipts[-1])
    assert client.read(reply)["parent"] == receipts[-1].id
    stands = client.read(receipts[1])
    assert (stands["text"], stands["pictures"], stands["alts"]) == ("Réunion des ministres 1", 1, ["a hall"])
    assert stands["cid"] == receipts[1].cid
    assert client.remove(reply) is True
    assert client.remove(reply) is False
    assert client.read(reply) is None
    with pytest.raises(Rejected):
        client.send([*thread(1), *thread(1, text="x" * 301)], None, None)
    with pytest.raises(Rejected):
        client.send([Part("not-a-tid", "2026-11-25T09:00:00.000Z", {"text": "a" * 301})], None, None)


def test_a_thread_lives_and_dies(world: World) -> None:
    whole_story(world.client)
    assert len(world.face.records) == 3
    assert world.face.sessions == 1


def test_a_thread_lives_and_dies_on_a_real_pds(pds: Pds) -> None:
    did, handle, password = pds.account()
    setting = Setting(pds.url, handle, did, password, lambda _: None)
    client = BlueskyClient(setting, SystemClock())
    assert client.who().id == did
    whole_story(client)
    assert len(pds.records(did)) == 3


def test_the_session_is_saved_and_used_again(world: World) -> None:
    world.client.who()
    kept = json.loads(world.saved[-1])
    assert kept["password"] == "app-pass-word"
    assert world.new_client(world.saved[-1]).who().handle == "g20.test"
    assert world.face.sessions == 1


def test_a_session_near_its_end_is_refreshed_and_saved_first(world: World) -> None:
    world.face.lifetime = 60
    world.client.who()
    world.face.lifetime = 7200
    client = world.new_client(world.saved[-1])
    client.send(thread(), None, None)
    assert len(world.server.requests("POST", "refreshSession")) >= 1
    assert json.loads(world.saved[-1])["session"] == client._session


def test_a_revoked_session_costs_a_new_sign_in_and_the_thread_is_out_once(world: World) -> None:
    world.client.who()
    world.face.good.clear()
    world.client.send(thread(), None, None)
    assert world.face.sessions == 2
    assert len(world.face.records) == 3


def test_a_wrong_password_or_another_account_concerns_the_account(world: World) -> None:
    for client in (world.new_client("wrong"), world.new_client(identity="did:plc:other")):
        with pytest.raises(Rejected) as caught:
            client.send(thread(), None, None)
        assert caught.value.account
    assert world.face.records == {}


LOST = ["hang", "close", "rst", "headers", "chunk-cut", "short", "truncated", "empty", "html", "drip", "previous"]


@pytest.mark.parametrize("after", [True, False], ids=["stored", "not stored"])
@pytest.mark.parametrize("behaviour", LOST)
def test_a_lost_answer_is_unknown_and_the_keys_tell(world: World, behaviour: str, after: bool) -> None:
    world.client.who()
    world.server.fault(behaviour, path=WRITE, after=after)
    client = world.new_client(world.saved[-1], limit=0.8 if behaviour == "drip" else 10)
    parts = thread()
    with pytest.raises(Unknown):
        client.send(parts, None, None)
    stored = after or behaviour == "previous"
    assert (client.find(parts, None, 0) is not None) is stored
    if not stored:
        assert len(client.send(parts, None, None)) == 3
    assert len(world.face.records) == 3


STATUSES = [(s, Rejected) for s in (400, 401, 402, 403, 404, 413, 422)] + [(429, NotNow)]
UNSURE = [(s, Unknown) for s in (409, 500, 502, 503, 504)]


@pytest.mark.parametrize("page", [False, True], ids=["own body", "gateway page"])
@pytest.mark.parametrize(("status", "failure"), STATUSES + UNSURE)
def test_a_status_is_classified(world: World, status: int, failure: type[Exception], page: bool) -> None:
    world.server.fault(f"status:{status}", path=WRITE, page=page, times=2, headers={"ratelimit-reset": "1795597200"})
    with pytest.raises(failure) as caught:
        world.client.send(thread(), None, None)
    assert world.face.records == {}
    if status == 429:
        assert caught.value.at_ms == 1_795_597_200_000  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(world: World, status: int) -> None:
    world.server.fault(f"redirect:{status}", path=WRITE)
    with pytest.raises(Unknown):
        world.client.send(thread(), None, None)
    assert world.server.log[-1].path.endswith("applyWrites")


def test_no_connection_is_a_definite_no_and_an_unanswered_question_is_unknown(world: World) -> None:
    world.client.who()
    world.server.stop()
    with pytest.raises(NotNow):
        world.client.send(thread(), None, None)
    with pytest.raises(Unknown):
        world.client.find(thread(), None, 0)


@pytest.mark.parametrize("behaviour", ["hang", "status:500", "truncated"])
def test_trouble_with_a_picture_leaves_nothing_out(world: World, behaviour: str) -> None:
    world.server.fault(behaviour, path="uploadBlob")
    with pytest.raises(NotNow):
        world.client.send(thread(pictures=1), None, None)
    assert world.server.requests("POST", WRITE) == []


def test_another_post_under_the_key_is_not_taken_for_ours(world: World) -> None:
    [part] = thread(1)
    world.client.send([part], None, None)
    with pytest.raises(Unknown):
        world.client.find([Part(part.key, part.created_at, {"text": "other"})], None, 0)


def test_no_secret_is_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world.client.send(thread(), None, None)
    for secret in ("app-pass-word", *world.face.good):
        assert secret not in caplog.text


def test_keys_sort_as_time_does() -> None:
    first = tid(1_700_000_000_000_000)
    assert len(first) == 13
    assert first[0] in "234567abcdefghij"
    assert first < tid(1_700_000_000_000_001) < next_tid(0, tid(1_700_000_000_000_001))


def test_records_are_encoded_canonically() -> None:
    assert encode({"bb": 1, "a": [True, None, -1], "c": "é"}) == bytes.fromhex("a3616183f5f620616362c3a962626201")
    assert encode([23, 24, 256, 65536, 2**32]) == bytes.fromhex(
        "8517181819010 01a000100001b0000000100000000".replace(" ", "")
    )
    assert cid_of_record({}) == "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua"
    link = cid_of_bytes(b"")
    assert link == "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"
    assert encode({"$link": link})[:5] == bytes.fromhex("d82a582500")
    with pytest.raises(TypeError):
        encode({"a": 1.5})
