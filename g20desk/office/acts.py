"""All acts, registered by loading their modules; which stream each noun's acts belong to, and how a stream begins."""

from __future__ import annotations

from typing import Any

from g20desk.office import members, messages, posts, signoff
from g20desk.office.fold import ACTS, NOUNS

START: dict[str, Any] = {"office": members.Office(), "draft": messages.Draft(), "message": messages.Message()}
MODULES = (members, messages, signoff, posts)

__all__ = ["ACTS", "MODULES", "NOUNS", "START"]
