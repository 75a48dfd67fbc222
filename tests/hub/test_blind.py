"""What a hub holds and what went over the line shows no word of what was written."""

from __future__ import annotations

import base64
import subprocess
import threading
import zlib

from g20desk.ledger import envelope, sealing
from tests.hub.office import everything
from tests.servers.chaos import Chaos
from tests.servers.hub import running_hub

WORDS = ("Debt relief for the poorest", "سرّي للغاية", "二十国集团峰会", "Ana Oliveira", "draft.revised")


def spellings(word: str) -> set[bytes]:
    """A word as it may hide."""
    raw = word.encode()
    forms = {raw, word.encode("utf-16-le"), word.encode("utf-16-be"), ascii(word)[1:-1].encode()}
    forms |= {raw.hex().encode(), raw.hex().upper().encode(), zlib.compress(raw)[2:-4]}
    for shift in range(3):
        # Base64 at each of its three offsets, without the ends that depend on what stands beside.
        forms.add(base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4])
    return {form for form in forms if len(form) >= 6}


class Ear(Chaos):
    """Keeps all that passes."""

    def __init__(self, upstream: str) -> None:
        self.heard = bytearray()
        self._hearing = threading.Lock()
        super().__init__(upstream)

    def _one(self, client, server, request: bytes, fault: str) -> bool:
        with self._hearing:
            self.heard += request
        return super()._one(client, server, request, fault)


def test_neither_the_database_nor_the_line_shows_a_word(postgres, office):
    url = postgres.fresh()
    with running_hub(url, "--open") as hub:
        ear = Ear(hub.url)
        try:
            desk = office.move_to(ear.url)
            for word in WORDS:
                piece = sealing.seal_piece("7" * 64, word.encode() * 500)
                digest = envelope.sealed_digest(piece)
                desk.put_piece(digest, piece)
                desk.append([office.head.act(word, [digest])])
            answered = b"".join(one.envelope.head_bytes + one.envelope.sealed for one in everything(desk))
        finally:
            ear.stop()
    dump = subprocess.run(["pg_dump", "--inserts", url], capture_output=True, check=True).stdout
    held = dump + bytes.fromhex("".join(part for part in _hexes(dump)))
    assert office.id.encode() in dump and len(ear.heard) > 10_000
    for word in WORDS:
        for spelling in spellings(word):
            for where, data in (("dump", held), ("line", bytes(ear.heard)), ("answers", answered)):
                assert spelling not in data, (word, spelling, where)


def _hexes(dump: bytes) -> list[str]:
    """The bytes columns of a dump."""
    return [part.split("'")[0] for part in dump.decode().split("'\\x")[1:]]
