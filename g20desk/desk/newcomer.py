"""A desk that answers an invitation, until it is admitted: what was sent back, the words to say, and whether it is time.

What it sent lies beside the record of the desk, so that a program which is started again shows it once more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from g20desk.clock import Clock
from g20desk.desk import joining
from g20desk.desk.acting import ADDRESS
from g20desk.desk.syncing import exchange
from g20desk.desk.unlocking import ledger_of
from g20desk.errors import Refused, Usage
from g20desk.ledger.store import Store

_KEPT = "joining"
MOST = 65_536


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who waits: name, role, government, topic, whether with a further device; for which office; the request as text and the
    safety words. `reachable`: whether the office is at an address, so that the desk can look by itself."""

    name: str
    role: str
    government: str
    topic: str
    device: bool
    office: str
    request: str
    words: str
    reachable: bool


def read(text: str) -> dict[str, Any]:
    """What an invitation says of itself; for showing, nothing of it is proved here. Empty where it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    fits = isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("person", "role", "name"))
    return value if fits else {}


def from_file(file: Path) -> str:
    """An invitation or a request out of a file. Raises Usage."""
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.read(MOST)
    except (OSError, UnicodeDecodeError) as error:
        raise Usage("no-file", f"{file} can't be read: {error}.", "Name another file.") from error


def into_file(file: Path, text: str) -> None:
    """The same into a file. Raises Usage."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Usage("no-file", f"{file} can't be written: {error.strerror}.", "Name another file.") from error


def ask(folder: Path, invitation: str, clock: Clock | None = None) -> Newcomer:
    """Make a desk in a new or empty folder that answers an invitation. Raises Usage."""
    request, shown = joining.join(folder, invitation, clock)
    ledger, _ = ledger_of(folder, clock)
    try:
        ledger.store.set_meta(_KEPT, json.dumps([request, shown]))
        return _of(ledger.store)
    finally:
        ledger.store.close()


def waiting(folder: Path) -> Newcomer | None:
    """Who waits at this desk; None where nobody does, or the request was made by the command line. Raises Usage."""
    ledger, _ = ledger_of(folder)
    try:
        return _of(ledger.store) if ledger.store.meta(_KEPT) else None
    finally:
        ledger.store.close()


def look(folder: Path, clock: Clock | None = None) -> bool:
    """Ask the office whether this desk was admitted: whether it was. Raises Unreachable, Refused for anything but waiting."""
    ledger, clock = ledger_of(folder, clock)
    try:
        if not ledger.store.meta(ADDRESS):
            return bool(ledger.office().id)
        try:
            exchange(ledger, clock, folder, lambda words: None)
        except Refused as no:
            if no.code != "not-admitted":
                raise
        return bool(ledger.office().id)
    finally:
        ledger.store.close()


def bring(folder: Path, file: Path, clock: Clock | None = None) -> bool:
    """Take in what another desk carried here: whether this desk was admitted. Raises Usage, Refused."""
    from g20desk.desk import bringing

    ledger, clock = ledger_of(folder, clock)
    try:
        bringing.bring(ledger, clock, folder, file, lambda words: None)
        return bool(ledger.office().id)
    finally:
        ledger.store.close()


def _of(store: Store) -> Newcomer:
    request, shown = json.loads(store.meta(_KEPT))
    said = json.loads(request)["invitation"]
    return Newcomer(
        said["person"], said["role"], said["government"], said["topic"], bool(said.get("device")), said["name"], request,
        shown, bool(store.meta(ADDRESS)),
    )  # fmt: skip
