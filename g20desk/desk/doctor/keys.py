"""Where this desk's secrets lie, and whether it is safe and answers there."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WRONG, Fact, Saying, teller
from g20desk.errors import Usage
from g20desk.ledger import passphrases, secretstore

_FILE = "or name a file (mode 0600) that holds a passphrase in G20DESK_PASSPHRASE_FILE."
SAYINGS = {
    "keyring-not-needed": Saying(OK, "not needed: a rehearsal office keeps its practice keys in its folder"),
    "keyring-passphrase": Saying(OK, "secrets lie in a file sealed with the passphrase"),
    "keyring-weak": Saying(
        NOTE, "the passphrase that seals this desk's secrets is short or of few different characters",
        "Ask your administrator for a longer one: five words that nobody guesses. A new one is for a new desk; this one opens with the old."),
    "keyring-answers": Saying(OK, "the system's keyring answers: {name}"),
    "keyring-sealed": Saying(
        WRONG, "this desk's secrets lie in a file sealed with a passphrase, and no passphrase is named here",
        "Ask your administrator to name its file in G20DESK_PASSPHRASE_FILE, as it was when the desk was made."),
    "keyring-none": Saying(
        WRONG, "there is no keyring that keeps secrets safely here",
        "Ask your administrator to set up the system's keyring (GNOME Keyring, KWallet), " + _FILE + " A rehearsal office needs neither."),
    "keyring-no-bus": Saying(
        WRONG, "there is no session bus, without which the system's keyring is not found",
        "Sign in to the desktop, or ask your administrator to start the desk in a session (dbus-run-session), " + _FILE),
    "keyring-refused": Saying(
        WRONG, "{name} is not used: it does not keep secrets safely",
        "Ask your administrator to take it out of the keyring's settings and to set up the system's own, " + _FILE),
    "keyring-passed-over": Saying(NOTE, "{name} is there and not used: it does not keep secrets safely"),
    "keyring-locked": Saying(
        WRONG, "the system's keyring is locked", "Unlock it: sign out and in again, or open the keyring's own program; " + _FILE),
    "keyring-silent": Saying(
        WRONG, "the system's keyring does not answer: {why}", "Start the system's keyring, " + _FILE),
    "keyring-forgets": Saying(
        WRONG, "the system's keyring did not give back what it was given to keep",
        "Ask your administrator to look at the keyring; nothing of this desk was touched."),
}  # fmt: skip
fact = teller(SAYINGS)


def keyring(see: See) -> Iterator[Fact]:
    """Which place is used, and that it takes, gives back and forgets an entry of the doctor's own."""
    if (see.folder / "rehearsal-keys.json").exists():
        yield fact("keyring-not-needed")
    elif (phrase := secretstore.passphrase()) is not None:
        yield fact("keyring-passphrase" if passphrases.guards(phrase.decode("utf-8", "replace")) else "keyring-weak")
    elif (see.folder / "secrets.sealed").exists():
        yield fact("keyring-sealed")
    else:
        yield from _system()


def _system() -> Iterator[Fact]:
    try:
        kept = secretstore.SystemKeyring("doctor")
    except Usage:
        yield from _without()
        return
    for name in unsafe():
        yield fact("keyring-passed-over", name=name)
    name, value = f"probe-{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        kept.set(name, value)
        try:
            there = kept.get(name)
        finally:
            kept.remove(name)
        gone = kept.get(name) is None
    except Usage as error:
        locked = type(error.__cause__).__name__ == "KeyringLocked"
        yield fact("keyring-locked") if locked else fact("keyring-silent", why=type(error.__cause__).__name__)
        return
    yield fact("keyring-answers", name=kept.name) if there == value and gone else fact("keyring-forgets")


def _without() -> Iterator[Fact]:
    """Why there is none, in the order of what to do first."""
    if sys.platform.startswith("linux") and not _bus():
        yield fact("keyring-no-bus")
    for name in unsafe():
        yield fact("keyring-refused", name=name)
    yield fact("keyring-none")


def unsafe() -> list[str]:
    """The keyrings that are set up here and not used, by their names."""
    import keyring as library

    found = library.get_keyring()
    backends = getattr(found, "backends", None) or [found]
    names = [f"{type(one).__module__}.{type(one).__name__}" for one in backends if not secretstore.safe(one)]
    # The library's own stand-ins for "none" are none.
    return [name for name in names if not name.startswith(("keyring.backends.fail", "keyring.backends.null"))]


def _bus() -> bool:
    """Whether there is a session bus to be spoken to."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address.startswith("unix:path="):
        return Path(address.removeprefix("unix:path=").partition(",")[0]).exists()
    return bool(address) or Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"), "bus").exists()
