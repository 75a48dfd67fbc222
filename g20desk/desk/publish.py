"""Publishing what is due, by this desk's person."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING, Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.network import Picture
from g20desk.office.messages import Message
from g20desk.publishing import send

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


class Publish:
    """`desk.publish`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._process = f"{os.getpid()}-{secrets.token_hex(4)}"

    def once(self) -> dict[str, int]:
        """Send what is due now and ask about what is unknown. {"sent", "refused", "unknown", "waiting"}."""
        counts = {"sent": 0, "refused": 0, "unknown": 0, "waiting": 0}
        for message in self._desk.messages.ids():
            stream = self._desk.store.meta(f"message/{message}")
            if not stream:
                continue
            for key in list(self._state(stream).posts):
                word = self._post(stream, key)
                if word:
                    counts[word if word in counts else "waiting"] += 1
        return counts

    def _state(self, stream: str) -> Message:
        state: Message = self._desk.ledger.folded("message", stream)[0]
        return state

    def _post(self, stream: str, key: str) -> str:
        desk, now = self._desk, self._desk.clock.now_ms()
        state = self._state(stream)
        post = state.posts[key]
        account = desk.office.accounts[post.account]

        def act(kind: str, values: dict[str, Any]) -> None:
            desk.act(kind, values, stream)

        if post.state in ("sending", "unknown"):
            if post.claimed_by == self._process and post.state == "sending":
                return ""
            if post.state == "sending" and _alive(post.claimed_by):
                return ""
            payloads, pictures = self._material(state, key)
            parts = send.parts_of(post, payloads, pictures)
            try:
                return send.ask(desk.accounts.client(account), post, parts, len(payloads), act)
            except Refused:
                return ""
        if state.planned_at is None or state.withdrawn or post.state not in ("planned", "claimed"):
            return ""
        if now < state.planned_at:
            return "waiting"
        if post.state == "claimed" and post.claimed_by != self._process and _alive(post.claimed_by):
            return "waiting"
        try:
            if now > state.planned_at + account.grace_ms and not post.receipts:
                act("post.ended", {"post": key, "state": "missed", "why": "Past its grace; a person decides."})
                return ""
            if desk.office.held(account.id):
                return "waiting"
            return self._send(stream, key, act)
        except Refused:
            return "waiting"

    def _send(self, stream: str, key: str, act: send.Act) -> str:
        desk = self._desk
        state = self._state(stream)
        payloads, pictures = self._material(state, key)
        client = desk.accounts.client(desk.office.accounts[state.posts[key].account])
        until = desk.clock.now_ms() + send.LEASE_MS
        act("post.claimed", {"post": key, "process": self._process, "until": until})
        word = "claimed"
        while word == "claimed":
            post = self._state(stream).posts[key]
            plan = send.intent(post, len(payloads), client.whole_threads, desk.clock)
            act("post.sending", {"post": key, "process": self._process, **plan})
            post = self._state(stream).posts[key]
            word = send.attempt(client, post, send.parts_of(post, payloads, pictures), len(payloads), act)
        return word

    def _material(self, state: Message, key: str) -> tuple[list[dict[str, Any]], list[tuple[Picture, ...]]]:
        store = self._desk.store
        signed = state.content[f"c.post.{key}"]
        payloads, pictures = [], []
        for part in signed["parts"]:
            data = pieces.get(store, part["payload"])
            if data is None:
                raise Refused("withheld", "A text of this message was dropped from the record.")
            payload = json.loads(data)
            payloads.append(payload)
            alts = [m["alt"] for m in payload.get("images", payload.get("media", []))]
            made = []
            for number, alt in zip(part["pictures"], alts, strict=True):
                about = state.content[f"c.picture.{number}"]
                picture = pieces.get(store, about["file"])
                if picture is None:
                    raise Refused("withheld", "A picture of this message was dropped from the record.")
                made.append(Picture(picture, about["mime"], alt, about["width"], about["height"]))
            pictures.append(tuple(made))
        return payloads, pictures


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
