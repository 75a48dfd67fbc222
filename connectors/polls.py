"""A poll as it is signed with a post: answers, minutes, whether one may choose several."""

from __future__ import annotations

from typing import Any

from g20desk.network import Poll


def poll_of(poll: Poll) -> dict[str, Any]:
    """The poll as canonical JSON."""
    return {"answers": list(poll.answers), "minutes": poll.minutes, "several": poll.several}
