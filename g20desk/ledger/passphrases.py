"""Passphrases: what is long enough to guard something, and how one becomes a key (Argon2id, RFC 9106)."""

from __future__ import annotations

from g20desk.errors import Usage

LEAST, DIFFERENT = 10, 5
# RFC 9106's second choice, for machines without memory to spare: three rounds over 64 MiB.
ROUNDS, MEMORY = 3, 64 << 20
# What a file may ask for that says by itself how its key is made: more would be to keep this computer busy.
MOST_ROUNDS, MOST_MEMORY = 16, 1 << 30


def guards(text: str) -> bool:
    """Whether a passphrase guards something: it is not short, and not of a few signs again and again."""
    bare = text.strip()
    return len(bare) >= LEAST and len(set(bare.casefold())) >= DIFFERENT


def enough(text: str) -> str:
    """A new passphrase of a file that travels. Raises Usage for one that guards nothing. One that a machine keeps in a file of its
    own is taken as the administrator made it; the doctor speaks of a weak one."""
    if not guards(text):
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
