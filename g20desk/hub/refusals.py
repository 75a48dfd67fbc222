"""What a hub says no with: an HTTP status, a code, words, what to do."""

from __future__ import annotations

from g20desk.errors import DeskError


class Refusal(DeskError):
    """A request that is refused, with the status that says so."""

    exit_code = 1

    def __init__(self, status: int, code: str, message: str, help: str = "", **params: object) -> None:
        super().__init__(code, message, help, **params)
        self.status = status
