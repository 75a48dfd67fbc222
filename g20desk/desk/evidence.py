"""What the keeper of the order signed: heads that desks compare, places it owes us, and evidence where it lied.

A keeper signs each place. Two of its signatures on one place that differ prove a split to anybody who has its key; they
are kept, and exported as plain JSON. What else does not hold is kept beside them: it says what was shown, and proves less.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from g20desk.clock import iso
from g20desk.desk.acting import HUB_KEY, PINNED, Ledger
from g20desk.errors import Refused, Usage
from g20desk.ledger import canonical, keys, wire
from g20desk.ledger.envelope import receipt_bytes
from g20desk.ledger.event import HEX
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Entry
from g20desk.office.words import words
from g20desk.settings_file import known

MARK = "g20desk-head"
WORDS = 6
MOST = 200  # kinds of evidence that one desk keeps
TWO, BEHIND, WITHHELD, BROKEN = "two-histories", "hub-behind", "withheld", "bad-order"
SAYS = {
    TWO: "The keeper of the order signed two histories",
    BEHIND: "The hub is behind what it signed",
    WITHHELD: "The hub holds back what it has",
    BROKEN: "The hub shows an order that does not hold",
}
HELP = {
    TWO: "Publish nothing. Tell the head and the other desks, and compare: g20desk ledger head. "
    "Both signatures are kept: g20desk ledger evidence FILE",
    BEHIND: "Nothing is published meanwhile. Have every desk sync once: whichever has the missing places gives them back.",
    WITHHELD: "Nothing was taken in. If the hub was rebuilt, a desk that reads all has to sync first; else tell the office.",
    BROKEN: "Nothing was taken in. Tell the office, and whoever runs the hub; what it showed is kept: "
    "g20desk ledger evidence FILE",
}
_EVIDENCE, _OWED, STANDING = "evidence/", "owed/", "hub/fault"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a keeper signed of one place: its number, time in milliseconds, running hash and receipt (hex). `head` and
    `head_signature` (hex) are of the envelope there, empty where only the place is known."""

    place: int
    stamp: int
    hash: str
    receipt: str
    head: str = ""
    head_signature: str = ""

    @classmethod
    def of(cls, entry: Entry) -> Signed:
        """What is signed of an entry."""
        at, found = entry.placed, entry.envelope
        return cls(at.n, at.stamp, at.hash, at.receipt.hex(), found.head_bytes.hex(), found.signature.hex())

    def holds(self, office: str, keeper: str) -> bool:
        """Whether the receipt is this keeper's."""
        try:
            said = receipt_bytes(office, self.place, self.hash, self.stamp)
            keys.verify(keeper, "receipt", said, bytes.fromhex(self.receipt))
        except (keys.BadSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found: when first (milliseconds), its code, what it says, what was shown; `proof`: two signatures of the
    keeper that contradict each other; `settled`: the office has dealt with it."""

    at: int
    code: str
    why: str
    shown: tuple[Signed, ...]
    keeper: str
    proof: bool
    settled: bool = False

    def sentence(self) -> str:
        """For people."""
        return f"{SAYS[self.code]}: {self.why} (found {iso(self.at)[:16]}Z)"


def contradict(office: str, keeper: str, shown: Iterable[Signed]) -> bool:
    """Whether two of these are this keeper's signatures on different contents of one place."""
    said: dict[int, set[tuple[str, int]]] = {}
    for one in shown:
        if one.holds(office, keeper):
            said.setdefault(one.place, set()).add((one.hash, one.stamp))
    return any(len(both) > 1 for both in said.values())


def keep(store: Store, now: int, code: str, why: str, shown: Iterable[Signed]) -> Evidence:
    """Keep what was found, once for the same thing; and that it stands."""
    office, keeper = store.meta("office"), store.meta("keeper") or store.meta(HUB_KEY)
    all_shown = tuple(shown)
    proof = contradict(office, keeper, all_shown)
    made = Evidence(now, TWO if proof else code, why, all_shown, keeper, proof)
    value = {**asdict(made), "shown": [asdict(one) for one in all_shown]}
    name = _EVIDENCE + canonical.digest("ledger", canonical.dumps([made.code, why, value["shown"]]))[:32]
    with store.write():
        if not store.meta(name) and (proof or len(store.metas(_EVIDENCE)) < MOST):
            store.set_meta(name, json.dumps(value))
        store.set_meta(STANDING, f"{SAYS[made.code]}: {why}")
    return made


def found(store: Store) -> list[Evidence]:
    """All that is kept, the oldest first."""
    made = []
    for text in store.metas(_EVIDENCE).values():
        value = json.loads(text)
        made.append(Evidence(**{**value, "shown": tuple(Signed(**one) for one in value["shown"])}))
    return sorted(made, key=lambda one: (one.at, one.why))


def cleared(store: Store) -> None:
    """The last exchange with the hub was in order. What was proved stands all the same."""
    if store.meta(STANDING) and not disputes(store):
        store.set_meta(STANDING, "")


def stand(store: Store, words: str) -> None:
    """Say what is wrong until an exchange is in order."""
    store.set_meta(STANDING, words.rstrip("."))


def standing(store: Store) -> str:
    """What is wrong with the hub now, in words; empty where all is well."""
    return store.meta(STANDING)


def stops(store: Store) -> str:
    """Why nothing is sent while the hub is not in order; empty where it is."""
    now = standing(store)
    return f"{now}. Nothing is sent until that is cleared up." if now else ""


def settle(store: Store) -> None:
    """The office has dealt with what is kept: this desk goes on. What was found stays kept."""
    with store.write():
        for name, text in store.metas(_EVIDENCE).items():
            store.set_meta(name, json.dumps({**json.loads(text), "settled": True}))
        store.set_meta(STANDING, "")


def disputes(store: Store) -> list[str]:
    """What was proved against the keeper and is not settled: this record may not be the one that others have."""
    return [one.sentence() for one in found(store) if one.proof and not one.settled]


def export(store: Store, path: Path) -> int:
    """Write all that is kept as one JSON value that can be checked without this program (docs/hub.md); how many.
    Raises Usage where the file can't be written."""
    listed = [{**asdict(one), "shown": [asdict(s) for s in one.shown]} for one in found(store)]
    value = {"office": store.meta("office"), "found": listed}
    try:
        path.write_bytes(canonical.dumps(value) + b"\n")
    except OSError as error:
        raise Usage(
            "export-failed", f"{path} can't be written: {error.strerror}.",
            "Name a file in a folder that you may write.",
        ) from error  # fmt: skip
    return len(listed)


def owe(store: Store, entry: Entry, event: str, whole: bool) -> None:
    """Note the place that the keeper gave to an event of this desk, which has not come in yet. `whole`: what stands there
    is this very envelope, and not an earlier seal of the event."""
    at = entry.placed
    said = Signed.of(entry) if whole else Signed(at.n, at.stamp, at.hash, at.receipt.hex())
    _owe(store, said, event, wire.pack_entries([entry]).hex() if whole else "")


def _owe(store: Store, said: Signed, event: str = "", entry: str = "") -> None:
    value = {"said": asdict(said), "event": event, "entry": entry}
    store.set_meta(f"{_OWED}{said.place:016d}", json.dumps(value))


def owed(store: Store) -> list[tuple[str, Signed, Entry | None]]:
    """The places that the keeper owes this desk, in order, with the event of this desk that has it, and the whole entry,
    where those are known."""
    made = []
    for _, text in sorted(store.metas(_OWED).items()):
        value = json.loads(text)
        kept = bytes.fromhex(value["entry"])
        made.append((value["event"], Signed(**value["said"]), next(iter(wire.unpack_entries(kept)), None)))
    return made


def told(store: Store) -> set[int]:
    """The places of which this desk knows what the keeper signed before they come in."""
    pin = store.meta(PINNED).partition(" ")[0]
    return {int(name.removeprefix(_OWED)) for name in store.metas(_OWED)} | ({int(pin)} if pin else set())


def contradicted(store: Store, entry: Entry) -> list[Signed]:
    """What this desk knows to have been signed for the place of an entry, where that is something else. The place is
    owed no longer. Inside a write transaction."""
    at = entry.placed
    said = []
    pin, _, running = store.meta(PINNED).partition(" ")
    if pin == str(at.n) and running != at.hash:
        said.append(Signed(at.n, 0, running, ""))
    text = store.meta(f"{_OWED}{at.n:016d}")
    if text:
        owed = known(Signed, json.loads(text)["said"])
        if (owed.hash, owed.stamp) != (at.hash, at.stamp):
            said.append(owed)
        store.drop_metas(f"{_OWED}{at.n:016d}")
    return said


def head_line(store: Store) -> str:
    """This desk's newest place as one line, for any channel. Raises Usage before the first place."""
    last = store.last_place()[0]
    entry = store.entry(last) if last else None
    if entry is None:
        raise Usage("no-place", "Nothing of the office's record is on this desk yet.", "Run: g20desk sync")
    at = entry.placed
    return f"{MARK} {store.meta('office')} {at.n} {at.stamp} {at.hash} {at.receipt.hex()}"


def head_words(store: Store) -> str:
    """The same in words, to be read aloud."""
    return " ".join(words(store.last_place()[1] or "0" * 64, WORDS))


def keeper_of(ledger: Ledger, place: int) -> str:
    """The key that signs a place, as far as this desk knows."""
    store = ledger.store
    first = store.entry(1)
    founder = first.envelope.head.device if first else store.meta(HUB_KEY)
    return ledger.office(place).keeper or founder


def compare(ledger: Ledger, line: str, now: int) -> tuple[int, bool]:
    """Hold another desk's line to this desk's record: the place, and whether this desk has it already; where it has not,
    the hub has to show just that at the next sync. Raises Usage for what is no line of this office, Refused with both
    signatures kept where the histories differ."""
    store = ledger.store
    told = _read(store.meta("office"), line)
    if not told.holds(store.meta("office"), keeper_of(ledger, told.place)):
        raise Usage(
            "head-not-signed", f"Place {told.place} of this line is not signed by the keeper that this desk knows.",
            "Ask for the line again, over another way; sync both desks first.",
        )  # fmt: skip
    entry = store.entry(told.place)
    if entry is not None and entry.placed.hash == told.hash and entry.placed.stamp == told.stamp:
        return told.place, True
    known = [one for _, one, _ in owed(store) if one.place == told.place and one.hash != told.hash]
    other = [Signed.of(entry)] if entry is not None else known
    if other:
        keep(store, now, TWO, f"place {told.place} is another one on the other desk", [*other, told])
        raise Refused(TWO, f"{SAYS[TWO]}: place {told.place} is another one on that desk.", HELP[TWO])
    _owe(store, told)
    return told.place, False


def _read(office: str, line: str) -> Signed:
    said = line.split()
    wrong = Usage("no-head", "This is no line of a desk's head.", "On the other desk, run: g20desk ledger head")
    if len(said) != 6 or said[0] != MARK or not (said[2].isdecimal() and said[3].isdecimal()):
        raise wrong
    if not (HEX.match(said[1]) and HEX.match(said[4])) or len(said[2]) > 15 or len(said[3]) > 15:
        raise wrong
    if said[1] != office:
        raise Usage("other-office", "This line is of another office.", "Ask for the right one.")
    return Signed(int(said[2]), int(said[3]), said[4], said[5])
