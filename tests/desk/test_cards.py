"""A link's card: made before anyone signs, part of the digest, fetched from nowhere that it must not."""

from __future__ import annotations

import io
import socket
import time

import pytest
from PIL import Image

from g20desk.desk import cards, fetching
from g20desk.desk.cards import Cards
from g20desk.desk.fetching import NotFetched, fetch
from g20desk.limits import Limits
from tests.servers.site import Site
from tests.story import content

HEAD = (
    '<title>Plain title</title><meta property="og:title" content="Communiqué of\n the ministers &amp; others">'
    '<meta property="og:description" content="What they agreed on."><meta property="og:image" content="/big.png">'
)
LIMITS = Limits(300, picture_bytes=1_000_000)


@pytest.fixture
def site():
    one = Site()
    one.page("/a", HEAD)
    yield one
    one.stop()


def noise(width=1200, height=900):
    file = io.BytesIO()
    Image.effect_noise((width, height), 120).convert("RGB").save(file, "PNG")
    return file.getvalue()


def notes(made):
    return [f["message"] for f in made["findings"] if f["rule"] == "STRUCT-06"]


def test_h10_a_big_picture_is_fitted_before_sign_off_and_nothing_is_fetched_at_sending(office, pds, site):
    site.picture("/big.png", noise(1600, 1000))
    assert len(site.pages["/big.png"][2]) > 3_000_000
    did = office.add_bluesky(pds)
    text = f"Ministers met: {site.url}/a"
    message = office.due(content(text, to=("Bluesky",)))
    (shown,) = office.desk().messages.show(message)["cards"]
    assert shown["title"] == "Communiqué of the ministers & others"
    said = [f["message"] for f in office.desk().messages.show(message)["findings"] if f["rule"] == "STRUCT-06"]
    assert "link card picture was made smaller" in said[0]
    asked = len(site.log)
    site.pages.clear()
    assert office.desk().publish.once()["sent"] == 1, office.posts(message)
    assert len(site.log) == asked
    (record,) = pds.records(did)
    external = record["value"]["embed"]["external"]
    assert external["uri"] == f"{site.url}/a"
    assert external["description"] == "What they agreed on."
    assert 0 < external["thumb"]["size"] <= 1_000_000
    receipt = office.desk().publish.find(office.posts(message)["Bluesky"]["id"])
    assert receipt


@pytest.mark.parametrize(
    ("image", "says"),
    [
        pytest.param("/none.png", "answered 404", id="missing"),
        pytest.param("/slow.png", "did not answer in time", id="slow"),
        pytest.param("/text.png", "can't be read", id="no picture"),
        pytest.param("/huge.png", "over 10 MB", id="too many bytes"),
        pytest.param("file:///etc/passwd", "no address of the web", id="another scheme"),
    ],
)
def test_h10_a_picture_that_cannot_be_had_is_left_out_and_said(office, pds, site, monkeypatch, image, says):
    monkeypatch.setattr(cards, "PICTURE_SECONDS", 0.5)
    site.waits["/slow.png"] = 2
    site.picture("/slow.png", noise(20, 10))
    site.picture("/text.png", b"hello")
    site.picture("/huge.png", b"\x89PNG" + b"0" * 10_000_001)
    site.page("/b", HEAD.replace("/big.png", image))
    did = office.add_bluesky(pds)
    made = office.desk().messages.new(content(f"See {site.url}/b", to=("Bluesky",)))
    assert len(notes(made)) == 1
    assert notes(made)[0].startswith("The link card picture was left out")
    assert says in notes(made)[0]
    office.due(content(f"See {site.url}/b", to=("Bluesky",)))
    office.desk().publish.once()
    (record,) = pds.records(did)
    assert "thumb" not in record["value"]["embed"]["external"]


def test_a_page_that_cannot_be_had_leaves_a_plain_link(office, site, monkeypatch):
    site.page("/slow", HEAD)
    site.waits["/slow"] = 2
    new = office.desk().messages.new
    for text, says, seconds in (
        (f"See {site.url}/none", "answered 404", 60),
        (f"See {site.url}/slow", "did not answer in time", 0.5),
        ("See https://g20.example.org/a", "a rehearsal reaches no further", 60),
    ):
        monkeypatch.setattr(cards, "PAGE_SECONDS", seconds)
        (note,) = notes(new(content(text, to=("G20 Bluesky", "G20 X"))))
        assert note.startswith("No link card: ")
        assert says in note


def test_a_rehearsal_asks_nobody_for_a_name(office, monkeypatch):
    asked = []
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: asked.append(given[0]) or real(*given, **more))
    office.desk().messages.new(content("See https://g20.example.org/a and http://localhost:1/b", to=("G20 Bluesky",)))
    assert [one for one in asked if one not in ("127.0.0.1", "localhost", b"localhost")] == []


def test_the_card_is_signed_and_the_same_page_gives_the_same_digest(office, site):
    messages = office.desk().messages
    text = content(f"See {site.url}/a", to=("G20 Bluesky",))
    first = messages.new(text)
    assert messages.revise(first["message"], text)["digest"] == first["digest"]
    site.page("/a", HEAD.replace("agreed", "disagreed"))
    assert messages.revise(first["message"], text)["digest"] != first["digest"]


def test_a_post_with_pictures_has_no_card_and_a_thread_one_for_each_part(office, site, tmp_path):
    site.page("/c", "<title>Third</title>")
    made = office.desk().messages.new(content(f"{site.url}/a", "No link.", f"{site.url}/c", to=("G20 Bluesky",)))
    shown = office.desk().messages.show(made["message"])["cards"]
    assert [one["title"] for one in shown] == ["Communiqué of the ministers & others", "Third"]


def test_pages_of_every_kind_are_read(site):
    site.page("/latin", "<title>Café</title><meta name=description content='a  b\u202ec'>", "iso-8859-1")
    site.pages["/bare"] = (200, {"Content-Type": "text/html"}, b"<meta charset=nonsense><p>")
    site.pages["/pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF")
    site.pages["/to"] = (302, {"Location": "/latin"}, b"")
    site.pages["/round"] = (302, {"Location": "/round"}, b"")
    made = Cards(loopback=True)
    latin = made.card(f"{site.url}/latin", LIMITS)
    assert (latin.title, latin.description) == ("Café", "a b?c")
    assert made.card(f"{site.url}/bare", LIMITS).title == "127.0.0.1"
    assert made.card(f"{site.url}/to", LIMITS).title == "Café"
    assert "is no page" in made.card(f"{site.url}/pdf", LIMITS)
    assert "from one address to the next" in made.card(f"{site.url}/round", LIMITS)
    before = len(site.log)
    made.card(f"{site.url}/latin", LIMITS)
    assert len(site.log) == before


@pytest.mark.parametrize(
    "page", ["<meta" * 60_000, '<meta "' * 40_000, "<!--" * 70_000, "<title" * 50_000, "<meta a='" + "x" * 300_000],
    ids=["meta", "quotes", "comments", "titles", "long"],
)  # fmt: skip
def test_a_page_made_to_keep_us_busy_does_not(site, page):
    site.pages["/busy"] = (200, {"Content-Type": "text/html"}, page.encode())
    started = time.monotonic()
    assert Cards(loopback=True).card(f"{site.url}/busy", LIMITS).title == "127.0.0.1"
    assert time.monotonic() - started < 3


def test_what_is_commented_out_or_stands_in_the_body_is_not_the_pages_word(site):
    site.pages["/c"] = (
        200, {"Content-Type": "text/html"},
        b"<!-- <meta property='og:title' content='old'> --><META CONTENT=new PROPERTY=og:title></head>"
        b"<meta name=description content=body>",
    )  # fmt: skip
    made = Cards(loopback=True).card(f"{site.url}/c", LIMITS)
    assert (made.title, made.description) == ("new", "")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_nothing_is_fetched_from_inside_our_walls(monkeypatch, address):
    kind = socket.AF_INET6 if ":" in address else socket.AF_INET
    good = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))
    bad = (kind, socket.SOCK_STREAM, 6, "", (address, 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [good, bad])
    with pytest.raises(NotFetched, match="no public address"):
        fetch("http://news.example.org/", 1000, 1, loopback=False)


def test_another_port_a_name_and_password_or_a_redirect_inside_are_refused(site, monkeypatch):
    with pytest.raises(NotFetched, match="no public address"):
        fetch(f"{site.url}/a", 1000, 1, loopback=False)
    with pytest.raises(NotFetched, match="no address of the web"):
        fetch("http://user:word@example.org/", 1000, 1, loopback=True)
    site.pages["/out"] = (302, {"Location": "http://192.168.0.1/admin"}, b"")
    with pytest.raises(NotFetched, match="not on this computer"):
        fetch(f"{site.url}/out", 1000, 1, loopback=True)
    assert fetching._may(__import__("ipaddress").ip_address("93.184.216.34"), 443, False)
    assert not fetching._may(__import__("ipaddress").ip_address("93.184.216.34"), 6379, False)
