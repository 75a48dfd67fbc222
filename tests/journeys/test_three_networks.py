"""From draft to receipt on a real PDS and on the stand-ins for X and Mastodon."""

from __future__ import annotations

import pytest
from PIL import Image

from g20desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.office.content import PictureFile
from tests.journeys.test_reports import Hands
from tests.story import Office, content, out_there, standin

PARTS = (
    "Finance ministers met in Pretoria today: https://g20.example.org/a #G20",
    "Second: القمة 二十国集团 👩🏽‍⚖️ fin.",
)


@pytest.fixture
def servers():
    made = {network: standin(network) for network in ("x", "mastodon")}
    yield made
    for one in made.values():
        one.stop()


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "hall.jpg"
    image = Image.effect_noise((1200, 900), 80).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    image.save(path, exif=exif, quality=95)
    return path


def test_a_thread_with_a_picture_goes_out_once_on_three_networks(tmp_path, pds, servers, photo):
    office = Office(tmp_path / "o")
    did = office.add_bluesky(pds)
    for network, server in servers.items():
        office.add_standin(network, server, network)
    picture = PictureFile(str(photo), {"en": "A hall with a long table."})
    message = office.due(content(*PARTS, to=("Bluesky", "x", "mastodon"), pictures=(picture,)))
    told = office.desk().publish.once()
    posts = office.posts(message)
    assert told == {"sent": 3, "refused": 0, "unknown": 0, "waiting": 0}, posts
    assert office.desk().publish.once()["sent"] == 0

    records = sorted(pds.records(did), key=lambda r: r["uri"])
    assert [r["value"]["text"] for r in records] == list(PARTS)
    assert records[1]["value"]["reply"]["parent"]["uri"] == records[0]["uri"]
    image = records[0]["value"]["embed"]["images"][0]
    assert image["alt"] == "A hall with a long table."
    assert image["aspectRatio"] == {"width": 900, "height": 1200}
    facets = records[0]["value"]["facets"]
    raw = PARTS[0].encode()
    found = [raw[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in facets]
    assert found == ["https://g20.example.org/a", "#G20"]
    for network, server in servers.items():
        assert len(out_there(network, server)) == 2
        assert len(posts[network]["remote_ids"]) == 2
    assert verify(office.head)["verified"]


def test_what_is_signed_holds_no_trace_of_where_it_was_taken(tmp_path, photo):
    office = Office(tmp_path / "o")
    picture = PictureFile(str(photo), {"en": "A hall."})
    message = office.approved(content("A hall.", to=("G20 Bluesky",), pictures=(picture,)))
    (shown,) = office.desk("Liaison Italy").messages.show(message)["pictures"]
    data = office.desk("Liaison Italy").messages.picture_bytes(shown["piece"])
    assert (shown["width"], shown["height"]) == (900, 1200)
    assert len(data) <= 1_000_000
    assert b"Exif" not in data


def test_a_server_that_takes_more_is_believed_and_one_that_shrank_refuses(tmp_path, servers):
    office = Office(tmp_path / "o")
    servers["mastodon"].face.characters = 5000
    office.add_standin("mastodon", servers["mastodon"], "mastodon")
    message = office.due(content("x" * 800, to=("mastodon",)))
    servers["mastodon"].face.characters = 400
    assert office.desk().publish.once()["refused"] == 1
    post = office.posts(message)["mastodon"]
    assert (post["state"], out_there("mastodon", servers["mastodon"])) == ("refused", [])
    assert "limit of 400" in post["why"]


def test_h09_limits_are_read_daily_with_their_date_and_the_last_known_hold_offline(tmp_path, servers):
    office = Office(tmp_path / "o")
    server = servers["mastodon"]
    server.face.characters = 5000
    office.add_standin("mastodon", server, "mastodon")
    desk = Desk.open(office.folder, "Officer", Hands())
    read = desk.accounts.get("mastodon").limits_at
    assert read > 0

    def blocked():
        made = desk.messages.new(content("x" * 800, to=("mastodon",)))
        return [f["rule"] for f in made["findings"] if f["rule"].startswith("LENGTH")]

    server.face.characters = 400
    assert blocked() == []
    desk.clock.on += 25 * 3_600_000
    server.fault("status:503", path="instance", times=9)
    assert blocked() == []
    assert desk.accounts.get("mastodon").limits_at == read
    server.faults.clear()
    assert blocked() == [], "asked once a day"
    desk.clock.on += 25 * 3_600_000
    assert blocked() == ["LENGTH-01"]
    assert desk.accounts.get("mastodon").limits_at > read


def test_a_servers_own_limits_on_pictures_hold(tmp_path, servers, photo):
    office = Office(tmp_path / "o")
    server = servers["mastodon"]
    server.face.alt = 20
    server.face.picture_bytes = 60_000
    office.add_standin("mastodon", server, "mastodon")
    picture = PictureFile(str(photo), {"en": "A hall with a long table."})
    made = office.desk().messages.new(content("A hall.", to=("mastodon",), pictures=(picture,)))
    assert [f["rule"] for f in made["findings"] if f["level"] == "block"] == ["STRUCT-10"]
    (shown,) = office.desk().messages.show(made["message"])["pictures"]
    assert len(office.desk().messages.picture_bytes(shown["piece"])) <= 60_000
