"""Build an event, fold it as if appended, refuse it or sign and append it: one write transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from g20desk import logs
from g20desk.clock import Clock
from g20desk.desk import redacting, restored, seals
from g20desk.desk.batching import Batches, Job
from g20desk.desk.folding import Folds
from g20desk.desk.row_keeping import Changes, Rows
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, envelope, event, pieces, refusals
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event, Header
from g20desk.ledger.file import Error
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.sealing import Epoch
from g20desk.ledger.secretstore import SecretStore
from g20desk.ledger.store import Store
from g20desk.office import acts, fold
from g20desk.office.fold import Verdict
from g20desk.office.state import Office

# What a desk knows of its office's hub: its address, its key, the place and hash that an invitation pinned.
ADDRESS, HUB_KEY, PINNED = "hub", "hub/key", "hub/pin"
# The key that keeps the order, on a desk that was put back from a backup and may have signed places that it does not hold.
KEEPS = "restored/keeps"


@dataclass(slots=True)
class Proposal:
    """An act to be appended: kind, values of its parts, and what goes with them.

    `stream` is empty where the act opens one. `pieces`: plaintexts by id. `earlier`: parts whose salts are taken over.
    `keep_refusal`: where the act does not count it stands in the record all the same, and then the refusal is raised.
    `epoch`: the key to seal it under where that is not the one in force; `clear`: what travels beside it in the clear.
    """

    kind: str
    values: dict[str, Any]
    stream: str = ""
    pieces: dict[str, bytes] = field(default_factory=dict)
    earlier: body.Parts | None = None
    keep_refusal: bool = False
    epoch: Epoch | None = None
    clear: bytes = b""


@dataclass(frozen=True, slots=True)
class Judged:
    """An act that was appended: the state of its stream before and after it, and the verdict on it."""

    noun: str
    before: Any
    state: Any
    verdict: Verdict

    @property
    def refusal(self) -> Refused | None:
        """Why it does not count, where it does not."""
        return None if self.verdict.counts else self.verdict.refusal


# What makes an act once those before it stand, from the office then and the event before it; None: no act.
Maker = Callable[[Office, str], Proposal | None]
# Acts that one caller wants appended, all or none; what it gets: their events' ids and what they touched.
Wanted = tuple[str, tuple[Proposal | Maker, ...]]
Appended = tuple[list[str], Changes]


class Ledger:
    """The store with the folds over it. Where this desk holds the keeper's key, an act gets its place at once; elsewhere
    it is tentative until the keeper has placed it."""

    def __init__(self, store: Store, kept: SecretStore, clock: Clock) -> None:
        self.store = store
        self._kept = kept
        self._clock = clock
        self._keys: dict[str, DeviceKey] = {}
        self.folds = Folds(store)
        self.rows = Rows(store, self.folds)
        self._batches: Batches[Wanted, Appended] = Batches(self._write)

    def office(self, before: int | None = None) -> Office:
        """The office as it stands, tentative acts included, or as it stood just before a place."""
        return self.folds.office(before)

    def found(self, key: DeviceKey, values: dict[str, Any]) -> None:
        """Append the founding event and open both rings; its device is the keeper."""
        self._keys[key.device] = key
        epoch = Epoch.fresh()
        founding = Proposal("office.founded", values, epoch=epoch, clear=seals.clear([(key.device, True)]))
        rings = ((values["members_ring"], epoch), (values["office_ring"], Epoch.fresh()))
        self.act(key.device, founding, *(partial(_first_key, ring, first) for ring, first in rings))

    def act(self, device: str, *proposals: Proposal | Maker) -> Appended:
        """Append acts, each made and judged after the ones before it, all or none: their events' ids, and what they
        touched. What several threads append at the same time is one batch. Raises Refused, Usage."""
        return self._batches.do((device, proposals))

    def _write(self, jobs: Sequence[Job[Wanted, Appended]]) -> None:
        """Acts of the office's own stream go alone: everything else is judged by the office as it stood before."""
        rest = list(jobs)
        while rest:
            count = 1 if _of_office(rest[0]) else next((n for n, job in enumerate(rest) if _of_office(job)), len(rest))
            fresh: list[Judged] = []
            with self.store.write() as db:
                states: dict[str, Any] = {}
                for job in rest[:count]:
                    db.execute("savepoint job")
                    before, old = dict(states), len(fresh)
                    try:
                        fresh += self._do(job, states)
                    except Error:
                        raise
                    except Exception as error:
                        job.error, states = error, before
                        del fresh[old:]
                        db.execute("rollback to job")
                        if _of_office(job):
                            self.folds.forget()  # what was folded of acts that are not there
                    db.execute("release job")
            for one in fresh:
                placed = one.verdict.event.place is not None
                logs.note("act", act=one.verdict.event.header.kind, counts=one.verdict.counts, placed=placed)
                if placed:
                    self.folds.took(one.noun, one.before, one.verdict, one.state)
            for job in rest[:count]:
                job.over = True
            del rest[:count]

    def _do(self, job: Job[Wanted, Appended], states: dict[str, Any]) -> list[Judged]:
        device, proposals = job.wants
        ids: list[str] = []
        made: list[Judged] = []
        for wanted in proposals:
            proposal = wanted if isinstance(wanted, Proposal) else wanted(self.office(), ids[-1] if ids else "")
            if proposal is None:
                continue
            made.append(self._append(device, proposal, states))
            job.error = job.error or made[-1].refusal
            ids.append(made[-1].verdict.event.id)
        newest = {one.verdict.event.header.stream or one.verdict.event.id: one for one in made}
        shown = [self.rows.put(one.verdict.event, one.state) for one in newest.values()]
        if any(one.verdict.event.header.kind == redacting.KIND and one.verdict.event.place for one in made):
            shown.append(self.drop_redacted(self.office()))
        job.made.append((ids, frozenset().union(*shown)))
        return made

    def drop_redacted(self, office: Office) -> Changes:
        """Drop here what was taken out of the record, and show it no more. Inside a write transaction."""
        streams = redacting.sweep(self.store, office)
        changes = self.rows.anew(streams)
        if streams:
            redacting.tidy(self.store)
        return changes

    def _append(self, device: str, proposal: Proposal, states: dict[str, Any]) -> Judged:
        """One act, after those of this batch. `states`: of the streams that the batch has touched."""
        noun = acts.NOUNS[proposal.kind.split(".")[0]]
        office = self.office()
        stream = office.id if noun == "office" else proposal.stream
        ring = "" if not office.id else office.office_ring if noun == "draft" else office.members_ring
        parts = body.salted(proposal.values, proposal.earlier)
        chain_id = self._chain(device)
        seq, prev = self.store.chain_end(device, chain_id)
        place, running, last = self.store.last_place()
        keeper = self.keeper_key(device)
        if keeper is not None and self.store.meta(KEEPS) == keeper.device:
            restored.refuse(self.store)
        head = Header(
            office.fold or fold.NEWEST, office.id, ring, stream, proposal.kind, self._clock.now_ms(), device, chain_id, seq + 1,
            prev, self.store.unplaced_ends(device), running, body.body_digest(parts),
        )  # fmt: skip
        raw = head.encode()
        signature = self.key(device).sign("event", raw)
        here = (place + 1, max(head.at, last)) if keeper is not None else (None, None)
        made = Event(event.event_id(raw), head, raw, signature, body.encode(parts), *here)
        judged = self._judged(made, noun, office, states)
        if judged.refusal is not None and not proposal.keep_refusal:
            raise judged.refusal
        for piece, content in proposal.pieces.items():
            pieces.put(self.store, {"piece": piece}, content)
        self.store.add(made, proposal.clear)
        if (no := judged.refusal) is not None:
            refusals.note(self.store, made.id, stream or made.id, no)
            self.store.set_meta(f"told/{made.id}", "signing")  # its author is told at once
        if not office.id:
            self.store.set_meta("office", made.id)
            self.store.set_meta("keeper", device)
        if proposal.epoch is not None:
            self.store.keep_epoch(proposal.epoch)
        if keeper is not None:
            said = office if office.id else judged.state
            found = seals.sealed(self.store, said, made, self.key(device), parts, proposal.clear, proposal.epoch)
            self._place(found, made, keeper, running)
            if proposal.kind == "order.handed_over" and judged.verdict.counts:
                self.store.set_meta("keeper", proposal.values["key"])
                self.store.set_meta(ADDRESS, proposal.values["address"])
                self.store.set_meta(HUB_KEY, proposal.values["key"])
        return judged

    def _chain(self, device: str) -> str:
        """This store's chain of a device; drawn when it is first needed."""
        chain_id = self.store.meta(f"chain/{device}")
        if not chain_id:
            chain_id = secrets.token_hex(32)
            self.store.set_meta(f"chain/{device}", chain_id)
        return chain_id

    def keeper_key(self, founder: str = "") -> DeviceKey | None:
        """The key that signs the order, where it lies on this desk."""
        keeper = self.store.meta("keeper") or founder
        held = keeper in self._keys or keeper in self.store.metas("device/").values()
        return self.key(keeper) if held else None

    def _place(self, found: Envelope, made: Event, keeper: DeviceKey, running: str) -> None:
        """Put an event behind what is there."""
        from g20desk.ledger.wire import Placed

        office, place, stamp = found.head.office, made.place or 0, made.stamp or 0
        after = envelope.next_hash(office, place, running or envelope.first_hash(office), found.digest, stamp)
        receipt = keeper.sign("receipt", envelope.receipt_bytes(office, place, after, stamp))
        self.store.place(found, Placed(place, stamp, found.digest, after, receipt), None)

    def _judged(self, made: Event, noun: str, office: Office, states: dict[str, Any]) -> Judged:
        """Fold as if appended."""
        stream = made.header.stream
        if noun == "office":
            before = office
        elif stream in states:
            before = states[stream]
        else:
            before = self.folds.stream(noun, stream)[0] if stream else acts.START[noun]
        reader = self.folds.reader(made)
        state, verdict = fold.step(before, made, office if office.id else None, noun, read=reader)
        states[stream or made.id] = state
        return Judged(noun, before, state, verdict)

    def hold(self, name: str, key: DeviceKey) -> None:
        """Keep the keys of a further device, under a name of this desk's own."""
        self._kept.set(f"device/{key.device}", key.to_text())
        self.store.set_meta(f"device/{name}", key.device)

    def key(self, device: str) -> DeviceKey:
        """A device's keys. Raises Usage where they are not on this desk."""
        if device not in self._keys:
            text = self._kept.get(f"device/{device}")
            if text is None:
                raise Usage("no-key", "The key to sign with is not on this desk.", "Run: g20desk doctor")
            self._keys[device] = DeviceKey.from_text(text)
        return self._keys[device]


def _first_key(ring: str, epoch: Epoch, office: Office, _: str) -> Proposal:
    return seals.opening(office, ring, epoch, None)


def _of_office(job: Job[Wanted, Appended]) -> bool:
    """Whether a job touches the office's stream; what is made in its turn may."""
    return any(not isinstance(one, Proposal) or acts.NOUNS[one.kind.split(".")[0]] == "office" for one in job.wants[1])
