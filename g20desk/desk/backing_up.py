"""One encrypted file with everything that a desk is: its record, its device keys, the key of the record.

The record is copied as it stands at one moment, whatever is written meanwhile; the copy is proved from its bytes, sealed, opened
again and compared before the file takes its name. Sign-ins of accounts are not in it (docs/decisions/0013).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import g20desk
from g20desk.clock import Clock, SystemClock
from g20desk.desk import backed_up, evidence, processes
from g20desk.desk.acting import Ledger
from g20desk.desk.backed_up import Last
from g20desk.desk.unlocking import unlock
from g20desk.desk.verifying import verify_ledger
from g20desk.errors import Usage
from g20desk.ledger import migrations, sealed_file
from g20desk.ledger.secretstore import SecretStore
from g20desk.ledger.store import Store
from g20desk.settings_file import known

_LENGTH = 4
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands before the record in a backup. `made` in milliseconds; `store`: the form of the record; `size` and
    `sha256` of its bytes; `secrets` by the names that a desk keeps them under."""

    made: int
    program: str
    store: int
    rehearsal: bool
    place: int
    hash: str
    events: int
    size: int
    sha256: str
    secrets: dict[str, str]

    def packed(self) -> bytes:
        """Its length and its bytes."""
        data = json.dumps(asdict(self)).encode()
        return len(data).to_bytes(_LENGTH) + data


def back_up(
    folder: Path, path: Path, phrase: bytes, clock: Clock | None = None, say: Say = lambda words: None
) -> dict[str, Any]:
    """Write a backup of the desk in a folder, also while it is in use. What stood at `path` stays until the new one is
    whole; a file that is no backup is left alone. Raises Usage."""
    _refuse_other(path)
    kept, store = unlock(folder)
    clear_leftovers(folder, ".backup-")
    copy = folder / f".backup-{os.getpid()}.db"
    try:
        with _told(path):
            say("Copying the record as it stands now.")
            made = (clock or SystemClock()).now_ms()
            store.copy_to(copy)
            say("Proving the copy.")
            about = _proved(folder, copy, kept, store, made)
            say("Sealing it, and opening it again.")
            _written(path, phrase, about, copy)
        backed_up.note(store, Last(made, about.place, str(path.resolve())))
    finally:
        store.close()
        for leftover in _files(copy):
            leftover.unlink(missing_ok=True)
    digest = hashlib.sha256()
    for part in _read(path):
        digest.update(part)
    return {"file": str(path), "place": about.place, "hash": about.hash, "events": about.events, "bytes": path.stat().st_size,
            "made": about.made, "digest": digest.hexdigest(), "verified": True}  # fmt: skip


def _refuse_other(path: Path) -> None:
    if path.is_dir():
        raise Usage("backup-failed", f"{path} is a folder.", "Name a file.")
    if path.exists() and path.stat().st_size:
        with _told(path), path.open("rb") as there:
            if not there.read(len(sealed_file.FAMILY)) == sealed_file.FAMILY:
                raise Usage("file-taken", f"{path} is no backup, and stays as it is.", "Name a new file.")


def _proved(folder: Path, copy: Path, kept: SecretStore, store: Store, made: int) -> Manifest:
    """What is said of a copy that holds, and holds what the store does. Raises Usage."""
    key = kept.get("store") or ""
    devices = sorted(set(store.metas("device/").values()))
    secrets = {name: kept.get(name) for name in ("store", *(f"device/{device}" for device in devices))}
    missing = [name for name, value in secrets.items() if value is None]
    if missing:
        raise Usage("no-key", f"The keyring lacks a key of this desk: {missing[0][:20]}.", "Run: g20desk doctor")
    twin = Store(copy, bytes.fromhex(key))
    try:
        found = verify_ledger(Ledger(twin, kept, SystemClock()))
        faults = [one for one in found["faults"] if one not in evidence.disputes(twin)] + (
            [d] if (d := twin.damage()) else []
        )
        last, running, _ = twin.last_place()
        entry = store.entry(last) if last else None
        if faults or (entry.placed.hash if entry else "") != running:
            raise Usage(
                "store-damaged", f"This desk's record does not verify, so no backup was made: {'; '.join(faults)}",
                "Keep the folder as it is; restore an earlier backup beside it. Details: g20desk ledger verify",
            )  # fmt: skip
    finally:
        twin.close()
    rehearsal = bool(json.loads((folder / "desk.json").read_text(encoding="utf-8"))["rehearsal"])
    digest = hashlib.sha256()
    for part in _read(copy):
        digest.update(part)
    return Manifest(
        made, g20desk.__version__, migrations.VERSION, rehearsal, last, running, found["events"], copy.stat().st_size,
        digest.hexdigest(), {name: value for name, value in secrets.items() if value is not None},
    )  # fmt: skip


def _written(path: Path, phrase: bytes, about: Manifest, copy: Path) -> None:
    """Seal, open again, and only then let it take its name."""
    part = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as into:
            sealed_file.seal(into, phrase, _contents(about, copy))
            into.flush()
            os.fsync(into.fileno())
        with part.open("rb") as source:
            said, data = read(source, phrase)
            digest = hashlib.sha256()
            for one in data:
                digest.update(one)
        if said != about or digest.hexdigest() != about.sha256:
            raise Usage(
                "backup-failed", f"What was written to {path.parent} reads back otherwise.", "Use another disk."
            )
        os.replace(part, path)
        _settle(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _contents(about: Manifest, copy: Path) -> Iterator[bytes]:
    yield about.packed()
    yield from _read(copy)


def read(source: BinaryIO, phrase: bytes) -> tuple[Manifest, Iterator[bytes]]:
    """What a backup says of itself, and the bytes of its record as they come. Raises Usage."""
    parts = sealed_file.opened(source, phrase)
    held = next(parts)
    end = _LENGTH + int.from_bytes(held[:_LENGTH])
    while len(held) < end:
        held += next(parts)
    return _said(json.loads(held[_LENGTH:end])), _rest(held[end:], parts)


def _said(value: dict[str, Any]) -> Manifest:
    """What a newer program says besides, this one passes over. Raises Usage where the record itself is newer."""
    if value["store"] > migrations.VERSION:
        raise Usage(
            "backup-newer", f"This backup was made by a newer program, g20desk {value['program']}.",
            "Install that, then restore it.",
        )  # fmt: skip
    return known(Manifest, value)


def _rest(first: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from parts


def _read(copy: Path) -> Iterator[bytes]:
    with copy.open("rb") as source:
        while part := source.read(sealed_file.CHUNK):
            yield part


def clear_leftovers(folder: Path, beginning: str) -> None:
    """What processes left here that were ended in the middle, under names that say which."""
    for one in folder.glob(f"{beginning}*"):
        number = one.name.removeprefix(beginning).partition(".")[0]
        if number.isdigit() and int(number) != os.getpid() and not processes.runs(int(number)):
            one.unlink(missing_ok=True)


def _files(copy: Path) -> list[Path]:
    return [copy.with_name(copy.name + end) for end in ("", "-wal", "-shm", "-journal")]


def _settle(folder: Path) -> None:
    """The name itself on disk, where the system lets a folder be opened."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """The system's errors in words."""
    try:
        yield
    except OSError as error:
        raise Usage(
            "backup-failed", f"{path} can't be written: {error.strerror}. What was there is as it was.",
            "Name a file on a disk with room, in a folder that you may write.",
        ) from error  # fmt: skip
