"""What a person wrote, before it is settled into a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from g20desk.errors import Usage

PIECE = "piece:"


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language: its parts are the posts of a thread. `network`: only where it differs there. `warning`:
    what stands before it, to be opened; `visibility`: public (or empty), unlisted or private."""

    lang: str
    parts: tuple[str, ...]
    network: str = ""
    warning: str = ""
    visibility: str = ""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture to be fitted: a file (or `piece:ID` for one that the desk keeps already), alt text per language, and
    the part that it goes with (from 1)."""

    path: str
    alt: Mapping[str, str]
    part: int = 1


@dataclass(frozen=True, slots=True)
class Poll:
    """A question to readers: its answers per language, for how many minutes it is open, whether one may choose several,
    and the part that it goes with (from 1)."""

    answers: Mapping[str, tuple[str, ...]]
    minutes: int = 1440
    several: bool = False
    part: int = 1


@dataclass(frozen=True, slots=True)
class Wording:
    """What a line has besides its texts: the phrases that are locked, per language; the end of its validity in milliseconds
    (0: none); its source, as a declaration and its paragraph; the line that it takes the place of; hashtags without their sign,
    per language (empty: for all); what to do with it and what not, per language."""

    locks: Mapping[str, tuple[str, ...]]
    until: int = 0
    source: str = ""
    supersedes: str = ""
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    do: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dont: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """All of a message as typed; `to` are names of accounts. `topic` is what a hold or a route may name.
    `not_before`: it goes out then or later, in milliseconds since 1970; 0: at any time.
    `corrects`, `replies`, `quotes`: the message or the post of the office's own that it corrects, replies to or quotes,
    by its id; `line`: what a line has besides."""

    kind: str
    to: tuple[str, ...]
    texts: tuple[Text, ...]
    pictures: tuple[PictureFile, ...] = ()
    note: str = ""
    topic: str = ""
    not_before: int = 0
    corrects: str = ""
    replies: str = ""
    quotes: str = ""
    poll: Poll | None = None
    line: Wording | None = None

    def text_for(self, lang: str, network: str) -> Text | None:
        """The text that an account of this network carries in this language."""
        own = next((t for t in self.texts if t.lang == lang and t.network == network), None)
        return own or next((t for t in self.texts if t.lang == lang and not t.network), None)

    def with_text(self, text: Text) -> Content:
        """The same with one text put in place of that of its language and network."""
        others = tuple(t for t in self.texts if (t.lang, t.network) != (text.lang, text.network))
        return replace(self, texts=(*others, text))

    def as_json(self) -> dict[str, Any]:
        """For keeping an unsaved draft."""
        return asdict(self)


def from_json(value: Any) -> Content:
    """The other way. Raises Usage for another shape."""
    try:
        return Content(
            str(value["kind"]),
            tuple(map(str, value["to"])),
            tuple(
                Text(
                    str(t["lang"]),
                    tuple(map(str, t["parts"])),
                    str(t["network"]),
                    str(t.get("warning", "")),
                    str(t.get("visibility", "")),
                )
                for t in value["texts"]
            ),
            tuple(PictureFile(str(p["path"]), dict(p["alt"]), int(p["part"])) for p in value["pictures"]),
            str(value["note"]),
            str(value["topic"]),
            int(value.get("not_before", 0)),
            str(value.get("corrects", "")),
            str(value.get("replies", "")),
            str(value.get("quotes", "")),
            _poll(value.get("poll")),
            _wording(value.get("line")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Usage("bad-content", "This message could not be read.", "Write it again.") from error


def _poll(value: Any) -> Poll | None:
    if value is None:
        return None
    answers = {str(lang): tuple(map(str, said)) for lang, said in value["answers"].items()}
    return Poll(answers, int(value["minutes"]), bool(value["several"]), int(value["part"]))


def _wording(value: Any) -> Wording | None:
    if value is None:
        return None
    listed = {
        name: {str(lang): tuple(map(str, said)) for lang, said in value.get(name, {}).items()}
        for name in ("locks", "tags", "do", "dont")
    }
    return Wording(
        until=int(value["until"]), source=str(value["source"]), supersedes=str(value["supersedes"]), **listed
    )
