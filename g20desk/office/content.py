"""What a person wrote, before it is settled into a revision."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language: its parts are the posts of a thread. `network`: only where it differs there."""

    lang: str
    parts: tuple[str, ...]
    network: str = ""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture to be fitted: a file, alt text per language, and the part that it goes with (from 1)."""

    path: str
    alt: dict[str, str]
    part: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    """All of a message as typed; `to` are names of accounts."""

    kind: str
    to: tuple[str, ...]
    texts: tuple[Text, ...]
    pictures: tuple[PictureFile, ...] = ()
    note: str = field(default="")

    def text_for(self, lang: str, network: str) -> Text | None:
        """The text that an account of this network carries in this language."""
        own = next((t for t in self.texts if t.lang == lang and t.network == network), None)
        return own or next((t for t in self.texts if t.lang == lang and not t.network), None)
