"""Posts that are due at the same second on three networks, against the same SDK calls made by hand; and what memory
publishing takes as it goes on."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from typing import Any

from tests.bench import stores
from tests.bench.measuring import Figure, clocked, interleaved
from tests.servers.apart import standins
from tests.servers.pds import Pds, running_pds
from tests.servers.world import KEYS, SECRETS
from tests.story import Office, content

POSTS = 60
NETWORKS = ("x", "mastodon", "bluesky")
AIM = 1.3
MANY, EACH = 2_000, 4
FLAT = 1.1
_numbers = count(1)


def run(rounds: int = 5, posts: int = POSTS, many: int = MANY) -> list[Figure]:
    """Both."""
    return [*due_at_once(rounds, posts), memory(many)]


def due_at_once(rounds: int, posts: int) -> list[Figure]:
    """All out, from the second when they are due; by hand with one SDK client and one thread a network."""
    stores.cache().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=stores.cache()) as work, standins() as servers, running_pds() as pds,
        ExitStack() as lines,
    ):  # fmt: skip
        office = Office(Path(work) / "office")
        for name, url in servers.items():
            office.head.accounts.add(name, name=name, owner="official", server=url, secret=SECRETS[name])
        office.add_bluesky(pds, "bluesky")
        by_hand = Hand(servers, pds, lines)
        desk = office.desk()

        def ours() -> float:
            ids = [office.approved(content(_text(), to=NETWORKS)) for _ in range(posts // len(NETWORKS))]
            due = desk.clock.now_ms()
            for id in ids:
                desk.messages.schedule(id, due)
            told: list[dict[str, int]] = []
            took = clocked(lambda: told.append(desk.publish.once()))
            assert told == [{"sent": posts, "refused": 0, "unknown": 0, "waiting": 0}], told
            return took

        def theirs() -> float:
            return clocked(lambda: by_hand.send(posts // len(NETWORKS)))

        ours(), theirs()  # the first of each loads what it needs
        took, bare = interleaved(rounds, ours, theirs)
    case = f"{posts} posts due at the same second on three networks"
    return [Figure("publish", case, took, bare, f"at most {AIM}", took <= AIM * bare, "against the SDKs by hand")]


def _text() -> str:
    return f"Ministers met in Pretoria, day {next(_numbers)}."


class Hand:
    """The SDKs' own calls, as somebody would write them who keeps no record."""

    def __init__(self, servers: dict[str, str], pds: Pds, lines: ExitStack) -> None:
        self._posts: dict[str, Callable[[str], object]] = {
            "x": _x(servers["x"], lines), "mastodon": _mastodon(servers["mastodon"], lines),
            "bluesky": _bluesky(pds, lines),
        }  # fmt: skip

    def send(self, each: int) -> None:
        """So many posts on each network, the networks side by side."""

        def posts(post: Callable[[str], object]) -> None:
            for _ in range(each):
                post(_text())

        with ThreadPoolExecutor(len(NETWORKS)) as pool:
            list(pool.map(posts, self._posts.values()))


def _x(server: str, lines: ExitStack) -> Callable[[str], object]:
    import tweepy

    from connectors.x.line import HOST, Adapter

    sdk = tweepy.Client(**KEYS, return_type=dict)
    lines.enter_context(sdk.session).mount(HOST, Adapter(server, 20))
    return lambda text: sdk.create_tweet(text=text)


def _mastodon(server: str, lines: ExitStack) -> Callable[[str], object]:
    import requests
    from mastodon import Mastodon

    line = lines.enter_context(requests.Session())
    sdk = Mastodon(access_token=SECRETS["mastodon"], api_base_url=server, version_check_mode="none", session=line)
    return lambda text: sdk.status_post(text, language="en", idempotency_key=text)


def _bluesky(pds: Pds, lines: ExitStack) -> Callable[[str], object]:
    from atproto import Client, Request, models

    _, handle, password = pds.account()
    sdk = Client(pds.url, request=lines.enter_context(closing(Request(trust_env=False, timeout=20))))
    did = sdk.login(handle, password, fetch_bsky_profile=False) or sdk._session.did
    sdk.update_base_url(pds.url)

    def post(text: str) -> object:
        record = models.AppBskyFeedPost.Record(text=text, langs=["en"], created_at=sdk.get_current_time_iso())
        return sdk.app.bsky.feed.post.create(did, record)

    return post


def memory(many: int) -> Figure:
    """What the process holds at the beginning, the middle and the end of so many posts on the practice network."""
    accounts = ("G20 X", "G20 Bluesky", "G20 Mastodon", "More")
    stores.cache().mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stores.cache()) as work:
        office = Office(Path(work) / "office")
        office.head.accounts.add("rehearsal", name="More", owner="official", like="mastodon")
        desk = office.desk()
        held: list[float] = []
        batch = max(many // EACH // 20, 1)
        for _turn in range(many // EACH // batch):
            for _ in range(batch):
                office.due(content(_text(), to=accounts))
            assert desk.publish.once()["sent"] == batch * EACH
            held.append(resident())
    # The first batches fill what is kept of the newest messages.
    begin, middle, end = held[len(held) // 10], held[len(held) // 2], held[-1]
    note = f"{begin:.0f} MB at the beginning, {middle:.0f} in the middle, {end:.0f} at the end"
    return Figure(
        "publish", f"memory over {many} posts", end, begin, f"at most {FLAT}", end <= FLAT * begin, note, "MB"
    )


def resident() -> float:
    """Megabytes that this process has in memory; where the system does not say, the most that it ever had."""
    if sys.platform.startswith("linux"):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        import os

        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    peak: Any = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
