"""What can be done before a post's intent, so that its request is one and short: a good sign-in, pictures uploaded.

Under which id a network has a picture is remembered on this desk, by post, part and picture, as soon as the network has
said it; a later attempt takes the same one, so that no picture is attached twice. One that was uploaded and forgotten does
no harm: nobody sees a picture that stands in no post.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from g20desk import locking
from g20desk.clock import iso
from g20desk.ledger.store import Store
from g20desk.network import Client, NotNow, Picture, Rejected, Unknown
from g20desk.office.message import Message, Post
from g20desk.publishing import send

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

# How long before its time a post's pictures are handed in, in milliseconds.
LEAD_MS = 120_000
# The same where something moves: networks work on a video for minutes.
FILM_LEAD_MS = 900_000
OLD_MS = 86_400_000
HANDED, HINDERED = "handed/", "hindered/"


class Uploads:
    """The pictures of one post, as far as its parts are not out."""

    def __init__(self, desk: Desk, client: Client, message: Message, post: Post, made: send.Material) -> None:
        self._desk, self._client, self._post, self._made = desk, client, post, made
        self._name = f"{HANDED}{_of(message, post)}/"
        self._lasts: int = getattr(client, "handed_ms", 0)

    def do(self) -> bool:
        """Whatever can be done before the intent; whether that took a request. Raises Rejected, NotNow."""
        try:
            ready = getattr(self._client, "ready", None)
            if ready is not None:
                ready()
            return self._hand_in()
        except Unknown as dark:
            raise NotNow(dark.why) from None

    def material(self) -> send.Material:
        """What is signed, with the ids under which the network has the pictures."""
        if not self._lasts:
            return self._made
        return replace(self._made, handed=[tuple(id for _, _, id in part) for part in self._parts()])

    def forget(self) -> None:
        """The network has them no longer, or the post is over."""
        self._desk.store.drop_metas(self._name)

    def _hand_in(self) -> bool:
        if not self.missing() and not self.unworked():
            return False
        lock = self._desk.folder / f"upload-{hashlib.sha256(self._name.encode()).hexdigest()[:16]}.lock"
        try:
            with locking.held(lock, 0):
                for name, picture in self.missing():
                    id = self._client.hand_in(picture)  # type: ignore[attr-defined]
                    self._keep(name, id, self._desk.clock.now_ms(), worked=not picture.ms)
                for name, id, at in self.unworked():
                    self._worked(name, id, at)
        except TimeoutError:
            raise NotNow("its pictures are being handed in") from None
        try:
            lock.unlink(missing_ok=True)  # whoever took it meanwhile uploads once more, which does no harm
        except PermissionError:
            pass  # Windows: somebody else has it open
        return True

    def missing(self) -> list[tuple[str, Picture]]:
        """What is to be uploaded yet, with the names under which it is remembered."""
        if not self._lasts:
            return []
        return [(name, picture) for part in self._parts() for name, picture, id in part if not id]

    def unworked(self) -> list[tuple[str, str, int]]:
        """What the network may still be working on: the names, the ids, and when they were uploaded."""
        kept = {name: json.loads(one) for name, one in self._desk.store.metas(self._name).items()}
        wanted = {name for part in self._parts() for name, _, id in part if id}
        return [(name, str(id), at) for name, (id, at, *done) in kept.items() if name in wanted and done == [0]]

    def _worked(self, name: str, id: str, at: int) -> None:
        """Whether the network has done its work by now; one that it can't use is uploaded anew, should anybody try again."""
        try:
            self._client.worked(id)  # type: ignore[attr-defined]
        except Rejected:
            self._desk.store.drop_metas(name)
            raise
        self._keep(name, id, at, worked=True)

    def _keep(self, name: str, id: str, at: int, *, worked: bool) -> None:
        self._desk.store.set_meta(name, json.dumps([id, at, int(worked)]))

    def _parts(self) -> list[list[tuple[str, Picture, str]]]:
        """Part by part the pictures, the card's last: name, picture and id; the parts that are out have none."""
        kept, now = self._desk.store.metas(self._name), self._desk.clock.now_ms()
        cards = self._made.cards or [None] * len(self._made.pictures)
        found = []
        for part, (pictures, card) in enumerate(zip(self._made.pictures, cards, strict=True)):
            files = [*pictures, *([card] if card is not None else [])] if part >= len(self._post.receipts) else []
            found.append([(name := self._named(part, number, one), one, self._usable(kept.get(name, ""), now))
                          for number, one in enumerate(files)])  # fmt: skip
        return found

    def _named(self, part: int, number: int, picture: Picture) -> str:
        print = hashlib.sha256(picture.data + b"\0" + picture.alt.encode()).hexdigest()[:16]
        return f"{self._name}{part}/{number}/{print}"

    def _usable(self, kept: str, now: int) -> str:
        """An id that the network still has. Where a try may be out the same id is sent again, however old it is."""
        id, at, *_ = json.loads(kept) if kept else ("", 0)
        return str(id) if self._post.in_doubt or now - at < self._lasts else ""


def complete(desk: Desk, message: Message, post: Post) -> bool:
    """Whether all pictures of a post are with its network, as far as it takes them apart from the post."""
    parts = message.content[f"c.post.{post.key}"]["parts"][len(post.receipts) :]
    if not any(part["pictures"] or "card" in part for part in parts):
        return True
    from g20desk.desk.material import material  # with all that fetches pictures: a window opens without it

    client = desk.accounts.client(desk.office.accounts[post.account])
    made = Uploads(desk, client, message, post, material(desk, message, post.key))
    return not made.missing() and not made.unworked()


def hinder(store: Store, message: Message, post: Post, later: NotNow, now: int, jitter: float) -> int:
    """Note that what comes before a post did not go well, and when it is tried again; the time."""
    name = HINDERED + _of(message, post)
    kept = store.meta(name)
    tries = json.loads(kept)[2] if kept else 0
    again = later.at_ms if later.at_ms is not None else now + send.wait_ms(tries, jitter)
    store.set_meta(name, json.dumps([later.why, again, tries + 1]))
    return again


def unhinder(store: Store, message: Message, post: Post) -> None:
    """All is done."""
    if store.meta(HINDERED + _of(message, post)):
        store.drop_metas(HINDERED + _of(message, post))


def hindered(store: Store, message: Message, post: Post, now: int) -> str:
    """What keeps a post back before its request, in words."""
    kept = store.meta(HINDERED + _of(message, post))
    why, again, _ = json.loads(kept) if kept else ("", 0, 0)
    return f"Not yet handed over: {why}. Tried again at {iso(again)}." if now < again else ""


def forget_old(store: Store, now: int) -> None:
    """What was uploaded a day ago is of no use any more."""
    for name, kept in store.metas(HANDED).items():
        if now - json.loads(kept)[1] > OLD_MS:
            store.drop_metas(name)


def _of(message: Message, post: Post) -> str:
    return f"{message.draft[:32]}.{post.key}"
