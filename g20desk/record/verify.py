"""Whether a proof pack holds: by its own bytes, the signatures in it, and the office's rules. Nothing else is needed.

In order: 1. its form; 2. its maker's signature; 3. each place: the signed head, the act inside, the running hash from the
office's beginning on; 4. the office's acts folded anew, and with them who keeps the order: each receipt; that its maker is
in it; 5. the message's acts folded anew, a relay's after those of its line: each verdict, and what it comes to; 6. texts and pictures. The first that does not hold is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from g20desk.ledger import body, canonical, envelope, event, keys, pieces
from g20desk.ledger.event import Event
from g20desk.office import acts, fold
from g20desk.office.relays import LOCK, Adopted
from g20desk.record import folding, pack, page, withholding
from g20desk.record.claims import claims
from g20desk.record.folding import Folded, Proved
from g20desk.record.pack import BadPack, Entry, Pack, Shown, Withheld

HANDED_OVER = "order.handed_over"
MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Verified:
    """A pack that holds. `hidden`: how many places before its last one it says nothing of; `complete`: of each other place it
    is shown that no act on this message or on people stands there; `accused`: acts whose authors say that they had seen another
    history than this one."""

    pack: Pack
    folded: Folded
    proved: tuple[Proved, ...]
    hidden: int
    complete: bool
    accused: tuple[Proved, ...] = ()

    @property
    def last(self) -> Entry:
        """The last place: what the pack says, it says as of then."""
        return self.pack.entries[-1]


def load(path: Path) -> bytes:
    """The canonical bytes of a pack in a file, which may be a page around it. Raises BadPack, OSError."""
    with path.open("rb") as file:
        data = file.read(pack.LARGEST + 1)  # a device may say that it is empty, and never end
    if len(data) > pack.LARGEST:
        raise BadPack(f"The file is larger than a proof pack may be ({pack.LARGEST // 2**20} MB).")
    return page.inside(data) if page.is_page(data) else data


def verify(data: bytes) -> Verified:
    """What a pack proves. Raises BadPack with the first thing that does not hold."""
    found = pack.read(data)
    if not keys.holds(found.by, "proof pack", found.signed, found.signature):
        raise BadPack("The pack was changed after its maker signed it.")
    proved, running, accused = [], [], []
    place, before, stamp = 0, envelope.first_hash(found.office), 0
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    hashes = {""}
    streams = _streams(found)
    for entry in found.entries:
        for digest, at in entry.between:
            place, stamp = place + 1, _later(stamp, at, place + 1)
            before = envelope.next_hash(found.office, place, before, digest, stamp)
            hashes.add(before)
        if entry.place != place + 1:
            raise BadPack(f"Place {place + 1} is missing: {entry.place} stands there.")
        place, stamp = entry.place, _later(stamp, entry.stamp, entry.place)
        signed = envelope.digest(entry.head, entry.head_signature)
        before = envelope.next_hash(found.office, place, before, signed, stamp)
        running.append(before)
        act = _entry(found, entry, ends, streams)
        if act is not None:
            proved.append(act)
            if act.event.header.seen not in hashes:
                accused.append(act)
        hashes.add(before)
    folded = folding.fold_again(proved, found.stream)
    _founded(found)
    if folded.now.fold > fold.NEWEST:
        raise BadPack(
            f"The office went over to version {folded.now.fold} of its rules, and this program knows {fold.NEWEST}: "
            "a newer one verifies this pack."
        )
    _receipts(found, folded, running)
    if not folded.now.author(found.by).person:
        raise BadPack("The pack was made by a device that is not in the office.")
    _verdicts(found, folded)
    _line_shown(folded, proved)
    _pieces(found, proved)
    hidden, complete = _others(found)
    return Verified(found, folded, tuple(proved), hidden, complete, tuple(accused))


def _later(before: int, stamp: int, place: int) -> int:
    if not before <= stamp <= canonical.MAX_INT:
        raise BadPack(f"Place {place}: its time is before that of the place before it.")
    return stamp


def _streams(found: Pack) -> frozenset[str]:
    """The message's stream, and that of the line which it carries where it is a relay."""
    for entry in found.entries:
        if entry.event is not None and event.event_id(entry.event.header) == found.stream:
            opening = _act(entry, entry.event, f"Place {entry.place}")
            return frozenset({found.stream, folding.line_of(opening.event, opening.parts) or found.stream})
    return frozenset({found.stream})


def _entry(
    found: Pack, entry: Entry, ends: dict[tuple[str, str], tuple[int, str]], streams: frozenset[str]
) -> Proved | None:
    """The act at a place, where it is shown. `ends`: the newest of each device's chain before it; `streams`: whose acts are all
    shown. Raises BadPack."""
    where = f"Place {entry.place}"
    try:
        head = envelope.decode(entry.head)
    except envelope.BadEnvelope as error:
        raise BadPack(f"{where}: its head is not of the right form.") from error
    if head.office != found.office:
        raise BadPack(f"{where}: it is of another office.")
    if not keys.holds(head.device, "envelope", entry.head, entry.head_signature):
        raise BadPack(f"{where}: its head was not signed by the device that it names.")
    seq, newest = ends.get((head.device, head.chain), (0, ""))
    if head.seq <= seq or (head.seq == seq + 1 and head.prev != newest):
        raise BadPack(f"{where}: what one device did is not in the order in which it was done.")
    ends[head.device, head.chain] = (head.seq, head.event)
    if entry.event is None:
        return None
    act = _act(entry, entry.event, where)
    inner = act.event.header
    if (head.event, head.device, head.chain, head.seq, head.prev) != (
        act.event.id, inner.device, inner.chain, inner.seq, inner.prev,
    ) or head.ring != (inner.ring or head.ring):  # fmt: skip
        raise BadPack(f"{where}: another act stands there than is shown.")
    mine = inner.stream in streams or act.event.id in streams
    office = inner.stream == found.office or act.event.id == found.office
    if entry.event.parts is None:
        if mine or (office and folding.noun(inner.kind) in folding.PEOPLE):
            raise BadPack(f"{where}: an act that the pack rests on ({inner.kind}) is not shown.")
        return None
    if not (mine or office):
        raise BadPack(f"{where}: this act is of something else than the message or the office's people.")
    for name, part in act.parts.items():
        if isinstance(part, Withheld) and not withholding.may(inner.kind, name, part.value):
            raise BadPack(f"{where}: “{name}” can't be withheld, since verdicts go by it.")
    if body.body_digest(act.parts) != inner.body_digest:
        raise BadPack(f"{where}: what the act says was changed.")
    return act


def _act(entry: Entry, shown: Shown, where: str) -> Proved:
    try:
        header = event.decode(shown.header)
    except canonical.NotCanonical as error:
        raise BadPack(f"{where}: the act is not of the right form.") from error
    if not keys.holds(header.device, "event", shown.header, shown.signature):
        raise BadPack(f"{where}: the act was not signed by the device that it names.")
    made = Event(event.event_id(shown.header), header, shown.header, shown.signature, b"", entry.place, entry.stamp)
    return Proved(made, shown.parts or {})


def _founded(found: Pack) -> None:
    first = found.entries[0]
    if first.place != 1 or first.event is None or event.event_id(first.event.header) != found.office:
        raise BadPack("Place 1: this is not the founding of the office that the pack names.")


def _receipts(found: Pack, folded: Folded, running: list[str]) -> None:
    """That each place was signed by whoever kept the order then, as the office's own acts say."""
    for entry, after in zip(found.entries, running, strict=True):
        said = envelope.receipt_bytes(found.office, entry.place, after, entry.stamp)
        keeper = folded.office(entry.place).keeper or envelope.decode(entry.head).device
        # Where a keeper was lost, the two acts that name the next one are signed by that already.
        handing = entry.event is not None and event.decode(entry.event.header).kind == HANDED_OVER
        able = {keeper, *(folded.office(entry.place + n).keeper for n in (1, 2) if handing)}
        if not any(keys.holds(one, "receipt", said, entry.receipt) for one in able):
            raise BadPack(f"Place {entry.place}: whoever kept the record then did not sign that this stands there.")


def _verdicts(found: Pack, folded: Folded) -> None:
    """That the pack claims of each act, and of all together, what the rules say."""
    for entry in found.entries:
        shown = entry.event
        if shown is None or shown.parts is None:
            continue
        verdict = folded.verdicts[event.event_id(shown.header)]
        if verdict.code == MALFORMED and any(isinstance(part, Withheld) for part in shown.parts.values()):
            raise BadPack(f"Place {entry.place}: whether an act is of the right form can't rest on what is withheld.")
        if (verdict.counts, verdict.code) != (shown.counts, shown.code):
            says, is_so = ("counts" if one else "does not count" for one in (shown.counts, verdict.counts))
            raise BadPack(f"Place {entry.place}: the pack says that this act {says}; by the office's rules it {is_so}.")
    first = folded.of_message[0].event if folded.of_message else None
    if first is None or first.id != found.stream or acts.NOUNS.get(folding.noun(first.header.kind)) != "message":
        raise BadPack("The pack does not show the submission that its message began with.")
    if claims(folded, found.by) != dict(found.claims):
        raise BadPack("What the pack says that it all comes to is not what the office's rules make of it.")


def _line_shown(folded: Folded, proved: list[Proved]) -> None:
    """That nothing of a relay's line is withheld that its adoption goes by."""
    needed = {LOCK + lang for one in folded.of_message if isinstance(one.act, Adopted) for lang in one.act.words}
    line = {one.event.id for one in folded.of_line}
    for one in (one for one in proved if one.event.id in line):
        for name in (name for name, part in one.parts.items() if isinstance(part, Withheld) and name in needed):
            raise BadPack(f"Place {one.event.place}: “{name}” can't be withheld, since what was adopted goes by it.")


def _pieces(found: Pack, proved: list[Proved]) -> None:
    """That each text and picture is the one that a part refers to, and none is missing."""
    said: dict[str, list[pieces.Ref]] = {}
    for one in proved:
        for part in one.parts.values():
            if not isinstance(part, Withheld):
                for ref in pieces.refs(part.value):
                    said.setdefault(ref["piece"], []).append(ref)
    for name, data in found.pieces.items():
        if name not in said:
            raise BadPack(f"A text or picture belongs to nothing that is shown: {name[:12]}.")
        if data is not None and not any(
            len(data) == r["size"] and pieces.piece_id(r["key"], data) == name for r in said[name]
        ):
            raise BadPack(f"A text or picture is not the one that was signed: {name[:12]}.")
    missing = sorted(said.keys() - found.pieces.keys())
    if missing:
        raise BadPack(f"A text or picture that the pack says it shows is missing: {missing[0][:12]}.")


def _others(found: Pack) -> tuple[int, bool]:
    """How many places are not shown at all, and whether all that is not shown is known to be none of the message's or the
    office's."""
    hidden = sum(len(entry.between) for entry in found.entries)
    members = envelope.decode(found.entries[0].head).ring
    bare = (entry for entry in found.entries if entry.event is None)
    return hidden, not hidden and not any(envelope.decode(entry.head).ring == members for entry in bare)


def withheld(found: Verified) -> Iterator[tuple[Proved, str, Withheld]]:
    """Each part that is not shown, with its act."""
    for one in found.proved:
        for name, part in one.parts.items():
            if isinstance(part, Withheld):
                yield one, name, part
