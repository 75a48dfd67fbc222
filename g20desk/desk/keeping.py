"""What is typed and not yet a revision: kept on this desk, so that nothing is lost by a crash."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.content import PIECE, Content, from_json
from g20desk.office.form import LINE

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

# Under this name what was typed of a line that has not been begun yet.
NEW_LINE = "line"


def slot(content: Content) -> str:
    """Under which name a message is kept that has not been begun yet: a line beside any other."""
    return NEW_LINE if content.kind == LINE else ""


class Keeping:
    """The part of `desk.messages` that keeps unsaved drafts and their pictures."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, prefix: str, content: Content | None, base: Sequence[str] = ()) -> None:
        """Keep what is typed and not yet a revision (under its `slot` where it has not been begun), and the revisions that it goes
        on from; None: forget it."""
        store = self._desk.store
        with store.write() as db:
            if content is None:
                db.execute("delete from kept where id = ? and person = ?", (prefix, self._desk.person.id))
            else:
                row = (prefix, self._desk.person.id, self._desk.clock.now_ms(),
                       json.dumps({**content.as_json(), "base": list(base)}))  # fmt: skip
                db.execute("insert or replace into kept values (?, ?, ?, ?)", row)

    def kept(self, prefix: str) -> Content | None:
        """What was typed and not yet a revision."""
        value = self._value(prefix)
        return from_json(value) if value is not None else None

    def kept_on(self, prefix: str) -> tuple[str, ...]:
        """The revisions that this goes on from; none where that is not known."""
        return tuple((self._value(prefix) or {}).get("base", ()))

    def _value(self, prefix: str) -> dict[str, Any] | None:
        with self._desk.store.guard():
            row = self._desk.store.db.execute(
                "select content from kept where id = ? and person = ?", (prefix, self._desk.person.id)
            ).fetchone()
        return json.loads(row[0]) if row else None

    def keep_picture(self, data: bytes) -> str:
        """Keep a picture's bytes for a draft that is not yet a revision; its path for `PictureFile`."""
        ref = pieces.refer(data)
        with self._desk.store.write():
            pieces.put(self._desk.store, ref, data)
        return PIECE + str(ref["piece"])

    def picture_bytes(self, piece: str) -> bytes:
        """A picture's bytes by its piece. Raises Refused where it is not on this desk."""
        data = pieces.get(self._desk.store, {"piece": piece.removeprefix(PIECE)})
        if data is None:
            raise Refused("withheld", "This picture is not on this desk.")
        return data
