"""Moving pictures go out as they were signed: handed over early, worked on by the network, never uploaded twice."""

from __future__ import annotations

import pytest

from g20desk.desk.uploads import FILM_LEAD_MS
from g20desk.network import Receipt
from g20desk.office.content import PictureFile
from tests.films import FILM, gif
from tests.publishing.test_uploads import planned, round_of, uploaded
from tests.story import content, out_there

ALT = "A blue bar that grows."


@pytest.fixture(params=["video", "gif"])
def moving(request, tmp_path):
    name, data = ("film.mp4", FILM) if request.param == "video" else ("a.gif", gif())
    (tmp_path / name).write_bytes(data)
    return (PictureFile(str(tmp_path / name), {"en": ALT}),)


@pytest.fixture
def film(tmp_path):
    (tmp_path / "film.mp4").write_bytes(FILM)
    return (PictureFile(str(tmp_path / "film.mp4"), {"en": ALT}),)


def waits(server, network, times):
    if network == "x":
        server.face.pending = times
    else:
        server.face.media_waits = times


def test_it_goes_out_described_and_reads_back_as_signed(here, hands, network, server, moving):
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=moving), 0)
    desk = here.desk("Officer", hands)
    assert desk.publish.once()["sent"] == 1
    (post,) = out_there(network, server)
    (media,) = (server.face.media[str(one)] for one in post["media"])
    if network == "x":
        video = moving[0].path.endswith("mp4")
        assert (media["category"], media.get("alt")) == (("tweet_video", None) if video else ("tweet_gif", ALT))
    else:
        assert media["alt"] == ALT
        assert b"Ana" not in media["data"]
    hands.on += 61_000
    desk.publish.look()
    assert here.posts(message)[network]["standing"] == "as-signed"


def test_it_is_handed_over_a_quarter_of_an_hour_before_while_a_picture_waits(here, hands, network, server, film):
    planned(here, hands, content("Ministers met.", to=(network,), pictures=film), FILM_LEAD_MS - 60_000)
    round_of(here.desk("Officer", hands))
    assert uploaded(server, network) == 1
    assert out_there(network, server) == []


def test_while_the_network_works_on_it_the_post_waits_and_says_why(here, hands, network, server, film):
    waits(server, network, 3)
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=film), 0)
    desk = here.desk("Officer", hands)
    for _ in range(9):
        if desk.publish.once()["sent"]:
            break
        assert "still working on a picture" in here.desk("Ada Head", hands).messages.show(message)["posts"][0]["why"]
        hands.on += 60_000
        desk = here.desk("Officer", hands)  # another process goes on where this one stopped
    assert here.posts(message)[network]["state"] == "sent"
    assert uploaded(server, network) == 1
    assert len(out_there(network, server)) == 1


def test_one_that_the_network_can_not_use_is_refused_and_uploaded_anew_later(here, hands, network, server, film):
    server.face.media_fails = True
    message = planned(here, hands, content("Ministers met.", to=(network,), pictures=film), 0)
    desk = here.desk("Officer", hands)
    assert desk.publish.once()["refused"] == 1
    assert here.posts(message)[network]["state"] == "refused"
    assert out_there(network, server) == []
    assert desk.store.metas("handed/") == {}


def test_a_question_without_answer_leaves_nothing_in_doubt(here, hands, network, server, film):
    server.fault("close", method="GET", path="/media")
    planned(here, hands, content("Ministers met.", to=(network,), pictures=film), 0)
    desk = here.desk("Officer", hands)
    assert desk.publish.once()["waiting"] == 1
    hands.on += 7_000
    assert desk.publish.once()["sent"] == 1
    assert uploaded(server, network) == 1


def test_on_the_real_pds_the_record_is_a_video(office, pds, hands, film):
    did = office.add_bluesky(pds)
    message = planned(office, hands, content("Ministers met.", to=("Bluesky",), pictures=film), 0)
    desk = office.desk("Officer", hands)
    assert desk.publish.once()["sent"] == 1
    (record,) = pds.records(did)
    embed = record["value"]["embed"]
    assert (embed["$type"], embed["alt"], embed["aspectRatio"]) == (
        "app.bsky.embed.video",
        ALT,
        {"width": 64, "height": 48},
    )
    assert (embed["video"]["mimeType"], embed["video"]["size"]) == ("video/mp4", len(FILM))
    stands = desk.accounts.client(desk.accounts.get("Bluesky")).read(Receipt(record["uri"], "", record["cid"]))
    assert (stands["pictures"], stands["alts"]) == (1, [ALT])
    hands.on += 61_000
    desk.publish.look()
    assert office.posts(message)["Bluesky"]["standing"] == "as-signed"


def test_the_practice_networks_take_it_too(office, hands, film):
    to = ("G20 X", "G20 Bluesky", "G20 Mastodon")
    planned(office, hands, content("Ministers met.", to=to, pictures=film), 0)
    assert office.desk("Officer", hands).publish.once()["sent"] == 3
