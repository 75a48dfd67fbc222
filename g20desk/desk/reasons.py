"""A reason on its way into the record."""

from __future__ import annotations

from g20desk.errors import Usage
from g20desk.ledger import pieces


def reason(why: str) -> tuple[pieces.Ref, dict[str, bytes]]:
    """The reference to a reason, and its piece. Raises Usage where none is given."""
    if not why.strip():
        raise Usage("no-reason", "A reason is needed.", "Add: --why TEXT")
    ref = pieces.refer(why.encode())
    return ref, {ref["piece"]: why.encode()}
