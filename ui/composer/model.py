"""What is being written: one text per language, own texts per network, pictures, note. No widgets, no desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from g20desk.clock import from_iso
from g20desk.text import SPLIT, posts
from ui.texts import LANGS

# How a message can go with an earlier one.
LINKS = ("corrects", "replies", "quotes")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the header says of this message."""

    title: str
    word: str
    icon: str
    tone: str
    revision: int
    can_submit: bool
    why_not: str
    kept: str
    editable: bool


@dataclass
class Picture:
    """A picture as it stands on the desk: a file to take in, or one that the message has already."""

    path: str
    alt: dict[str, str] = field(default_factory=dict)
    part: int = 1


@dataclass
class Poll:
    """A poll as it is written: its answers per language, as many as there are fields in use."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    minutes: int = 1440
    several: bool = False
    part: int = 1


@dataclass
class Draft:
    """The message in hand."""

    id: str = ""
    kind: str = "news"
    to: list[str] = field(default_factory=list)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    note: str = ""
    topic: str = ""
    not_before: int = 0
    # The message, or its post, that it corrects, replies to, quotes.
    corrects: str = ""
    replies: str = ""
    quotes: str = ""
    poll: Poll | None = None
    line: Any = None  # of a line, what it has besides its texts
    # Of each text: the warning that stands before it, and who may see it.
    warnings: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def own(self, lang: str, network: str) -> bool:
        """Whether this network has its own text in this language."""
        return bool(network) and (lang, network) in self.texts

    def text(self, lang: str, network: str = "") -> str:
        """The text that goes out there."""
        return self.texts.get((lang, network)) or self.texts.get((lang, ""), "")

    def wishes(self, lang: str, network: str = "") -> tuple[str, str]:
        """The warning and the visibility that go with the text there."""
        key = (lang, network if self.own(lang, network) else "")
        return self.warnings.get(key, ""), self.seen.get(key, "")

    def wish(self, lang: str, network: str, warning: str, seen: str) -> None:
        """Set them."""
        key = (lang, network if self.own(lang, network) else "")
        for kept, value in ((self.warnings, warning), (self.seen, seen)):
            if value:
                kept[key] = value
            else:
                kept.pop(key, None)

    def put(self, lang: str, network: str, text: str) -> None:
        """Write; an own text that is empty falls back to the common one."""
        if text.strip() or not network:
            self.texts[lang, network] = text
        else:
            self.texts.pop((lang, network), None)

    def parts(self, lang: str, network: str = "") -> tuple[str, ...]:
        """The posts of the thread: a line with only --- starts the next."""
        return posts(self.text(lang, network))

    def starts(self, lang: str, network: str = "") -> list[int]:
        """Where each of these begins in the whole text, in code points."""
        made, at, whole = [], 0, self.text(lang, network)
        for part in self.parts(lang, network):
            at = max(whole.find(part, at), 0)
            made.append(at)
            at += len(part)
        return made

    def langs(self) -> tuple[str, ...]:
        """The languages that have a text."""
        have = {lang for (lang, _), text in self.texts.items() if text.strip()}
        order = [code for code, _ in LANGS]
        return tuple(sorted(have, key=lambda x: (order.index(x) if x in order else len(order), x)))

    def empty(self) -> bool:
        """Nothing is there that could be lost."""
        return not (self.langs() or self.pictures or self.note.strip() or (self.line is not None and self.topic))

    def title(self) -> str:
        """The first words of the first text."""
        lang = self.langs()[0] if self.langs() else ""
        first = self.text(lang).strip().split("\n")[0] if lang else ""
        return first if len(first) <= 48 else first[:47].rsplit(" ", 1)[0] + "…"

    def content(self) -> Any:
        """As the desk takes it."""
        from g20desk.office.content import Content, PictureFile, Text
        from g20desk.office.content import Poll as Asked

        texts = tuple(
            Text(
                lang,
                posts(text),
                network,
                self.warnings.get((lang, network), ""),
                self.seen.get((lang, network), ""),
            )
            for (lang, network), text in self.texts.items()
            if text.strip()
        )
        last = max((len(x.parts) for x in texts), default=1)
        pictures = tuple(PictureFile(p.path, dict(p.alt), min(p.part, last)) for p in self.pictures)
        poll = self.poll
        said = {lang: tuple(a.strip() for a in given) for lang, given in (poll.answers if poll else {}).items()}
        asked = poll and Asked(said, poll.minutes, poll.several, min(poll.part, last)) if said else None
        return Content(
            self.kind,
            tuple(self.to),
            texts,
            pictures,
            self.note,
            self.topic,
            self.not_before,
            self.corrects,
            self.replies,
            self.quotes,
            asked,
            self.line,
        )


def from_content(id: str, content: Any) -> Draft:
    """A draft from what the desk kept."""
    texts = {(x.lang, x.network): SPLIT.join(x.parts) for x in content.texts}
    pictures = [Picture(str(p.path), dict(p.alt), p.part) for p in content.pictures]
    warnings = {(x.lang, x.network): x.warning for x in content.texts if x.warning}
    seen = {(x.lang, x.network): x.visibility for x in content.texts if x.visibility}
    return Draft(
        id, content.kind, list(content.to), texts, pictures, content.note, content.topic, content.not_before,
        content.corrects, content.replies, content.quotes, _poll(content.poll), content.line, warnings, seen,
    )  # fmt: skip


def from_shown(data: dict[str, Any]) -> Draft:
    """A draft from a message as the desk shows it; for those who read no drafts."""
    texts = {(x["lang"], x.get("network", "")): SPLIT.join(x["parts"]) for x in data.get("texts", ())}
    pictures = [Picture("piece:" + p["piece"], dict(p["alt"]), p.get("part", 1)) for p in data.get("pictures", ())]
    own = {(x["lang"], x.get("network", "")): x for x in data.get("texts", ())}
    warnings = {where: x["warning"] for where, x in own.items() if x.get("warning")}
    seen = {where: x["visibility"] for where, x in own.items() if x.get("visibility", "public") != "public"}
    to, note, topic = list(data.get("to", ())), data.get("note", ""), data.get("topic", "")
    bound = data.get("not_before")
    not_before = from_iso(bound) if bound else 0
    asked = data.get("poll")
    poll = asked and Poll(dict(asked["answers"]), asked["minutes"], asked["several"], asked["part"])
    links = {how: (data.get(how) or {}).get("message", "") for how in LINKS}
    return Draft(
        data["id"], data["kind"], to, texts, pictures, note, topic, not_before,
        **links, poll=poll, line=_line(data.get("line")), warnings=warnings, seen=seen,
    )  # fmt: skip


def _line(shown: dict[str, Any] | None) -> Any:
    if shown is None:
        return None
    from g20desk.office.content import Wording

    lists = {
        name: {lang: tuple(said) for lang, said in shown[name].items()} for name in ("locks", "tags", "do", "dont")
    }
    until = from_iso(shown["until"]) if shown["until"] else 0
    return Wording(until=until, source=shown["source"], supersedes=shown["supersedes"] or "", **lists)


def _poll(asked: Any) -> Poll | None:
    if asked is None:
        return None
    return Poll({lang: list(said) for lang, said in asked.answers.items()}, asked.minutes, asked.several, asked.part)
