"""A file sealed under a passphrase, of any length: Argon2id, then XChaCha20-Poly1305 in chunks that each stand at their place.

    magic and version (17) · salt (16) · header of the stream (24) · a chunk of nothing (17) · SHA-256 of all before (32)
    then chunks of 1 MiB and 17 bytes, the last one shorter or as long, and marked as the last

The chunk of nothing opens with the right passphrase alone, and the digest tells damage from a wrong one. What stands before
the chunks is bound to each of them.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nacl import bindings, exceptions, pwhash

from g20desk.errors import Usage
from g20desk.ledger import passphrases

FAMILY, MAGIC = b"g20desk backup ", b"g20desk backup 1\n"
CHUNK = 1 << 20
_SALT, _START, _MORE = 16, bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES, 17
_HEAD = len(MAGIC) + _SALT + _START + _MORE
_GO_ON = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_NOTHING_LOST = "Nothing was changed. Use another copy, or an earlier backup."


def passphrase(text: str) -> bytes:
    """What a person typed, as it seals and opens. Raises Usage for one that is too short to guard anything."""
    if len(text.strip()) < passphrases.LEAST:
        passphrases.enough(text)
    # One keyboard writes an accent as a letter of its own, another does not.
    return unicodedata.normalize("NFC", text).encode()


def seal(into: BinaryIO, phrase: bytes, data: Iterable[bytes]) -> None:
    """Write data sealed."""
    salt, state = os.urandom(_SALT), bindings.crypto_secretstream_xchacha20poly1305_state()
    start = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, _key(phrase, salt))
    head = MAGIC + salt + start
    head += bindings.crypto_secretstream_xchacha20poly1305_push(state, b"", head, _GO_ON)
    bound = hashlib.sha256(head).digest()
    into.write(head + bound)
    held = bytearray()
    for part in data:
        held += part
        while len(held) > CHUNK:
            into.write(_push(state, bytes(held[:CHUNK]), bound, _GO_ON))
            del held[:CHUNK]
    into.write(_push(state, bytes(held), bound, _LAST))


def opened(source: BinaryIO, phrase: bytes) -> Iterator[bytes]:
    """The data of a sealed file, a chunk at a time; each is proved before it is given out. Raises Usage for a file that is
    none, of a newer form, damaged or cut short, and for another passphrase."""
    head = source.read(_HEAD)
    if not head.startswith(FAMILY):
        raise Usage("no-backup", "This is no backup of g20desk.", "Name the file that g20desk office backup made.")
    if not head.startswith(MAGIC) and len(head) >= len(MAGIC):
        raise Usage(
            "backup-newer", "This backup was made by a newer program.", "Install the newer g20desk, then restore it."
        )
    bound = source.read(32)
    if len(head) != _HEAD or hashlib.sha256(head).digest() != bound:
        raise _damaged("at its beginning")
    rest, small = head[len(MAGIC) :], -_MORE
    salt, start = rest[:_SALT], rest[_SALT:small]
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, start, _key(phrase, salt))
    try:
        bindings.crypto_secretstream_xchacha20poly1305_pull(state, rest[small:], head[:small])
    except (exceptions.CryptoError, RuntimeError) as error:
        raise Usage(
            "backup-passphrase", "This passphrase does not open the backup.", "Give the one that it was made with."
        ) from error
    at, last = len(head) + len(bound), False
    while not last:
        sealed = source.read(CHUNK + _MORE)
        if not sealed:
            raise _damaged(f"it ends after {at} bytes, before its end")
        try:
            data, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, bound)
        except (exceptions.CryptoError, RuntimeError, ValueError) as error:
            raise _damaged(f"in its bytes from {at} on") from error
        at, last = at + len(sealed), tag == _LAST
        yield data
    if source.read(1):
        raise _damaged("something stands after its end")


def _push(state: bindings.crypto_secretstream_xchacha20poly1305_state, data: bytes, bound: bytes, tag: int) -> bytes:
    return bytes(bindings.crypto_secretstream_xchacha20poly1305_push(state, data, bound, tag))


def _key(phrase: bytes, salt: bytes) -> bytes:
    kdf = pwhash.argon2id
    return bytes(kdf.kdf(32, phrase, salt, kdf.OPSLIMIT_MODERATE, kdf.MEMLIMIT_MODERATE))


def _damaged(where: str) -> Usage:
    return Usage("backup-damaged", f"This backup is damaged: {where}.", _NOTHING_LOST)
