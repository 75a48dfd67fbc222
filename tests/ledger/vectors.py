"""What `tests/vectors/` holds, made from fixed seeds. `python -m tests.ledger.vectors` writes the files anew."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from g20desk.desk import seals
from g20desk.desk.exporting import export_store
from g20desk.ledger import body, box_proofs, canonical, envelope, event, pieces, sealing
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.sealing import Epoch
from g20desk.ledger.store import Store
from g20desk.ledger.wire import Placed
from g20desk.office import rulebooks
from g20desk.office.devices import proof_bytes

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
FIRST_STAMP = 1_900_000_000_000


def fixed(name: str, size: int = 32) -> str:
    return hashlib.sha256(f"g20desk test vector: {name}".encode()).digest()[:size].hex()


def key(name: str) -> DeviceKey:
    return DeviceKey.from_text(fixed(f"{name} signs") + fixed(f"{name} opens"))


HEAD, OFFICER = key("head"), key("officer")
RINGS = {"office": fixed("office ring"), "members": fixed("members ring")}
EPOCHS = {ring: Epoch(bytes.fromhex(fixed(f"epoch {name}"))) for name, ring in RINGS.items()}
WRAP = (
    "2269359644d6252ee916eb69e74d3e972addf6b92b11f65c20be13f6085dba28a372e3722acd1672"
    "d92967b43e77518400cee09bcf653b87fd622dded60c78788cc651b732edfa2d817a99f07f5db2c7"
)
TEXTS = {"en": "Debt relief for forty countries.", "ar": "تخفيف الديون عن أربعين دولة.", "zh": "为四十个国家减债。🕊️"}
PICTURE = bytes(range(256))
RULES = {"rulebooks/plain.toml": 'families = ["PLAIN"]\ntitle = "Clarté 🕊️"\n', "facts/handles.toml": ""}
NOTE = b"The first rules of our own."


def refer(name: str, data: bytes) -> pieces.Ref:
    own = fixed(f"piece {name}")
    return {"piece": pieces.piece_id(own, data), "key": own, "size": len(data)}


PLAIN = {r["piece"]: data for r, data in [
    *((refer(lang, text.encode()), text.encode()) for lang, text in TEXTS.items()), (refer("picture", PICTURE), PICTURE),
    (refer("findings", b"[]"), b"[]"), (refer("note", NOTE), NOTE),
    (refer("rules", canonical.dumps(RULES)), canonical.dumps(RULES)),
]}  # fmt: skip


def parts_of(name: str, values: dict[str, Any]) -> dict[str, body.PartOfBody]:
    """Salts hang on the part's name and value, as an equal part takes over its salt."""
    return {
        part: body.PartOfBody(fixed(f"salt {part} {canonical.dumps(value).hex()}", 16), value)
        for part, value in values.items()
    }


class World:
    """A small record, event by event."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.stored: list[tuple[event.Event, Envelope, str, bytes]] = []
        self.office = self.running = ""
        self.ends: dict[str, tuple[int, str]] = {}

    def add(
        self, by: DeviceKey, kind: str, values: dict[str, Any], ring: str = "", stream: str = "", clear: bytes = b""
    ) -> str:
        parts = parts_of(kind, values)
        seq, prev = self.ends.get(by.device, (0, ""))
        place, stamp = len(self.events) + 1, FIRST_STAMP + 1000 * len(self.events)
        head = event.Header(
            1, self.office, ring, stream, kind, stamp - 25, by.device, fixed(f"chain {by.device}"), seq + 1, prev, (),
            self.running, body.body_digest(parts),
        )  # fmt: skip
        raw = head.encode()
        made = event.Event(event.event_id(raw), head, raw, by.sign("event", raw), body.encode(parts), place, stamp)
        self.office = self.office or made.id
        own = ring or RINGS["members"]
        shown = [
            envelope.sealed_digest(sealing.seal_piece(r["key"], PLAIN[r["piece"]]))
            for r in pieces.refs(list(values.values()))
        ]
        sealed = sealing.seal(made, self.office, own, EPOCHS[own], by, shown, clear, fixed(f"nonce {place}", 12))
        before = self.running or envelope.first_hash(self.office)
        self.running = envelope.next_hash(self.office, place, before, sealed.digest, stamp)
        receipt = HEAD.sign("receipt", envelope.receipt_bytes(self.office, place, self.running, stamp))
        self.ends[by.device] = (seq + 1, made.id)
        self.stored.append((made, sealed, self.running, receipt))
        self.events.append({
            "header": raw.decode(), "signature": made.signature.hex(), "id": made.id, "body": made.body.decode(),
            "part_digests": {name: part.digest(name) for name, part in parts.items()},
            "body_digest": head.body_digest, "content_digest": body.content_digest(parts),
            "envelope": {
                "head": sealed.head_bytes.decode(), "signature": sealed.signature.hex(), "digest": sealed.digest,
                "sealed": sealed.sealed.hex(), "clear": clear.decode(), "epoch_key": EPOCHS[own].key.hex(),
            },
            "order": {
                "place": place, "stamp": stamp, "hash_before": before, "hash": self.running,
                "receipt_over": envelope.receipt_bytes(self.office, place, self.running, stamp).decode(),
                "receipt": receipt.hex(),
            },
        })  # fmt: skip
        return made.id


def world() -> World:
    made = World()
    made.add(HEAD, "office.founded", {
        "name": "G20", "head": "Ada Head", "box": HEAD.box, "rehearsal": False,
        "office_ring": RINGS["office"], "members_ring": RINGS["members"],
    }, clear=seals.clear([(HEAD.device, True)]))  # fmt: skip
    # A wrap holds chance, so that this one is from a file: a vector to be opened, not to be made again.
    wraps = {HEAD.device: WRAP}
    made.add(HEAD, "epoch.opened", {
        "ring": RINGS["members"], "epoch": EPOCHS[RINGS["members"]].id, "parent": "", "previous": "",
        "devices": [HEAD.device], "wraps": seals.wraps_digest(wraps),
    }, RINGS["members"], made.office, seals.clear(wraps=wraps, epoch=EPOCHS[RINGS["members"]].id))  # fmt: skip
    said = proof_bytes(made.office, "", OFFICER.device, OFFICER.box)
    box_proof = box_proofs.sign(OFFICER, "joining box", said, bytes.fromhex(fixed("chance") * 2))
    made.add(HEAD, "member.admitted", {
        "name": "Officer", "role": "officer", "government": "", "topic": "", "sign": OFFICER.device,
        "box": OFFICER.box, "proof": OFFICER.sign("joining", said).hex(), "box_proof": box_proof.hex(), "nonce": "", "until": 0,
    }, RINGS["members"], made.office, seals.clear([(OFFICER.device, False)]))  # fmt: skip
    content: dict[str, Any] = {"c.kind": "news", "c.to": [], "occasion": "", "findings": refer("findings", b"[]")}
    content["rulebook"] = {"version": 0, "digest": fixed("rulebook")}
    content |= {f"c.text.{lang}": [refer(lang, text.encode())] for lang, text in TEXTS.items()}
    content["originals"] = [refer("picture", PICTURE)]
    first = made.add(OFFICER, "draft.revised", {**content, "base": []}, RINGS["office"])
    made.add(OFFICER, "draft.revised", {**content, "base": [first], "c.kind": "correction"}, RINGS["office"], first)
    back = {**content, "base": [made.events[-1]["id"]]}
    made.add(OFFICER, "draft.revised", back, RINGS["office"], first)
    adopted = {"version": 1, "digest": rulebooks.digest(RULES), "note": refer("note", NOTE),
               "files": refer("rules", canonical.dumps(RULES))}  # fmt: skip
    for who in (OFFICER, HEAD):
        made.add(who, "rulebook.adopted", adopted, RINGS["members"], made.office)
    return made


def exported(made: World, folder: Path) -> bytes:
    store = Store(folder / "ledger.db", bytes(32), create=True)
    with store.write():
        for item, sealed, running, receipt in made.stored:
            store.add(item, sealed.clear)
            store.place(sealed, Placed(item.place or 0, item.stamp or 0, sealed.digest, running, receipt), item.id)
        store.set_meta("office", made.office)
        store.set_meta("keeper", HEAD.device)
        for lang, text in TEXTS.items():
            pieces.put(store, refer(lang, text.encode()), text.encode())
        pieces.put(store, refer("picture", PICTURE), PICTURE)
        pieces.put(store, refer("rules", canonical.dumps(RULES)), canonical.dumps(RULES))
    export_store(store, folder / "export.jsonl")
    store.close()
    return (folder / "export.jsonl").read_bytes()


CANONICAL: list[Any] = [
    None, True, 0, -1, 2**53 - 1, "", "é 同意 🕊️ سلام", "\x00\x08\t\n\x0b\x0c\r\x1f\"\\/\x7f\u2028", [], {}, [[], [1, "1"]],
    {"b": 1, "a": {"B": None, "A": False}, "": [], "a.b": "c"},
]  # fmt: skip
REFUSED = [
    '{"a":1,"a":2}', '{"b":1,"a":2}', '{"a": 1}', "1.0", "1e2", "-0", "9007199254740992", '"\\ud800"', '"\\u0041"',
    '"\\/"', '{"é":1}', "NaN", "[" * 40 + "]" * 40, "", " 1", "1\n", "01",
]  # fmt: skip


def files() -> dict[str, bytes]:
    """Name and bytes of each file of vectors."""
    from tests.record.vector import proof_pack

    made = world()
    device = {
        name: {"sign_seed": k.sign_seed.hex(), "box_seed": k.box_seed.hex(), "sign": k.device, "box": k.box,
               "receipt_over_x": k.sign("receipt", b"x").hex()}
        for name, k in (("head", HEAD), ("officer", OFFICER))
    }  # fmt: skip
    forms = {"canonical": [canonical.dumps(v).decode() for v in CANONICAL], "refused": REFUSED}
    kept = [{"key": refer(n, d)["key"], "data": d.hex(), "id": refer(n, d)["piece"]}
            for n, d in [*((lang, text.encode()) for lang, text in TEXTS.items()), ("picture", PICTURE)]]  # fmt: skip
    order = {"office": made.office, "hash_0": envelope.first_hash(made.office), "events": made.events}
    with tempfile.TemporaryDirectory() as folder:
        whole = exported(made, Path(folder))
    return {
        "canonical.json": _json(forms), "keys.json": _json(device), "pieces.json": _json(kept),
        "events.json": _json(order), "export.jsonl": whole, "proof-pack.json": proof_pack(),
    }  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)
