"""The proof pack in `tests/vectors/`: made from the same seeds as the rest, and the same byte for byte each time."""

from __future__ import annotations

from typing import Any

from g20desk.ledger import body, box_proofs, canonical
from g20desk.ledger.event import Event
from g20desk.ledger.keys import DeviceKey
from g20desk.office.devices import proof_bytes
from g20desk.record import folding, pack, withholding
from g20desk.record.claims import claims
from g20desk.record.folding import Proved
from g20desk.record.pack import Entry, Pack, Shown
from g20desk.record.withholding import Wish
from tests.ledger import vectors
from tests.ledger.vectors import HEAD, OFFICER, RINGS, World, fixed, key

BRAZIL = key("brazil")
WHY = "“Agreed”: 同意 🕊️"


def proof_pack() -> bytes:
    """A message in three languages that Brazil approved; the Arabic text and the reason are withheld."""
    made = vectors.world()
    _admit(made, BRAZIL, "Liaison Brazil", "liaison", "BR")
    texts = {lang: vectors.refer(lang, text.encode()) for lang, text in vectors.TEXTS.items()}
    why = vectors.refer("why", WHY.encode())
    content: dict[str, Any] = {"c.kind": "news", "c.to": [], **{f"c.text.{lang}": [ref] for lang, ref in texts.items()}}
    first = next(one for one in made.events if '"kind":"draft.revised"' in one["header"])
    vectors.PLAIN[why["piece"]] = WHY.encode()
    vectors.PLAIN[vectors.refer("findings", b"[]")["piece"]] = b"[]"
    version = next(body.decode(one["body"].encode()) for one in made.events if '"rulebook.adopted"' in one["header"])
    submitted = {
        **content, "draft": first["id"], "route": "", "headers": [[first["header"], first["signature"]]], "findings": [],
        "overrides": [], "report": vectors.refer("findings", b"[]"),
        "rulebook": {"version": 1, "digest": version["digest"].value},
    }  # fmt: skip
    stream = made.add(OFFICER, "message.submitted", submitted, RINGS["members"])
    digest = made.events[-1]["content_digest"]
    decided = {"digest": digest, "answer": "approve", "why": why}
    made.add(BRAZIL, "signoff.decided", decided, RINGS["members"], stream)
    made.add(HEAD, "word.added", {"word": "Roma", "lang": ""}, RINGS["members"], made.office)
    return _packed(
        made, stream, {ref["piece"]: vectors.TEXTS[lang].encode() for lang, ref in texts.items() if lang != "ar"}
    )


def _admit(made: World, who: DeviceKey, name: str, role: str, government: str) -> None:
    said = proof_bytes(made.office, "", who.device, who.box)
    box_proof = box_proofs.sign(who, "joining box", said, bytes.fromhex(fixed("chance") * 2))
    made.add(HEAD, "member.admitted", {
        "name": name, "role": role, "government": government, "topic": "", "sign": who.device, "box": who.box,
        "proof": who.sign("joining", said).hex(), "box_proof": box_proof.hex(), "nonce": "", "until": 0,
    }, RINGS["members"], made.office)  # fmt: skip


def _packed(made: World, stream: str, opened: dict[str, bytes]) -> bytes:
    parts = {item.id: body.decode(item.body) for item, *_ in made.stored}
    chosen = [item for item, *_ in made.stored if _is_shown(item, made.office, stream)]
    folded = folding.fold_again((Proved(item, parts[item.id]) for item in chosen), stream)
    entries: list[Entry] = []
    between: list[tuple[str, int]] = []
    for item, sealed, _, receipt in made.stored:
        if item not in chosen and item is not made.stored[-1][0]:
            between.append((sealed.digest, item.stamp or 0))
            continue
        shown = None
        if item in chosen:
            hidden = withholding.content_withheld(parts[item.id], Wish(("c.text.ar",)))
            what = withholding.shown(item.header.kind, parts[item.id], frozenset(opened), hidden)
            verdict = folded.verdicts[item.id]
            shown = Shown(item.header_bytes, item.signature, what, verdict.counts, verdict.code)
        entries.append(Entry(
            item.place or 0, item.stamp or 0, sealed.head_bytes, sealed.signature, receipt, tuple(between), shown
        ))  # fmt: skip
        between = []
    value = pack.write(
        Pack(made.office, stream, tuple(entries), opened, claims(folded, OFFICER.device), OFFICER.device)
    )
    return pack.signed(value, OFFICER.sign("proof pack", canonical.dumps(value)))


def _is_shown(item: Event, office: str, stream: str) -> bool:
    if stream in (item.id, item.header.stream):
        return True
    return office in (item.id, item.header.stream) and folding.noun(item.header.kind) in folding.NEEDED
