"""The composer: what is written becomes a kept copy, a revision, a submission; two versions become one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal

from g20desk.errors import Refused
from ui.bus import Ctx
from ui.composer.agreed import Agreed
from ui.composer.ahead import AheadDraft
from ui.composer.apart import in_hand
from ui.composer.model import LINKS, Draft, Standing, from_content, from_shown
from ui.texts import clock, reason, state, t

OVER = ("sending", "sent", "partly-sent", "withdrawn")

# What is written on a screen of its own.
ELSEWHERE = {"relay": "relay", "line": "line"}
# What is typed is kept so long after; a crash costs no more than that.
KEEP_MS = 1_000


class ComposerPresenter(AheadDraft):
    """Keeps what is typed, hands it in, takes pictures in, merges. `screen`: where it is written; `slot`: under which name what was
    begun and has no id yet is kept."""

    screen, slot = "composer", ""
    opened = Signal()
    standing = Signal(object)
    submitted = Signal(str)

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.checked.connect(self._tell)
        self.agreed = Agreed(self)
        self.data: dict[str, Any] = {}
        self.kept = ""
        self.unkept: Exception | None = None
        self.dirty = False
        self.stale = False
        self._soon, self._keep = QTimer(self), QTimer(self)
        for timer, wait, run in ((self._soon, 250, self.check), (self._keep, KEEP_MS, self.keep)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(run)

    def load(self) -> None:
        """Changes made elsewhere: the state and what may be done, never what is being written."""
        if self.draft.id:
            id = self.draft.id
            self.ask(lambda: self.ctx.desk.messages.show(id), self._state)

    def hidden(self) -> None:
        """Another screen is in front: nothing typed is left unkept."""
        super().hidden()
        self._flush()

    def open(self, id: str) -> None:
        """A message, or a new one."""
        self._flush()
        desk = self.ctx.desk

        def job() -> tuple[Any, ...]:
            shown = desk.messages.show(id) if id else {}
            standing = in_hand(desk, id, shown, self.slot)
            kept = standing[2]
            typed = kept or (desk.messages.content(id) if id and not shown["can"].get("revise") else None)
            rows, office = desk.accounts.rows(), desk.office
            found = {row.name: office.account_named(row.name) for row in rows}
            of = {how: getattr(typed, how) if typed else (shown.get(how) or {}).get("message", "") for how in LINKS}
            others = {how: desk.messages.show(id.partition(".")[0]) for how, id in of.items() if id}
            return (
                rows,
                [a for a in found.values() if a is not None],
                shown,
                (typed, kept is not None),
                others,
                standing,
            )

        self.ask(job, lambda answer: self._opened(id, *answer))

    def write(self, text: str, lang: str = "") -> None:
        """The text in hand has changed, or that of another language."""
        lang = lang or self.lang
        if text == self.draft.text(lang, self.network):
            return
        own = self.draft.own(lang, self.network)
        self.draft.put(lang, self.network if own else "", text)
        self.touched()

    def types(self, at: int) -> None:
        """Someone types at this place of the text in hand; -1: the caret was only moved."""
        left = at < 0 <= self.spelling.typing
        self.spelling.typing = at
        if left and self.settled():
            self.check()

    def describes(self, picture: int, at: int) -> None:
        """The same in the words of a picture."""
        left = at < 0 <= self.spelling.describing.get(picture, -1)
        self.spelling.describing[picture] = at
        if left and self.settled():
            self.check()

    def settled(self) -> bool:
        """Whether all that was typed has been handed to the checker."""
        return not self._soon.isActive()

    def own_text(self, wanted: bool) -> None:
        """Give this network its own text, or take it away."""
        if wanted and self.network:
            wishes = self.draft.wishes(self.lang)
            self.draft.texts[self.lang, self.network] = self.draft.text(self.lang)
            self.draft.wish(self.lang, self.network, *wishes)
        elif self.draft.own(self.lang, self.network):
            self.draft.wish(self.lang, self.network, "", "")
            del self.draft.texts[self.lang, self.network]
        self.touched()

    def wish(self, warning: str, seen: str) -> None:
        """What stands before the text in hand, and who may see it."""
        self.draft.wish(self.lang, self.network, warning, seen)
        self.touched()

    def touched(self) -> None:
        """Something to keep and to check. Who types on and on is kept all the same."""
        self.dirty = True
        self._soon.start()
        if not self._keep.isActive():
            self._keep.start()
        self.foresee()
        self._tell()

    def goes_to(self, name: str, on: bool) -> None:
        """Choose an account."""
        if on and name not in self.draft.to:
            self.draft.to.append(name)
        elif not on and name in self.draft.to:
            self.draft.to.remove(name)
        if self.network not in self.networks():
            self.network = next(iter(self.networks()), "")
        self.touched()

    def is_kind(self, kind: str) -> None:
        """What kind of message it is; some rules go by it."""
        self.draft.kind = kind
        self.touched()

    def is_about(self, topic: str) -> None:
        """The topic, which a hold may name."""
        self.draft.topic = topic.strip()
        self.touched()

    def bounded(self, moment: int) -> None:
        """It goes out then or later; 0 is at any time."""
        self.draft.not_before = moment
        self.touched()

    def lets_go(self, how: str) -> None:
        """A message of its own: it no longer corrects, replies to or quotes another."""
        setattr(self.draft, how, "")
        self.others.pop(how, None)
        self.touched()
        self.opened.emit()

    def noted(self, note: str) -> None:
        """The note to those who sign off."""
        self.draft.note = note
        self.touched()

    def keep(self) -> None:
        """Keep what is written on this desk."""
        if self.dirty and self._parted is None and not self.draft.empty():
            id, content, base = self.draft.id or self.slot, self.draft.content(), self.base
            keep = self.ctx.desk.messages.keep
            self.ctx.worker.ask(lambda: keep(id, content, base), self._kept, self._not_kept, self, must=True)

    def _flush(self) -> None:
        if self._keep.isActive():
            self._keep.stop()
            self.keep()

    def submit(self, route: str = "") -> None:
        """Save the revision and hand it in by a route (empty: the one made for it); one act for the person. The revision stays
        where handing in is refused."""
        if self._why_not():
            return
        self._keep.stop()
        desk, id, content, dirty = self.ctx.desk, self.draft.id, self.draft.content(), self.dirty
        over, base = dict(self.overrides), self.base

        def job() -> tuple[str, Refused | None]:
            made = id
            if not made:
                made = desk.messages.new(content)["message"]
            elif dirty:
                desk.messages.revise(made, content, base)
            try:
                desk.messages.submit(made, route, over)
            except Refused as refusal:
                return str(made), refusal
            return str(made), None

        self.ask(job, self._submitted)

    def _submitted(self, answer: tuple[str, Refused | None]) -> None:
        self.draft.id, refusal = answer
        self.dirty = False
        if refusal is not None and refusal.code == "two-heads":
            self.open(self.draft.id)  # somebody else revised it meanwhile
        else:
            self.load()
        if refusal is not None:
            self.failed.emit(refusal)
        else:
            self.submitted.emit(self.draft.id)

    def title(self) -> str:
        """What it is called in the header."""
        return self.draft.title() or t("New message")

    def fresh(self) -> Draft:
        """What a new one begins with."""
        return Draft(to=[a.name for a in self.accounts if a.owner == "official"])

    def lacks(self) -> str:
        """What it can't do without, in words."""
        if not self.draft.langs():
            return t("Write a text first")
        return "" if self.draft.to else t("Choose where it goes")

    def _why_not(self) -> str:
        if lacks := self.lacks():
            return lacks
        if self._parted is not None:
            return t("Two versions have to be merged")
        if self.checking():
            return t("The text is being checked")
        if blocks := self.blocking():
            return (
                t("Not yet: 1 finding must be fixed")
                if blocks == 1
                else t("Not yet: {n} findings must be fixed", n=blocks)
            )
        if not self.draft.id or self.dirty or self.overrides:
            return ""
        return reason(str((self.data.get("can") or {}).get("submit", "")))

    def _tell(self) -> None:
        code = self.data.get("state", "draft") if self.draft.id else "draft"
        look, why = state(code), self._why_not()
        number = int(self.data.get("revision") or 0) if self.draft.id else 0
        title, editable = self.title(), code not in OVER
        self.standing.emit(
            Standing(title, t(look.word), look.icon, look.tone, number, not why, why, self.kept, editable)
        )

    def _opened(
        self, id: str, rows: list[Any], accounts: list[Any], shown: dict[str, Any], typed: tuple[Any, bool],
        others: dict[str, dict[str, Any]], standing: tuple[Any, ...],
    ) -> None:  # fmt: skip
        if (elsewhere := ELSEWHERE.get(shown.get("kind", ""), self.screen)) != self.screen:
            self.ctx.go(elsewhere, id)
            return
        self.accounts, self.data, self.overrides, self.others = rows, shown, {}, others
        self.limits = {account.name: account.limits.get("characters", 0) for account in accounts}
        self.software = {account.name: account.software for account in accounts}
        kept, self.dirty = typed
        self.draft = from_content(id, kept) if kept is not None else from_shown(shown) if id else self.fresh()
        if id:
            self.draft.id = shown.get("id", id)
        cards = {c["piece"] for c in shown.get("cards", ()) if c["piece"]}
        for path in (cards | {p.path for p in self.draft.pictures}) - set(self.images):
            self.look(path)
        self.lang = next(iter(self.draft.langs()), "en")
        self.network = next(iter(self.networks(self.lang) or self.networks()), "")
        self.kept, self.beside = "", ""
        self.spelling.begin()
        self._begin(*standing)
        self.opened.emit()
        self.foresee()
        self.check()
        self._tell()

    def _state(self, shown: dict[str, Any]) -> None:
        self.data = shown
        self._tell()

    def _not_kept(self, problem: Exception) -> None:
        """Said at once; the text stays on the screen, and closing the window asks first."""
        self.unkept = problem
        self.failed.emit(problem)

    def _kept(self, _: object) -> None:
        self.unkept = None
        self.kept = t("Kept on this desk {time}", time=clock(self.ctx.clock.now_ms()))
        self._tell()
