"""The composer: what is written becomes findings, counts, a kept copy, a revision, a submission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal

from ui.bus import Ctx, Presenter
from ui.composer.model import Draft, Picture, Standing, from_content, from_shown
from ui.texts import NETWORKS, clock, state, t

Key = tuple[str, str, str, tuple[str, ...]]


class ComposerPresenter(Presenter):
    """Holds a Draft; the language and network in hand."""

    opened = Signal()
    checked = Signal()
    standing = Signal(object)
    submitted = Signal(str)

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.draft, self.lang, self.network = Draft(), "en", ""
        self.accounts: list[Any] = []
        self.data: dict[str, Any] = {}
        self.answers: dict[Key, dict[str, Any]] = {}
        self._asked: set[Key] = set()
        self.images: dict[str, bytes] = {}
        self.kept = ""
        self.dirty = False
        self.stale = False
        self._soon, self._keep = QTimer(self), QTimer(self)
        for timer, wait, run in ((self._soon, 250, self.check), (self._keep, 1200, self.keep)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(run)

    def load(self) -> None:
        """Changes made elsewhere: the state and what may be done, never what is being written."""
        if self.draft.id:
            id = self.draft.id
            self.ask(lambda: self.ctx.desk.messages.show(id), self._state)

    def open(self, id: str) -> None:
        """A message, or a new one."""
        desk = self.ctx.desk

        def job() -> tuple[Any, Any, Any]:
            shown, kept = desk.messages.show(id) if id else {}, desk.messages.kept(id)
            typed = kept or (desk.messages.content(id) if id and not shown["can"].get("revise") else None)
            return desk.accounts.rows(), shown, (typed, kept is not None)

        self.ask(job, lambda answer: self._opened(id, *answer))

    def networks(self) -> list[str]:
        """The networks that this message goes to, each once."""
        chosen = [a for a in self.accounts if a.name in self.draft.to]
        return sorted({a.network for a in chosen}, key=lambda n: (list(NETWORKS).index(n) if n in NETWORKS else 9, n))

    def handle(self, network: str) -> str:
        """The handle of the first account there."""
        return next(
            (a.handle or a.name for a in self.accounts if a.name in self.draft.to and network in (a.network, a.like)),
            "",
        )

    def write(self, text: str) -> None:
        """The text in hand has changed."""
        if text == self.draft.text(self.lang, self.network):
            return
        own = self.draft.own(self.lang, self.network)
        self.draft.put(self.lang, self.network if own else "", text)
        self.touched()

    def own_text(self, wanted: bool) -> None:
        """Give this network its own text, or take it away."""
        if wanted and self.network:
            self.draft.texts[self.lang, self.network] = self.draft.text(self.lang)
        else:
            self.draft.texts.pop((self.lang, self.network), None)
        self.touched()

    def touched(self) -> None:
        """Something to keep and to check."""
        self.dirty = True
        self.kept = ""
        self._soon.start()
        self._keep.start()
        self._tell()

    def goes_to(self, name: str, on: bool) -> None:
        """Choose an account."""
        if on and name not in self.draft.to:
            self.draft.to.append(name)
        elif not on and name in self.draft.to:
            self.draft.to.remove(name)
        if self.network and self.network not in self.networks():
            self.network = ""
        self.touched()

    def add_picture(self, path: str) -> None:
        """A picture from a file."""

        def job() -> tuple[str, bytes]:
            data = Path(path).read_bytes()
            return self.ctx.desk.messages.keep_picture(data), data

        def then(made: tuple[str, bytes]) -> None:
            self.draft.pictures.append(Picture(made[0]))
            self.touched()
            self._pictured(*made)

        self.ask(job, then)

    def remove_picture(self, at: int) -> None:
        """Without that picture."""
        del self.draft.pictures[at]
        self.touched()

    def describe(self, at: int, alt: str) -> None:
        """What a picture shows, in the language in hand."""
        self.draft.pictures[at].alt[self.lang] = alt
        self.touched()

    def key(self, lang: str, network: str, part: int = 0) -> Key:
        """What a check is remembered by."""
        parts = self.draft.parts(lang, network)
        alts = tuple(p.alt.get(lang, "") for p in self.draft.pictures if p.part == part + 1)
        return (parts[part] if part < len(parts) else "", network, lang, alts)

    def check(self) -> None:
        """Ask for every text that was not asked for yet, the one in hand first."""
        for key in self._wanted():
            if key not in self._asked:
                self._asked.add(key)
                text, net, lang, alts = key
                kind, given = self.draft.kind, [{"alt": a} for a in alts]
                self.ask(
                    lambda a=(text, net, lang, kind, given): self.ctx.desk.check.text(*a),
                    lambda answer, k=key: self._checked(k, answer),
                )
        self.checked.emit()
        self._tell()

    def _wanted(self) -> list[Key]:
        langs = sorted(self.draft.langs(), key=lambda x: x != self.lang)
        nets = self.networks() or ["bluesky"]
        made = [self.key(x, net, n) for x in langs for net in nets for n in range(len(self.draft.parts(x, net)))]
        return list(dict.fromkeys(made))

    def answer(self, lang: str, network: str, part: int = 0) -> dict[str, Any]:
        """The check of one post; empty while it is awaited."""
        return self.answers.get(self.key(lang, network, part), {})

    def findings(self, lang: str = "", network: str | None = None) -> list[dict[str, Any]]:
        """The findings of a text, must-fix first; places count in the whole text."""
        lang = lang or self.lang
        net = self.network if network is None else network
        net = net or next(iter(self.networks()), "bluesky")
        made, base, whole = [], 0, self.draft.text(lang, net)
        for n, part in enumerate(self.draft.parts(lang, net)):
            base = max(whole.find(part, base), 0)
            for found in self.answer(lang, net, n).get("findings", ()):
                made.append({**found, "start": found["start"] + base, "end": found["end"] + base})
            base += len(part)
        order = {"block": 0, "warn": 1, "advise": 2}
        return sorted(made, key=lambda f: (order.get(f["level"], 3), f["start"]))

    def blocking(self) -> int:
        """How many findings must be fixed, in all texts, each once; too long counts."""
        seen = set()
        for lang in self.draft.langs():
            for net in self.networks():
                for n in range(len(self.draft.parts(lang, net))):
                    for found in self.answer(lang, net, n).get("findings", ()):
                        if found["level"] == "block":
                            seen.add((lang, found["rule"], found["start"], found["text"]))
        return len(seen)

    def keep(self) -> None:
        """Keep what is written on this desk."""
        if self.dirty and self.draft.langs():
            id, content = self.draft.id, self.draft.content()
            self.ask(lambda: self.ctx.desk.messages.keep(id, content), self._kept)

    def submit(self) -> None:
        """Save the revision and hand it in; one act for the person."""
        if self._why_not():
            return
        desk, id, content, dirty = self.ctx.desk, self.draft.id, self.draft.content(), self.dirty

        def job() -> str:
            made = id
            if not made:
                made = desk.messages.new(content)["message"]
            elif dirty:
                desk.messages.revise(made, content)
            desk.messages.submit(made)
            return str(made)

        self.ask(job, self._submitted)

    def _submitted(self, id: str) -> None:
        self.draft.id, self.dirty = id, False
        self.load()
        self.submitted.emit(id)

    def _why_not(self) -> str:
        if not self.draft.langs():
            return t("Write a text first")
        if not self.draft.to:
            return t("Choose where it goes")
        if any(key not in self.answers for key in self._wanted()):
            return t("The text is being checked")
        if blocks := self.blocking():
            return (
                t("Not yet: 1 finding must be fixed")
                if blocks == 1
                else t("Not yet: {n} findings must be fixed", n=blocks)
            )
        return str((self.data.get("can") or {}).get("submit", "")) if self.draft.id and not self.dirty else ""

    def _tell(self) -> None:
        code = self.data.get("state", "draft") if self.draft.id else "draft"
        look, why = state(code), self._why_not()
        self.standing.emit(
            Standing(
                self.draft.title() or t("New message"),
                t(look.word),
                look.icon,
                look.tone,
                int(self.data.get("revision") or 0),
                not why,
                why,
                self.kept,
                code not in ("sending", "sent", "partly-sent", "withdrawn"),
            )
        )

    def _opened(self, id: str, accounts: list[Any], shown: dict[str, Any], typed: tuple[Any, bool]) -> None:
        self.accounts, self.data = accounts, shown
        kept, self.dirty = typed
        self.draft = from_content(id, kept) if kept is not None else from_shown(shown) if id else Draft()
        if id:
            self.draft.id = shown.get("id", id)
        for path in {p.path for p in self.draft.pictures} - set(self.images):
            self.ask(
                lambda path=path: self.ctx.desk.messages.picture_bytes(path),
                lambda data, path=path: self._pictured(path, data),
            )
        if not id and kept is None:
            self.draft.to = [a.name for a in accounts if a.owner == "official"]
        self.lang = next(iter(self.draft.langs()), "en")
        self.network = next(iter(self.networks()), "")
        self.kept = ""
        self.opened.emit()
        self.check()

    def _pictured(self, path: str, data: bytes) -> None:
        self.images[path] = data
        self.opened.emit()

    def _state(self, shown: dict[str, Any]) -> None:
        self.data = shown
        self._tell()

    def _kept(self, _: object) -> None:
        self.kept = t("Kept on this desk {time}", time=clock(self.ctx.clock.now_ms()))
        self._tell()

    def _checked(self, key: Key, answer: dict[str, Any]) -> None:
        self.answers[key] = answer
        self.checked.emit()
        self._tell()

    def cell(self, lang: str, network: str) -> str:
        """What the grid shows there: none, same, own, block, ok."""
        if not self.draft.text(lang, network).strip():
            return "none"
        first = next(iter(self.networks()), "")
        if any(f["level"] == "block" for f in self.findings(lang, network)):
            return "block"
        if network == first:
            return "ok"
        return "own" if self.draft.own(lang, network) else "same"
