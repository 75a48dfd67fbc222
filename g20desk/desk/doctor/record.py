"""The desk's store: whether it opens, is whole, free, and holds what it says."""

from __future__ import annotations

from collections.abc import Iterator

from g20desk.desk.desk import Desk
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, WRONG, Fact, Saying, teller
from g20desk.ledger import chain, envelope, keys
from g20desk.ledger.store import Store

SAMPLE, LARGE_WAL = 40, 256 << 20
SAYINGS = {
    "store-none": Saying(NOTE, "none at {folder} yet; make one with: g20desk office new"),
    "store-opens": Saying(OK, "opens, {n} acts"),
    "store-bad": Saying(
        WRONG, "the record's file is damaged: {why}", "Keep the folder as it is, and ask your administrator to restore a backup beside it.",
        "g20desk office restore FILE"),
    "store-held": Saying(
        WARNING, "another program has been writing to the record for a while",
        "Wait a moment and look again; where it stays so, close what else uses this desk."),
    "store-log-large": Saying(
        WARNING, "{n} MB wait to be taken into the record's file: some program has had it open for long",
        "Close the window and the publisher once, then start them again."),
    "store-sampled": Saying(OK, "{n} of its places verify, the first and the last among them"),
    "store-verifies": Saying(OK, "all of it verifies"),
    "store-unsound": Saying(
        WRONG, "the record does not verify: {why}", "Keep the folder as it is, and tell the head of the office and your administrator.",
        "g20desk ledger verify"),
    "store-waits": Saying(NOTE, "{n} acts of this desk have no place in the office's record yet"),
}  # fmt: skip
fact = teller(SAYINGS)


def store(see: See) -> Iterator[Fact]:
    """The file, page by page; who holds it; a sample of its places, or all of it."""
    if see.problem is not None:
        yield see.problem
        return
    if see.desk is None:
        yield fact("store-none", folder=see.folder)
        return
    desk = see.desk
    yield fact("store-opens", n=desk.store.last_place()[0])
    if damage := desk.store.damage():
        yield fact("store-bad", why=damage)
        return
    if desk.store.held():
        yield fact("store-held")
    log = desk.store.path.with_name(f"{desk.store.path.name}-wal")
    if log.exists() and (size := log.stat().st_size) > LARGE_WAL:
        yield fact("store-log-large", n=size >> 20)
    if desk.tentative:
        yield fact("store-waits", n=desk.tentative)
    yield from _all(desk) if see.full else _some(desk)


def _some(desk: Desk) -> Iterator[Fact]:
    last = desk.store.last_place()[0]
    places = sample(last)
    for place in places:
        if why := wrong_at(desk.store, desk.office.id, place):
            yield fact("store-unsound", why=f"place {place}: {why}")
            return
    yield fact("store-sampled", n=len(places))


def sample(last: int) -> list[int]:
    """Some of the places up to the last, spread over all, the newest ones among them, in order."""
    if last <= SAMPLE:
        return list(range(1, last + 1))
    half = SAMPLE // 2
    spread = {1 + n * (last - 1) // half for n in range(half)}
    return sorted(spread | set(range(last - half + 1, last + 1)))


def wrong_at(store: Store, office: str, place: int) -> str:
    """What does not hold at a place: the running hash, the envelope, the event inside; empty where all does."""
    found = store.entry(place)
    before = store.entry(place - 1) if place > 1 else None
    if found is None or (before is None and place > 1):
        return "it is missing"
    placed = found.placed
    running = before.placed.hash if before is not None else envelope.first_hash(office)
    if envelope.next_hash(office, place, running, found.envelope.digest, placed.stamp) != placed.hash:
        return "the running hash"
    head = found.envelope.head
    if not keys.holds(head.device, "envelope", found.envelope.head_bytes, found.envelope.signature):
        return "the envelope's signature"
    event = store.at(place)
    if event is None:
        return ""  # sealed for others, or void
    try:
        again = chain.proved(event.header_bytes, event.signature, event.body)
    except chain.Broken as broken:
        return str(broken)
    return "" if again.id == event.id == head.event else "another event than its head names"


def _all(desk: Desk) -> Iterator[Fact]:
    from g20desk.desk.verifying import verify_ledger

    found = verify_ledger(desk.ledger)
    yield fact("store-verifies") if found["verified"] else fact("store-unsound", why="; ".join(found["faults"]))
