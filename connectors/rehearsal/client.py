"""The practice network: limits, keys and duplicates as the network it imitates has them, posts in one SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast
from urllib.parse import quote

from connectors.rehearsal.faults import network_file, print_of, take
from g20desk.clock import Clock, SystemClock
from g20desk.network import (
    Identity,
    Json,
    NotNow,
    Part,
    Picture,
    Posted,
    Receipt,
    Rejected,
    Setting,
    TextRules,
    Unknown,
)

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How the imitated network keeps repeats apart: whole threads, how long a key holds (-1 for ever, None: no key),
    and how long an equal text is refused."""

    whole_threads: bool
    key_seconds: int | None
    duplicate_ms: int


MANNERS = {
    "bluesky": Manner(True, -1, 0),
    "mastodon": Manner(False, 3000, 0),
    "x": Manner(False, None, HOUR_MS),
}


def connect(setting: Setting, clock: Clock | None = None) -> RehearsalClient:
    """A client bound to the account `setting.name` of the practice network in `setting.state_dir`."""
    return RehearsalClient(setting, clock or SystemClock())


class RehearsalClient:
    """One practice account."""

    def __init__(self, setting: Setting, clock: Clock) -> None:
        self._account = setting.name
        self._dir = setting.state_dir
        self._like = setting.like or "bluesky"
        if self._like not in MANNERS:
            raise Rejected(f"the practice network cannot imitate {self._like!r}", account=True)
        self._manner = MANNERS[self._like]
        self._rules = cast(TextRules, import_module(f"connectors.{self._like}.text"))
        self._handle = setting.handle or setting.name
        self._key = print_of(setting.secret)
        self._identity = setting.identity or f"rehearsal:{setting.name}"
        self._clock = clock
        self.whole_threads: bool = self._manner.whole_threads
        self.key_seconds: int | None = self._manner.key_seconds

    def who(self) -> Identity:
        """The practice account itself."""
        with network_file(self._dir) as base:
            self._check_key(base)
        limits = {"characters": self._rules.LIMITS.characters}
        return Identity(self._identity, self._handle, limits, f"rehearsal as {self._like}")

    def send(self, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None) -> list[Receipt]:
        """Store the parts, or let the next planned fault happen."""
        if not parts or (len(parts) > 1 and not self.whole_threads):
            raise Rejected("this network takes one post at a time")
        receipts: list[Receipt] = []
        failure: Rejected | NotNow | Unknown | None = None
        with network_file(self._dir) as base:
            self._check_key(base)
            fault = take(base, self._account)
            if fault == "refuse":
                failure = Rejected("422 refused as planned")
            elif fault == "not-now":
                failure = NotNow("429 not now, as planned", at_ms=self._clock.now_ms() + 60_000)
            elif fault == "unknown-not-stored":
                failure = Unknown("no answer, as planned")
            else:
                lags = fault == "lag" and self._like != "bluesky"
                try:
                    receipts = self._store(base, parts, root, parent, hidden=2 if lags else 0)
                except (Rejected, Unknown) as error:
                    failure = error
                if fault and failure is None:
                    failure = Unknown("no answer, as planned")
        if failure is not None:
            raise failure
        return receipts

    def _check_key(self, base: sqlite3.Connection) -> None:
        """Raise Rejected for a practice key that was given up."""
        if base.execute("SELECT 1 FROM voids WHERE account = ? AND key = ?", (self._account, self._key)).fetchone():
            raise Rejected("401 this practice key was given up", account=True)

    def find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        """The receipts where all parts are out; by key where the network keeps keys for ever, else by text."""
        found: list[Receipt] = []
        above = parent.id if parent else ""
        with network_file(self._dir) as base:
            for part in parts:
                row = self._look(base, part, above, since_ms)
                if row is None:
                    return None
                if row["hidden"] > 0:
                    base.execute("UPDATE posts SET hidden = hidden - 1 WHERE number = ?", (row["number"],))
                    return None
                found.append(self._receipt(row))
                above = found[-1].id
        return found or None

    def remove(self, receipt: Receipt) -> bool:
        """Take the post down; False where it was gone already."""
        with network_file(self._dir) as base:
            done = base.execute(
                "UPDATE posts SET gone = 1 WHERE account = ? AND id = ? AND gone = 0", (self._account, receipt.id)
            )
            return done.rowcount > 0

    def read(self, receipt: Receipt) -> dict[str, Json] | None:
        """What stands there; None where nothing does."""
        with network_file(self._dir) as base:
            row = base.execute(
                "SELECT * FROM posts WHERE account = ? AND id = ? AND gone = 0", (self._account, receipt.id)
            ).fetchone()
            answers = base.execute("SELECT COUNT(*) FROM posts WHERE parent = ? AND gone = 0", (receipt.id,)).fetchone()
        if row is None:
            return None
        alts, said = json.loads(row["alts"]), json.loads(row["payload"])
        own = {name: said[name] for name in ("spoiler_text", "visibility", "card", "facets") if name in said}
        return own | {
            "quote": said.get("quote", ""),
            # Nobody reads here but the office's own people.
            "numbers": {"likes": 0, "reposts": 0, "replies": answers[0]},
            "poll": (said.get("poll") or {}).get("answers", []),
            "text": row["text"],
            "pictures": len(alts),
            "alts": alts,
            "parent": row["parent"],
            "key": row["key"],
        }

    def recent(self, since_ms: int, limit: int) -> list[Posted]:
        """The newest posts that stand on the account."""
        with network_file(self._dir) as base:
            rows = base.execute(
                "SELECT * FROM posts WHERE account = ? AND gone = 0 AND hidden = 0 AND at_ms >= ?"
                " ORDER BY number DESC LIMIT ?",
                (self._account, since_ms, limit),
            ).fetchall()
        return [
            Posted(str(row["id"]), self._receipt(row).url, row["at_ms"], row["text"], _lang(row), row["parent"])
            for row in rows
        ]

    def posts(self) -> list[dict[str, Json]]:
        """All posts that stand on the account, oldest first: what the practice window and the tests look at."""
        with network_file(self._dir) as base:
            rows = base.execute(
                "SELECT * FROM posts WHERE account = ? AND gone = 0 ORDER BY number", (self._account,)
            ).fetchall()
        return [
            {name: row[name] for name in ("id", "key", "text", "parent", "root", "at_ms")}
            | {"alts": json.loads(row["alts"]), "url": self._receipt(row).url}
            | {"quote": json.loads(row["payload"]).get("quote", "")}
            for row in rows
        ]

    def _store(
        self, base: sqlite3.Connection, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None, hidden: int
    ) -> list[Receipt]:
        now = self._clock.now_ms()
        for part in parts:
            self._check(part)
        for part in parts:
            again = self._repeat(base, part, now)
            if again is not None:
                return [again]
        if parent is not None and self._like != "bluesky":
            known = base.execute("SELECT 1 FROM posts WHERE id = ? AND gone = 0", (parent.id,)).fetchone()
            if known is None:
                raise Rejected("404 the post replied to is not there")
        for shown in (part.quote for part in parts if part.quote is not None and self._like != "bluesky"):
            if base.execute("SELECT 1 FROM posts WHERE id = ? AND gone = 0", (shown.id,)).fetchone() is None:
                raise Rejected("404 the post quoted is not there")
        receipts: list[Receipt] = []
        above, top = (parent.id if parent else ""), ((root or parent or Receipt("", "")).id)
        for part in parts:
            row = self._insert(base, part, above, top, now, hidden)
            receipts.append(self._receipt(row))
            above, top = receipts[-1].id, top or receipts[-1].id
        return receipts

    def _check(self, part: Part) -> None:
        text, limits = str(part.payload.get("text", "")), self._rules.LIMITS
        if not self._rules.fits(text, limits.characters):
            raise Rejected(f"422 text too long: {self._rules.count(text)}, at most {limits.characters}")
        if not text.strip() and not part.pictures and self._like != "bluesky":
            raise Rejected("422 text is blank")
        if part.payload.get("poll") and (limits.poll is None or part.pictures):
            raise Rejected("422 no poll here, or not beside pictures")
        if len(part.pictures) > limits.pictures:
            raise Rejected(f"422 too many pictures: at most {limits.pictures}")
        for picture in part.pictures:
            if picture.ms:
                self._check_film(picture, len(part.pictures))
            elif len(picture.data) > limits.picture_bytes:
                raise Rejected(f"413 picture too big: at most {limits.picture_bytes} bytes")
            if len(picture.alt) > limits.alt:
                raise Rejected(f"422 description too long: at most {limits.alt}")

    def _check_film(self, film: Picture, pictures: int) -> None:
        most = self._rules.LIMITS.film
        room = most.gif_bytes if film.mime == "image/gif" else most.bytes
        if pictures > 1:
            raise Rejected("422 a video stands alone")
        if len(film.data) > room or (most.ms and film.ms > most.ms):
            raise Rejected(f"413 video too big: at most {room} bytes")

    def _repeat(self, base: sqlite3.Connection, part: Part, now: int) -> Receipt | None:
        """What the imitated network does with a key or a text that it has seen."""
        if self._manner.key_seconds is not None:
            row = base.execute(
                "SELECT * FROM posts WHERE account = ? AND key = ? ORDER BY number DESC LIMIT 1",
                (self._account, part.key),
            ).fetchone()
            if row is None:
                return None
            if self._like == "bluesky":
                if row["gone"]:
                    return None
                raise Unknown("500 the key may be taken already")
            if now - row["at_ms"] >= HOUR_MS:
                return None
            if row["gone"]:
                raise Rejected("404 the post of this key was deleted")
            return self._receipt(row)
        since = now - self._manner.duplicate_ms
        row = base.execute(
            "SELECT 1 FROM posts WHERE account = ? AND text = ? AND at_ms > ? AND gone = 0",
            (self._account, str(part.payload.get("text", "")), since),
        ).fetchone()
        if row is not None:
            raise Unknown("duplicate")
        return None

    def _insert(self, base: sqlite3.Connection, part: Part, above: str, top: str, now: int, hidden: int) -> sqlite3.Row:
        alts = json.dumps([picture.alt for picture in part.pictures], ensure_ascii=False)
        quotes = {"quote": part.quote.id} if part.quote else {}
        body = json.dumps({**part.payload, **quotes}, ensure_ascii=False, sort_keys=True)
        cid = hashlib.sha256(f"{part.created_at}\n{above}\n{body}".encode()).hexdigest()
        made = base.execute(
            "INSERT INTO posts (id, account, key, text, alts, parent, root, cid, payload, at_ms, hidden)"
            " VALUES ('', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._account, part.key, str(part.payload.get("text", "")), alts, above, top, cid, body, now, hidden),
        )
        name = part.key if self._like == "bluesky" else str(10_000 + int(made.lastrowid or 0))
        base.execute("UPDATE posts SET id = ? WHERE number = ?", (name, made.lastrowid))
        if self._like == "bluesky":
            base.execute("DELETE FROM posts WHERE account = ? AND id = ? AND gone = 1", (self._account, name))
        row: sqlite3.Row = base.execute("SELECT * FROM posts WHERE number = ?", (made.lastrowid,)).fetchone()
        return row

    def _look(self, base: sqlite3.Connection, part: Part, above: str, since_ms: int) -> sqlite3.Row | None:
        query = "key = ?"
        values: list[str | int] = [part.key]
        if self._like != "bluesky":
            query = "text = ? AND parent = ? AND at_ms >= ?"
            values = [str(part.payload.get("text", "")), above, since_ms]
        row: sqlite3.Row | None = base.execute(
            f"SELECT * FROM posts WHERE account = ? AND gone = 0 AND {query} ORDER BY number LIMIT 1",
            (self._account, *values),
        ).fetchone()
        return row

    def _receipt(self, row: sqlite3.Row) -> Receipt:
        cid = str(row["cid"]) if self._like == "bluesky" else ""
        return Receipt(str(row["id"]), f"https://rehearsal.invalid/{quote(self._account)}/{row['id']}", cid)


def _lang(row: sqlite3.Row) -> str:
    said = json.loads(row["payload"])
    return str((said.get("langs") or [said.get("language") or ""])[0])
