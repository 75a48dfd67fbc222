"""The folder of a desk: its note, its secrets, its record."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from g20desk.clock import Clock, SystemClock
from g20desk.desk import ways
from g20desk.desk.acting import Ledger
from g20desk.errors import Usage
from g20desk.ledger import secretstore
from g20desk.ledger.migrations import LEFT, Say, quiet
from g20desk.ledger.store import Store


def unlock(folder: Path, say: Say = quiet) -> tuple[secretstore.SecretStore, Store]:
    """The secrets and the store of the desk in a folder. Raises Usage where there is none, or it can't be opened."""
    no_dumps()
    note = folder / "desk.json"
    help_ = "Keep the folder as it is and restore a backup beside it."
    try:
        about = json.loads(note.read_text(encoding="utf-8"))
        desk, rehearsal = str(about["desk"]), bool(about["rehearsal"])
    except FileNotFoundError as error:
        raise Usage("store-missing", f"There is no desk at {folder}.", "Make one with: g20desk office new") from error
    except OSError as error:
        raise Usage("store-unreadable", f"{note} can't be read: {error.strerror}.", "Ask for access to it.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Usage("store-damaged", f"{note.name} of this desk is damaged.", help_) from error
    kept = secretstore.choose(folder, desk, rehearsal)
    key = kept.get("store")
    if key is None:
        raise Usage("store-key", "The key of this desk's record is not in the keyring.", "Restore a backup.")
    try:
        store = Store(folder / "ledger.db", bytes.fromhex(key), say=say)
    except ValueError as error:
        raise Usage("store-key", "The key of this desk's record in the keyring is damaged.", help_) from error
    ways.open_up(store, kept)
    return kept, store


def no_dumps() -> None:
    """From here on this process holds keys and texts: should it crash, the system writes none of its memory to the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(folder: Path, clock: Clock, say: Say = quiet) -> tuple[secretstore.SecretStore, Store, Ledger]:
    """Secrets, store and record of the desk in a folder, in this program's form. Raises Usage."""
    kept, store = unlock(folder, say)
    ledger = Ledger(store, kept, clock)
    if store.meta(LEFT):
        from g20desk.desk.moved import settle

        settle(store, ledger.rows, say)
    return kept, store, ledger


def ledger_of(folder: Path, clock: Clock | None = None) -> tuple[Ledger, Clock]:
    """The record of the desk in a folder, also of one that was not admitted yet. Raises Usage."""
    clock = clock or SystemClock()
    return opened(folder, clock)[2], clock
