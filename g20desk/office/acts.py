"""All acts, registered by loading their modules; which stream each noun's acts belong to, and how a stream begins."""

from __future__ import annotations

from typing import Any

from g20desk.office import (
    accounts,
    drafts,
    founding,
    handles,
    holds,
    members,
    message,
    messages,
    posts,
    rulebooks,
    schedule,
    signoff,
    state,
    wordlist,
)
from g20desk.office.fold import ACTS, NOUNS

START: dict[str, Any] = {"office": state.Office(), "draft": drafts.Draft(), "message": message.Message()}
MODULES = (founding, members, accounts, handles, holds, rulebooks, wordlist, drafts, messages, signoff, schedule, posts)

__all__ = ["ACTS", "MODULES", "NOUNS", "START"]
