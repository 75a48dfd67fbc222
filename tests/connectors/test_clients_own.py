"""What only Mastodon does, and what only X does, against the stand-in."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from g20desk.network import NotNow, Rejected, Unknown
from tests.servers.world import World, part


@pytest.fixture
def world(network: str) -> Iterator[World]:
    one = World(network)
    yield one
    one.server.stop()


@pytest.fixture
def since() -> int:
    return time.time_ns() // 1_000_000


@pytest.mark.parametrize("network", ["mastodon"])
class TestMastodon:
    def test_the_same_key_gives_the_same_post(self, world: World) -> None:
        world.fault("close", after=True)
        with pytest.raises(Unknown):
            world.client.send([part()], None, None)
        [receipt] = world.client.send([part()], None, None)
        assert [one["id"] for one in world.posts()] == [receipt.id]

    @pytest.mark.parametrize("mode", ["bug", "lock"])
    def test_a_repeat_that_answers_5xx_is_unknown_and_found(self, world: World, since: int, mode: str) -> None:
        [receipt] = world.client.send([part()], None, None)
        world.face.mode = mode
        with pytest.raises(Unknown):
            world.client.send([part()], None, None)
        assert world.client.find([part()], None, since) == [receipt]

    def test_a_silent_drop_is_unknown(self, world: World, since: int) -> None:
        world.face.drop_silently = True
        with pytest.raises(Unknown, match="not there"):
            world.client.send([part()], None, None)
        assert world.client.find([part()], None, since) is None

    def test_the_key_of_a_deleted_post_is_refused(self, world: World) -> None:
        [receipt] = world.client.send([part()], None, None)
        world.client.remove(receipt)
        with pytest.raises(Rejected, match="404"):
            world.client.send([part()], None, None)

    def test_a_mention_of_its_own_server_is_recognised(self, world: World, since: int) -> None:
        text = "Thanks to @press@127.0.0.1 and @un@un.org."
        world.client.send([part(text=text)], None, None)
        assert world.posts()[0]["text"] == "Thanks to @press and @un@un.org."
        assert world.client.find([part(text=text)], None, since) is not None

    def test_media_already_attached_is_unknown_and_unfinished_is_later(self, world: World) -> None:
        world.fault("status:422", reason="Media 5 not found or already attached to another post")
        with pytest.raises(Unknown):
            world.client.send([part()], None, None)
        world.fault("status:422", reason="Cannot attach files that have not finished processing. Try again")
        with pytest.raises(NotNow):
            world.client.send([part()], None, None)

    def test_a_server_that_is_not_mastodon_has_no_keys(self, world: World) -> None:
        assert world.client.key_seconds == 3000
        assert world.new_client(software="4.4.0+glitch").key_seconds == 3000
        assert world.new_client(software="2.7.2 (compatible; Pleroma 2.5)").key_seconds is None

    def test_the_limit_of_a_rate_is_told(self, world: World) -> None:
        world.fault("status:429", headers={"X-RateLimit-Reset": "2026-11-25T09:00:00.500Z"})
        with pytest.raises(NotNow) as caught:
            world.client.send([part()], None, None)
        assert caught.value.at_ms == 1_795_597_200_500


@pytest.mark.parametrize("network", ["x"])
class TestX:
    def test_a_duplicate_is_unknown_and_found(self, world: World, since: int) -> None:
        world.fault("close", after=True)
        for why in ("no whole answer", "^duplicate$"):
            with pytest.raises(Unknown, match=why):
                world.client.send([part()], None, None)
        assert len(world.client.find([part()], None, since)) == len(world.posts()) == 1

    def test_no_credit_concerns_the_account(self, world: World) -> None:
        world.face.credit = False
        with pytest.raises(Rejected) as caught:
            world.client.send([part()], None, None)
        assert caught.value.account

    def test_the_rate_limit_says_when(self, world: World) -> None:
        world.face.left = 0
        with pytest.raises(NotNow) as caught:
            world.client.send([part()], None, None)
        assert caught.value.at_ms is not None
        assert caught.value.at_ms > time.time() * 1000

    def test_the_rate_limit_is_told_by_our_clock(self, world: World) -> None:
        world.face.left, world.server.ahead = 0, 7200.0
        real = world.face.now
        world.face.now = lambda: real() + 7200
        with pytest.raises(NotNow) as caught:
            world.client.send([part()], None, None)
        assert caught.value.at_ms == pytest.approx((time.time() + 900) * 1000, abs=5000)

    def test_a_bearer_token_works_too(self, world: World, since: int) -> None:
        client = world.new_client(secret='{"bearer": "bearer-token"}')
        receipts = client.send([part(pictures=1)], None, None)
        assert client.find([part(pictures=1)], None, since) == receipts
        assert receipts[0].url == f"https://x.com/g20org/status/{receipts[0].id}"
        assert client.who().id == "4242"

    @pytest.mark.parametrize("secret", ["plain", "[]", '{"consumer_key": "a"}'])
    def test_an_unusable_secret_asks_for_sign_in(self, world: World, secret: str) -> None:
        with pytest.raises(Rejected) as caught:
            world.new_client(secret=secret)
        assert caught.value.account

    def test_a_long_timeline_is_read_page_by_page(self, world: World, since: int) -> None:
        first = world.client.send([part()], None, None)
        for number in range(120):
            world.face.posts.append(
                {**world.face.posts[0], "id": world.face.snowflake(), "raw": "", "text": f"{number}"}
            )
        assert world.client.find([part()], None, since) == first
