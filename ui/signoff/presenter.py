"""Sign-off: what waits for this person, the text in full, the route, and the decision on exactly that text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from ui.bus import Ctx, Presenter
from ui.rows import Row
from ui.texts import DECISIONS, day, span, state, t


@dataclass(frozen=True, slots=True)
class Reading:
    """One message as it is read."""

    data: dict[str, Any]
    digest: str
    can: dict[str, str]
    blocks: int
    changed: bool
    now: int


class SignoffPresenter(Presenter):
    """A list, a reading, four answers."""

    listed = Signal(object, object)
    showed = Signal(object)
    decided = Signal(str)
    watches = frozenset({"message", "post"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.id, self.digest = "", ""
        self.changed = False

    def load(self) -> None:
        """The list; and whether the text in front has changed."""
        self.ask(self.ctx.desk.messages.rows, self._listed)
        if self.id:
            self.ask(lambda id=self.id: self.ctx.desk.messages.show(id), self._showed)

    def read(self, id: str) -> None:
        """Open one; what it says now is what is decided on."""
        if id:
            self.id, self.digest, self.changed = id, "", False
            self.ask(lambda: self.ctx.desk.messages.show(id), self._showed)

    def reread(self) -> None:
        """The text changed while open: read it as it is now."""
        self.read(self.id)

    def decide(self, answer: str, why: str) -> None:
        """Sign the decision on the digest that was read."""
        id, digest = self.id, self.digest

        def told(_: object) -> None:
            self.decided.emit(answer)
            self.load()

        self.ask(lambda: self.ctx.desk.messages.decide(id, answer, digest, why), told)

    def _listed(self, rows: list[Any]) -> None:
        now = self.ctx.clock.now_ms()
        mine = [r for r in rows if r.waiting_for_me and r.state == "submitted"]
        mine.sort(key=lambda r: (r.planned_ms or 2**53, r.updated_ms))
        waiting = []
        for r in mine:
            n = len(r.langs)
            langs = t("{n} languages", n=n) if n > 1 else t("1 language")
            due = (
                t("{span} left", span=span(r.planned_ms - now))
                if r.planned_ms and r.planned_ms > now
                else t("Waiting {span}", span=span(now - r.updated_ms))
            )
            waiting.append(
                Row(
                    r.id,
                    r.title,
                    f"{t(r.kind.capitalize())} · {langs}",
                    "hourglass",
                    "warn",
                    third=due,
                    spoken=t("Waiting for sign-off"),
                )
            )
        week = now - 7 * 86_400_000
        past = [
            r for r in rows if not r.waiting_for_me and r.updated_ms > week and r.state not in ("draft", "withdrawn")
        ]
        past.sort(key=lambda r: -r.updated_ms)
        done = [
            Row(
                r.id,
                r.title,
                "",
                state(r.state).icon,
                state(r.state).tone,
                day(r.updated_ms).split(" ")[0],
                spoken=t(state(r.state).word),
            )
            for r in past[:9]
        ]
        self.listed.emit(waiting, done)

    def _showed(self, data: dict[str, Any]) -> None:
        if data["id"] != self.id and not str(data["id"]).startswith(self.id):
            return
        if self.digest and data["digest"] != self.digest:
            self.changed = True
        if not self.changed:
            self.digest = data["digest"]
        blocks = sum(f["level"] == "block" for f in data.get("findings", ()))
        self.showed.emit(
            Reading(data, self.digest, dict(data.get("can") or {}), blocks, self.changed, self.ctx.clock.now_ms())
        )


def tally(decisions: list[dict[str, Any]]) -> str:
    """`6 approved · 1 no objection`."""
    counts: dict[str, int] = {}
    for one in decisions:
        counts[one["decision"]] = counts.get(one["decision"], 0) + 1
    return " · ".join(f"{n} {t(DECISIONS[code].word).lower()}" for code, n in counts.items() if code in DECISIONS)
