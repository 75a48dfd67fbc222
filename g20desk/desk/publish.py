"""Publishing what is due, by this desk's person: one worker an account, so that none holds up another."""

from __future__ import annotations

import os
import secrets
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from g20desk.desk import reading_back
from g20desk.desk.sending import LIVE, Queued, Sender
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces, views
from g20desk.network import NotNow, Receipt, Rejected, Unknown, text_rules
from g20desk.office.message import Message, Post
from g20desk.office.posts import PUBLISHERS
from g20desk.office.state import Account
from g20desk.publishing import compare

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OPEN = ("planned", "claimed", "sending", "unknown")
MOST_ACCOUNTS = 64
ROUND_SECONDS = 0.5
LOOKING = ""
WORDS = ("sent", "refused", "unknown", "waiting")


class Publish:
    """`desk.publish`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.differences: dict[str, list[dict[str, Any]]] = {}

    def remarks(self) -> list[str]:
        """What the rulebook in force says of messages sent since the last call that were checked with another one."""
        made = []
        while self.differences:
            id, found = self.differences.popitem()
            rules = ", ".join(sorted({f["rule"] for f in found}))
            made.append(f"{id[:12]} was checked with another rulebook; now also: {rules}")
        return made

    def once(self) -> dict[str, int]:
        """Send what is due, and ask about what is unknown. {"sent", "refused", "unknown", "waiting"}."""
        rounds = Rounds(self._desk, patient=False)
        try:
            words = rounds.start()
            while rounds.busy():
                rounds.wait(ROUND_SECONDS)
                words += rounds.start()
            return counted(words)
        finally:
            rounds.end()

    def look(self) -> list[tuple[str, str, str]]:
        """Read back the posts whose time for it has come: message, account and what is not as it was signed off."""
        found = []
        for id, key in list(reading_back.due(self._desk)):
            word = reading_back.look(self._desk, id, key)
            if compare.altered(word):
                post = self._desk.messages.submitted(id).message.posts[key]
                found.append((id, self._desk.office.accounts[post.account].name, word))
        return found

    def queues(self) -> dict[str, list[Queued]]:
        """What there is to look at, account by account, the most urgent first. Raises Refused."""
        if self._desk.person.role not in PUBLISHERS:
            raise Refused("no-right", "You publish on no account.", f"Roles that do: {', '.join(PUBLISHERS)}.")
        queues: dict[str, list[Queued]] = {}
        for row in views.due(self._desk.store, "message"):
            for key, (account, state, *_) in row.value["posts"].items():
                if state in OPEN:
                    queues.setdefault(account, []).append(Queued(row.stream, key, row.due or 0))
        return queues

    def settle(self, post: str, sent: bool, url: str, why: str) -> None:
        """A person's answer on an unknown outcome; neither sends anything. Raises Usage, Refused."""
        if not why.strip():
            raise Usage("no-reason", "Say how you know.", "Add: --why TEXT")
        stream, _, found = self.find(post)
        if found.attempt is None or found.state != "unknown":
            raise Refused("wrong-state", f"This post is {found.state}, not unknown.")
        account = self._desk.office.accounts[found.account]
        rest = [{"id": "", "url": "", "cid": ""}] * (len(found.attempt["keys"]) - 1)
        receipts = [{"id": _id_of(account, url.strip()), "url": url.strip(), "cid": ""}, *rest] if sent else []
        ref = pieces.refer(why.encode())
        values = {"post": found.key, "receipts": receipts, "why": ref}
        self._desk.act("post.settled", values, stream, pieces={ref["piece"]: why.encode()})

    def remove(self, post: str, why: str) -> str:
        """Take a published post down: removed, refused, already-gone or cannot-tell; on record either way."""
        stream, _, found = self.find(post)
        account = self._desk.office.accounts[found.account]
        outcome = self._taken_down(account, found) if found.state == "sent" else "cannot-tell"
        ref = pieces.refer(why.encode())
        values = {"post": found.key, "outcome": outcome, "why": ref}
        self._desk.act("post.removed", values, stream, pieces={ref["piece"]: why.encode()})
        return outcome

    def _taken_down(self, account: Account, post: Post) -> str:
        """The last part first, so that no part is left hanging; what failed decides the word."""
        client = self._desk.accounts.client(account)
        removed = False
        for one in reversed(post.receipts):
            if not one["id"]:
                return "cannot-tell"
            try:
                removed |= client.remove(Receipt(one["id"], one["url"], one["cid"]))
            except Rejected:
                return "refused"
            except (NotNow, Unknown):
                return "cannot-tell"
        return "removed" if removed else "already-gone"

    def find(self, post: str) -> tuple[str, Message, Post]:
        """The stream, the message and the post of an id. Raises Refused."""
        message, _, key = post.partition(".")
        found = self._desk.messages.submitted(message)
        if key not in found.message.posts:
            raise Refused("unknown-id", f"There is no post “{post}”.", "See: g20desk message show")
        return found.stream, found.message, found.message.posts[key]


class Rounds:
    """Publishing in rounds: each account has its own worker, and a round starts only those that rest, so that no
    network holds up another. `patient`: for a publisher that goes on: it looks at everything each time, asks the
    networks only when it is time to, and reads back; else each post is looked at once, and again if it falls due."""

    def __init__(self, desk: Desk, patient: bool) -> None:
        self._desk, self._patient = desk, patient
        self._process = f"{os.getpid()}-{secrets.token_hex(4)}"
        LIVE.add(self._process)
        self._sender = Sender(desk, self._process, patient)
        self._pool = ThreadPoolExecutor(max_workers=MOST_ACCOUNTS, thread_name_prefix="publish")
        self._running: dict[str, Future[list[str]]] = {}
        self._seen: dict[tuple[str, str], int] = {}

    def start(self) -> list[str]:
        """Start what there is to do on accounts that rest; what became of posts since the round before. Raises what a
        worker did."""
        ended = [account for account, job in self._running.items() if job.done()]
        words = [word for account in ended for word in self._running.pop(account).result()]
        if self._patient and LOOKING not in self._running and any(True for _ in reading_back.due(self._desk)):
            self._running[LOOKING] = self._pool.submit(self._look)
        for account, posts in self._desk.publish.queues().items():
            chosen = posts if self._patient else self._fresh(posts)
            if chosen and account not in self._running:
                now = self._desk.clock.now_ms()
                self._seen.update({(post.stream, post.key): now for post in chosen})
                self._running[account] = self._pool.submit(self._sender.posts, chosen)
        return words

    def _fresh(self, posts: list[Queued]) -> list[Queued]:
        now = self._desk.clock.now_ms()
        return [p for p in posts if (at := self._seen.get((p.stream, p.key))) is None or at < p.due <= now]

    def _look(self) -> list[str]:
        try:
            self._desk.publish.look()
            return []
        finally:
            self._desk.store.close()

    def busy(self) -> bool:
        """Whether what a worker did has still to be told."""
        return bool(self._running)

    def ended(self) -> bool:
        """Whether a worker has ended since the round before."""
        return any(job.done() for job in self._running.values())

    def wait(self, seconds: float) -> None:
        """Until a worker ends, but no longer than this."""
        wait(self._running.values(), timeout=seconds, return_when=FIRST_COMPLETED)

    def end(self) -> list[str]:
        """Wait for what is on its way; nothing new begins."""
        self._pool.shutdown(wait=True)
        LIVE.discard(self._process)
        return [word for job in self._running.values() for word in job.result()]


def counted(words: list[str]) -> dict[str, int]:
    """How often each outcome; what is neither sent, refused nor unknown waits."""
    counts = dict.fromkeys(WORDS, 0)
    for word in words:
        counts[word if word in counts else "waiting"] += 1
    return counts


def _id_of(account: Account, url: str) -> str:
    """The network's own number of a post by its address; empty where it can't be told."""
    told: Any = getattr(text_rules(account.reads_as), "id_of", None)
    return str(told(url, account.identity)) if told is not None and account.network != "rehearsal" else ""
