"""Publishing what is due, by this desk's person. One worker an account, so that none holds up another."""

from __future__ import annotations

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from g20desk.desk import cards as cards_of
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces, views
from g20desk.network import NotNow, Picture, Receipt, Rejected, Unknown, text_rules
from g20desk.office.message import Message, Post
from g20desk.office.state import Account
from g20desk.publishing import points, send

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

TAKEOVER_MS = 300_000
PUBLISHERS = ("head", "officer", "publisher", "presidency")


class Publish:
    """`desk.publish`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._process = f"{os.getpid()}-{secrets.token_hex(4)}"

    def once(self) -> dict[str, int]:
        """Send what is due now, and ask about what is unknown. {"sent", "refused", "unknown", "waiting"}."""
        if self._desk.person.role not in PUBLISHERS:
            raise Refused("no-right", "You publish on no account.", f"Roles that do: {', '.join(PUBLISHERS)}.")
        queues: dict[str, list[tuple[str, str]]] = {}
        for row in views.due(self._desk.store, "message"):
            for key, post in self._message(row.stream).posts.items():
                if post.state in ("planned", "claimed", "sending", "unknown"):
                    queues.setdefault(post.account, []).append((row.stream, key))
        counts = {"sent": 0, "refused": 0, "unknown": 0, "waiting": 0}
        with ThreadPoolExecutor(max_workers=max(1, min(8, len(queues)))) as pool:
            for words in pool.map(self._queue, queues.values()):
                for word in words:
                    counts[word if word in counts else "waiting"] += 1
        return counts

    def _queue(self, posts: list[tuple[str, str]]) -> list[str]:
        try:
            return [word for stream, key in posts if (word := self._post(stream, key))]
        finally:
            self._desk.store.close()

    def _message(self, stream: str) -> Message:
        state: Message = self._desk.ledger.folded("message", stream)[0]
        return state

    def _post(self, stream: str, key: str) -> str:
        """What became of a post, or an empty string where nothing had to be done by this person."""
        desk = self._desk
        message = self._message(stream)
        post, account = message.posts[key], desk.office.accounts[message.posts[key].account]

        def act(kind: str, values: dict[str, Any]) -> None:
            desk.act(kind, values, stream)

        try:
            if post.state in ("sending", "unknown"):
                if post.state == "sending" and self._running(post):
                    return "waiting"
                client = desk.accounts.client(account)
                if send.ask(client, post, self._material(message, key), act, desk.clock) != "planned":
                    return self._message(stream).posts[key].state
                post = self._message(stream).posts[key]
            return self._due(stream, message, post, account, act)
        except Refused:
            return "waiting"

    def _due(self, stream: str, message: Message, post: Post, account: Account, act: send.Act) -> str:
        now = self._desk.clock.now_ms()
        if message.planned_at is None or message.withdrawn or post.state not in ("planned", "claimed"):
            return ""
        if now < message.planned_at:
            return "waiting"
        if post.state == "claimed" and self._running(post):
            return "waiting"
        if now > message.planned_at + account.grace_ms and not post.receipts:
            why = f"Not out within its grace of {account.grace_ms // 60_000} minutes; a person decides."
            act("post.ended", {"post": post.key, "state": "missed", "why": why, "again_at": 0})
            return ""
        if now < post.again_at or self._desk.office.held(account.id, str(message.content.get("c.topic", ""))):
            return "waiting"
        return self._send(stream, message, post.key, account, act)

    def _send(self, stream: str, message: Message, key: str, account: Account, act: send.Act) -> str:
        clock = self._desk.clock
        material = self._material(message, key)
        client = self._desk.accounts.client(account)
        until = clock.now_ms() + send.LEASE_MS
        act("post.claimed", {"post": key, "process": self._process, "until": until})
        points.reach(points.CLAIMED)
        too_long = self._too_long(material, message, account)
        if too_long:
            act("post.ended", {"post": key, "state": "refused", "why": too_long, "again_at": 0})
            return "refused"
        word = "claimed"
        while word == "claimed":
            plan = send.intent(self._message(stream).posts[key], len(material.payloads), client.whole_threads, clock)
            act("post.sending", {"post": key, "process": self._process, **plan})
            points.reach(points.INTENT)
            word = send.attempt(client, self._message(stream).posts[key], material, act, clock)
        return word

    def _running(self, post: Post) -> bool:
        """Whether the process that has this post lives, by its lease and its number on this machine."""
        if post.claimed_by == self._process:
            return False
        started = post.attempt["at"] if post.attempt and post.state == "sending" else 0
        if self._desk.clock.now_ms() > max(post.lease_until, started + TAKEOVER_MS):
            return False
        return _alive(post.claimed_by)

    def _too_long(self, material: send.Material, message: Message, account: Account) -> str:
        """Checked again at sending: never cut, refused with the reason."""
        rules = text_rules(account.reads_as)
        limit = account.limits.get("characters", rules.LIMITS.characters)
        for number, payload in enumerate(material.payloads, 1):
            text = str(payload["text"])
            if not rules.fits(text, limit):
                return f"Part {number} does not fit: {rules.count(text)} of {limit}."
        return ""

    def _material(self, message: Message, key: str) -> send.Material:
        store = self._desk.store
        payloads, pictures, cards = [], [], []
        for part in message.content[f"c.post.{key}"]["parts"]:
            data = pieces.get(store, part["payload"])
            if data is None:
                raise Refused("withheld", "A text of this message was dropped from the record.")
            payload, alts = send.payload(data, len(part["pictures"]))
            payloads.append(payload)
            made = []
            for number, alt in zip(part["pictures"], alts, strict=True):
                about = message.content[f"c.picture.{number}"]
                picture = pieces.get(store, about["file"])
                if picture is None:
                    raise Refused("withheld", "A picture of this message was dropped from the record.")
                made.append(Picture(picture, about["mime"], alt, about["width"], about["height"]))
            pictures.append(tuple(made))
            cards.append(cards_of.picture(store, message.content, part))
        return send.Material(payloads, pictures, cards)

    def settle(self, post: str, sent: bool, url: str, why: str) -> None:
        """A person's answer on an unknown outcome; neither sends anything."""
        if not why.strip():
            raise Usage("no-reason", "Say how you know.", "Add: --why TEXT")
        stream, key = self.find(post)
        ref = pieces.refer(why.encode())
        values = {"post": key, "sent": sent, "url": url, "why": ref}
        self._desk.act("post.settled", values, stream, pieces={ref["piece"]: why.encode()})

    def remove(self, post: str, why: str) -> str:
        """Take a published post down: removed, refused, already-gone or cannot-tell; on record either way."""
        stream, key = self.find(post)
        found = self._message(stream).posts[key]
        account = self._desk.office.accounts[found.account]
        outcome = self._taken_down(account, found) if found.state == "sent" else "cannot-tell"
        ref = pieces.refer(why.encode())
        values = {"post": key, "outcome": outcome, "why": ref}
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

    def find(self, post: str) -> tuple[str, str]:
        """The message stream and the key of a post by its id. Raises Refused."""
        message, _, key = post.partition(".")
        found = self._desk.messages.submitted(message)
        keys = [k for k in found.message.posts if k == key]
        if not keys:
            raise Refused("unknown-id", f"There is no post “{post}”.", "See: g20desk message show")
        return found.stream, key


def _alive(process: str) -> bool:
    pid = process.partition("-")[0]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
