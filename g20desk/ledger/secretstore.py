"""Where a desk's secrets lie: the system's keyring, a file sealed with a passphrase, or a rehearsal office's own file.

Never silent: without a real keyring and without a passphrase the desk says so and stops.
"""

from __future__ import annotations

import json
import os
import stat
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from g20desk import locking, policy
from g20desk.errors import Usage
from g20desk.ledger import passphrases

SERVICE = "g20desk"
_GOOD = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.libsecret",
)
_HELP = (
    "Start the system's keyring, or name a file (mode 0600) that holds a passphrase in G20DESK_PASSPHRASE_FILE. "
    "A rehearsal office needs neither."
)


class SecretStore(Protocol):
    """get, set and remove by name; a name is unknown: None."""

    def get(self, name: str) -> str | None: ...
    def set(self, name: str, value: str) -> None: ...
    def remove(self, name: str) -> None: ...


class PlainFile:
    """A rehearsal office's secrets, which guard nothing: a file of mode 0600 in its folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _read(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def _write(self, values: dict[str, str]) -> None:
        _replace(self._path, json.dumps(values).encode())

    def get(self, name: str) -> str | None:
        return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        with _alone(self._path):
            self._write({**self._read(), name: value})

    def remove(self, name: str) -> None:
        with _alone(self._path):
            self._write({k: v for k, v in self._read().items() if k != name})


class SealedFile:
    """Secrets in a file sealed under a passphrase (Argon2id, XSalsa20-Poly1305).

        family and version (18) · rounds (4) · KiB of memory (4) · salt (16) · the box

    A file of before this has the salt first and two rounds over 64 MiB; the next change writes it anew."""

    FAMILY = b"g20desk secrets "
    MAGIC = b"g20desk secrets 2\n"

    def __init__(self, path: Path, passphrase: bytes) -> None:
        self._path, self._passphrase = path, passphrase
        self._cached: tuple[bytes, bytes] | None = None

    def _key(self, head: bytes) -> bytes:
        """The key of a file that begins with this."""
        if self._cached is None or self._cached[0] != head:
            rounds, memory = (
                (2, 64 << 20) if len(head) == 16 else (int.from_bytes(head[18:22]), int.from_bytes(head[22:26]) << 10)
            )
            self._cached = (head, passphrases.key(self._passphrase, head[-16:], rounds, memory))
        return self._cached[1]

    def _read(self) -> dict[str, str]:
        import nacl.exceptions
        import nacl.secret

        if not self._path.exists():
            return {}
        raw = self._path.read_bytes()
        if raw.startswith(self.FAMILY) and not raw.startswith(self.MAGIC):
            raise Usage(
                "secrets-newer", "This desk's secrets were written by a newer program.", "Install the newer g20desk."
            )
        ends = len(self.MAGIC) + 24 if raw.startswith(self.MAGIC) else 16
        try:
            return dict(json.loads(nacl.secret.SecretBox(self._key(raw[:ends])).decrypt(raw[ends:])))
        except ValueError as error:
            raise Usage(
                "passphrase", "This desk's secrets are damaged.", "Put the file secrets.sealed back from a copy."
            ) from error
        except nacl.exceptions.CryptoError as error:
            raise Usage(
                "passphrase",
                "The passphrase does not open this desk's secrets.",
                "Check the file that G20DESK_PASSPHRASE_FILE names.",
            ) from error

    def _write(self, values: dict[str, str]) -> None:
        import nacl.secret

        head = self._cached[0] if self._cached else b""
        if not head.startswith(self.MAGIC):
            kib = passphrases.MEMORY >> 10
            head = self.MAGIC + passphrases.ROUNDS.to_bytes(4) + kib.to_bytes(4) + os.urandom(16)
        sealed = nacl.secret.SecretBox(self._key(head)).encrypt(json.dumps(values).encode())
        _replace(self._path, head + bytes(sealed))

    def get(self, name: str) -> str | None:
        return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        with _alone(self._path):
            self._write({**self._read(), name: value})

    def remove(self, name: str) -> None:
        with _alone(self._path):
            self._write({k: v for k, v in self._read().items() if k != name})


class SystemKeyring:
    """The keyring of the system; entries are named by the desk's own random name and the secret's name."""

    def __init__(self, desk: str) -> None:
        self._desk = desk
        self._keyring = _system()

    @property
    def name(self) -> str:
        """Which keyring it is, for people."""
        return type(self._keyring).__module__.rpartition(".")[2]

    def _call(self, verb: str, *args: str) -> Any:
        import keyring.errors

        try:
            return getattr(self._keyring, verb)(SERVICE, *args)
        except keyring.errors.PasswordDeleteError:
            return None
        except keyring.errors.KeyringError as error:
            raise Usage("keyring", f"The system's keyring did not answer: {type(error).__name__}.", _HELP) from error

    def get(self, name: str) -> str | None:
        found = self._call("get_password", f"{self._desk}/{name}")
        return None if found is None else str(found)

    def set(self, name: str, value: str) -> None:
        self._call("set_password", f"{self._desk}/{name}", value)

    def remove(self, name: str) -> None:
        self._call("delete_password", f"{self._desk}/{name}")


def _system() -> Any:
    import keyring

    found = keyring.get_keyring()
    backends = [found, *getattr(found, "backends", [])]
    for backend in backends:
        if safe(backend):
            return backend
    raise Usage("no-keyring", "This system has no keyring that keeps secrets safely.", _HELP)


def safe(backend: object) -> bool:
    """Whether a keyring of the library is one that keeps secrets safely."""
    return type(backend).__module__.startswith(_GOOD)


def passphrase() -> bytes | None:
    """The passphrase from the file that the environment names, or None. Raises Usage for a file others can read."""
    name = os.environ.get("G20DESK_PASSPHRASE_FILE")
    if not name:
        return None
    path = Path(name)
    if not path.is_file():
        raise Usage("passphrase", f"There is no passphrase file at {name}.", _HELP)
    # systemd gives a service its credential by an access list, whose mask shows as the group's right to read.
    others = 0o037 if os.environ.get("CREDENTIALS_DIRECTORY") == str(path.parent) else 0o077
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & others:
        raise Usage("passphrase", "The passphrase file can be read by others.", f"Run: chmod 600 {name}")
    text = path.read_bytes().strip(b"\r\n")
    if not text:
        raise Usage("passphrase", "The passphrase file is empty.", _HELP)
    return text


def choose(folder: Path, desk: str, rehearsal: bool) -> SecretStore:
    """The place for this desk's secrets. Raises Usage where there is none, Refused where the administrator wants the keyring."""
    if rehearsal:
        return PlainFile(folder / "rehearsal-keys.json")
    phrase = passphrase()
    if phrase is None:
        return SystemKeyring(desk)
    policy.need("secrets.file")
    return SealedFile(folder / "secrets.sealed", phrase)


def _alone(path: Path) -> AbstractContextManager[None]:
    """All secrets are one file: two processes that each change one must not undo each other's."""
    return locking.held(path.with_name(f"{path.name}.lock"))


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.new")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
