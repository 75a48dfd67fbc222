"""A record with something of everything: refused acts, pieces of all forms, a dropped one, a tentative event."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from g20desk.desk import Desk
from g20desk.errors import Refused
from g20desk.ledger import body, event, pieces
from g20desk.ledger.store import Store
from g20desk.office.content import Content, PictureFile, Text

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("check_export", ROOT / "tools" / "check_export.py")
assert _spec and _spec.loader
checker: Any = importlib.util.module_from_spec(_spec)
sys.modules["check_export"] = checker
_spec.loader.exec_module(checker)

RULE = {
    "kind": "substitution", "level": "warn", "lang": ["en"], "not_this": ["gathering"], "say_this": ["meeting"],
    "why": "The office says meeting.", "source": "office practice", "owner": "language", "principle": 1,
    "bad": ["The gathering is over."], "good": ["The meeting is over."],
}  # fmt: skip
ALT = {"en": "Ministers at a table", "ar": "وزراء حول طاولة"}


def made(folder: Path) -> Path:
    """A desk's folder with some forty events."""
    Desk.found(folder, "G20", "Ada Head", rehearsal=True)
    picture = folder.parent / "picture.png"
    Image.new("RGB", (40, 30), "navy").save(picture)
    officer, liaison = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    message = _message(officer, picture)
    for who, answer in ((officer, "approve"), (liaison, "comment"), (liaison, "approve")):
        try:
            digest = officer.messages.show(message)["digest"]
            who.messages.decide(message, answer, digest, "“Agréé” 同意" if answer == "comment" else "")
        except Refused:
            assert who is officer
    officer.messages.schedule(message, officer.clock.now_ms())
    head = Desk.open(folder)
    head.holds.place("A rumour is going round.")
    files = officer.rulebook.edited({}, "HOUSE-01", RULE)
    head.rulebook.adopt(officer.rulebook.propose(files, "“集会” est une réunion."))
    _drop(head.store, "“Agréé” 同意".encode())
    _tentative(liaison)
    return folder


def _message(officer: Desk, picture: Path) -> str:
    texts = (Text("en", ("We met in Rome.",)), Text("ar", ("التقينا في روما.",)), Text("zh", ("我们在罗马会晤。",)))
    shown = (PictureFile(str(picture), ALT | {"zh": "部长们"}),)
    made = officer.messages.new(Content("news", ("G20 Bluesky",), texts[:1]))
    officer.messages.revise(made["message"], Content("news", ("G20 Bluesky", "G20 Mastodon"), texts, shown))
    officer.messages.submit(made["message"])
    officer.messages.withdraw(made["message"], "Too early.")
    officer.messages.submit(made["message"])
    return str(made["message"])


def _drop(store: Store, text: bytes) -> None:
    found = store.db.execute("delete from pieces where data = ?", (text,)).rowcount
    assert found == 1


def _tentative(desk: Desk) -> None:
    """An event that has reached no keeper: the newest one of a chain of its own."""
    device, chain = desk.device, "c" * 64
    key = desk.ledger.key(device)
    parts = body.salted({"hold": "0" * 64, "why": pieces.refer(b"Never kept here.")})
    office = desk.office
    head = event.Header(
        1, office.id, office.members_ring, office.id, "hold.lifted", desk.clock.now_ms(), device, chain, 1, "", (),
        desk.store.last_place()[1], body.body_digest(parts),
    )  # fmt: skip
    raw = head.encode()
    made = event.Event(event.event_id(raw), head, raw, key.sign("event", raw), body.encode(parts))
    with desk.store.write():
        desk.store.add(made)


def copy(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to


def opened(folder: Path) -> Store:
    """The store alone, which does not fold what it holds."""
    return Store(folder / "ledger.db", bytes.fromhex(keys_of(folder)["store"]))


def keys_of(folder: Path) -> dict[str, str]:
    """What a rehearsal office keeps beside its record."""
    return dict(json.loads((folder / "rehearsal-keys.json").read_text()))
