"""A line that is being written: its texts and locked phrases, how long it stands, where it comes from, whose place it takes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from g20desk.desk.keeping import NEW_LINE
from g20desk.office.form import LINE
from g20desk.office.relays import plain, stands
from ui.bus import Ctx
from ui.composer.checks import Key
from ui.composer.model import Draft
from ui.composer.presenter import ComposerPresenter
from ui.texts import LANGS, t

LONGEST = 500
# Languages of members besides those that the interface has.
FURTHER = ("de", "hi", "id", "it", "ja", "ko", "pt", "tr")
MOST = 60


class LineDraft(ComposerPresenter):
    """What the composer does, for a line: no account, and phrases that are locked. `earlier`: the agreed lines whose place it may
    take have come."""

    screen, slot = "line", NEW_LINE
    earlier = Signal()

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.agreed: list[dict[str, Any]] = []
        self.langs: list[str] = [code for code, _ in LANGS]

    # -- what the composer asks

    def fresh(self) -> Draft:
        """An empty line."""
        from g20desk.office.content import Wording

        return Draft(kind=LINE, line=Wording({}))

    def title(self) -> str:
        """A line is called by its topic."""
        topic = self.draft.topic
        return t("Line: {topic}", topic=topic) if topic else t("New line")

    def lacks(self) -> str:
        """A text, a topic, and every locked phrase in its text."""
        if not self.draft.langs():
            return t("Write a text first")
        if not self.draft.topic:
            return t("Say what it is about")
        for lang, phrases in self.line.locks.items():
            if lost := [one for one in phrases if not self.holds(lang, one)]:
                return t("A locked phrase does not stand in the text any more: “{words}”", words=lost[0])
        if self.line.until and self.line.until <= self.ctx.clock.now_ms():
            return t("The day on which it ends is past")
        return ""

    def read(self, key: Key) -> dict[str, Any]:
        """What the rules say of a text that goes to no network by itself."""
        text, _, lang, kind, alts, _, later = key
        found = self.ctx.desk.check.wording(text, lang, kind, alts, 1 + later)
        return {"length": len(text), "limit": 0, "fits": True, "entities": [], "findings": found}

    def blocking(self) -> int:
        """How many findings must be fixed, each once."""
        seen = Counter((f["rule"], f["message"]) for f in self.shape if f["level"] == "block")
        for lang in self.draft.langs():
            found = [f for f in self.findings(lang) if f["level"] == "block" and f["rule"] not in self.overrides]
            seen.update(Counter((lang, f["rule"], f["start"], f["text"]) for f in found))
        return seen.total()

    def _opened(self, *answer: Any) -> None:
        super()._opened(*answer)
        self.langs = [code for code, _ in LANGS]
        for lang in self.draft.langs():
            self.also(lang)
        self.look_for_earlier()

    # -- languages

    def also(self, lang: str) -> None:
        """One more language stands among the tabs."""
        if lang not in self.langs:
            self.langs.append(lang)

    def further(self) -> list[str]:
        """Languages that may be added."""
        return [lang for lang in FURTHER if lang not in self.langs]

    # -- locked phrases

    @property
    def line(self) -> Any:
        """What it has besides its texts."""
        return self.draft.line if self.draft.line is not None else self.fresh().line

    def locks(self, lang: str) -> tuple[str, ...]:
        """The phrases that are locked in a language."""
        return tuple(self.line.locks.get(lang, ()))

    def holds(self, lang: str, phrase: str) -> bool:
        """Whether a phrase stands, whole, in one of the posts of a text."""
        return any(stands(phrase, part) for part in self.draft.parts(lang))

    def lock(self, words: str) -> str:
        """Lock these words in the language in hand; why not, or an empty string."""
        phrase = plain(words)
        if not phrase:
            return t("Choose the words in the text first.")
        if len(phrase) > LONGEST:
            return t("A locked phrase has at most {n} characters.", n=LONGEST)
        if not self.holds(self.lang, phrase):
            return t("Lock whole words of one post.")
        if phrase not in self.locks(self.lang):
            self._locks(self.lang, (*self.locks(self.lang), phrase))
        return ""

    def unlock(self, lang: str, phrase: str) -> None:
        """Let a phrase be said otherwise."""
        self._locks(lang, tuple(one for one in self.locks(lang) if one != phrase))

    def _locks(self, lang: str, phrases: tuple[str, ...]) -> None:
        others = {one: said for one, said in self.line.locks.items() if one != lang}
        self._besides(locks={**others, lang: phrases} if phrases else others)

    # -- what it has besides

    def until(self, moment: int) -> None:
        """When it is over, in milliseconds; 0: it stands until it is taken back."""
        self._besides(until=moment)

    def comes_from(self, source: str) -> None:
        """The declaration and its paragraph."""
        self._besides(source=source)

    def takes_the_place_of(self, line: str) -> None:
        """An agreed line, or none."""
        self._besides(supersedes=line)

    def listed(self, what: str, said: dict[str, tuple[str, ...]]) -> None:
        """Its hashtags, or what to do with it and what not, per language."""
        self._besides(**{what: said})

    def _besides(self, **values: Any) -> None:
        made = replace(self.line, **values)
        if made != self.draft.line:
            self.draft.line = made
            self.touched()

    def look_for_earlier(self) -> None:
        """The agreed lines whose place it may take, those on its topic first."""
        desk, mine, topic, kept = self.ctx.desk, self.draft.id, self.draft.topic.casefold(), self.line.supersedes

        def job() -> list[dict[str, Any]]:
            found = [
                one
                for one in desk.lines.rows()
                if one["id"] != mine and (one["state"] == "agreed" or one["id"] == kept)
            ]
            found.sort(key=lambda one: (one["id"] != kept, one["topic"].casefold() != topic))
            return found[:MOST]

        def then(found: list[dict[str, Any]]) -> None:
            self.agreed = found
            self.earlier.emit()

        self.ask(job, then)
