"""Who misbehaves at the door: bad signatures, replays, huge and endless bodies, heads drop by drop. The others go on."""

from __future__ import annotations

import hashlib
import secrets
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from g20desk.errors import Refused, Unreachable
from g20desk.ledger import envelope, http_signing, wire
from tests.hub.office import Device, Office, hang_up, opened
from tests.servers.hub import HubProcess, running_hub


class Raw:
    """Requests as nobody's client makes them."""

    def __init__(self, url: str, office: Office, device: Device | None = None) -> None:
        self.url, self.office, self.key = url, office, (device or office.head).key
        self.hub = office.at(url).keeper()
        self.http = opened(httpx.Client(trust_env=False, timeout=30))

    def headers(
        self, method: str, path: str, query: str = "", body: bytes = b"", at: int | None = None, hub: str = ""
    ) -> dict[str, str]:
        created = int(time.time()) if at is None else at
        return http_signing.sign(self.key, hub or self.hub, method, self.path(path), query, body, created)

    def path(self, path: str) -> str:
        return f"/v1/offices/{self.office.id}{path}"

    def ask(
        self, method: str, path: str, query: str = "", body: bytes = b"", headers: dict[str, str] | None = None
    ) -> httpx.Response:
        address = self.url + self.path(path) + (f"?{query}" if query else "")
        return self.http.request(
            method, address, content=body or None, headers=headers or self.headers(method, path, query, body)
        )


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"] if not answer.is_success else ""


@pytest.fixture
def raw(served: HubProcess, office: Office) -> Raw:
    office.move_to(served.url)
    return Raw(served.url, office)


def test_what_is_not_signed_is_refused(raw):
    good = raw.headers("GET", "/entries")
    assert code(raw.ask("GET", "/entries", headers=good)) == (200, "")
    for name in good:
        assert code(raw.ask("GET", "/entries", headers={k: v for k, v in good.items() if k != name})) == (
            401,
            "signature",
        )
    assert code(raw.ask("GET", "/entries", headers={"X": "y"})) == (401, "signature")
    assert code(raw.ask("GET", "/roster", headers=raw.headers("GET", "/entries"))) == (401, "signature")
    assert code(raw.ask("GET", "/entries", "after=1", headers=raw.headers("GET", "/entries"))) == (401, "signature")
    assert code(raw.ask("GET", "/entries", headers=raw.headers("GET", "/entries", hub="7" * 64))) == (401, "other-hub")


def test_the_same_request_twice_is_a_replay(raw):
    headers = raw.headers("GET", "/entries")
    assert code(raw.ask("GET", "/entries", headers=headers)) == (200, "")
    assert code(raw.ask("GET", "/entries", headers=headers)) == (401, "replay")


def test_a_request_has_its_time_and_the_answer_says_the_hubs(raw):
    for late in (-400, 400):
        headers = raw.headers("GET", "/entries", at=int(time.time()) + late)
        answer = raw.ask("GET", "/entries", headers=headers)
        assert code(answer) == (401, "clock")
        assert abs(answer.json()["error"]["now"] - time.time() * 1000) < 60_000 and "Date" in answer.headers
    for late in (-200, 200):
        assert raw.ask("GET", "/entries", headers=raw.headers("GET", "/entries", at=int(time.time()) + late)).is_success


def test_the_body_is_the_one_that_was_signed(raw, office):
    act = wire.pack([office.head.act("Signed")])
    headers = raw.headers("POST", "/append", body=act)
    assert code(raw.ask("POST", "/append", body=act[:-1] + b"\1", headers=headers)) == (401, "body")
    assert code(raw.ask("POST", "/append", body=act[:-1], headers=raw.headers("POST", "/append", body=act))) == (
        401,
        "body",
    )
    assert raw.ask("POST", "/append", body=act).is_success


@pytest.mark.parametrize("body", [b"", b"x", b"\0" * 100, b"\xff" * 1000, secrets.token_bytes(5000)])
@pytest.mark.parametrize("path", ["/append", "/take-over", "/hand-over", "/missing", "/pieces", "/fetch"])
def test_rubbish_is_refused_in_words(raw, path, body):
    status, name = code(raw.ask("POST", path, body=body))
    assert status in (411, 413, 422) and name in ("form", "batch", "body-size", "length")


def test_an_envelope_that_does_not_hold_is_refused(raw, office):
    other = Office()
    act = office.head.act("Good")
    for bad in (
        wire.Envelope(act.head_bytes, bytes(64), act.sealed, act.clear),
        wire.Envelope(act.head_bytes, act.signature, act.sealed + b"x", act.clear),
        wire.Envelope(act.head_bytes, act.signature, b"", act.clear),
        wire.Envelope(act.head_bytes, act.signature, act.sealed, b"{}"),
        wire.Envelope(act.head_bytes + b" ", act.signature, act.sealed, act.clear),
        other.head.act("Another office"), office.head.act("Clear", more=1), office.head.act("Clear", roster={"in": 1}),
    ):  # fmt: skip
        assert code(raw.ask("POST", "/append", body=wire.pack([bad]))) == (422, "bad-envelope")
    assert raw.ask("POST", "/append", body=wire.pack([act])).is_success


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/v1/offices/zz/entries"), ("GET", f"/v1/offices/{'A' * 64}/entries"), ("POST", "/v1/keeper"),
     ("PATCH", "/v1/keeper"), ("GET", "/v1/offices"), ("GET", f"/v1/offices/{'1' * 64}/pieces/x"), ("GET", "/%2e%2e/etc"),
     ("OPTIONS", "/")],
)  # fmt: skip
def test_what_is_not_there_is_said_so(served, method, path):
    with httpx.Client(trust_env=False) as http:
        answer = http.request(method, served.url + path)
    assert code(answer) == (404, "not-found")
    assert wire.HUB_HEADER in answer.headers


def test_numbers_and_ids_have_their_form(raw):
    for query in ("after=-1", "after=x", "limit=1e9", f"after={'9' * 20}", "rings=zz", "after=٣"):
        address = httpx.URL(raw.url + raw.path("/entries") + "?" + query)
        asked = address.query.decode()
        assert code(raw.ask("GET", "/entries", asked)) == (422, "form")


def test_a_body_without_a_length_or_with_too_much_of_it_is_not_read(database, office):
    with running_hub(database, limits={"headers": 1}) as hub:
        office.move_to(hub.url)
        not_read(Raw(hub.url, office))
        hang_up()


def not_read(raw: Raw) -> None:
    headers = raw.headers("POST", "/append", body=b"x")

    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 65_536

    address = raw.url + raw.path("/append")
    try:
        assert code(raw.http.post(address, content=endless(), headers=headers)) == (411, "length")
    except (httpx.TransportError, httpx.StreamError):
        pass  # it was cut off while it went on
    headers = {**raw.headers("POST", "/append", body=b"x"), "Content-Length": str(10**12)}
    try:
        assert code(raw.http.post(address, content=endless(), headers=headers)) == (
            413,
            "body-size",
        )
    except httpx.TransportError:
        pass  # likewise
    assert raw.ask("GET", "/entries").is_success


def open_socket(url: str) -> socket.socket:
    parts = urlsplit(url)
    return opened(socket.create_connection((parts.hostname, parts.port), timeout=30))


def until_closed(one: socket.socket) -> bytes:
    found = b""
    try:
        while data := one.recv(65_536):
            found += data
    except ConnectionResetError:
        pass
    return found


def test_slow_heads_slow_bodies_and_idle_lines_are_let_go(database, office):
    limits = {"headers": 0.5, "silence": 0.5, "fetching": 0.5}
    with running_hub(database, limits=limits) as hub:
        office.move_to(hub.url)
        raw = Raw(hub.url, office)
        lines = [open_socket(hub.url) for _ in range(300)]
        for one in lines:
            one.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        # Meanwhile the office works.
        assert raw.ask("POST", "/append", body=wire.pack([office.head.act("In between")])).is_success
        assert all(until_closed(one) == b"" for one in lines)
        # A second head on a line that was good before.
        line, answer = open_socket(hub.url), b""
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        while not (answer := answer + line.recv(65_536)).endswith(b'{"ok":true}'):
            pass
        line.sendall(b"GET /hea")
        assert until_closed(line) == b""
        # A signed body that stops in the middle.
        body = wire.pack([office.head.act("Slow")])
        head = [f"POST {raw.path('/append')} HTTP/1.1", "Host: x", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in raw.headers("POST", "/append", body=body).items()]
        slow = open_socket(hub.url)
        slow.sendall("\r\n".join([*head, "", ""]).encode() + body[:100])
        answer = b""
        while b'"slow"' not in answer:
            got = slow.recv(65_536)
            assert got, answer
            answer += got
        assert answer.startswith(b"HTTP/1.1 408")
        assert raw.office.at(hub.url).status().place == 4


def test_who_does_not_fetch_an_answer_is_let_go(database, office):
    with running_hub(database, limits={"fetching": 0.5}) as hub:
        desk = office.move_to(hub.url)
        piece = secrets.token_bytes(12 << 20)
        digest = envelope.sealed_digest(piece)
        desk.put_piece(digest, piece)
        raw = Raw(hub.url, office)
        head = [f"GET {raw.path(f'/pieces/{digest}')} HTTP/1.1", "Host: x"]
        head += [f"{name}: {value}" for name, value in raw.headers("GET", f"/pieces/{digest}").items()]
        line = open_socket(hub.url)
        line.sendall("\r\n".join([*head, "", ""]).encode())
        while b"g20desk_hub_let_go_total 0" in raw.http.get(f"{hub.url}/metrics").content:
            time.sleep(0.05)
        assert len(until_closed(line)) < len(piece)
        assert desk.get_piece(digest) == piece


def test_what_strangers_sign_leaves_nothing(database, office):
    with running_hub(database, limits={"refusals": 10_000, "refusals_burst": 10_000}) as hub:
        office.move_to(hub.url)
        stranger = Raw(hub.url, office, office.device())
        for _ in range(300):
            assert code(stranger.ask("GET", "/entries")) == (403, "device-out")
    with psycopg.connect(database) as owner:
        row = owner.execute("select count(*) from hub.nonces where device = %s", (bytes.fromhex(stranger.key.device),))
        assert row.fetchone() == (0,)


def test_a_device_that_asks_too_often_waits_and_no_other_does(database, office):
    with running_hub(database, limits={"requests": 0.2, "burst": 20}) as hub:
        desk = office.move_to(hub.url)
        ana = office.device()
        office.admit(desk, ana)
        raw = Raw(hub.url, office)
        answers = [code(raw.ask("GET", "/entries")) for _ in range(40)]
        assert answers[0] == (200, "") and answers[-1] == (429, "too-often")
        answer = raw.ask("GET", "/entries")
        assert int(answer.headers["Retry-After"]) >= 1
        waited = []
        impatient = office.at(hub.url, pause=waited.append)
        with pytest.raises(Unreachable) as caught:
            impatient.entries(0)
        assert caught.value.code == "too-often" and len(waited) == 3 and all(one >= 1 for one in waited)
        assert office.at(hub.url, ana).entries(0)


def test_strangers_are_refused_sooner_and_sooner_but_no_device_of_the_office(database, office):
    with running_hub(database, limits={"refusals": 0.01, "refusals_burst": 10}) as hub:
        desk = office.move_to(hub.url)
        stranger = Raw(hub.url, office, office.device())
        answers = {code(stranger.ask("GET", "/entries")) for _ in range(30)}
        assert answers == {(403, "device-out"), (429, "too-often")}
        assert code(stranger.ask("GET", "/entries", headers={})) == (429, "too-often")
        assert desk.append([office.head.act("On")])[0].n == 4


def test_sizes_have_their_limits(database, office):
    limits = {
        "envelope": 5_000,
        "batch": 20_000,
        "envelopes": 4,
        "piece": 300_000,
        "part": 100_000,
        "least_part": 1_000,
    }
    with running_hub(database, limits=limits) as hub:
        desk = office.move_to(hub.url)
        big = secrets.token_hex(3_000)
        for given, name in (
            ([office.head.act(big)], "envelope-size"),
            ([office.head.act("x") for _ in range(5)], "batch"),
        ):
            with pytest.raises(Refused) as caught:
                desk.append(given)
            assert caught.value.code == name
        raw = Raw(hub.url, office)
        assert code(raw.ask("POST", "/append", body=b"x" * 20_001)) == (413, "body-size")
        path = f"/pieces/{'1' * 64}"
        for query, size, expected in (
            ("at=0&size=400000", 1_000, "piece-size"), ("at=0&size=0", 10, "piece-size"), ("at=0&size=200000", 100_001, "body-size"),
            ("at=0&size=5000", 999, "part"), ("at=0&size=5000", 5_001, "part"), ("at=1000&size=5000", 1_000, "offset"),
        ):  # fmt: skip
            assert code(raw.ask("PUT", path, query, b"x" * size))[1] == expected


def test_room_is_limited_for_a_device_and_for_the_office(database, office):
    with running_hub(database, limits={"device": 100_000, "office": 160_000, "least_part": 1}) as hub:
        desk = office.move_to(hub.url)
        ana = office.device()
        office.admit(desk, ana)
        theirs = office.at(hub.url, ana)

        def fill(hub, device) -> str:
            for _ in range(200):
                try:
                    hub.append([device.act("x" * 3_000)])
                except Refused as refused:
                    return refused.message
            return "never"

        assert "device's room" in fill(theirs, ana)
        assert "office's room" in fill(desk, office.head)
        with pytest.raises(Refused, match="device's room for pieces"):
            for _ in range(200):
                piece = secrets.token_bytes(3_000)
                theirs.put_piece(envelope.sealed_digest(piece), piece)
        assert desk.entries(0)


def test_a_bad_piece_is_thrown_away_and_comes_again(served, office):
    desk = office.move_to(served.url)
    piece = secrets.token_bytes(3 << 20)
    digest = envelope.sealed_digest(piece)
    with pytest.raises(Refused) as caught:
        desk.put_piece(digest, piece[:-1] + b"?")
    assert caught.value.code == "piece-digest"
    raw = Raw(served.url, office)
    assert raw.ask("PUT", f"/pieces/{digest}", f"at=0&size={len(piece)}", piece[: 1 << 20]).json() == {
        "have": 1 << 20,
        "whole": False,
    }
    head = raw.ask("HEAD", f"/pieces/{digest}")
    assert (head.status_code, head.headers["G20desk-Have"]) == (404, str(1 << 20))
    desk.put_piece(digest, piece)
    head = raw.ask("HEAD", f"/pieces/{digest}")
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(piece)))
    assert desk.get_piece(digest) == piece
    part = raw.http.get(
        raw.url + raw.path(f"/pieces/{digest}"),
        headers={**raw.headers("GET", f"/pieces/{digest}"), "Range": "bytes=1048570-2097160"},
    )
    assert part.status_code == 206 and part.content == piece[1048570:2097161]
    assert hashlib.sha256(part.content).digest() == hashlib.sha256(piece[1048570:2097161]).digest()


def test_a_device_cannot_spoil_anothers_piece(served, office):
    desk = office.move_to(served.url)
    ana = office.device()
    office.admit(desk, ana)
    piece = secrets.token_bytes(2 << 20)
    digest = envelope.sealed_digest(piece)
    evil = Raw(served.url, office, ana)
    assert evil.ask("PUT", f"/pieces/{digest}", f"at=0&size={len(piece)}", b"!" * (1 << 20)).is_success
    desk.put_piece(digest, piece)
    assert office.at(served.url, ana).get_piece(digest) == piece


def test_a_piece_is_dropped_by_a_managers_statement_alone(served, office):
    desk = office.move_to(served.url)
    ana = office.device()
    office.admit(desk, ana)
    piece = secrets.token_bytes(5_000)
    digest = envelope.sealed_digest(piece)
    theirs = office.at(served.url, ana)
    theirs.put_piece(digest, piece)
    with pytest.raises(Refused) as caught:
        theirs.drop_piece(digest)
    assert caught.value.code == "not-manager"
    raw = Raw(served.url, office)
    assert code(raw.ask("DELETE", f"/pieces/{digest}", f"statement={'0' * 128}")) == (422, "statement")
    assert code(raw.ask("DELETE", f"/pieces/{digest}")) == (422, "statement")
    desk.drop_piece(digest)
    desk.drop_piece(digest)
    with pytest.raises(Refused) as caught:
        theirs.get_piece(digest)
    assert caught.value.code == "dropped"
    # What refers to it can still be placed: it was here.
    assert desk.append([office.head.act("Refers to it", [digest])])[0].n == 5


def test_an_endless_head_is_let_go(served):
    line = open_socket(served.url)
    line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")
    try:
        for _ in range(2_000):
            line.sendall(b"X-More: " + b"x" * 1_000 + b"\r\n")
    except OSError:
        return
    assert until_closed(line) == b""
