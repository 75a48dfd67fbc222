"""Posts of one message start together over all networks when nothing fails: by the stamps of their intents, on a clock
that only moves when a network has answered."""

from __future__ import annotations

import threading

import pytest
from PIL import Image

from g20desk.clock import SystemClock
from g20desk.desk.rounds import Rounds
from g20desk.ledger import views
from g20desk.office.content import PictureFile
from tests.servers.standin import StandIn
from tests.servers.standin_bluesky import BlueskyFace
from tests.story import content, out_there, standin

WRITES = {"x": "/2/tweets", "mastodon": "/api/v1/statuses", "bluesky": "/xrpc/com.atproto.repo.applyWrites"}
PRACTICE = ("G20 X", "G20 Bluesky", "G20 Mastodon")
TOGETHER_MS = 2_000
ANSWER_MS = 20_000


class Still:
    """A clock that a test moves, and nothing else; waiting takes its time all the same."""

    def __init__(self):
        self.now = SystemClock().now_ms()

    def now_ms(self):
        return self.now

    def monotonic(self):
        return SystemClock().monotonic()


@pytest.fixture
def clock():
    return Still()


@pytest.fixture
def three(office, clock):
    """A stand-in for each network, with an account of its name."""
    servers = {"x": standin("x"), "mastodon": standin("mastodon"), "bluesky": StandIn(BlueskyFace())}
    for name in ("x", "mastodon"):
        office.add_standin(name, servers[name], name)
    office.head.accounts.add("bluesky", name="bluesky", owner="official", server=servers["bluesky"].url,
                             handle="g20.test", secret="app-pass-word")  # fmt: skip
    for server in servers.values():
        server.now = lambda: clock.now / 1000
    clock.now = SystemClock().now_ms() + 1000
    yield servers
    for server in servers.values():
        server.stop()


def due(office, clock, content):
    message = office.approved(content)
    clock.now += 1000
    office.desk("Officer", clock).messages.schedule(message, clock.now)
    return message


def intents(office, message):
    desk = office.desk()
    stream = desk.messages.submitted(message).stream
    return [e.stamp for e in desk.store.stream(stream) if e.header.kind == "post.sending"]


def test_no_network_waits_for_the_answer_of_another(office, three, clock):
    begun = threading.Barrier(len(three), lambda: setattr(clock, "now", clock.now + ANSWER_MS))

    def slow(name, server):
        real = server.face.handle

        def handle(request):
            if request.method == "POST" and request.path == WRITES[name]:
                server.lock.release()
                try:
                    begun.wait(60)  # they have all begun before the first of them is answered
                finally:
                    server.lock.acquire()
            return real(request)

        server.face.handle = handle

    for name, server in three.items():
        slow(name, server)
    message = due(office, clock, content("Ministers met.", to=(*three, *PRACTICE)))
    assert office.desk("Officer", clock).publish.once()["sent"] == 6
    stamps = intents(office, message)
    assert len(stamps) == 6
    assert max(stamps) - min(stamps) <= TOGETHER_MS


def test_they_wait_for_pictures_that_are_on_their_way(office, three, clock, tmp_path):
    file = tmp_path / "hall.png"
    Image.new("RGB", (64, 48), (40, 80, 184)).save(file)
    pictures = (PictureFile(str(file), {"en": "A hall with a long table."}),)
    real, others = three["x"].face.handle, (three["mastodon"], three["bluesky"])

    def handle(request):
        if request.path.endswith("/finalize"):
            clock.now += ANSWER_MS
            assert not any(server.requests("POST", WRITES[name]) for name, server in three.items())
        return real(request)

    three["x"].face.handle = handle
    message = due(office, clock, content("Ministers met.", to=tuple(three), pictures=pictures))
    assert office.desk("Officer", clock).publish.once()["sent"] == 3
    stamps = intents(office, message)
    assert max(stamps) - min(stamps) <= TOGETHER_MS
    assert len(others[1].face.blobs) == 1


def test_they_do_not_wait_for_a_network_that_is_in_trouble(office, three, clock, tmp_path):
    file = tmp_path / "hall.png"
    Image.new("RGB", (64, 48), (40, 80, 184)).save(file)
    pictures = (PictureFile(str(file), {"en": "A hall with a long table."}),)
    three["x"].fault("status:503", method="POST", path="/media", times=99)
    message = due(office, clock, content("Ministers met.", to=tuple(three), pictures=pictures))
    told = office.desk("Officer", clock).publish.once()
    assert (told["sent"], told["waiting"]) == (2, 1)
    posts = {p["account"]: p for p in office.desk("Officer", clock).messages.show(message)["posts"]}
    assert posts["x"]["state"] == "planned" and "Not yet handed over" in posts["x"]["why"]
    assert out_there("x", three["x"]) == []


def test_a_post_that_somebody_else_dealt_with_is_not_waited_for(office, clock):
    rounds = Rounds(office.head, False)
    try:
        rounds._soon["a" * 64, "b.en"] = 0.0
        assert rounds.busy()
        rounds.start()
        assert not rounds.busy()
    finally:
        rounds.end()


def test_a_post_that_waits_is_looked_at_again_while_another_of_its_message_is_on_its_way(office):
    """When a post is due reads otherwise then: it is still the same post."""
    message = office.due(content("Ministers met.", to=("G20 X", "G20 Bluesky")))
    desk = office.desk()
    (row,) = [row for row in views.due(desk.store, "message") if row.id == message]
    waits, goes = row.value["posts"]
    rounds = Rounds(desk, False)
    try:
        rounds._seen = {(row.stream, key): desk.clock.now_ms() for key in (waits, goes)}
        rounds._soon[row.stream, waits] = 0.0
        claim = {"post": goes, "process": "1-a", "until": desk.clock.now_ms() + 60_000}
        desk.act("post.claimed", claim, row.stream)
        while rounds.busy():
            rounds.start()
            rounds.wait(1)
    finally:
        rounds.end()
    states = {p.key: p.state for p in desk.messages.get(message).message.posts.values()}
    assert states[waits] == "sent"
