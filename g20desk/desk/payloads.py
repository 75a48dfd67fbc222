"""What posts will say, beside what the message says: who signs sees both where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.desk.rechecking import data_of
from g20desk.publishing import send

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


def differing(desk: Desk, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of posts whose words are not those of the message's text, as where a handle takes the place of a name, or
    where somebody made them so: {"account", "network", "lang", "part" (from 1), "text"}. Raises Refused for a post that is
    none, or a text that is not on this desk."""
    made = []
    for name, value in content.items():
        if not name.startswith("c.post."):
            continue
        account, lang = desk.office.accounts[value["account"]], value["lang"]
        refs = content.get(f"c.text.{lang}.{account.reads_as}") or content.get(f"c.text.{lang}") or []
        for number, part in enumerate(value["parts"]):
            payload, _ = send.payload(data_of(desk, part["payload"]), len(part["pictures"]))
            typed = data_of(desk, refs[number]).decode("utf-8", "replace") if number < len(refs) else ""
            if payload["text"] != typed:
                made.append({"account": account.name, "network": account.reads_as, "lang": lang, "part": number + 1,
                             "text": payload["text"]})  # fmt: skip
    return made
