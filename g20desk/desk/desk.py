"""A desk: one office's folder, opened for one person."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk import policy
from g20desk.clock import Clock, SystemClock
from g20desk.desk.acting import ADDRESS, PINNED, Ledger, Maker, Proposal
from g20desk.desk.parts import Parts
from g20desk.desk.row_keeping import Changes
from g20desk.desk.unlocking import opened
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, secretstore
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.migrations import Say, quiet
from g20desk.ledger.store import Store
from g20desk.office.state import Office, Person

if TYPE_CHECKING:
    from g20desk.desk.syncing import Synced


class Desk(Parts):
    """Opens an office; its parts stand in `Parts`."""

    def __init__(self, folder: Path, person: str | None = None, clock: Clock | None = None, say: Say = quiet) -> None:
        self.folder = folder
        self.clock = clock or SystemClock()
        self.secrets, self.store, self.ledger = opened(folder, self.clock, say)
        self._listeners: list[Callable[[Changes], None]] = []
        first = self.store.meta("person")
        self.person = self._find(person or first)
        self.device = self.store.meta(f"device/{self.person.name}")

    def _find(self, name: str) -> Person:
        if not self.office.id and self.store.meta(PINNED):
            raise Usage("not-admitted", "This desk waits to be admitted.", "Once the head has done it: g20desk sync")
        if not self.office.id:
            raise Usage("store-damaged", "The first act of this record does not hold.", "Run: g20desk ledger verify")
        found = self.office.named(name)
        if found is None or not self.store.meta(f"device/{name}"):
            raise Usage("unknown-person", f"This desk holds no key of “{name}”.", "See: g20desk office show")
        return found

    @property
    def office(self) -> Office:
        """The office now."""
        return self.ledger.office()

    @property
    def office_name(self) -> str:
        """The office's name."""
        return self.office.name

    @property
    def rehearsal(self) -> bool:
        """Whether this is a practice office."""
        return self.office.rehearsal

    @classmethod
    def open(cls, folder: str | Path, person: str | None = None, clock: Clock | None = None, say: Say = quiet) -> Desk:
        """Open the desk in a folder. `say` hears what takes long. Raises Usage where there is none or its key is missing."""
        return cls(Path(folder), person, clock, say)

    @classmethod
    def rehearse(cls, folder: str | Path) -> Desk:
        """A fresh rehearsal office in a new or empty folder."""
        return cls.found(Path(folder), "Rehearsal office", "Head of office", rehearsal=True)

    @classmethod
    def found(cls, folder: Path, name: str, head: str, *, rehearsal: bool, clock: Clock | None = None) -> Desk:
        """Found an office. Raises Usage where the folder is not empty, Refused where the administrator does not want it here."""
        policy.need("office.rehearse" if rehearsal else "office.create")
        if folder.exists() and any(folder.iterdir()):
            raise Usage("folder-taken", f"{folder} is not empty.", "Choose a new folder.")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            cls._found(folder, name, head, rehearsal, clock or SystemClock())
        except BaseException:
            # An office half founded is none; what was made of it would only stand in the way of the next try.
            for file in folder.iterdir():
                file.unlink()
            raise
        made = cls(folder, None, clock)
        if rehearsal:
            from g20desk.desk.rehearsing import fill

            fill(made)
        return made

    @staticmethod
    def _found(folder: Path, name: str, head: str, rehearsal: bool, clock: Clock) -> None:
        """The keys, the store with the founding act, and last the note that says that this is a desk."""
        desk = secrets.token_hex(8)
        kept = secretstore.choose(folder, desk, rehearsal)
        key = secrets.token_bytes(32)
        kept.set("store", key.hex())
        store = Store(folder / "ledger.db", key, create=True)
        try:
            ledger = Ledger(store, kept, clock)
            device = DeviceKey.fresh()
            kept.set(f"device/{device.device}", device.to_text())
            rings = secrets.token_hex(32), secrets.token_hex(32)
            ledger.found(device, {
                "name": name, "head": head, "box": device.box, "rehearsal": rehearsal,
                "office_ring": rings[0], "members_ring": rings[1],
            })  # fmt: skip
            store.set_meta("person", head)
            store.set_meta(f"device/{head}", device.device)
        finally:
            store.close()
        (folder / "desk.json").write_text(json.dumps({"desk": desk, "rehearsal": rehearsal}))

    def act(
        self,
        kind: str,
        values: dict[str, Any],
        stream: str = "",
        *,
        pieces: dict[str, bytes] | None = None,
        earlier: body.Parts | None = None,
        keep_refusal: bool = False,
    ) -> str:
        """Sign and append one act as this desk's person; the event's id. Raises Refused. See `acting.Proposal`."""
        proposal = Proposal(kind, values, stream, pieces or {}, earlier, keep_refusal)
        try:
            (event,), changes = self.ledger.act(self.device, proposal)
        except Refused:
            if keep_refusal:
                self.announce(frozenset({("message", stream)}))
            raise
        self.announce(changes)
        return event

    def act_all(self, *makers: Proposal | Maker) -> list[str]:
        """Sign and append several acts as this desk's person, all or none; their events' ids. Raises Refused."""
        made, changes = self.ledger.act(self.device, *makers)
        self.announce(changes)
        return made

    def acts(self, stream: str, *acts: tuple[str, dict[str, Any]]) -> list[str]:
        """Sign and append several acts of one stream, each judged after the ones before it, all or none; their events'
        ids. Raises Refused."""
        return self.act_all(*(Proposal(kind, values, stream) for kind, values in acts))

    def sync(self, say: Callable[[str], None] = lambda words: None) -> Synced:
        """Exchange acts with the office's hub; nothing where it has none. Raises Unreachable, Refused."""
        from g20desk.desk.syncing import Synced, exchange

        if not self.store.meta(ADDRESS):
            self.signoffs.close_over()
            return Synced()
        try:
            done = exchange(self.ledger, self.clock, self.folder, say)
        except Refused as no:
            if no.code == "clock":  # too far off for the hub to listen: it said its time
                self.clocks.hub(int(str(no.params["now"])) - self.clock.now_ms(), 1000)
            raise
        if done.skew is not None:
            self.clocks.hub(*done.skew)
        self.announce(frozenset(done.changes))
        if not done.why and self.signoffs.close_over():
            more = exchange(self.ledger, self.clock, self.folder, say)
            self.announce(frozenset(more.changes))
            done.pushed, done.pulled, done.why = done.pushed + more.pushed, done.pulled + more.pulled, more.why
        return done

    @property
    def tentative(self) -> int:
        """How many acts on this desk have no place in the office's record yet."""
        return self.store.tentative_count()

    def keeps_order(self) -> bool:
        """Whether an act of this desk has its place as soon as it is done."""
        return self.ledger.keeper_key() is not None

    def announce(self, changes: Changes) -> None:
        """Tell the listeners what was touched."""
        if any(kind == "office" for kind, _ in changes):
            self.person = self.office.people[self.person.id]  # who may have another role now
        for listener in self._listeners:
            listener(changes)

    def add_listener(self, listener: Callable[[Changes], None], first: bool = False) -> None:
        """Call `listener` with each `Changes`, from any thread; `first`: before all others, who may ask it at once."""
        self._listeners.insert(0 if first else len(self._listeners), listener)
