"""One office's encrypted store: events, the keeper's places, pieces, kept drafts and views in one SQLite file.

Reading `seq`, signing and appending are one write transaction, so several processes may share a desk.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from g20desk.errors import Usage
from g20desk.ledger import event
from g20desk.ledger.canonical import NotCanonical
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Epoch
from g20desk.ledger.wire import Entry, Placed

VERSION = 2
Error: type[Exception] = sqlite.Error
_LITTLE, _LEAST = 1 << 20, 512
_DAMAGE = ("malformed", "disk image", "Could not decode", "no such table", "vtable constructor failed")
_JOIN = "select e.id, e.header, e.signature, e.body, p.n, p.stamp from events e left join places p on p.event = e.id"


def trouble(error: Exception, path: Path) -> Usage:
    """A database error as something that a person can act on."""
    text = str(error)
    if "not a database" in text or "hmac" in text.lower():
        return Usage(
            "store-key",
            "This desk's record can't be opened: the key does not fit, or the file is damaged.",
            "Check that the keyring is the one this desk was made with; otherwise restore a backup.",
        )
    if any(words in text for words in _DAMAGE):
        return _damaged()
    unopened = "unable to open" in text
    if "readonly" in text or "read-only" in text or (unopened and path.exists()):
        return _read_only(path)
    if "full" in text or ("disk I/O" in text and shutil.disk_usage(path.parent).free < _LITTLE):
        return Usage("disk-full", "The disk is full; nothing was lost.", "Free some space, then do it again.")
    if "locked" in text or "busy" in text:
        return Usage("store-busy", "Another program holds this desk's record.", "Close it, then do it again.")
    if unopened:
        return Usage("store-missing", f"There is no desk at {path.parent}.", "Make one with: g20desk office new")
    return Usage("store", f"The record could not be used: {text}", "Run: g20desk doctor")


def _read_only(path: Path) -> Usage:
    return Usage("store-read-only", f"{path.parent} can't be written.", "Ask for write access to the folder.")


def _damaged() -> Usage:
    return Usage(
        "store-damaged",
        "This desk's record is damaged; nothing was changed.",
        "Keep the folder as it is and restore a backup beside it.",
    )


class Store:
    """The file, with one connection a thread."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        self.path = path
        self._key = key
        self._local = threading.local()
        try:
            size = path.stat().st_size if path.exists() else None
        except PermissionError as error:
            raise _read_only(path) from error
        if not create and size is None:
            raise Usage("store-missing", f"There is no desk at {path.parent}.", "Make one with: g20desk office new")
        if not create and size is not None and size < _LEAST:
            raise _damaged()  # SQLite would take it for a new file, and write to it.
        with self.guard():
            if create:
                with self.write() as db:
                    for statement in resources.files("g20desk.ledger").joinpath("schema.sql").read_text().split(";\n"):
                        if statement.strip():
                            db.execute(statement)
                    db.execute(f"pragma user_version = {VERSION}")
            found = self.db.execute("pragma user_version").fetchone()[0]
        if found < VERSION:
            raise Usage(
                "store-older",
                f"This desk was made by a program from before the first release (store {found}).",
                "Found the office anew; such a record can't be taken over.",
            )
        if found > VERSION:
            raise Usage(
                "store-newer",
                f"This desk was made by a newer program (store {found}, this one knows {VERSION}).",
                "Install the newer g20desk.",
            )

    @property
    def db(self) -> Any:
        """This thread's connection."""
        made = getattr(self._local, "db", None)
        if made is None:
            made = sqlite.connect(str(self.path), timeout=15, isolation_level=None)
            try:
                # Otherwise it writes to standard error what we say ourselves.
                made.execute("pragma cipher_log_level = none")
                made.execute(f"pragma key = \"x'{self._key.hex()}'\"")
                made.execute("pragma busy_timeout = 15000")
                made.execute("select count(*) from sqlite_master").fetchone()
                made.execute("pragma journal_mode = wal")
                made.execute("pragma synchronous = full")
                made.execute("pragma fullfsync = 1")
                made.execute("pragma foreign_keys = on")
            except BaseException:
                made.close()
                raise
            self._local.db = made
        return made

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn the database's errors into ours."""
        try:
            yield
        except sqlite.Error as error:
            raise trouble(error, self.path) from error

    @contextmanager
    def write(self) -> Iterator[Any]:
        """A write transaction: all of it or nothing."""
        with self.guard():
            db = self.db
            db.execute("begin immediate")
            try:
                yield db
                db.execute("commit")
            except BaseException:
                # SQLite has rolled back by itself where the disk was full.
                if db.in_transaction:
                    db.execute("rollback")
                raise

    def close(self) -> None:
        """Close this thread's connection."""
        made = getattr(self._local, "db", None)
        if made is not None:
            made.close()
            self._local.db = None

    def meta(self, name: str) -> str:
        """A value of the desk's own, or an empty string."""
        with self.guard():
            row = self.db.execute("select value from meta where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def metas(self, beginning: str) -> dict[str, str]:
        """The desk's own values whose names begin so."""
        with self.guard():
            found = self.db.execute(
                "select name, value from meta where name >= ? and name < ?", (beginning, beginning + "\U0010ffff")
            )
            return {str(name): str(value) for name, value in found}

    def set_meta(self, name: str, value: str) -> None:
        """Set a value of the desk's own; inside a write transaction or alone."""
        with self.guard():
            self.db.execute("insert or replace into meta values (?, ?)", (name, value))

    def drop_metas(self, beginning: str) -> None:
        """Drop the desk's own values whose names begin so."""
        with self.guard():
            self.db.execute(
                "delete from meta where name >= ? and name < ?", (beginning, beginning + "\U0010ffff")
            )  # fmt: skip

    def data_version(self) -> int:
        """Changes when another process wrote."""
        with self.guard():
            return int(self.db.execute("pragma data_version").fetchone()[0])

    def damage(self) -> str:
        """What the engine's own check of every page finds; empty where all is well."""
        try:
            found = self.db.execute("pragma cipher_integrity_check").fetchall()
            found += [row for row in self.db.execute("pragma quick_check").fetchall() if row[0] != "ok"]
        except sqlite.Error as error:
            return str(error)
        return str(found[0][0]) if found else ""

    def add(self, item: Event, clear: bytes = b"", *, tentative: bool = True) -> None:
        """Append an event; `clear`: what travels beside it. Inside a write transaction, in which one that is not
        tentative gets its place."""
        head = item.header
        row = (item.id, item.header_bytes, item.signature, item.body)
        stream = head.stream or item.id
        self.db.execute(
            "insert into events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, stream, head.kind, head.device, head.chain, head.seq, clear),
        )
        if tentative:
            self.db.execute("insert into tentative (event) values (?)", (item.id,))

    def keep_head(self, found: Envelope) -> None:
        """Keep an envelope's head. Inside a write transaction."""
        head = found.head
        self.db.execute(
            "insert or replace into heads values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                found.digest,
                head.event,
                found.head_bytes,
                found.signature,
                found.clear,
                head.device,
                head.chain,
                head.seq,
            ),
        )

    def place(self, found: Envelope, at: Placed, event_id: str | None) -> None:
        """Keep an envelope's head and the place that the keeper gave it; `event_id`: what is inside, where that is known
        and what the head shows. Inside a write transaction."""
        self.keep_head(found)
        row = (at.n, found.digest, event_id, at.hash, at.stamp, at.receipt)
        self.db.execute("insert into places values (?, ?, ?, ?, ?, ?)", row)
        self.db.execute("delete from tentative where event = ?", (event_id,))

    def void(self, head_digest: str, why: str) -> None:
        """An envelope that opens to other than its head shows. Inside a write transaction."""
        self.db.execute("insert into voids values (?, ?)", (head_digest, why))

    def head_end(self, device: str, chain: str) -> tuple[int, str]:
        """The newest placed seq of a chain and its event's id; (0, "") for a new one."""
        row = self.db.execute(
            "select h.seq, h.event from heads h join places p on p.head = h.digest where h.device = ? and h.chain = ? "
            "order by h.seq desc limit 1", (device, chain)
        ).fetchone()  # fmt: skip
        return (int(row[0]), str(row[1])) if row else (0, "")

    def want(self, digests: Iterable[str], event_id: str) -> None:
        """Note the sealed pieces of an event that this desk does not hold. Inside a write transaction."""
        self.db.executemany(
            "insert or ignore into wanted select ?, ? where not exists (select 1 from pieces where sealed = ?)",
            [(one, event_id, one) for one in digests],
        )

    def wanted(self) -> list[tuple[str, str]]:
        """The sealed pieces that this desk does not hold yet: digest, and an event that refers to it."""
        with self.guard():
            return [(str(one), str(event_id)) for one, event_id in self.db.execute("select * from wanted").fetchall()]

    def tentative(self) -> list[Event]:
        """The events that have no place yet, in the order in which they came."""
        with self.guard():
            found = self.db.execute(
                _JOIN.replace("from events e", "from tentative t cross join events e on e.id = t.event")
                + " order by t.number"
            ).fetchall()
        return [_event(row) for row in found]

    def tentative_count(self) -> int:
        """How many events have no place yet."""
        with self.guard():
            return int(self.db.execute("select count(*) from tentative").fetchone()[0])

    def tentative_streams(self) -> set[str]:
        """The streams with events that have no place yet."""
        found = self.db.execute("select distinct e.stream from tentative t cross join events e on e.id = t.event")
        return {str(row[0]) for row in found}

    def clear_of(self, event_id: str) -> bytes:
        """What travels beside an event in the clear."""
        row = self.db.execute("select clear from events where id = ?", (event_id,)).fetchone()
        return bytes(row[0]) if row else b""

    def envelope(self, event_id: str) -> Envelope | None:
        """The envelope of an event, without its sealed bytes, where it has one."""
        row = self.db.execute(
            "select h.head, h.signature, h.clear from events e join heads h on h.event = e.id and h.device = e.device "
            "and h.chain = e.chain and h.seq = e.seq where e.id = ?", (event_id,)
        ).fetchone()  # fmt: skip
        return Envelope(bytes(row[0]), bytes(row[1]), b"", bytes(row[2])) if row else None

    def entry(self, place: int) -> Entry | None:
        """A place with its envelope, without the sealed bytes."""
        row = self.db.execute(
            "select p.stamp, p.hash, p.signature, h.head, h.signature, h.clear from places p join heads h on h.digest = p.head "
            "where p.n = ?", (place,)
        ).fetchone()  # fmt: skip
        if row is None:
            return None
        found = Envelope(bytes(row[3]), bytes(row[4]), b"", bytes(row[5]))
        return Entry(Placed(place, int(row[0]), found.digest, str(row[1]), bytes(row[2])), found)

    def epoch(self, name: str) -> Epoch | None:
        """The key of an epoch, where this desk holds it."""
        with self.guard():
            row = self.db.execute("select key from epochs where id = ?", (name,)).fetchone()
        return Epoch(bytes(row[0])) if row else None

    def keep_epoch(self, epoch: Epoch) -> None:
        """Keep the key of an epoch."""
        with self.guard():
            self.db.execute("insert or ignore into epochs values (?, ?)", (epoch.id, epoch.key))

    def last_place(self) -> tuple[int, str, int]:
        """Number, running hash and stamp of the newest place; (0, "", 0) before the first."""
        row = self.db.execute("select n, hash, stamp from places order by n desc limit 1").fetchone()
        return (int(row[0]), str(row[1]), int(row[2])) if row else (0, "", 0)

    def chain_end(self, device: str, chain: str) -> tuple[int, str]:
        """The newest seq of a chain and its event's id; (0, "") for a new one."""
        row = self.db.execute(
            "select seq, id from events where device = ? and chain = ? order by seq desc limit 1", (device, chain)
        ).fetchone()
        return (int(row[0]), str(row[1])) if row else (0, "")

    # A cross join is done from the left: tentative events are few, and left to choose SQLite reads all events.
    def unplaced_ends(self, device: str) -> tuple[str, ...]:
        """The newest events of other devices that have no place yet, in the order of their ids; 64 at most."""
        found = self.db.execute(
            "select e.id, max(e.seq) from tentative t cross join events e on e.id = t.event where e.device <> ? "
            "group by e.device, e.chain order by e.id limit 64",
            (device,),
        )
        return tuple(sorted(str(row[0]) for row in found))

    def stream(self, stream: str, since: int = 0) -> list[Event]:
        """A stream's events: the placed ones (after `since`) in order, then the tentative ones."""
        with self.guard():
            found = self.db.execute(
                _JOIN + " where e.stream = ? and (p.n is null or p.n > ?) order by p.n is null, p.n, e.rowid",
                (stream, since),
            ).fetchall()
        return [_event(row) for row in found]

    def get(self, event_id: str) -> Event | None:
        """One event."""
        with self.guard():
            row = self.db.execute(_JOIN + " where e.id = ?", (event_id,)).fetchone()
        return _event(row) if row else None

    def at(self, place: int) -> Event | None:
        """The event at a place, where this desk can read it."""
        with self.guard():
            row = self.db.execute(_JOIN + " where p.n = ?", (place,)).fetchone()
        return _event(row) if row else None

    def all(self) -> Iterator[Event]:
        """Every event in order, tentative ones last."""
        with self.guard():
            for row in self.db.execute(_JOIN + " order by p.n is null, p.n, e.rowid"):
                yield _event(row)


def _event(row: Any) -> Event:
    header = bytes(row[1])
    try:
        head = event.decode(header)
    except NotCanonical as error:
        raise _damaged() from error
    return Event(str(row[0]), head, header, bytes(row[2]), bytes(row[3]), row[4], row[5])
