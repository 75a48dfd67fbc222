"""What a template for emergencies is, and its text once the slots are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from g20desk.errors import Refused

SLOT = re.compile(r"\{([a-z][a-z0-9_]{0,30})\}")
# What would make more of a slot than a name or a number: a sentence's end, a mention, a hashtag, an address.
MORE = re.compile(r"[@#＠＃;\u061b。！？\u061f]|[.!?…](?:\s|\Z)|//|[^\W\d]\.[^\W\d]")


@dataclass(frozen=True, slots=True)
class Template:
    """A text that is cleared for emergencies but for its slots (`emergency.py` adopts and releases it). `within_ms`: how long two people have to
    release it, and how long it may go out then; `by`: who adopted it."""

    id: str
    name: str
    kind: str
    texts: dict[str, tuple[str, ...]]
    slots: dict[str, int]
    accounts: tuple[str, ...]
    roles: tuple[str, ...]
    within_ms: int
    by: tuple[str, ...]


def filled(template: Template, lang: str, slots: Mapping[str, str]) -> list[str]:
    """A template's posts in a language, its slots filled. Raises Refused where they can't be so."""
    if set(slots) != set(template.slots):
        raise Refused(
            "slots", f"This template has the slots: {', '.join(template.slots) or 'none'}.", "Fill each of them."
        )
    for name, value in slots.items():
        plain = value.strip() == value and value and value.isprintable() and not set("{}") & set(value)
        if not plain or len(value) > template.slots[name] or MORE.search(value):
            raise Refused("slots", f"The slot “{name}” takes 1 to {template.slots[name]} characters of a name or a number: "
                          "no sentence, mention, hashtag or address.")  # fmt: skip
    return [SLOT.sub(lambda met: slots[met[1]], part) for part in template.texts[lang]]
