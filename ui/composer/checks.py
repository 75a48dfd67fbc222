"""The draft in hand as the desk's checker sees it: counts, findings, what stands in the way."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from g20desk.asking import quoting
from ui.bus import Ctx, Presenter
from ui.composer.model import LINKS, Draft
from ui.composer.spelling import Spelling, is_spelling
from ui.texts import NETWORKS

Key = tuple[str, str, str, str, tuple[str, ...], int, int]
ORDER = {"block": 0, "warn": 1, "advise": 2}


def shape(desk: Any, content: Any) -> list[dict[str, Any]]:
    """What the desk says of a message as a whole: no account, no text in an account's language, a film that one can't take.
    `content` is without still pictures, which it would fit anew each time."""
    from g20desk.desk.settling import Settled
    from g20desk.errors import Refused, Usage

    try:
        found = Settled(desk, content, [], reach=False).findings
    except (Refused, Usage):
        return []
    settled = [f for f in found if f["rule"].startswith("STRUCT-")]
    # An answer's findings have their places in the answer, which no editor shows.
    asked = [{**f, "start": 0, "end": 0, "suggestion": None} for f in found if "poll" in f]
    return settled + list({(f["rule"], f["lang"], f["poll"], f["text"]): f for f in asked}.values())


class CheckedDraft(Presenter):
    """Holds a Draft, the language and network in hand, and the answers of the checker. `letters`, `speaker`: how a preview shows
    whose account it is."""

    checked = Signal()
    letters = speaker = "G20"

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.draft, self.lang, self.network = Draft(), "en", ""
        self.accounts: list[Any] = []
        self.limits: dict[str, int] = {}
        self.software: dict[str, str] = {}
        self.others: dict[str, dict[str, Any]] = {}
        self.films: dict[str, Any] = {}
        self.answers: dict[Key, dict[str, Any]] = {}
        self._asked: set[Key] = set()
        self.shape: list[dict[str, Any]] = []
        self._shape_of = ""
        self.overrides: dict[str, str] = {}
        self.spelling = Spelling(self)
        self.spelling.changed.connect(self.checked)

    def chosen(self, lang: str = "", network: str = "") -> list[Any]:
        """The accounts that this message goes to, in a language, on a network."""
        return [
            a
            for a in self.accounts
            if a.name in self.draft.to and (not lang or lang in a.langs) and network in ("", a.network)
        ]

    def networks(self, lang: str = "") -> list[str]:
        """The networks that this message goes to, each once."""
        order = list(NETWORKS)
        found = {a.network for a in self.chosen(lang)}
        return sorted(found, key=lambda n: (order.index(n) if n in order else 9, n))

    def handle(self, network: str) -> str:
        """The handle of the first account there that carries the language in hand."""
        there = self.chosen(self.lang, network) or self.chosen("", network)
        return next((a.handle or a.name for a in there), "")

    def key(self, lang: str, network: str, part: int = 0) -> Key:
        """What a check is remembered by."""
        parts = self.draft.parts(lang, network)
        alts = tuple(p.alt.get(lang, "") for p in (self.draft.pictures[n] for n in self.pictures(lang, network, part)))
        there = self.chosen(lang, network) or self.chosen("", network)
        limit = min((self.limits[a.name] for a in there if self.limits.get(a.name)), default=0)
        text = parts[part] + self.address(lang, network, part) if part < len(parts) else ""
        return (text, network, lang, self.draft.kind, alts, limit, min(part, 1))

    def address(self, lang: str, network: str, part: int) -> str:
        """What stands behind a post's text there: the address of what it quotes, where that is not shown as a quote."""
        quote = self.quoted(network) if part == 0 and self.draft.quotes else None
        if quote is None or not quote["link"] or quote["url"] in self.draft.parts(lang, network)[0]:
            return ""
        return f"\n\n{quote['url']}"

    def quoted(self, network: str) -> dict[str, Any] | None:
        """What a network's first post quotes: {"url", "title", "link"}, with `link` where its address stands in the text
        instead; as far as it is known before it is settled."""
        other = self.others.get("quotes", {})
        url = self.standing_at(other, self.draft.quotes, network)
        accounts = self.chosen("", network)
        if not url or not accounts:
            return None
        polled = self.draft.poll is not None and self.draft.poll.part == 1
        says = quoting(
            network, self.software.get(accounts[0].name, ""), len(self.pictures(self.lang, network, 0)), polled
        )
        return {"url": url, "title": other["title"], "link": bool(says)}

    def replied(self, network: str) -> str:
        """The address that a network's post replies to, as far as it is known before it is settled."""
        names = {account.name for account in self.chosen("", network)}
        for how in ("corrects", "replies"):
            other = self.others.get(how, {})
            there = {**other, "posts": [p for p in other.get("posts", ()) if p["account"] in names]}
            if url := self.standing_at(there, getattr(self.draft, how), network):
                return url
        return ""

    def standing_at(self, other: dict[str, Any], link: str, network: str) -> str:
        """The address of another message's post on a network's chosen account, or else on another one there."""
        names, key = {account.name for account in self.chosen("", network)}, link.partition(".")[2]
        out = [p for p in other.get("posts", ()) if p["network"] == network and p["url"] and p["state"] == "sent"]
        out = [p for p in out if key in ("", p["id"].partition(".")[2])]
        return next((p["url"] for p in sorted(out, key=lambda p: p["account"] not in names)), "")

    def pictures(self, lang: str, network: str, part: int) -> list[int]:
        """Which pictures go with a post of a text."""
        last = max(1, len(self.draft.parts(lang, network))) - 1
        return [n for n, p in enumerate(self.draft.pictures) if min(p.part - 1, last) == part]

    def check(self) -> None:
        """Ask for every text that was not asked for yet, the one in hand first; then for the whole, and for spelling."""
        for key in self._wanted():
            if key not in self._asked:
                self._asked.add(key)
                self.ask(lambda k=key: self.read(k), lambda answer, k=key: self._checked(k, answer))
        if not self.draft.empty():
            content, of = self.draft.content(), self._whole()
            content = replace(content, pictures=tuple(p for p in content.pictures if p.path in self.films))
            if of != self._shape_of and content.texts:
                self.ask(lambda: shape(self.ctx.desk, content), lambda found: self._shaped(of, found))
        alts = [p.alt.get(self.lang, "") for p in self.draft.pictures]
        self.spelling.follow(self.lang, [self.draft.text(self.lang, self.network), *alts])
        self.checked.emit()

    def read(self, key: Key) -> dict[str, Any]:
        """What the desk says of one text, on the worker."""
        text, net, lang, kind, alts, limit, later = key
        found: dict[str, Any] = self.ctx.desk.check.text(
            text, net, lang, kind, [{"alt": one} for one in alts], limit or None, part=1 + later
        )
        return found

    def _whole(self) -> str:
        named = sorted({name for text in self.draft.texts.values() for name in re.findall(r"@\S+", text)})
        wishes = sorted(self.draft.warnings.items()), sorted(self.draft.seen.items()), named
        draft = self.draft
        moving = [(p.path, p.part, sorted(p.alt.items())) for p in draft.pictures if p.path in self.films]
        return repr(
            (
                moving,
                draft.poll,
                draft.langs(),
                sorted(draft.to),
                draft.kind,
                sorted(draft.texts),
                wishes,
                self._links(),
            )
        )

    def _links(self) -> tuple[str, ...]:
        """What it goes with, and the addresses in its texts, which may stand for a reply."""
        found = (re.findall(r"https?://\S+", text) for text in self.draft.texts.values())
        named = tuple(getattr(self.draft, how) for how in LINKS)
        return (*named, *sorted(one for many in found for one in many)) if any(named) else ()

    def _wanted(self) -> list[Key]:
        made = []
        for lang in sorted(self.draft.langs(), key=lambda x: x != self.lang):
            for net in self.networks(lang) or self.networks()[:1] or ["bluesky"]:
                made += [self.key(lang, net, n) for n in range(len(self.draft.parts(lang, net)))]
        return list(dict.fromkeys(made))

    def checking(self) -> bool:
        """Whether an answer is awaited."""
        return any(key not in self.answers for key in self._wanted()) or self._whole() != self._shape_of

    def answer(self, lang: str, network: str, part: int = 0) -> dict[str, Any]:
        """The check of one post; empty while it is awaited."""
        return self.answers.get(self.key(lang, network, part), {})

    def findings(self, lang: str = "", network: str | None = None) -> list[dict[str, Any]]:
        """The findings of a text, must-fix first. Places count in the whole text, those of alt texts (`picture`) in
        their own. Spelling in the language in hand."""
        lang, net, made = lang or self.lang, self.net(lang, network), []
        parts = self.draft.parts(lang, net)
        for n, base in enumerate(self.draft.starts(lang, net)):
            of = self.pictures(lang, net, n)
            for found in self.answer(lang, net, n).get("findings", ()):
                if "attachment" in found:
                    made.append({**found, "part": n, "picture": of[found["attachment"]]})
                else:
                    start, end = (min(found[at], len(parts[n])) + base for at in ("start", "end"))
                    made.append({**found, "start": start, "end": end, "part": n})
        if lang == self.lang:
            made += self._misspelt(self.draft.text(lang, net), made)
        made = [{"lang": lang, **found} for found in made]
        return sorted(made, key=lambda f: (ORDER.get(f["level"], 3), f.get("picture", -1), f["start"]))

    def _misspelt(self, whole: str, others: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What is not spelt right, unless a rule has something better for the same place."""
        found = self.spelling.findings(whole, self.spelling.typing)
        for n, picture in enumerate(self.draft.pictures):
            alt = picture.alt.get(self.lang, "")
            found += [
                {**f, "attachment": n, "picture": n}
                for f in self.spelling.findings(alt, self.spelling.describing.get(n, -1))
            ]
        fixed = [(f.get("picture"), f["start"], f["end"]) for f in others if f.get("suggestion") is not None]
        return [
            f for f in found if not any(p == f.get("picture") and s < f["end"] and f["start"] < e for p, s, e in fixed)
        ]

    def spelt(self) -> list[dict[str, Any]]:
        """The findings of spelling in hand, in order of place: the post's, then those of its pictures."""
        found = [f for f in self.findings() if is_spelling(f)]
        return sorted(found, key=lambda f: (f.get("picture", -1), f["start"]))

    def net(self, lang: str = "", network: str | None = None) -> str:
        """The network whose text is meant: that one, else the one in hand, else the first."""
        chosen = self.network if network is None else network
        return chosen or next(iter(self.networks(lang or self.lang) or self.networks()), "bluesky")

    def entities(self, lang: str = "") -> list[dict[str, Any]]:
        """What the network in hand links in the text in hand, or in that language's, with places in the whole text."""
        lang, net, made = lang or self.lang, self.net(lang), []
        for n, base in enumerate(self.draft.starts(lang, net)):
            ends = len(self.draft.parts(lang, net)[n])
            found = [one for one in self.answer(lang, net, n).get("entities", ()) if one["end"] <= ends]
            made += [{**one, "start": one["start"] + base, "end": one["end"] + base} for one in found]
        return made

    def all_findings(self) -> list[dict[str, Any]]:
        """Those of the text in hand and those of the whole message, must-fix first."""
        return sorted([*self.findings(), *self.shape], key=lambda f: ORDER.get(f["level"], 3))

    def may_override(self, found: dict[str, Any]) -> bool:
        """Whether a finding that must be fixed may stand with a reason."""
        from g20desk.rulebook.checker import firm

        return found["level"] == "block" and not firm(found["rule"])

    def override(self, rule: str, why: str) -> None:
        """Let it stand, with a reason that goes on record; an empty reason takes that back."""
        if why:
            self.overrides[rule] = why
        else:
            self.overrides.pop(rule, None)
        self.checked.emit()

    def blocking(self) -> int:
        """How many findings must be fixed, in all texts that go out, each once."""
        seen = Counter((f["rule"], f["message"]) for f in self.shape if f["level"] == "block")
        for lang in self.draft.langs():
            here: Counter[Any] = Counter()  # two pictures without words are two; the same on two networks is one
            for net in self.networks(lang):
                found = [f for f in self.findings(lang, net) if f["level"] == "block"]
                here |= Counter((f["rule"], f["start"], f["text"]) for f in found if f["rule"] not in self.overrides)
            seen.update({(lang, *key): n for key, n in here.items()})
        return seen.total()

    def cell(self, lang: str, network: str) -> str:
        """What the grid shows there: none, same, own, block, ok."""
        if not self.draft.text(lang, network).strip():
            return "none"
        first = next(iter(self.networks()), "")
        if any(f["level"] == "block" and f["rule"] not in self.overrides for f in self.findings(lang, network)):
            return "block"
        if network == first:
            return "ok"
        return "own" if self.draft.own(lang, network) else "same"

    def _checked(self, key: Key, answer: dict[str, Any]) -> None:
        self.answers[key] = answer
        self.checked.emit()

    def _shaped(self, of: str, found: list[dict[str, Any]]) -> None:
        if of == self._whole():
            self.shape, self._shape_of = found, of
            self.checked.emit()
