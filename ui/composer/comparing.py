"""The draft in hand as one message: what holds along its threads and between its languages, two of them side by side."""

from __future__ import annotations

from typing import Any

from g20desk.rulebook.whole import Whole
from ui.bus import Ctx
from ui.composer.checks import ORDER, CheckedDraft
from ui.texts import LANGS


class ComparedDraft(CheckedDraft):
    """`beside`: the language that stands beside another, the original, while two are compared; empty while one is written
    alone. `at`: the finding that one has gone to."""

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.beside, self.left = "", ""
        self.at: dict[str, Any] | None = None
        self._told: list[dict[str, Any]] = []
        self._of = self._asked_of = Whole("news", {})

    def whole(self) -> Whole:
        """The message as the checker reads it as a whole."""
        written = [key for key, text in self.draft.texts.items() if text.strip()]
        texts = {(lang, network): self.draft.parts(lang, network) for lang, network in written}
        alts = [dict(picture.alt) for picture in self.draft.pictures]
        return Whole(self.draft.kind, texts, alts, [(a.network, tuple(a.langs)) for a in self.chosen()])

    def original(self) -> str:
        """The language that the others are held against."""
        return self.whole().original() or next(iter(self.draft.langs()), "en")

    def pair(self) -> tuple[str, str]:
        """The two languages side by side, the original first; empty while one is written alone."""
        return (self.left, self.beside) if self.beside else ("", "")

    def compare(self, on: bool) -> None:
        """Put the language in hand beside the original; with the original in hand, the first that differs, else the first
        other one. Which is the original stays as it was when they were put side by side."""
        if not on:
            self.beside = ""
            return
        self.left = self.original()
        self.beside = self.second()

    def second(self) -> str:
        """The language that would stand beside the original."""
        first, differing = self.original(), [f["lang"] for f in self._told if "against" in f]
        others = (self.lang, *differing, *self.draft.langs(), *(code for code, _ in LANGS))
        return next(code for code in others if code != first)

    def take(self, lang: str) -> None:
        """Another language is in hand; while two are compared, it takes the place of the second."""
        self.lang = lang
        if self.beside and lang not in self.pair():
            self.compare(True)

    def check(self) -> None:
        """Ask for all texts, and for the whole where it is another than was asked for."""
        super().check()
        now = self.whole()
        if now != self._asked_of:
            self._asked_of = now
            self.ask(lambda: self.ctx.desk.check.whole(now), lambda found: self._answered(now, found))

    def _answered(self, of: Whole, found: list[dict[str, Any]]) -> None:
        self._of, self._told = of, found
        self.checked.emit()

    def checking(self) -> bool:
        """Whether an answer is awaited."""
        return super().checking() or self._of != self.whole()

    def findings(self, lang: str = "", network: str | None = None) -> list[dict[str, Any]]:
        """Besides, what holds along the thread of that text, and what it says otherwise than the original. `against`: the
        counterpart, its place in the original's whole text."""
        lang, net = lang or self.lang, self.net(lang, network)
        made = super().findings(lang, net) + [f for f in self._held(net) if f["lang"] == lang]
        return sorted(made, key=lambda f: (ORDER.get(f["level"], 3), f["start"]))

    def counterparts(self, lang: str) -> list[dict[str, Any]]:
        """Where a language says what the one beside it says otherwise."""
        net = self.net(lang)
        here = self._key(lang, net)
        found = [(f, f["against"]) for f in self._across(lang) if "part" in f["against"]]
        return [{**f, **there} for f, there in found if self._key(lang, there.get("network", "")) == here]

    def _across(self, lang: str) -> list[dict[str, Any]]:
        """What the language beside that one says otherwise than it."""
        other = next((code for code in self.pair() if code != lang), "") if lang in self.pair() else ""
        found = [f for f in self._held(self.net(other)) if f["lang"] == other] if other else []
        return [f for f in found if f.get("against", {}).get("lang") == lang]

    def lit(self, lang: str) -> list[tuple[int, int]]:
        """The places in a text of what one has gone to: its own, and its counterpart's."""
        at = self.at or {}
        places = [
            place for place in (at, at.get("against", {})) if place.get("lang") == lang and "picture" not in place
        ]
        return [(one["start"], one["end"]) for one in places if one.get("end", 0) > one.get("start", 0)]

    def all_findings(self) -> list[dict[str, Any]]:
        """Also what the language beside it says otherwise; languages without a text in one row."""
        made, lost = super().all_findings(), [f for f in self._told if self.missing(f) and f["lang"] != self.lang]
        made += [f for f in self._across(self.lang) if not self.missing(f)]
        if lost:
            made.append({**lost[0], "langs": list(dict.fromkeys(f["lang"] for f in lost))})
        return sorted(made, key=lambda f: ORDER.get(f["level"], 3))

    def missing(self, found: dict[str, Any]) -> bool:
        """Whether it says that a language has no text."""
        return "against" in found and not self.draft.text(found["lang"], found.get("network", "")).strip()

    def _held(self, net: str) -> list[dict[str, Any]]:
        """Findings of the whole that hold for what goes out on a network, at their places in whole texts. While one types
        those stay that are still where they were."""
        made = []
        for found in self._told:
            lang, against = found["lang"], found.get("against")
            if self._key(lang, net) != self._key(lang, found.get("network", "")) or not self._stands(lang, found):
                continue
            place = {**self._at(lang, found), "part": found["part"] - 1}
            if against:
                first = against["lang"]
                if self._apart(lang, against, net) or not self._stands(first, against):
                    continue
                place["against"] = {**against, **(self._at(first, against) if "part" in against else {})}
            made.append({**found, **place})
        return made

    def _apart(self, lang: str, against: dict[str, Any], net: str) -> bool:
        """Whether both go out there, and it is held against another text of the original than goes out there."""
        first = against["lang"]
        together = net in self.networks(lang) and net in self.networks(first)
        return together and self._key(first, net) != self._key(first, against.get("network", ""))

    def _key(self, lang: str, network: str) -> tuple[str, str]:
        return lang, network if self.draft.own(lang, network) else ""

    def _stands(self, lang: str, place: dict[str, Any]) -> bool:
        """Whether its words still stand where they were found."""
        if not place.get("text"):
            return True
        parts = self.draft.parts(lang, place.get("network", ""))
        words = parts[place["part"] - 1][place["start"] : place["end"]] if place["part"] <= len(parts) else ""
        return words == place["text"]

    def _at(self, lang: str, place: dict[str, Any]) -> dict[str, int]:
        starts = self.draft.starts(lang, place.get("network", ""))
        base = starts[place["part"] - 1] if place["part"] <= len(starts) else 0
        return {"start": base + place["start"], "end": base + place["end"]}
