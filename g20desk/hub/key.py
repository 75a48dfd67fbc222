"""The hub's own key: made at its first start, kept in the database, the same for all its processes."""

from __future__ import annotations

import os
from typing import Any

import nacl.exceptions
import nacl.pwhash
import nacl.secret

from g20desk.errors import Usage
from g20desk.hub.database import Database
from g20desk.ledger.keys import DeviceKey

_KDF = nacl.pwhash.argon2id
_HELP = "Start it with the file that G20DESK_PASSPHRASE_FILE named when the key was made."


async def kept(database: Database, passphrase: bytes | None) -> tuple[DeviceKey, bool]:
    """The key, and whether it lies sealed. Raises Usage for a passphrase that does not open it."""
    fresh = DeviceKey.fresh()
    async with database.connection() as db:
        if await (await db.execute("select from hub.keeper")).fetchone() is None:
            salt = os.urandom(_KDF.SALTBYTES) if passphrase else None
            seed = _sealed(fresh.sign_seed, passphrase, salt) if passphrase and salt else fresh.sign_seed
            await db.execute(
                "insert into hub.keeper (public, salt, seed) values (%s, %s, %s) on conflict do nothing",
                (bytes.fromhex(fresh.device), salt, seed),
            )
        row: Any = await (await db.execute("select public, salt, seed from hub.keeper")).fetchone()
    public, salt, seed = row
    if salt is not None:
        seed = _opened(seed, passphrase, salt)
    key = DeviceKey(seed, fresh.box_seed)
    if key.device != public.hex():
        raise Usage("hub-key", "The hub's key in the database is damaged.", "Restore the database from its copy.")
    return key, salt is not None


def _sealed(seed: bytes, passphrase: bytes, salt: bytes) -> bytes:
    return bytes(nacl.secret.SecretBox(_stretched(passphrase, salt)).encrypt(seed))


def _opened(sealed: bytes, passphrase: bytes | None, salt: bytes) -> bytes:
    if not passphrase:
        raise Usage("passphrase", "The hub's key is sealed under a passphrase.", _HELP)
    try:
        return nacl.secret.SecretBox(_stretched(passphrase, salt)).decrypt(sealed)
    except nacl.exceptions.CryptoError as error:
        raise Usage("passphrase", "The passphrase does not open the hub's key.", _HELP) from error


def _stretched(passphrase: bytes, salt: bytes) -> bytes:
    return _KDF.kdf(32, passphrase, salt, _KDF.OPSLIMIT_MODERATE, _KDF.MEMLIMIT_MODERATE)
