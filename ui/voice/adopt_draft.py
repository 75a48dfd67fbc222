"""A line on the way to a government's account: what it says there, how far that is from the line, and what can be done with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal

from g20desk.desk import seen
from g20desk.desk.alarm import LEAVABLE
from g20desk.desk.relay_brief import Brief
from g20desk.desk.relays import UNFIT
from g20desk.office import drift
from g20desk.office.form import RELAY
from g20desk.office.relays import LOCK, missing
from g20desk.text import SPLIT, posts
from ui.bus import Ctx
from ui.composer.model import Draft, from_content
from ui.composer.picturing import PicturedDraft
from ui.texts import clock, reason, t

KEEP_MS, SOON_MS = 1_000, 250


def _read(desk: Any, id: str) -> tuple[Brief, list[str]]:
    """A relay, and the alarms that stand of it and may be left as they are; on the worker."""
    found = desk.relays.brief(id)
    alarms = (one for one in desk.alarms.of(found.id) if one.code == RELAY and one.kind in LEAVABLE and not one.left)
    return found, [one.id for one in alarms]


def slot(id: str) -> str:
    """Under which name what is typed for a relay is kept."""
    return f"relay/{id}"


class AdoptDraft(PicturedDraft):
    """`brief` is None before it has come. `opened`: another relay, or another text; `standing`: what may be done has changed;
    `done` carries words on what was done."""

    opened = Signal()
    standing = Signal()
    done = Signal(str)

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.brief: Brief | None = None
        self.told: list[str] = []  # alarms of it that may be left as they are
        self.data: dict[str, Any] = {}
        self.kept, self.dirty = "", False
        self.unkept: Exception | None = None
        self.checked.connect(self.standing)
        self._soon, self._keep = QTimer(self), QTimer(self)
        for timer, wait, run in ((self._soon, SOON_MS, self.check), (self._keep, KEEP_MS, self.keep)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(run)

    # -- what is in hand

    def open(self, id: str) -> None:
        """A relay by its id, with what was typed for it before, else what it says, else the line as it is."""
        self._flush()
        desk = self.ctx.desk

        def job() -> tuple[Any, ...]:
            found, told = _read(desk, id)
            seen.mark(desk, found.id, "")
            return (
                found,
                told,
                desk.messages.kept(slot(found.id)),
                desk.accounts.rows(),
                desk.office.account_named(found.account),
            )

        self.ask(job, lambda answer: self._opened(*answer))

    def _opened(self, brief: Brief, told: list[str], kept: Any, rows: list[Any], account: Any) -> None:
        self.brief, self.told, self.kept, self.dirty = brief, told, "", kept is not None
        self.accounts = [row for row in rows if row.name == brief.account]
        self.letters, self.speaker = brief.owner.partition(":")[2], brief.account
        if account is not None:
            self.limits = {account.name: account.limits.get("characters", 0)}
            self.software = {account.name: account.software}
        self.draft = from_content(brief.id, kept) if kept is not None else self._begun(brief)
        self.lang = next((lang for lang in brief.langs if self.draft.text(lang)), brief.langs[0])
        self.network = next(iter(self.networks()), "")
        self.spelling.begin()
        self.opened.emit()
        self.check()

    @staticmethod
    def _begun(brief: Brief) -> Draft:
        said = brief.said or {lang: parts for lang, parts in brief.texts.items() if lang in brief.langs}
        texts = {(lang, ""): SPLIT.join(parts) for lang, parts in said.items()}
        return Draft(brief.id, RELAY, [brief.account], texts, topic=brief.topic)

    def load(self) -> None:
        """Changes made elsewhere: what may be done, never what is being written."""
        if self.brief is not None:
            id, desk = self.brief.id, self.ctx.desk
            self.ask(lambda: _read(desk, id), lambda answer: self._again(*answer))

    def _again(self, brief: Brief, told: list[str]) -> None:
        if self.brief is not None and brief.id == self.brief.id:
            self.brief, self.told = brief, told
            self.standing.emit()

    def hidden(self) -> None:
        """Another screen is in front: nothing typed is left unkept."""
        super().hidden()
        self._flush()

    # -- writing

    def write(self, text: str, lang: str = "") -> None:
        """The text in a language has changed."""
        lang = lang or self.lang
        if text != self.draft.text(lang):
            self.draft.put(lang, "", text)
            self.touched()

    def as_it_is(self) -> None:
        """The line word for word, in the language in hand."""
        if self.brief is not None and (parts := self.brief.texts.get(self.lang)):
            self.draft.put(self.lang, "", SPLIT.join(parts))
            self.touched()
            self.opened.emit()

    def touched(self) -> None:
        """Something to keep and to check."""
        self.dirty = True
        self._soon.start()
        if not self._keep.isActive():
            self._keep.start()
        self.standing.emit()

    def types(self, at: int) -> None:
        """Someone types at this place; -1: the caret was only moved."""
        left = at < 0 <= self.spelling.typing
        self.spelling.typing = at
        if left and not self._soon.isActive():
            self.check()

    def keep(self) -> None:
        """Keep what is written on this desk."""
        if self.dirty and self.brief is not None:
            id, content, keep = slot(self.brief.id), self.draft.content(), self.ctx.desk.messages.keep
            self.ctx.worker.ask(lambda: keep(id, content), self._kept, self._not_kept, self, must=True)

    def _flush(self) -> None:
        if self._keep.isActive():
            self._keep.stop()
            self.keep()

    def _kept(self, _: object) -> None:
        self.unkept = None
        self.kept = t("Kept on this desk {time}", time=clock(self.ctx.clock.now_ms()))
        self.standing.emit()

    def _not_kept(self, problem: Exception) -> None:
        self.unkept = problem
        self.failed.emit(problem)

    def findings(self, lang: str = "", network: str | None = None) -> list[dict[str, Any]]:
        """What was found; the office's code is told, not enforced: these are a government's own words. What the network can't take
        has to be fixed."""
        return [
            {**one, "level": "warn"} if one["level"] == "block" and not one["rule"].startswith(UNFIT) else one
            for one in super().findings(lang, network)
        ]

    # -- beside the line

    def line_in(self, lang: str) -> str:
        """What the line says in a language; empty where it says nothing there."""
        return "\n".join(self.brief.texts.get(lang, ())) if self.brief is not None else ""

    def locks(self, lang: str) -> tuple[str, ...]:
        """The phrases that it locks there."""
        return self.brief.locks.get(lang, ()) if self.brief is not None else ()

    def lost(self, lang: str) -> list[str]:
        """The locked phrases that do not stand in what is written in a language."""
        text = self.draft.text(lang)
        return missing({f"{LOCK}{lang}": self.locks(lang)}, {lang: posts(text)}) if text.strip() else []

    def drift(self, lang: str) -> float | None:
        """How far what is written is from the line; None for a translation of their own."""
        line, text = self.line_in(lang), self.draft.text(lang)
        return drift.drift(line, text) if line and text.strip() else None

    def runs(self, lang: str) -> list[tuple[str, str]]:
        """The same as runs of (same | removed | added, words)."""
        return drift.diff(self.line_in(lang), self.draft.text(lang))

    # -- what can be done

    def lacks(self) -> str:
        """Why it can't be adopted as it stands; empty where it can."""
        if self.brief is None:
            return t("It is being read")
        if self.brief.can["adopt"]:
            return reason(self.brief.can["adopt"])
        if not any(self.draft.text(lang).strip() for lang in self.brief.langs):
            return t("Write a text first")
        for lang in self.brief.langs:
            if lost := self.lost(lang):
                return t("A locked phrase is missing: “{words}”", words=lost[0])
        if self.checking():
            return t("The text is being checked")
        if blocks := self.blocking():
            return (
                t("Not yet: 1 finding must be fixed")
                if blocks == 1
                else t("Not yet: {n} findings must be fixed", n=blocks)
            )
        return ""

    def changed(self) -> bool:
        """Whether what is written is another text than what was adopted."""
        brief = self.brief
        if brief is None or not brief.said:
            return True
        written = {lang: posts(self.draft.text(lang)) for lang in brief.langs if self.draft.text(lang).strip()}
        return written != {lang: tuple(said) for lang, said in brief.said.items()}

    def adopt(self, when: int | None) -> None:
        """Take it on with these words, at a time in milliseconds, or without one. What is unchanged is only scheduled."""
        if self.lacks() or self.brief is None:
            return
        self._keep.stop()
        desk, id, again = self.ctx.desk, self.brief.id, self.changed()
        texts = {lang: self.draft.text(lang) for lang in self.brief.langs if self.draft.text(lang).strip()}

        def job() -> None:
            if again or when is None:
                desk.relays.adopt(id, when_ms=when, texts=texts)
            else:
                desk.messages.schedule(id, when)
            desk.messages.keep(slot(id), None)

        self._do(
            job,
            t("Taken on. It goes out at its time, from this desk.")
            if when is not None
            else t("Taken on, without a time yet."),
        )

    def decline(self, why: str) -> None:
        """Not carry it, and say why."""
        if self.brief is not None:
            id = self.brief.id
            self._do(lambda: self.ctx.desk.relays.decline(id, why), t("Declined. The office reads why."))

    def unschedule(self) -> None:
        """Take its time away."""
        if self.brief is not None:
            id = self.brief.id
            self._do(lambda: self.ctx.desk.messages.unschedule(id), t("It has no time any more."))

    def withdraw(self, why: str) -> None:
        """The office takes back what it asked."""
        if self.brief is not None:
            id = self.brief.id
            self._do(lambda: self.ctx.desk.relays.withdraw(id, why), t("Taken back."))

    def leave(self) -> None:
        """Nothing more is to be done about what is told of it."""
        told = list(self.told)
        if told:
            self._do(lambda: self.ctx.desk.alarms.leave(told), t("Left as it is. Today lists it no more."))

    def _do(self, job: Any, words: str) -> None:
        def then(_: object) -> None:
            self.dirty = False
            self.load()
            self.done.emit(words)

        self.ask(job, then)
