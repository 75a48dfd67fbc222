"""A text tried: what the rules in force, one's own changes or what is proposed say of it, on each network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from g20desk.desk.rule_history import PROPOSED
from g20desk.errors import DeskError
from ui.composer.model import Draft
from ui.rules.presenter import RulesPresenter
from ui.worker import Ticket

IN_FORCE, MINE = "in-force", "mine"
WAIT_MS = 150
NETWORKS = ("x", "bluesky", "mastodon")
ORDER = {"block": 0, "warn": 1, "advise": 2}


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, read as it would go out. `alt`: it describes a picture."""

    text: str = ""
    lang: str = "en"
    kind: str = "news"
    networks: tuple[str, ...] = NETWORKS
    alt: bool = False
    source: str = IN_FORCE

    def parts(self) -> tuple[str, ...]:
        """The posts of the thread."""
        return (self.text,) if self.alt else Draft(texts={(self.lang, ""): self.text}).parts(self.lang)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was found: must-fix first, places in the whole text, each with the networks that it holds for."""

    asked: Asked = field(default_factory=Asked)
    findings: tuple[dict[str, Any], ...] = ()
    lengths: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    trouble: str = ""


def tried(asked: Asked, check: Any) -> Tried:
    """Ask for every part on every network, and for the thread."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    lengths: dict[str, tuple[int, int]] = {}
    parts, at, places = asked.parts(), 0, []
    for part in parts:
        at = max(asked.text.find(part, at), 0)
        places.append(at)
        at += len(part)
    for network in asked.networks:
        for n, part in enumerate(parts):
            text, pictures = ("—", [{"alt": part}]) if asked.alt else (part, [])
            answer = check.text(text, network, asked.lang, asked.kind, pictures, part=n + 1)
            if not asked.alt:
                lengths.setdefault(network, (answer["length"], answer["limit"]))
            for one in answer["findings"]:
                if asked.alt == ("attachment" in one):
                    _add(found, one, places[n], network)
    if len(parts) > 1:
        for one in check.thread(parts, asked.lang, asked.kind):
            _add(found, one, places[one["part"] - 1], "")
    listed = sorted(found.values(), key=lambda f: (ORDER.get(f["level"], 3), f["start"], f["rule"]))
    return Tried(asked, tuple(listed), lengths)


def _add(found: dict[tuple[Any, ...], dict[str, Any]], one: dict[str, Any], at: int, network: str) -> None:
    place = {k: v for k, v in one.items() if k != "attachment"} | {"start": one["start"] + at, "end": one["end"] + at}
    key = (place["rule"], place["start"], place["end"], place["message"])
    networks = (*found.get(key, {}).get("networks", ()), *([network] if network else ()))
    found[key] = {**place, "networks": networks}


class Trial(QObject):
    """The text in hand; asked a moment after the last letter, and only the last answer counts."""

    answered = Signal(object)

    def __init__(self, present: RulesPresenter) -> None:
        super().__init__(present)
        self.present, self.asked = present, Asked()
        self._ticket: Ticket | None = None
        self._book: tuple[Any, Any] = (None, None)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.ask)

    def put(self, **asked: Any) -> None:
        """Another text, or the same read otherwise."""
        self.asked = replace(self.asked, **asked)
        self._wait.start()

    def waiting(self) -> bool:
        """Whether something was written that is not asked for yet."""
        return self._wait.isActive()

    def ask(self) -> None:
        """Ask now."""
        self._wait.stop()
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self.present.ctx.worker.ask(
            self._job(), self._answered, self.present.failed.emit, self, quiet=True
        )

    def _job(self) -> Callable[[], tuple[Tried, Any]]:
        asked, desk, draft, held = self.asked, self.present.ctx.desk, self.present.draft, self._book
        mark = (asked.source, draft, desk.rulebook.pin()["digest"]) if asked.source != IN_FORCE else None

        def job() -> tuple[Tried, Any]:
            from g20desk.desk.checking import Checking

            if not asked.text.strip():
                return Tried(asked), held
            if mark is None:
                return tried(asked, desk.check), held
            book = desk.rulebook
            try:
                files = book.draft_files(draft) if asked.source == MINE else book.files_of(PROPOSED)
                made = held if held[0] == mark else (mark, book.built(files))
            except DeskError as problem:
                return replace(tried(asked, desk.check), trouble=problem.message), held
            return tried(asked, Checking(lambda: made[1])), made

        return job

    def _answered(self, answer: tuple[Tried, Any]) -> None:
        self._ticket = None
        now, self._book = answer
        self.answered.emit(now)
