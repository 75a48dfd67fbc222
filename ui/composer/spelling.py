"""Spelling in the composer: lines are looked up beside the window, one job at a time, and what was found is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from g20desk.desk.speller import Stopped
from g20desk.desk.spelling import Standing
from g20desk.errors import DeskError
from g20desk.rulebook.spelling import RULE, findings, plain
from g20desk.rulebook.spellwords import Word
from ui.bus import Presenter, touches

LATE_MS = 500
KEPT_LINES = 400
LISTS = frozenset({"word", "member", "account", "handle", "rulebook"})
Line = tuple[str, str]


class Spelling(QObject):
    """What is not spelt right in the texts in hand. `changed`: something new to show. `typing`: the place in the text in
    hand at which someone types, or -1; `describing`: the same in the words of a picture. The word there is left alone."""

    changed = Signal()

    def __init__(self, present: Presenter) -> None:
        super().__init__(present)
        self.present, self.typing, self.late, self.may_add = present, -1, False, False
        self.describing: dict[int, int] = {}
        self._lang, self._texts = "en", ("",)
        self._lines: dict[Line, tuple[int, Sequence[Word]]] = {}
        self._fixes: dict[Line, list[str]] = {}
        self._ignored: set[Line] = set()
        self._standing: dict[str, Standing] = {}
        self._wanted: set[str] = set()
        self._lists, self._busy = 0, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATE_MS)
        self._timer.timeout.connect(lambda: self._is_late(True))
        present.ctx.bus.changed.connect(self._heard)
        if (app := QCoreApplication.instance()) is not None:
            # A dictionary that is still loading holds up nobody who leaves.
            app.aboutToQuit.connect(self._leave)

    def begin(self) -> None:
        """Another message: what was let stand is looked at again."""
        self._ignored.clear()

    def follow(self, lang: str, texts: Sequence[str]) -> None:
        """These are the texts in hand: the post, then the words of its pictures."""
        self._lang, self._texts = lang, tuple(texts)
        self._next()

    @property
    def lang(self) -> str:
        """The language in hand."""
        return self._lang

    def state(self) -> Standing:
        """What can be done in the language in hand: `ready`, `slow` (when asked), `loading`, `none`."""
        now = self._standing.get(self._lang, Standing("ready"))
        if now.state == "slow" and self._lang in self._wanted:
            now = Standing("ready", now.dictionary)
        return Standing("loading", now.dictionary) if self.late and now.state == "ready" else now

    def findings(self, text: str, typing: int = -1) -> list[dict[str, Any]]:
        """Findings in a text of the language in hand, as the checker's; none on the word at `typing`."""
        made, base = [], 0
        for line in text.split("\n"):
            wrong = [
                Word(word.start + base, word.end + base, word.text)
                for word in self._lines.get((self._lang, line), (0, ()))[1]
                if (self._lang, word.text) not in self._ignored and not word.start <= typing - base <= word.end
            ]
            fixes = {word.text: self._fixes.get((self._lang, word.text), ()) for word in wrong}
            made += [one.as_json() for one in findings(text, wrong, fixes)]
            base += len(line) + 1
        return made

    def check(self) -> None:
        """Someone asks for it: load what was not loaded by itself, and look again where it failed."""
        self._wanted.add(self._lang)
        self._standing.pop(self._lang, None)
        self._next()

    def stop(self) -> None:
        """Wait no longer for the dictionary; it is used when someone asks again."""
        desk = self.present.ctx.desk
        self.present.ctx.worker.ask(desk.spelling.stop, owner=self, network=True, quiet=True)

    def _leave(self) -> None:
        self.present.ctx.desk.spelling.stop()

    def ignore(self, found: dict[str, Any]) -> None:
        """Let this word stand in this message."""
        self._ignored.add((self._lang, found["text"]))
        self.changed.emit()

    def add(self, found: dict[str, Any]) -> None:
        """Put the word on the office's list: a name for all languages, other words for this one."""
        word, lang = plain(found["text"], self._lang), self._lang
        self.present.ask(lambda: self.present.ctx.desk.spelling.add([word], "" if word[0].isupper() else lang))

    def _heard(self, changes: frozenset[tuple[str, str]]) -> None:
        if touches(changes, LISTS):
            self._lists += 1
            self._next()

    def _next(self) -> None:
        """The next thing to ask: what this language can, then lines, then a correction."""
        if self._busy:
            return
        lang, desk = self._lang, self.present.ctx.desk
        now = self._standing.get(lang)
        if now is None:
            again = lang in self._wanted
            self._ask(
                lambda: (again and desk.spelling.look(), desk.spelling.standing(lang), desk.spelling.may_add()),
                lambda told: self._stands(lang, *told[1:]),
            )
        elif now.state == "ready" or (now.state == "slow" and lang in self._wanted):
            if lines := self._unread():
                seen = self._lists
                self._timer.start()
                self._ask(
                    lambda: {line: desk.spelling.unknown(line, lang) for line in lines},
                    lambda told: self._read(lang, seen, told),
                )
            elif word := self._unfixed():
                self._ask(lambda: desk.spelling.suggestions(word, lang), lambda told: self._fixed(lang, word, told))

    def _unread(self) -> list[str]:
        lines = dict.fromkeys(line for text in self._texts for line in text.split("\n") if line.strip())
        return [one for one in lines if self._lines.get((self._lang, one), (-1,))[0] != self._lists]

    def _unfixed(self) -> str:
        typing = [self.typing, *(self.describing.get(n, -1) for n in range(len(self._texts) - 1))]
        shown = [f for text, at in zip(self._texts, typing, strict=True) for f in self.findings(text, at)]
        return next((f["text"] for f in shown if (self._lang, f["text"]) not in self._fixes), "")

    def _ask(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        lang, self._busy = self._lang, True

        def safe() -> Any:
            try:
                return job()
            except Stopped:
                return None

        def done(told: Any) -> None:
            self._over()
            if told is None:
                self._put_off(lang)
            else:
                then(told)
            self._next()

        def failed(problem: Exception) -> None:
            self._over()
            message, help_ = getattr(problem, "message", ""), getattr(problem, "help", "")
            self._standing[lang] = Standing("none", "", message, help_)
            if not isinstance(problem, DeskError):
                self.present.failed.emit(problem)
            self.changed.emit()

        self.present.ctx.worker.ask(safe, done, failed, self, network=True, quiet=True)

    def _over(self) -> None:
        self._busy = False
        self._timer.stop()
        self._is_late(False)

    def _is_late(self, late: bool) -> None:
        if self.late != late:
            self.late = late
            self.changed.emit()

    def _put_off(self, lang: str) -> None:
        self._wanted.discard(lang)
        self._standing[lang] = Standing("slow", self._standing.get(lang, Standing("")).dictionary)
        self.changed.emit()

    def _stands(self, lang: str, standing: Standing, why_not: str) -> None:
        self._standing[lang], self.may_add = standing, not why_not
        self.changed.emit()

    def _read(self, lang: str, seen: int, told: dict[str, list[Word]]) -> None:
        before = [self.findings(text) for text in self._texts]
        if len(self._lines) > KEPT_LINES:
            self._lines = {key: kept for key, kept in self._lines.items() if any(key[1] in t for t in self._texts)}
        self._lines.update({(lang, line): (seen, wrong) for line, wrong in told.items()})
        if [self.findings(text) for text in self._texts] != before:
            self.changed.emit()

    def _fixed(self, lang: str, word: str, told: list[str]) -> None:
        self._fixes[lang, word] = told
        if told:
            self.changed.emit()


def is_spelling(found: dict[str, Any]) -> bool:
    """Whether a finding is one of these."""
    return bool(found["rule"] == RULE)
