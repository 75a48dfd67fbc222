"""What an account posts, also from elsewhere, read as anybody may read it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from connectors.bluesky.client import BlueskyClient
from connectors.mastodon.reading import words
from connectors.rehearsal.client import RehearsalClient
from g20desk.clock import SystemClock
from g20desk.network import NotNow, Part, Posted, Rejected, Setting, Unknown
from tests.servers.pds import running_pds
from tests.servers.standin import StandIn
from tests.servers.standin_bluesky import BlueskyFace
from tests.servers.world import NETWORKS, World, part

LINE = "We agreed on debt relief for forty countries by 2027."
LISTS = {"mastodon": "/api/v1/accounts/7/statuses", "x": "/2/users/4242/tweets"}


@pytest.fixture
def world(request: Any) -> Iterator[World]:
    made = World(request.param)
    yield made
    made.server.stop()


both = pytest.mark.parametrize("world", NETWORKS, indirect=True)


def texts(found: list[Posted]) -> list[str]:
    return [one.text for one in found]


@both
def test_the_newest_first_with_their_text_as_it_was_written(world):
    since = SystemClock().now_ms() - 2000
    (first,) = world.client.send([part("1")], None, None)
    world.client.send([part("2", "Second & last <b>")], first, first)
    newest, oldest = world.client.recent(since, 10)
    assert newest.text == "Second & last <b>" and newest.parent == oldest.id == first.id
    assert oldest.text == "Ministers meet today: https://g20.org/a?b=1&c=2 <soon> & more"
    assert oldest.url == first.url and oldest.at_ms >= since
    assert texts(world.client.recent(since, 1)) == [newest.text]
    assert world.client.recent(SystemClock().now_ms() + 60_000, 10) == []


@both
def test_a_list_is_asked_for_no_more_than_is_wanted(world):
    for number in range(45):
        world.client.send([part(str(number), f"Post {number}")], None, None)
    assert len(world.client.recent(0, 45)) == 45
    before = len(world.server.requests("GET", LISTS[world.network]))
    found = world.client.recent(0, 7)
    assert texts(found) == [f"Post {number}" for number in range(44, 37, -1)]
    asked = world.server.requests("GET", LISTS[world.network])[before:]
    assert len(asked) == 1
    if world.network == "x":  # each post that is read is paid for
        assert asked[0].query["max_results"] == "7" and asked[0].query["exclude"] == "retweets"


@both
@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [("status:429", NotNow), ("status:403", Rejected), ("status:500", Unknown), ("hang", Unknown)],
)
def test_what_goes_wrong_is_told_apart(world, behaviour, failure):
    world.server.fault(behaviour, method="GET", path=LISTS[world.network])
    with pytest.raises(failure):
        world.client.recent(0, 5)


@pytest.mark.parametrize("world", ["mastodon"], indirect=True)
def test_mastodon_needs_no_token_where_the_server_is_open(world):
    world.client.send([part("1", LINE)], None, None)
    stranger = world.new_client(secret=" ")
    assert texts(stranger.recent(0, 5)) == [LINE]
    world.face.open = False
    with pytest.raises(Rejected) as no:
        stranger.recent(0, 5)
    assert no.value.account


@pytest.mark.parametrize("world", ["mastodon"], indirect=True)
def test_mastodon_reposts_others_and_what_is_for_followers_are_left_out(world):
    base = {
        "created_at": "2026-11-29T10:00:00.000Z",
        "visibility": "public",
        "content": "<p>x</p>",
        "media_attachments": [],
    }
    world.face.elsewhere = [
        {**base, "id": "90", "reblog": {"id": "1"}},
        {**base, "id": "89", "visibility": "private"},
        {**base, "id": "88", "account": {"id": "55"}},
        {**base, "id": "87", "account": {"id": "7"}, "language": "fr", "spoiler_text": "Dette", "url": "https://m.test/87",
         "content": '<p>Un <a href="https://g20.org/abc"><span class="invisible">https://</span><span>g20.org/a</span>'
                    '<span class="invisible">bc</span></a><br />et &amp; deux</p><p>Fin</p>'},
    ]  # fmt: skip
    (one,) = world.client.recent(0, 5)
    assert one.text == "Dette\n\nUn https://g20.org/abc\net & deux\n\nFin" and (one.lang, one.url) == (
        "fr",
        "https://m.test/87",
    )


def test_words_of_html():
    assert words("<p>a</p><p>b<br>c &lt;d&gt;</p>") == "a\n\nb\nc <d>" and words("") == ""


@pytest.mark.parametrize("world", ["x"], indirect=True)
def test_x_reposts_are_left_out_and_long_posts_whole(world):
    world.client.send([part("1", LINE)], None, None)
    world.face.posts[-1]["lang"] = "en"
    world.client.send([part("2", "RT @who: news")], None, None)
    world.face.posts[-1]["repost"] = True
    (one,) = world.client.recent(0, 5)
    assert (one.text, one.lang) == (LINE, "en")


def test_bluesky_reads_a_repository_page_by_page_and_skips_what_is_no_post():
    face = BlueskyFace()
    server = StandIn(face)
    post = {"$type": "app.bsky.feed.post", "createdAt": "2026-11-29T10:00:00Z", "langs": ["en"]}
    face.records = {f"3k{number:03d}": {**post, "text": f"Post {number}"} for number in range(130)}
    face.records |= {
        "3k900": {"$type": "app.bsky.feed.post", "text": 7},
        "3k901": {**post, "text": "x", "createdAt": "soon"},
    }
    face.records |= {"3k902": {"$type": "other.app.note", "text": "x"}}
    client = BlueskyClient(Setting(server.url, "g20.test", face.did, "", lambda _: None), SystemClock(), limit=10)
    try:
        found = client.recent(0, 120)
        assert (
            len(found) == 120
            and found[0].text == "Post 129"
            and found[0].id == f"at://{face.did}/app.bsky.feed.post/3k129"
        )
        assert server.requests("POST", "createSession") == [], "nobody signs in to read"
        server.fault("status:500", method="GET", path="listRecords")
        with pytest.raises(Unknown):
            client.recent(0, 5)
        face.did = "did:plc:moved"
        with pytest.raises(Rejected):
            client.recent(0, 5)
    finally:
        server.stop()


def test_bluesky_on_a_real_server():
    with running_pds() as pds:
        did, name, password = pds.account()
        client = BlueskyClient(Setting(pds.url, name, did, password, lambda _: None), SystemClock())
        since = SystemClock().now_ms() - 5000
        _post_elsewhere(pds.url, did, password, LINE, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
        _post_elsewhere(pds.url, did, password, "Long ago.", "2020-01-01T00:00:00Z")
        stranger = BlueskyClient(Setting(pds.url, name, did, "", lambda _: None), SystemClock())
        for reader in (client, stranger):
            (one,) = reader.recent(since, 10)
            assert (
                one.text == LINE and one.lang == "en" and one.url.startswith(f"https://bsky.app/profile/{name}/post/")
            )


def _post_elsewhere(url: str, did: str, password: str, text: str, at: str) -> None:
    """By another program than ours."""
    with httpx.Client(base_url=f"{url}/xrpc/", trust_env=False) as http:
        session = http.post("com.atproto.server.createSession", json={"identifier": did, "password": password}).json()
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": at, "langs": ["en"]}
        body = {"repo": did, "collection": "app.bsky.feed.post", "record": record}
        head = {"Authorization": f"Bearer {session['accessJwt']}"}
        http.post("com.atproto.repo.createRecord", json=body, headers=head).raise_for_status()


@pytest.mark.parametrize("like", ["bluesky", "mastodon", "x"])
def test_the_practice_network(tmp_path: Path, like: str):
    setting = Setting("", "", "", "", lambda _: None, state_dir=str(tmp_path), like=like, name="za")
    client = RehearsalClient(setting, SystemClock())
    payload = {"text": LINE, "langs": ["en"]} if like == "bluesky" else {"text": LINE, "language": "en"}
    (sent,) = client.send([Part("k", "2026-11-29T10:00:00.000Z", payload)], None, None)
    (one,) = client.recent(0, 5)
    assert (one.id, one.url, one.text, one.lang) == (sent.id, sent.url, LINE, "en")
    client.remove(sent)
    assert client.recent(0, 5) == []
