"""Passphrases: what is long enough to guard something, and how one becomes a key (Argon2id, RFC 9106)."""

from __future__ import annotations

from g20desk.errors import Usage

LEAST, DIFFERENT = 10, 5
# RFC 9106's second choice, for machines without memory to spare: three rounds over 64 MiB.
ROUNDS, MEMORY = 3, 64 << 20
# What a file may ask for that says by itself how its key is made: more would be to keep this computer busy.
MOST_ROUNDS, MOST_MEMORY = 16, 1 << 30


def enough(text: str) -> str:
    """A new passphrase. Raises Usage for one that guards nothing: too short, or of a few signs again and again."""
    bare = text.strip()
    if len(bare) < LEAST or len(set(bare.casefold())) < DIFFERENT:
        raise Usage(
            "passphrase-short", f"A passphrase has at least {LEAST} characters, {DIFFERENT} of them different.",
            "Take a few words that nobody guesses. Write it down, and keep it apart from what it guards.",
        )  # fmt: skip
    return text


def key(phrase: bytes, salt: bytes, rounds: int = ROUNDS, memory: int = MEMORY) -> bytes:
    """32 bytes; `memory` in bytes, `salt` of 16. Raises ValueError for more work than a file may ask for."""
    from nacl import pwhash

    if not (1 <= rounds <= MOST_ROUNDS and pwhash.argon2id.MEMLIMIT_MIN <= memory <= MOST_MEMORY):
        raise ValueError("no such way to make a key")
    return bytes(pwhash.argon2id.kdf(32, phrase, salt, rounds, memory))
