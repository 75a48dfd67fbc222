"""What a hub holds and what went over the line shows no word of what was written."""

from __future__ import annotations

import subprocess
import threading

from g20desk.ledger import envelope, sealing
from tests.hub import hunting
from tests.hub.office import everything
from tests.servers.chaos import Chaos
from tests.servers.hub import running_hub

WORDS = ("Debt relief for the poorest", "سرّي للغاية", "二十国集团峰会", "Ana Oliveira", "draft.revised")


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
    for where, data in (("dump", held), ("line", bytes(ear.heard)), ("answers", answered)):
        assert hunting.found(WORDS, data) == [], where


def _hexes(dump: bytes) -> list[str]:
    """The bytes columns of a dump."""
    return [part.split("'")[0] for part in dump.decode().split("'\\x")[1:]]
