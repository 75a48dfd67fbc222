"""A proof pack of a message, out of this desk's record: `record pack`. It is proved as any reader would, before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from g20desk.desk.exporting import still
from g20desk.desk.whole_file import replacing
from g20desk.errors import Refused
from g20desk.ledger import body, canonical, envelope, event, pieces
from g20desk.ledger.event import Event
from g20desk.office.relays import LOCK, Adopted
from g20desk.office.state import Office
from g20desk.record import folding, pack, page, verify, withholding
from g20desk.record.claims import claims
from g20desk.record.folding import Folded, Proved
from g20desk.record.pack import Entry, Pack, Shown
from g20desk.record.withholding import Wish

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


SUBMITTED, RELEASED = "message.submitted", "message.released"
Released = dict[str, list[body.PartOfBody]]
PAGES = (".html", ".htm")


class Place(NamedTuple):
    """A place as it is stored, and the act there, where this desk reads it."""

    n: int
    stamp: int
    receipt: bytes
    head: bytes
    head_signature: bytes
    id: str | None
    header: bytes | None
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed: the bytes, what they prove, and how many acts on the message have no place in the record yet."""

    data: bytes
    verified: verify.Verified
    tentative: int


_PLACES = (
    "select p.n, p.stamp, p.signature, p.head, p.head_signature, e.id, e.header, e.signature from places p "
    "left join events e on e.id = p.named and e.place = p.n order by p.n"
)


def pack_message(desk: Desk, prefix: str, wish: Wish) -> Packed:
    """The pack of a message, signed by this desk's person. Raises Refused."""
    folded = desk.messages.submitted(prefix)
    stream, relay = folded.stream, folded.message.relay
    with still(desk.store):
        found = desk.store.stream(stream)
        placed = [one for one in found if one.place is not None]
        if not placed:
            raise Refused("not-in-record", "This message is not in the office's record yet.", "Run: g20desk sync")
        left_out = len(found) - len(placed)
        if relay is not None:  # its verdicts read the line that it carries
            placed = [*(one for one in desk.store.stream(relay.stream) if one.place is not None), *placed]
        _check_wish(placed, wish)
        office = [one for one in desk.store.stream(desk.store.meta("office")) if one.place is not None]
        whole = _whole(stream, placed, office)
        _check_said(whole, wish)
        released = _released(whole, placed)
        if any(wish.withholds(name) for name in released):
            raise Refused(
                "part-needed",
                "An emergency release was asked for, and says what stands in the text.",
                "Withhold no text.",
            )
        # Few verdicts hang on more than some acts of the office; where one does, more of them go along.
        for nouns in (folding.NEEDED, (*folding.NEEDED, *folding.STOPS), ()):
            chosen = [one for one in office if not nouns or folding.noun(one.header.kind) in nouns]
            try:
                made = _made(desk, stream, placed, chosen, whole, wish, released)
            except pack.BadPack as bad:
                raise Refused(
                    "pack-failed", f"This record does not prove itself. {bad}", "Run: g20desk ledger verify"
                ) from bad
            if made is not None:
                return Packed(*made, left_out)
    raise Refused(
        "pack-failed",
        "Without what is withheld, the acts come to something else.",
        "Withhold less, or tell who made g20desk.",
    )


def write(desk: Desk, prefix: str, path: Path, wish: Wish) -> Packed:
    """A pack into a file; where its name ends as a page's does, as a page that checks itself. Raises Refused, Usage."""
    made = pack_message(desk, prefix, wish)
    data = page.page(made.data) if path.suffix.lower() in PAGES else made.data
    with replacing(path) as file:
        file.write(data)
    return made


def _check_wish(placed: list[Event], wish: Wish) -> None:
    """Refuse to withhold what there is not, or what a pack can't be without."""
    known = {name for one in placed for name in body.decode(one.body) if withholding.is_content(name)}
    for asked in wish.parts:
        if not any(Wish((asked,)).withholds(name) for name in known):
            raise Refused(
                "unknown-part", f"This message has no part “{asked}”.", f"It has: {', '.join(sorted(known))}."
            )
        if withholding.is_needed(asked):
            raise Refused(
                "part-needed", f"A pack can't be without “{asked}”: who signs off goes by it.",
                "Withhold texts, pictures, cards, polls or posts.",
            )  # fmt: skip


def _check_said(whole: Folded, wish: Wish) -> None:
    """Refuse to withhold of a relay what its account took on: the act itself says it, and goes by what the line locks."""
    for verdict in whole.of_message:
        for lang in verdict.act.words if isinstance(verdict.act, Adopted) else ():
            if wish.withholds(f"c.text.{lang}") or wish.withholds(f"{LOCK}{lang}"):
                raise Refused("part-needed", f"What was adopted in {lang} stands in the act itself.",
                              "Withhold other languages, or pictures.")  # fmt: skip


def _whole(stream: str, placed: list[Event], office: list[Event]) -> Folded:
    """What all of this desk's record comes to, whatever of it the pack shows."""
    return folding.fold_again((Proved(one, body.decode(one.body)) for one in [*office, *placed]), stream)


def _released(whole: Folded, placed: list[Event]) -> Released:
    """The texts that an emergency release was asked for, by name: the rules compare them with a template, key and all."""
    asked = {v.act.digest for v in whole.of_message if v.event.header.kind == RELEASED and v.act is not None}
    made: Released = {}
    for one in placed if asked else ():
        parts = body.decode(one.body)
        if one.header.kind == SUBMITTED and body.content_digest(parts) in asked:
            for name, part in parts.items():
                if name.startswith("c.text."):
                    made.setdefault(name, []).append(part)
    return made


def _made(
    desk: Desk, stream: str, placed: list[Event], office: list[Event], whole: Folded, wish: Wish, released: Released
) -> tuple[bytes, verify.Verified] | None:
    """The pack with these acts of the office; None where they do not make the verdicts what they are."""
    bodies = {one.id: body.decode(one.body) for one in [*office, *placed]}
    opened = _opened(desk, whole, bodies, wish, released)
    shown: dict[str, Shown] = {}
    used: set[str] = set()
    for number, one in enumerate([*office, *placed]):
        kind, parts = one.header.kind, bodies[one.id]
        hidden = withholding.content_withheld(parts, wish)
        alias = f"Name withheld {number + 1}" if wish.names else ""
        verdict = whole.verdicts[one.id]
        malformed = verdict.code == verify.MALFORMED
        made = parts if malformed else withholding.shown(kind, parts, frozenset(opened), hidden, alias)
        used |= {
            ref["piece"] for p in made.values() if not isinstance(p, pack.Withheld) for ref in pieces.refs(p.value)
        }
        shown[one.id] = Shown(one.header_bytes, one.signature, made, verdict.counts, verdict.code)
    said = folding.fold_again((Proved(one, shown[one.id].parts or {}) for one in [*office, *placed]), stream)
    if not _same(said, whole, list(shown), desk.device):
        return None
    value = pack.write(Pack(
        desk.store.meta("office"), stream, tuple(_entries(desk, shown, wish)),
        {name: opened.get(name) for name in used}, claims(said, desk.device), desk.device,
    ))  # fmt: skip
    signature = desk.ledger.key(desk.device).sign("proof pack", canonical.dumps(value))
    data = pack.signed(value, signature)
    if len(data) > pack.LARGEST:
        raise Refused("pack-large", "This pack would be too large.", "Withhold the largest: --withhold c.picture.1")
    return data, verify.verify(data)


def _same(said: Folded, whole: Folded, events: Iterable[str], maker: str) -> bool:
    """Whether what is shown comes to the same as all that this desk knows, but for people's names."""
    one, other = (_unnamed(claims(x, maker)) for x in (said, whole))
    return (
        one == other
        and said.message.stages == whole.message.stages
        and said.the_line.message.stages == whole.the_line.message.stages
        and all(
            (said.verdicts[e].counts, said.verdicts[e].code) == (whole.verdicts[e].counts, whole.verdicts[e].code)
            for e in events
        )
    )


def _unnamed(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is claimed, but for people's names; of a relay's line, too."""
    kept = {k: v for k, v in said.items() if k not in ("by", "maker", "authors", "stages")}
    relay = kept.get("relay")
    return kept if relay is None else {**kept, "relay": {**relay, "line": _unnamed(relay["line"])}}


def _opened(
    desk: Desk, whole: Folded, bodies: dict[str, body.Parts], wish: Wish, released: Released
) -> dict[str, bytes]:
    """The texts and pictures that are shown: those of the content that stands, and of the line that a relay carries; with `reasons` all others of the message but
    the checker's report."""
    values = [part.value for parts in released.values() for part in parts]
    values += _taken_on(whole, bodies)
    for content in (bodies.get(whole.message.submission, {}), *_asked_for(whole, bodies)):
        hidden = withholding.content_withheld(content, wish)
        values += [p.value for name, p in content.items() if withholding.is_content(name) and name not in hidden]
    if wish.reasons:
        of_message = (bodies[v.event.id] for v in (*whole.of_line, *whole.of_message))
        values += [
            p.value for parts in of_message for n, p in parts.items() if not withholding.is_content(n) and n != "report"
        ]
    made: dict[str, bytes] = {}
    for ref in pieces.refs(values):
        data = pieces.get(desk.store, ref)
        if data is not None and len(data) == ref["size"] and pieces.piece_id(ref["key"], data) == ref["piece"]:
            made[ref["piece"]] = data
    return made


def _taken_on(whole: Folded, bodies: dict[str, body.Parts]) -> Iterable[Any]:
    """The texts of each time that a relay was taken on: the rules compare them with the words that the act says, key and all."""
    for one in whole.of_message:
        if one.event.header.kind == folding.ADOPTED:
            yield from (part.value for name, part in bodies[one.event.id].items() if name.startswith("c.text."))


def _asked_for(whole: Folded, bodies: dict[str, body.Parts]) -> Iterable[body.Parts]:
    """The line's content that a relay was asked to carry."""
    relay = whole.message.relay
    for one in whole.of_line if relay is not None else ():
        if one.event.header.kind == SUBMITTED and relay and body.content_digest(bodies[one.event.id]) == relay.digest:
            yield bodies[one.event.id]


def _entries(desk: Desk, shown: dict[str, Shown], wish: Wish) -> Iterator[Entry]:
    """The places of what is shown, with what stands between them; the last place of the record too."""
    between: list[tuple[str, int]] = []
    last, _, _ = desk.store.last_place()
    for place in _places(desk):
        act = shown.get(place.id or "")
        if act is None and wish.complete and place.header is not None and place.signature is not None:
            act = _header(desk.office, place.header, place.signature)
        if act is None and not wish.complete and place.n != last:
            between.append((envelope.digest(place.head, place.head_signature), place.stamp))
            continue
        yield Entry(place.n, place.stamp, place.head, place.head_signature, place.receipt, tuple(between), act)
        between = []


def _header(office: Office, header: bytes, signature: bytes) -> Shown | None:
    """The header of an act of something else; none where its ring says that already."""
    return Shown(header, signature) if event.decode(header).ring == office.members_ring else None


def _places(desk: Desk) -> Iterable[Place]:
    for row in desk.store.db.execute(_PLACES):
        yield Place._make(row)
