"""Sign-off: what waits for this person, the text against what they read before, and the decision on exactly that."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from g20desk.clock import from_iso
from g20desk.desk import own_acts, seen
from g20desk.office import wording
from g20desk.office.words import words
from ui.bus import LOOKED, Ctx, Presenter
from ui.composer.films import write
from ui.composer.pictures import decoded
from ui.rows import Row, page
from ui.texts import DECISIONS, day, reason, span, state, t
from ui.widgets.word_diff import Runs, count

PAGE = 50
WEEK = 7 * 86_400_000


@dataclass(frozen=True, slots=True)
class Passage:
    """One text, post by post, as runs against what the reader knew; `news`: places that differ."""

    lang: str
    network: str
    parts: tuple[Runs, ...]
    news: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One message as it is read."""

    data: dict[str, Any]
    digest: str
    said: tuple[str, ...]
    can: dict[str, str]
    blocks: int
    changed_at: int
    now: int
    passages: tuple[Passage, ...]

    @property
    def changed(self) -> bool:
        """Whether the text is another than the one in front."""
        return bool(self.changed_at)

    def langs(self) -> list[str]:
        """The languages, in order."""
        return list(dict.fromkeys(p.lang for p in self.passages))

    def news(self, lang: str) -> int:
        """Places that changed in a language."""
        return sum(p.news for p in self.passages if p.lang == lang)


def passages(data: dict[str, Any]) -> tuple[Passage, ...]:
    """The texts, marked against what this reader read or decided on before; unmarked where all is new."""
    before = data.get("before")
    old = {(x["lang"], x.get("network", "")): x["parts"] for x in (before or {}).get("texts", ())}
    new = {(x["lang"], x.get("network", "")): x["parts"] for x in data.get("texts", ())}
    made = []
    for (lang, network), parts in {**new, **{key: [] for key in old if key not in new}}.items():
        if before is None:
            runs: tuple[Runs, ...] = tuple([("same", part)] for part in parts)
        else:
            pairs = zip_longest(old.get((lang, network), []), parts, fillvalue="")
            runs = tuple(wording.diff(a, b) for a, b in pairs)
        made.append(Passage(lang, network, runs, sum(count(one) for one in runs)))
    return tuple(made)


class SignoffPresenter(Presenter):
    """A list, a reading, four answers."""

    listed = Signal(object, object)
    showed = Signal(object)
    decided = Signal(str)
    pictured = Signal()
    advance = Signal(str)
    watches = frozenset({"message", "post", LOOKED})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.id, self.digest = "", ""
        self.front: dict[str, Any] = {}
        self.changed_at = 0
        self.images: dict[str, QImage] = {}
        self.queue: list[str] = []
        self.limits = {"waiting": PAGE, "done": PAGE}
        self.total, self.decided_total = 0, 0
        self._after: list[str] = []
        self.waits = ""  # the message on which this person's decision has not reached the office

    def load(self) -> None:
        """The list; and whether the text in front has changed."""
        desk, messages = self.ctx.desk, self.ctx.desk.messages
        show = messages.show
        now, limits = self.ctx.clock.now_ms(), dict(self.limits)

        def job() -> tuple[list[str], list[Row], list[Row], int]:
            mine = [r for r in messages.rows("submitted") if r.waiting_for_me]
            mine.sort(key=lambda r: (r.planned_ms or 2**53, r.updated_ms))
            ids = [r.id for r in mine]
            waiting = [self._row(r, show(r.id), now) for r in mine[: limits["waiting"]]]
            past = messages.decided(now - WEEK)
            away = {one.message for one in own_acts.pending(desk.ledger, desk.person.name)}
            done = page([_past(*one, one[0].id in away) for one in past[: limits["done"]]], len(past), PAGE)
            return ids, page(waiting, len(mine), PAGE), done, len(past)

        self.ask_list(job, lambda answer: self._listed(*answer))
        if self.id:
            self.ask(lambda id=self.id: show(id, anew=True), self._showed)

    def more(self, which: str) -> None:
        """The next page of what waits, or of what is done."""
        self.limits[which] += PAGE
        self.load()

    def read(self, id: str) -> None:
        """Open one; what it says now is what is decided on, and what the next version is compared with."""
        if not id:
            return
        self.id, self.digest, self.changed_at = id, "", 0
        desk = self.ctx.desk

        def job() -> dict[str, Any]:
            data: dict[str, Any] = desk.messages.show(id, anew=True)
            if data["state"] != "draft":
                seen.mark(desk, data["id"], data["digest"])
            return data

        self.ask(job, self._showed)

    def reread(self) -> None:
        """The text changed while open: read it as it is now."""
        self.read(self.id)

    def decide(self, answer: str, why: str) -> None:
        """Sign the decision on the digest that was read."""
        id, digest, order = self.id, self.digest, list(self.queue)

        desk = self.ctx.desk

        def job() -> bool:
            desk.messages.decide(id, answer, digest, why)
            return any(one.message == id for one in own_acts.pending(desk.ledger, desk.person.name))

        def told(pending: bool) -> None:
            self._after = order[order.index(id) :] if id in order else [id]
            self.waits = id if pending else ""
            self.decided.emit(answer)
            self.load()

        self.ask(job, told)

    def has_read(self, events: list[str]) -> None:
        """This person has read that these acts of theirs do not count."""
        id, desk = self.id, self.ctx.desk
        self.ask(lambda: own_acts.has_read(desk, id, events), lambda _: self.load())

    def _listed(self, ids: list[str], waiting: list[Row], done: list[Row], decided: int) -> None:
        self.queue, self.total, self.decided_total = ids, len(ids), decided
        self.listed.emit(waiting, done)
        if self._after and self._after[0] not in self.queue:
            later, self._after = self._after, []
            if after := next((id for id in [*later, *self.queue] if id in self.queue), ""):
                self.advance.emit(after)

    def _row(self, row: Any, data: dict[str, Any], now: int) -> Row:
        n = len(row.langs)
        langs = t("{n} languages", n=n) if n > 1 else t("1 language")
        ahead = row.planned_ms - now if row.planned_ms else 0
        due = t("{span} left", span=span(ahead)) if ahead > 0 else t("Waiting {span}", span=span(now - row.updated_ms))
        changes = sum(p.news for p in passages(data))
        news = t("New to you") if data.get("before") is None else t("{n} changes", n=changes)
        news = t("1 change") if data.get("before") is not None and changes == 1 else news
        kind = f"{t(row.kind.capitalize())} · {langs}"
        word = t("Waiting for sign-off")
        return Row(
            row.id, row.title, kind, "hourglass", "warn", third=due, third_right=news, spoken=word, fresh=bool(row.news)
        )

    def _showed(self, data: dict[str, Any]) -> None:
        if data["id"] != self.id and not str(data["id"]).startswith(self.id):
            return
        now = self.ctx.clock.now_ms()
        if self.digest and data["digest"] != self.digest and not self.changed_at:
            kinds = ("message.submitted", "message.withdrawn", "draft.revised")
            acts = [h for h in data.get("history", ()) if h["kind"] in kinds and h["counts"]]
            self.changed_at = from_iso(acts[-1]["at"]) if acts else now
        if self.changed_at:
            data = self.front  # what was read stays in front until the change is asked for
        else:
            self.digest, self.front = data["digest"], data
        over = {o["rule"] for o in data.get("overrides", ())}
        blocks = sum(f["level"] == "block" and f["rule"] not in over for f in data.get("findings", ()))
        can = {verb: reason(why) for verb, why in (data.get("can") or {}).items()}
        shown = [p["piece"] for p in (*data.get("pictures", ()), *data.get("cards", ())) if p["piece"]]
        for piece in set(shown) - set(self.images):
            self.ask(
                lambda piece=piece: decoded(self.ctx.desk.messages.picture_bytes(piece)),
                lambda image, piece=piece: self._pictured(piece, image),
            )
        said = tuple(words(self.digest)) if self.digest else ()
        self.showed.emit(Reading(data, self.digest, said, can, blocks, self.changed_at, now, passages(data)))

    def save_copy(self, piece: str, path: str) -> None:
        """A film's bytes, as they were signed, into a file, to be watched."""
        self.ask(lambda: write(path, self.ctx.desk.messages.picture_bytes(piece)), lambda _: None)

    def _pictured(self, piece: str, image: QImage) -> None:
        self.images[piece] = image
        self.pictured.emit()


def _past(row: Any, answer: str, at: int, away: bool) -> Row:
    """What this person decided, and on which day; where it stands now is read with it. `away`: it has not reached the
    office."""
    look = DECISIONS.get(answer, DECISIONS[""])
    if away:
        words = t("{word}: has not reached the office", word=t(look.word))
        return Row(row.id, row.title, "", "cloud-off", "warn", t("not yet in"), spoken=words)
    spoken = f"{t(look.word)}. {t(state(row.state).word)}"
    return Row(row.id, row.title, "", look.icon, look.tone, day(at).split(" ")[0], spoken=spoken)


def tally(decisions: list[dict[str, Any]]) -> str:
    """`6 approved · 1 no objection`."""
    counts: dict[str, int] = {}
    for one in decisions:
        counts[one["decision"]] = counts.get(one["decision"], 0) + 1
    return " · ".join(f"{n} {t(DECISIONS[code].word).lower()}" for code, n in counts.items() if code in DECISIONS)
