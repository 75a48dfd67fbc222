"""What lies in a desk's files once their pages are opened, those that hold nothing any more and the log too."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from g20desk.desk import Desk

PAGE, RESERVE, SALT = 4096, 80, 16


def opened(desk: Desk) -> bytes:
    """Every page of the record's file and of its log, as they are on disk now."""
    key = bytes.fromhex(desk.secrets.get("store") or "")
    path = desk.folder / "ledger.db"
    whole = b"".join(
        _page(key, data, SALT if number == 0 else 0) for number, data in enumerate(_cut(path.read_bytes()))
    )
    log = Path(f"{path}-wal")
    for at in range(32, len(log.read_bytes()) if log.exists() else 0, PAGE + 24):
        frame = log.read_bytes()[at : at + 24 + PAGE]
        first = int.from_bytes(frame[:4]) == 1
        whole += _page(key, frame[24:], SALT if first else 0)
    return whole


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + PAGE] for at in range(0, len(data), PAGE)]


def _page(key: bytes, data: bytes, after: int) -> bytes:
    """As SQLCipher 4 seals it: AES-256-CBC, the IV first in what is reserved at the end."""
    end = PAGE - RESERVE
    opener = Cipher(algorithms.AES(key), modes.CBC(data[end : end + 16])).decryptor()
    return opener.update(data[after:end]) + opener.finalize()
