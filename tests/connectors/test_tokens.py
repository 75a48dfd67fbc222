"""Tokens that are renewed: one owner at a time, saved before used, never overwritten by nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from connectors import oauth, plain
from connectors.bluesky.client import BlueskyClient
from connectors.bluesky.records import tid
from connectors.x.client import XClient
from g20desk import locking
from g20desk.asking import ends_at, lasting
from g20desk.clock import SystemClock
from g20desk.network import NotNow, Part, Rejected, Setting
from tests.servers.pds import Pds
from tests.servers.standin import StandIn
from tests.servers.standin_bluesky import BlueskyFace
from tests.servers.standin_x import XFace
from tests.servers.world import part

HOUR = 3_600_000


class Ring:
    """A keyring of one secret, shared by several desks."""

    def __init__(self, tmp_path: Any, server: StandIn, left_ms: int = 60_000) -> None:
        self.path, self.server = tmp_path / "lock", server
        self.log: list[str] = []
        self.locked = False
        self.secret = json.dumps(
            {"client_id": "app", "bearer": "old-access", "refresh": "old-refresh", "ends": now() + left_ms}
        )
        server.face.grants.refresh = "old-refresh"
        server.face.bearer = "old-access"

    def save(self, secret: str) -> None:
        if self.locked:
            raise OSError("the keyring is locked")
        self.log.append(secret)
        self.secret = secret

    def client(self) -> XClient:
        setting = Setting(
            self.server.url, "g20org", "4242", self.secret, self.save, again=lambda: self.secret,
            lock=lambda: locking.held(self.path),
        )  # fmt: skip
        return XClient(setting, SystemClock(), read_seconds=2)


def now() -> int:
    return time.time_ns() // 1_000_000


@pytest.fixture
def server() -> Iterator[StandIn]:
    one = StandIn(XFace())
    yield one
    one.stop()


@pytest.fixture
def ring(tmp_path: Any, server: StandIn) -> Ring:
    return Ring(tmp_path, server)


def test_a_token_near_its_end_is_renewed_and_saved_before_it_is_used(ring: Ring, server: StandIn) -> None:
    ring.client().send([part()], None, None)
    kept = json.loads(ring.secret)
    assert kept["bearer"] == server.face.grants.access
    assert kept["refresh"] == server.face.grants.refresh
    assert kept["ends"] > now() + HOUR
    used = server.requests("POST", "^/2/tweets$")[0].headers["authorization"]
    assert used == f"Bearer {kept['bearer']}"


def test_desks_that_renew_at_once_spend_the_token_once(ring: Ring, server: StandIn) -> None:
    server.fault("delay:200", path="oauth2/token")
    clients = [ring.client() for _ in range(4)]
    threads = [
        threading.Thread(target=c.send, args=([part(f"k{n}", f"Post {n}.")], None, None)) for n, c in enumerate(clients)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert server.face.grants.refreshed == 1
    assert len(server.face.posts) == 4


@pytest.mark.parametrize("behaviour", ["close", "truncated", "empty", "html", "hang", "status:503"])
def test_an_answer_lost_after_the_token_was_spent_asks_for_a_sign_in(
    tmp_path: Any, server: StandIn, behaviour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is out, the old secret stands, and when it is refused a person is asked."""
    monkeypatch.setattr(plain, "READ_SECONDS", 0.4)
    ring = Ring(tmp_path, server, left_ms=-1000)
    server.fault(behaviour, path="oauth2/token", after=True)
    before = ring.secret
    with pytest.raises(NotNow):
        ring.client().send([part()], None, None)
    for _ in range(2):
        with pytest.raises(Rejected, match="sign in again") as caught:
            ring.client().send([part()], None, None)
        assert caught.value.account
    assert ring.secret == before
    assert server.face.posts == []


def test_trouble_at_renewing_leaves_a_token_that_still_lasts_in_use(ring: Ring, server: StandIn) -> None:
    server.fault("status:503", path="oauth2/token")
    ring.client().send([part()], None, None)
    assert len(server.face.posts) == 1


def test_a_keyring_that_takes_nothing_does_not_cost_the_token(tmp_path: Any, server: StandIn) -> None:
    ring = Ring(tmp_path, server, left_ms=-1000)
    ring.locked = True
    with pytest.raises(NotNow):
        ring.client().send([part()], None, None)
    assert server.face.grants.refreshed == 0
    ring.locked = False
    ring.client().send([part()], None, None)
    assert len(server.face.posts) == 1


def test_a_token_void_in_mid_thread_is_renewed_and_no_part_is_out_twice(tmp_path: Any, server: StandIn) -> None:
    ring = Ring(tmp_path, server, left_ms=HOUR)
    client = ring.client()
    [head] = client.send([part()], None, None)
    server.face.void_after = 0
    client.send([part("k2", "Second part.")], head, head)
    assert [one["raw"] for one in server.face.posts][1:] == ["Second part."]
    assert server.face.grants.refreshed == 1


def test_a_token_that_another_process_renewed_is_read_again(tmp_path: Any, server: StandIn) -> None:
    ring = Ring(tmp_path, server, left_ms=HOUR)
    first, second = ring.client(), ring.client()
    server.face.bearer = "void"
    first.send([part()], None, None)
    second.send([part("k2", "Another.")], None, None)
    assert server.face.grants.refreshed == 1


def test_a_refresh_without_a_new_refresh_token_keeps_the_old_one(
    ring: Ring, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oauth, "token", lambda *_: {"access_token": "new-access"})
    server.face.bearer = "new-access"
    ring.client().send([part()], None, None)
    assert json.loads(ring.secret)["refresh"] == "old-refresh"


def test_desks_of_one_account_share_a_session_on_a_real_pds(tmp_path: Any, pds: Pds) -> None:
    """Four clients whose session is near its end: one renews it, all post, and none signs in with the password."""
    did, handle, password = pds.account()
    kept = [password]

    def client(clock: Any) -> BlueskyClient:
        setting = Setting(
            pds.url, handle, did, kept[-1], kept.append, again=lambda: kept[-1],
            lock=lambda: locking.held(tmp_path / "lock"),
        )  # fmt: skip
        return BlueskyClient(setting, clock)

    client(SystemClock()).who()
    session = json.loads(kept[-1])["session"]
    kept[:] = [json.dumps({"session": session})]
    clients = [client(Later()) for _ in range(4)]
    made = [Part(tid(time.time_ns() // 1000 + n), "2026-11-25T09:00:00.000Z", {"text": f"Post {n}."}) for n in range(4)]
    threads = [threading.Thread(target=c.send, args=([one], None, None)) for c, one in zip(clients, made, strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(pds.records(did)) == 4
    assert json.loads(kept[-1])["session"] != session
    assert json.loads(kept[-1])["password"] == ""


class Later(SystemClock):
    """A clock by which a fresh session (two hours) is near its end, and one that was just renewed is not: it says so
    only until the renewal."""

    def __init__(self) -> None:
        self._asked = 0

    def now_ms(self) -> int:
        self._asked += 1
        return super().now_ms() + (7_000_000 if self._asked == 1 else 0)


def test_a_session_without_a_password_goes_on_when_it_was_refused(server: StandIn) -> None:
    face = BlueskyFace()
    pds = StandIn(face)
    saved: list[str] = []
    client = BlueskyClient(Setting(pds.url, "g20.test", face.did, face.password, saved.append), SystemClock())
    client.who()
    session = json.loads(saved[-1])["session"]
    face.good.discard(session.split(":::")[2])
    again = BlueskyClient(
        Setting(pds.url, "g20.test", face.did, json.dumps({"session": session}), saved.append), SystemClock()
    )
    assert again.who().id == face.did
    assert face.sessions == 2
    pds.stop()


def test_when_a_sign_in_ends() -> None:
    import base64

    assert ends_at("x", '{"bearer": "b", "ends": 5}') == 5
    assert ends_at("x", '{"bearer": "b", "ends": 5, "refresh": "r"}') is None
    assert ends_at("x", "nothing") is None
    assert ends_at("mastodon", "token") is None
    assert ends_at("mastodon", '{"token": "t", "ends": 7}') == 7
    claims = base64.urlsafe_b64encode(b'{"exp": 9}').decode().rstrip("=")
    session = f"h:::did:plc:a:::a.b.c:::x.{claims}.y"
    assert ends_at("bluesky", json.dumps({"session": session})) == 9000
    assert ends_at("bluesky", json.dumps({"session": session, "password": "p"})) is None
    assert ends_at("bluesky", json.dumps({"session": "half"})) is None
    assert ends_at("rehearsal", "") is None


@pytest.mark.parametrize(
    ("network", "secret", "stays"),
    [
        pytest.param("bluesky", "abcd-efgh-2345-wxyz", "abcd-efgh-2345-wxyz", id="an app password"),
        pytest.param("bluesky", json.dumps({"password": "abcd-efgh-2345-wxyz", "session": "s"}), "abcd-efgh-2345-wxyz", id="in use"),
        pytest.param("bluesky", "correct horse battery", "", id="one that a person thought up"),
        pytest.param("bluesky", json.dumps({"session": "a:::b:::c:::d"}), "", id="a session alone"),
        pytest.param("mastodon", "t" * 43, "t" * 43, id="a token"),
        pytest.param("mastodon", json.dumps({"token": "t" * 43, "ends": 7}), "t" * 43, id="a token with what is beside it"),
        pytest.param("mastodon", "token", "", id="a short one"),
        pytest.param("x", json.dumps({"bearer": "b" * 40, "refresh": "r" * 40}), "", id="one that is renewed"),
        pytest.param("x", json.dumps({"bearer": "b" * 40}), "b" * 40, id="a bearer that stays"),
        pytest.param(
            "x", json.dumps(dict.fromkeys(("consumer_key", "consumer_secret", "access_token", "access_token_secret"), "k" * 20)),
            f"{'k' * 20} {'k' * 20}", id="four keys: the user's two",
        ),
    ],
)  # fmt: skip
def test_what_lasts_of_a_secret_and_can_t_be_guessed(network: str, secret: str, stays: str) -> None:
    assert lasting(network, secret) == stays
