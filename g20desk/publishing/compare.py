"""What stands on the network beside what was signed off, for one part of a post."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from g20desk.network import Part

AS_SIGNED = "as-signed"
GONE = "gone"
# What can be found, in words for people.
SAYS = {
    GONE: "it is not there any more",
    "text": "its text is another one",
    "media": "pictures are missing",
    "alt": "a description is another one",
    "language": "its language is another one",
    "visibility": "fewer people see it",
    "warning": "its warning is another one",
    "quote": "what it quotes is not shown",
    "poll": "its poll is another one",
}
_LOCAL = re.compile(r"(?<![\w@])(@[\w.-]{1,64})@[\w.-]{1,253}")


def differences(standing: Mapping[str, Any] | None, part: Part) -> list[str]:
    """The keys of SAYS that hold, the gravest first; none where all is as signed. `standing` is what `Client.read`
    gave; what a network does not tell is not compared."""
    if standing is None:
        return [GONE]
    signed, found = part.payload, []
    text = _without_quote(str(standing.get("text", "")), part)
    if plain(text) != plain(str(signed.get("text", ""))):
        found.append("text")
    if "pictures" in standing and int(standing["pictures"]) < len(part.pictures):
        found.append("media")
    elif "alts" in standing and [str(a).strip() for a in standing["alts"]] != [p.alt.strip() for p in part.pictures]:
        found.append("alt")
    for key, name in (("langs", "language"), ("visibility", "visibility"), ("spoiler_text", "warning")):
        if standing.get(key) and signed.get(key) and standing[key] != signed[key]:
            found.append(name)
    if part.quote is not None and "quote" in standing and standing["quote"] != part.quote.id:
        found.append("quote")
    asked = (signed.get("poll") or {}).get("answers", [])
    if "poll" in standing and [plain(str(one)) for one in standing["poll"]] != [plain(one) for one in asked]:
        found.append("poll")
    return found


def _without_quote(text: str, part: Part) -> str:
    """The text without the address of what it quotes, which X adds at its end."""
    number = part.quote.id.rpartition("/")[2] if part.quote is not None else ""
    return re.sub(rf"\s*\S+/{re.escape(number)}\Z", "", text) if number else text


def altered(standing: str) -> bool:
    """Whether a post was read back as something else than what was signed off."""
    return standing not in ("", AS_SIGNED)


def sentence(standing: str) -> str:
    """What was found, in words."""
    return f"Read back: {'; '.join(SAYS[name] for name in standing.split(','))}."


def plain(text: str) -> str:
    """A text without what networks change without altering it: normal form, escapes, white space, the scheme and last
    slash of a link, the domain of a mention."""
    from html import unescape  # its table of names is long, and most starts have no use for it

    text = unicodedata.normalize("NFC", unescape(text))
    text = _LOCAL.sub(r"\1", text)
    return " ".join(re.sub(r"(?i)^https?://", "", word).rstrip("/") for word in text.split())
