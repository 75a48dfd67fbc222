"""What went wrong for people while something was being sent, each with the right outcome. Numbers as in the reports."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest
from PIL import Image

from g20desk.desk import Desk
from g20desk.desk.clocks import Clocks
from g20desk.errors import Refused
from g20desk.office.content import PictureFile
from g20desk.publishing import points
from tests.servers.chaos import Chaos
from tests.story import Hands, content, forked, out_there

POST = "^/api/v1/statuses$"
PARTS = tuple(f"Part {n} of six." for n in range(1, 7))
posix = pytest.mark.skipif(sys.platform == "win32", reason="processes that are stopped and go on")


@pytest.fixture
def mastodon_account(office, mastodon):
    """An account on the stand-in."""
    office.add_standin("mastodon", mastodon, "M")
    return mastodon


@pytest.fixture
def thread(office, mastodon_account, tmp_path):
    """Six parts, two of them with pictures, due; its id."""
    pictures = []
    for part in (2, 5):
        file = tmp_path / f"{part}.png"
        Image.new("RGB", (64, 48), (40 * part, 80, 120)).save(file)
        pictures.append(PictureFile(str(file), {"en": f"Picture of part {part}."}, part))
    return office.due(content(*PARTS, to=("M",), pictures=tuple(pictures)))


@pytest.mark.parametrize("behaviour", ["after", "cut", "reset", "late"])
def test_h01_no_double_on_bluesky_when_the_answer_is_lost(office, pds, behaviour):
    proxy = Chaos(pds.url)
    did = office.add_bluesky(pds, proxy=proxy.url)
    message = office.due(content("Ministers met in Pretoria.", to=("Bluesky",)))
    proxy.fault("applyWrites", behaviour)
    proxy.fault("createRecord", behaviour)
    for _ in range(4):
        office.desk().publish.once()
    assert office.posts(message)["Bluesky"]["state"] == "sent"
    assert len(pds.records(did)) == 1
    proxy.stop()


def test_h01_every_try_goes_under_the_same_key(office, mastodon_account):
    message = office.due(content("Ministers met in Pretoria.", to=("M",)))
    mastodon_account.fault("close", method="POST", path=POST, times=2)
    hands = Hands()
    for _ in range(4):
        office.desk(clock=hands).publish.once()
        hands.on += 10_000
    keys = [r.headers["idempotency-key"] for r in mastodon_account.requests("POST", POST)]
    assert len(keys) > 1
    assert len(set(keys)) == 1
    assert office.posts(message)["M"]["state"] == "sent"
    assert len(out_there("mastodon", mastodon_account)) == 1


def test_h02_woken_without_network_it_goes_out_once_when_there_is_one(office, pds, monkeypatch):
    """Asleep for 15 minutes with a grace of 30; the network comes 20 s after the desk."""
    # The desk's clock is moved here, that of the real server is not: to the desk its own would be the wrong one.
    monkeypatch.setattr(Clocks, "wrong", lambda self: "")
    proxy = Chaos(pds.url)
    did = office.add_bluesky(pds, proxy=proxy.url)
    office.head.accounts.set_grace("Bluesky", 30 * 60_000)
    message = office.due(content("Ministers met.", to=("Bluesky",)))
    hands = Hands()
    hands.on = 15 * 60_000
    desk = Desk.open(office.folder, "Officer", hands)
    for _ in range(3):
        for _ in range(20):  # whatever is asked, the time included
            proxy.fault("xrpc", "before")
        desk.publish.once()
        assert office.posts(message)["Bluesky"]["state"] != "sent"
        hands.on += 20_000
        proxy.clear()
    for _ in range(4):
        desk.publish.once()
        hands.on += 60_000
    post = office.posts(message)["Bluesky"]
    assert post["state"] == "sent"
    assert len(pds.records(did)) == 1
    late = desk.messages.show(message)
    assert late["planned_ms"] + 14 * 60_000 < _ms(post["sent_at"]), "how late it was can be read"
    proxy.stop()


def _ms(stamp):
    from g20desk.clock import from_iso

    return from_iso(stamp)


def test_h11_refused_for_good_it_says_how_much_is_out_and_can_go_on(office, mastodon_account, thread):
    mastodon_account.fault("status:403", method="POST", path=POST, contains="Part+4", times=2)
    desk = office.desk()
    desk.publish.once()
    post = office.posts(thread)["M"]
    assert (post["state"], post["why"].startswith("3 of 6 parts are out.")) == ("refused", True)
    assert desk.messages.show(thread)["state"] == "partly-sent"
    for _ in range(2):
        desk.messages.schedule(thread, desk.clock.now_ms())
        desk.publish.once()
    out = out_there("mastodon", mastodon_account)
    assert [one["text"] for one in out] == list(PARTS)
    assert [one["in_reply_to_id"] for one in out[1:]] == [one["id"] for one in out[:-1]]
    assert [len(one["media"]) for one in out] == [0, 1, 0, 0, 1, 0]


def test_h11_or_what_is_out_is_taken_down(office, mastodon_account, thread):
    mastodon_account.fault("status:403", method="POST", path=POST, contains="Part+4", times=9)
    desk = office.desk()
    desk.publish.once()
    post = office.posts(thread)["M"]
    for person in ("Liaison Brazil", "Analyst"):
        with pytest.raises(Refused, match="own people"):
            office.desk(person).publish.remove(post["id"], "Not mine.")
    assert len(out_there("mastodon", mastodon_account)) == 3, "who may not has the network asked for nothing"
    assert desk.publish.remove(post["id"], "The wrong figures.") == "removed"
    assert out_there("mastodon", mastodon_account) == []
    shown = desk.messages.show(thread)
    assert (shown["posts"][0]["state"], shown["state"]) == ("withdrawn", "withdrawn")
    assert [h["said"] for h in shown["history"] if h["kind"] == "post.removed"] == ["The wrong figures."]
    assert desk.publish.once()["sent"] == 0
    with pytest.raises(Refused):
        desk.publish.remove(post["id"], "Again.")


def test_h11_what_cannot_be_taken_down_stays_a_question(office, mastodon_account, thread):
    mastodon_account.fault("status:403", method="POST", path=POST, contains="Part+4", times=9)
    desk = office.desk()
    desk.publish.once()
    mastodon_account.fault("status:403", method="DELETE", path="^/api/v1/statuses/")
    post = office.posts(thread)["M"]
    assert desk.publish.remove(post["id"], "The wrong figures.") == "refused"
    post = office.posts(thread)["M"]
    assert (post["state"], len(post["remote_ids"])) == ("missed", 3)
    assert "refused to take it down" in post["why"]


def test_a_post_of_which_nothing_is_out_cannot_be_taken_down(office, mastodon_account):
    mastodon_account.fault("status:403", method="POST", path=POST)
    message = office.due(content("Ministers met.", to=("M",)))
    office.desk().publish.once()
    with pytest.raises(Refused):
        office.desk().publish.remove(office.posts(message)["M"]["id"], "Wrong.")


@posix
def test_h18_a_publisher_that_stood_still_is_followed_and_can_send_no_more(office):
    """Stopped between two parts: its lease is told, another takes over after it, and it sends nothing when it wakes."""
    message = office.due(content("First part.", "Second part.", to=("G20 X",)))
    child = forked(office.folder)
    if child == 0:

        def reach(name):
            if name == points.WRITTEN:
                points.reach = lambda name: None
                # To this very thread: it goes no step further, and holds no lock while it stands still.
                signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)

        points.reach = reach
        code = 1
        try:
            code = 0 if Desk.open(office.folder, "Officer").publish.once()["sent"] == 0 else 9
        finally:
            os._exit(code)
    assert os.WIFSTOPPED(os.waitpid(child, os.WUNTRACED)[1])
    try:
        post = office.posts(message)["G20 X"]
        assert (post["state"], len(post["remote_ids"])) == ("claimed", 1)
        assert post["why"].startswith("1 of 2 parts are out. A publisher has it until")
        assert str(child) in post["why"]
        assert office.desk().publish.once() == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 1}
        hands = Hands()
        hands.on = 3 * 60_000
        assert office.desk(clock=hands).publish.once()["sent"] == 1
    finally:
        os.kill(child, signal.SIGCONT)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == 0
    desk = office.desk()
    assert len(desk.accounts.client(desk.accounts.get("G20 X")).posts()) == 2


def test_h18_the_reason_stands_there_at_every_moment(office):
    """From the draft to the end no post that is not out is without a reason."""
    desk = office.desk()
    made = desk.messages.new(content("Ministers met.", to=("G20 X",)))
    message = made["message"]

    def why():
        return office.posts(message)["G20 X"]["why"]

    desk.messages.submit(message)
    assert why() == "Not signed off."
    office.desk("Liaison Brazil").messages.decide(message, "approve", made["digest"])
    assert why() == "Not scheduled."
    desk.messages.schedule(message, desk.clock.now_ms() + 3_600_000)
    assert why().startswith("Due at")
    office.desk("Liaison India").holds.place("A dispute.")
    assert why().startswith("On hold since")
    for person in ("Ada Head", "Officer"):
        office.desk(person).holds.lift("", "Settled.")
    assert "schedule the message again" in why()
    desk.messages.schedule(message, desk.clock.now_ms())
    assert why().startswith("Due since")
    row = desk.messages.submitted(message)
    (key,) = row.message.posts
    claim = {"post": key, "process": "999999999-dead", "until": desk.clock.now_ms() + 60_000}
    desk.act("post.claimed", claim, row.stream)
    assert why().startswith("A publisher has it until")
    sending = {"post": key, "process": "999999999-dead", "first": 0, "keys": ["k"], "created_at": "", "since": 1}
    desk.act("post.sending", sending, row.stream)
    assert why().startswith("Handed to the network at")
