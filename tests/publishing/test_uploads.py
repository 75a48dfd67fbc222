"""Pictures are with the network before the intent, so that a post is one short request; and nothing reaches a network
that may not go out."""

from __future__ import annotations

import threading

import pytest
from PIL import Image

from g20desk.desk.rounds import Rounds
from g20desk.desk.uploads import LEAD_MS
from g20desk.network import NotNow
from g20desk.office.content import PictureFile
from g20desk.publishing import points
from tests.servers.world import POST
from tests.story import content, out_there, standin

UPLOADS = {"mastodon": "^/api/v2/media$", "x": "/finalize$"}
ALT = "A hall with a long table."


@pytest.fixture
def hall(tmp_path):
    file = tmp_path / "hall.png"
    Image.new("RGB", (64, 48), (40, 80, 184)).save(file)
    return (PictureFile(str(file), {"en": ALT}),)


def planned(office, hands, content, ahead_ms=60_000):
    message = office.approved(content)
    office.desk("Officer", hands).messages.schedule(message, hands.now_ms() + ahead_ms)
    return message


def round_of(desk):
    """One round of a publisher that goes on, to its end."""
    rounds = Rounds(desk, patient=True)
    rounds.start()
    rounds.end()


def uploaded(server, network):
    return len(server.requests("POST", UPLOADS[network]))


def test_pictures_are_there_before_their_post_is_due(here, hands, network, server, hall):
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=hall))
    round_of(here.desk("Officer", hands))
    assert uploaded(server, network) == 1
    assert out_there(network, server) == []
    kinds = [h["kind"] for h in here.head.messages.show(message)["history"]]
    assert not [kind for kind in kinds if kind.startswith("post.")]
    hands.on += 60_000
    server.log.clear()
    assert here.desk("Officer", hands).publish.once()["sent"] == 1
    assert [one.path for one in server.log if one.method == "POST"] == [POST[network].strip("^$")]
    (post,) = out_there(network, server)
    assert len(post["media"]) == 1
    assert {one["alt"] for one in server.face.media.values()} == {ALT}
    assert here.desk().store.metas("handed/") == {}


def test_nothing_is_uploaded_that_may_not_go_out(here, hands, network, server, hall):
    desk = here.desk("Officer", hands)

    def message(text, ahead_ms=60_000):
        return planned(here, hands, content(text, to=(network,), pictures=hall), ahead_ms)

    message("Later.", LEAD_MS + 60_000)
    here.approved(content("Without a time.", to=(network,), pictures=hall))
    objected = message("Objected to.")
    digest = desk.messages.show(objected)["digest"]
    here.desk("Liaison India", hands).messages.decide(objected, "object", digest, "No.")
    desk.messages.unschedule(message("Not any more."))
    desk.messages.withdraw(message("Withdrawn."), "A figure is wrong.")
    message("On hold.")
    hold = desk.holds.place("A rumour")
    round_of(desk)
    assert uploaded(server, network) == 0
    for person in ("Officer", "Ada Head"):
        here.desk(person, hands).holds.lift(hold, "It was wrong")
    round_of(desk)
    assert uploaded(server, network) == 0  # lifting releases nothing


def test_under_embargo_nothing_is_uploaded_before_it_ends(here, hands, network, server, hall):
    desk = here.desk("Officer", hands)
    ends = hands.now_ms() + 60_000
    message = here.approved(content("Ministers met.", to=(network,), pictures=hall))
    desk.embargoes.place(ends, "The ministers speak first")
    desk.messages.schedule(message, ends)
    round_of(desk)
    assert uploaded(server, network) == 0
    hands.on += 60_000
    assert here.desk("Officer", hands).publish.once()["sent"] == 1


def test_a_slow_line_takes_its_time_before_the_intent(here, hands, network, server, hall):
    real = server.face.handle
    seen = []

    def handle(request):
        if "media" in request.path:
            hands.on += 50_000
        elif request.method == "POST":
            seen.append(hands.now_ms())
        return real(request)

    server.face.handle = handle
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=hall), 0)
    assert here.desk("Officer", hands).publish.once()["sent"] == 1
    stream = here.desk().messages.submitted(message).stream
    (intent,) = [e for e in here.desk().store.stream(stream) if e.header.kind == "post.sending"]
    assert 0 <= seen[0] - intent.header.at < 20_000


@pytest.mark.parametrize("behaviour", ["close", "empty", "status:500", "status:429"])
def test_an_upload_that_fails_leaves_nothing_in_doubt(here, hands, network, server, hall, behaviour):
    server.fault(behaviour, method="POST", path="/media")
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=hall), 0)
    desk = here.desk("Officer", hands)
    assert desk.publish.once()["waiting"] == 1
    post = here.desk("Ada Head", hands).messages.show(message)["posts"][0]
    assert post["state"] == "planned"
    assert "Not yet handed over" in post["why"] or "nothing is sent on this account" in post["why"]
    assert desk.publish.once()["waiting"] == 1
    hands.on += 61_000 if behaviour == "status:429" else 7_000
    assert desk.publish.once()["sent"] == 1
    assert len(server.requests("POST", POST[network])) == 1


def test_a_picture_that_the_network_refuses_is_told_before_the_hour(here, hands, network, server, hall):
    server.fault("status:422", method="POST", path="/media", reason="It is no picture")
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=hall))
    round_of(here.desk("Officer", hands))
    post = here.posts(message)[network]
    assert (post["state"], "422" in post["why"]) == ("refused", True)


def test_a_refused_sign_in_makes_the_queue_wait(here, hands, network, server, hall):
    server.fault("status:401", method="POST", path="/media", times=9)
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=hall), 0)
    assert here.desk("Officer", hands).publish.once()["waiting"] == 1
    assert "new sign-in" in here.desk("Ada Head", hands).messages.show(message)["posts"][0]["why"]


def test_after_a_crash_the_same_uploads_are_attached(here, hands, network, server, hall, monkeypatch):
    class Killed(BaseException):
        pass

    def reach(name):
        if name == points.READY:
            raise Killed

    monkeypatch.setattr(points, "reach", reach)
    planned(here, hands, content("Ministers met.", to=(network,), pictures=hall), 0)
    with pytest.raises(Killed):
        here.desk("Officer", hands).publish.once()
    monkeypatch.undo()
    assert here.desk("Officer", hands).publish.once()["sent"] == 1
    assert uploaded(server, network) == 1


def test_a_repeat_attaches_the_same_pictures(office, mastodon, hands, hall):
    """A server that lost its key takes the picture that is attached already for what it is: a sign."""
    office.add_standin("mastodon", mastodon, "M")
    mastodon.now = mastodon.face.now = lambda: hands.now_ms() / 1000
    mastodon.face.mode = "lost"
    mastodon.face.lag_reads = 99
    mastodon.fault("close", method="POST", path=POST["mastodon"], after=True)
    message = planned(office, hands, content("Ministers met.", to=("M",), pictures=hall), 0)
    for _ in range(4):
        office.desk("Officer", hands).publish.once()
        hands.on += 6_000
    assert len(mastodon.requests("POST", POST["mastodon"])) > 1
    assert len(out_there("mastodon", mastodon)) == 1
    assert uploaded(mastodon, "mastodon") == 1
    assert office.posts(message)["M"]["state"] == "unknown"


def test_what_the_network_forgot_is_uploaded_anew(office, hands, hall):
    server = standin("x")
    office.add_standin("x", server, "X")
    server.now = server.face.now = lambda: hands.now_ms() / 1000
    planned(office, hands, content("Ministers met.", to=("X",), pictures=hall))
    desk = office.desk("Officer", hands)
    round_of(desk)
    server.face.media.clear()
    hands.on += 60_000
    assert desk.publish.once()["waiting"] == 1
    hands.on += 7_000
    assert desk.publish.once()["sent"] == 1
    assert uploaded(server, "x") == 2
    server.stop()


def test_two_publishers_upload_once(here, hands, network, server, hall):
    gate, started, real = threading.Event(), threading.Event(), server.face.handle

    def handle(request):
        if "media" in request.path:
            started.set()
            gate.wait(30)
        return real(request)

    server.face.handle = handle
    planned(here, hands, content("Ministers met.", to=(network,), pictures=hall), 0)
    first, second = here.desk("Officer", hands), here.desk("Ada Head", hands)
    told = []
    sending = threading.Thread(target=lambda: told.append(first.publish.once()))
    sending.start()
    try:
        assert started.wait(20)
        assert second.publish.once()["waiting"] == 1
    finally:
        gate.set()
        sending.join(60)
    assert [one["sent"] for one in told] == [1]
    assert uploaded(server, network) == 1


def test_a_thread_has_all_its_pictures_before_its_first_part(here, hands, network, server, tmp_path):
    files = []
    for part in (1, 2):
        Image.new("RGB", (64, 48), (40 * part, 80, 184)).save(tmp_path / f"{part}.png")
        files.append(PictureFile(str(tmp_path / f"{part}.png"), {"en": ALT}, part))
    planned(here, hands, content("One.", "Two.", to=(network,), pictures=tuple(files)), 0)
    assert here.desk("Officer", hands).publish.once()["sent"] == 1
    writes = [one.path for one in server.log if one.method == "POST" and one.path != "/health"]
    assert [path == POST[network].strip("^$") for path in writes][-2:] == [True, True]
    assert [len(post["media"]) for post in out_there(network, server)] == [1, 1]


def test_a_thread_on_the_real_pds_is_one_write_once_its_pictures_are_there(office, pds, hands, hall):
    did = office.add_bluesky(pds)
    message = planned(office, hands, content("One.", "Two.", to=("Bluesky",), pictures=hall), 2_000)
    desk = office.desk("Officer", hands)
    round_of(desk)
    assert len(desk.store.metas("handed/")) == 1
    client = desk.accounts.client(desk.accounts.get("Bluesky"))
    with pytest.MonkeyPatch.context() as patch:

        def hand_in(*_):
            raise NotNow("it was there")

        patch.setattr(type(client), "hand_in", hand_in)
        hands.on += 2_000
        assert desk.publish.once()["sent"] == 1
    assert len(pds.records(did)) == 2
    assert office.posts(message)["Bluesky"]["state"] == "sent"
