"""Sends a desk's notices on a thread of its own: a mail server that is slow holds up no post."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.mailing import Told

# How long after one look at what is due the next is taken.
PAUSE_SECONDS = 5.0


class Postman:
    """`look` often; it begins a round where none is under way."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pool = ThreadPoolExecutor(1, "mail")
        self._round: Future[Told] | None = None
        self._next = 0.0
        self._trouble = ""

    def look(self) -> list[str]:
        """Begin a round of sending; what there is to tell of the last one: refused addresses, trouble that began or ended."""
        said = self._told()
        now = self._desk.clock.monotonic()
        if self._round is None and now >= self._next and self._desk.mail.server() is not None:
            self._next = now + PAUSE_SECONDS
            self._round = self._pool.submit(self._desk.mail.send)
        return said

    def _told(self) -> list[str]:
        if self._round is None or not self._round.done():
            return []
        done, self._round = self._round.result(), None
        said = [f"mail to {one}" for one in done.refused]
        if done.sent:
            said.append(f"{done.sent} notices sent by mail")
        trouble = self._desk.mail.trouble()
        if trouble != self._trouble:
            said.append(f"mail: {trouble or 'going on'}")
            self._trouble = trouble
        return said

    def end(self) -> list[str]:
        """Let the round that is under way end; what there is to tell of it."""
        self._pool.shutdown(wait=True)
        return self._told()
