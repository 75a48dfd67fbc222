"""Taking over what somebody proposed: it becomes what is typed in the draft, not a revision yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.signoff.model import Proposal


def take_over(desk: Any, message: str, proposal: Proposal) -> None:
    """Keep the draft as it is typed now, or as it stands, with the proposed posts in the place of that language's own. Raises
    Refused for those who read no drafts."""
    messages = desk.messages
    typed, base = messages.kept(message), messages.kept_on(message)
    content = typed if typed is not None else messages.content(message)
    texts = tuple(
        replace(one, parts=proposal.typed) if (one.lang, one.network) == (proposal.lang, "") else one
        for one in content.texts
    )
    heads = base or tuple(one["revision"] for one in messages.show(message)["versions"])
    messages.keep(message, replace(content, texts=texts), heads)
