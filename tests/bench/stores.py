"""Big stores: every event truly signed, chained and placed, as the desk would, but in one transaction.

Kept in a temporary folder (G20DESK_BENCH_CACHE moves it) under a hash of the code that makes them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from g20desk.desk import Desk
from g20desk.desk.acting import Judged, Ledger, Proposal
from g20desk.ledger import body, canonical, pieces
from g20desk.ledger.event import Event
from g20desk.office import acts, fold
from g20desk.office.state import Office
from tests.bench import texts

ROOT = Path(__file__).resolve().parents[2]
MAKERS = ("g20desk/ledger/*", "g20desk/office/*.py", "g20desk/desk/*ing.py", "g20desk/desk/desk.py")
BEGUN = 1_790_000_000_000
PLANNED = 4_100_000_000_000
BETWEEN = 600_000
LIVE = 200
REST = {"found": False}
NEVER_MOURNED: dict[str, Any] = {"despite": [], "why": None}


class Steady:
    """A clock that goes on by itself, some seconds an act."""

    def __init__(self, begun: int) -> None:
        self.now = begun

    def now_ms(self) -> int:
        self.now += 7_000
        return self.now

    def monotonic(self) -> float:
        return self.now / 1000


class Quick(Ledger):
    """Folds each act onto the state it already has, and writes a stream's row once."""

    states: dict[str, Any]
    standing: Office | None = None

    def office(self, before: int | None = None) -> Office:
        if self.standing is None:
            self.standing = super().office()
        return self.standing

    def _judged(self, made: Event, noun: str, office: Office, states: dict[str, Any]) -> Judged:
        before = self.states.get(made.header.stream, acts.START[noun])
        state, verdict = fold.step(before, made, office, noun)
        self.states[made.header.stream or made.id] = state
        return Judged(noun, before, state, verdict)

    def put(self, device: str, kind: str, values: dict[str, Any], stream: str = "", **more: Any) -> Event:
        """Append an act; inside a write transaction. One that does not count is a mistake of ours."""
        made = self._append(device, Proposal(kind, values, stream, **more), {})
        assert made.refusal is None, made.refusal
        return made.verdict.event


class Maker:
    """Writes messages into a desk's store: five events each on average, most of them long done."""

    def __init__(self, desk: Desk) -> None:
        self.clock = Steady(BEGUN)
        self.ledger = Quick(desk.store, desk.secrets, self.clock)
        self.office = self.ledger.office()
        self.account = desk.accounts.get("G20 Bluesky")
        self.rulebook = desk.rulebook.in_force().pin
        who = ("Officer", "Liaison Brazil")
        self.officer, self.liaison = (desk.store.meta(f"device/{name}") for name in who)

    def message(self, number: int, left: int) -> None:
        """One message; `left` says how many come after it. The newest few are still being worked on."""
        self.clock.now = max(self.clock.now, BEGUN + number * BETWEEN)
        self.ledger.states = {}
        if left < LIVE and left % 10 == 9:
            self._live(number, left // 10 % 4)
        else:
            self._done(number, left % 2 == 0)

    def _draft(self, number: int) -> tuple[Event, dict[str, Any]]:
        kept: dict[str, bytes] = {}
        salted = body.salted(self._content(number, kept))
        values = {name: part.value for name, part in salted.items()}
        values |= {"base": [], "occasion": "", "rulebook": self.rulebook, "originals": []}
        values["findings"] = self._ref(b"[]", kept)
        return self.ledger.put(self.officer, "draft.revised", values, pieces=kept, earlier=salted), salted

    def _content(self, number: int, kept: dict[str, bytes]) -> dict[str, Any]:
        told = {"en": texts.english(number)}
        if number % 2:
            told["zh"] = texts.chinese(number)
        else:
            told["ar"] = texts.arabic(number)
        payload = canonical.dumps({"text": told["en"], "langs": ["en"], "facets": []})
        account = self.account
        post = {"account": account.id, "identity": account.identity, "lang": "en",
                "parts": [{"payload": self._ref(payload, kept), "pictures": []}]}  # fmt: skip
        made: dict[str, Any] = {f"c.text.{lang}": [self._ref(text.encode(), kept)] for lang, text in told.items()}
        to = [[account.id, account.name, account.identity]]
        return made | {"c.kind": "news", "c.to": to, f"c.post.{account.id[:16]}.en": post}

    def _submitted(self, draft: Event, salted: dict[str, Any]) -> tuple[str, str]:
        values = {name: part.value for name, part in salted.items()} | {
            "draft": draft.id, "route": "", "rulebook": self.rulebook, "report": body.decode(draft.body)["findings"].value, "findings": [],
            "overrides": [], "headers": [[draft.header_bytes.decode(), draft.signature.hex()]],
        }  # fmt: skip
        stream = self.ledger.put(self.officer, "message.submitted", values, earlier=salted).id
        return stream, str(self.ledger.states[stream].digest)

    def _decided(self, stream: str, digest: str, answer: str) -> None:
        kept: dict[str, bytes] = {}
        why = self._ref(f"{answer} {stream[:6]}".encode(), kept)
        values = {"digest": digest, "answer": answer, "why": why, "amendment": None}
        self.ledger.put(self.liaison, "signoff.decided", values, stream, pieces=kept)

    def _commented(self, stream: str, digest: str) -> None:
        kept: dict[str, bytes] = {}
        values = {
            "digest": digest,
            "about": None,
            "answers": "",
            "text": self._ref(f"Read {stream[:6]}".encode(), kept),
        }
        self.ledger.put(self.liaison, "comment.made", values, stream, pieces=kept)

    def _done(self, number: int, sent: bool) -> None:
        """Seven events for one that was sent, three for one that was withdrawn."""
        draft, salted = self._draft(number)
        stream, digest = self._submitted(draft, salted)
        if sent:
            post = f"{self.account.id[:16]}.en"
            self._decided(stream, digest, "approve")
            self._act(
                "message.scheduled", {"when": self.clock.now, "zone": "UTC", "together": False, **NEVER_MOURNED}, stream
            )
            self._act("post.claimed", {"post": post, "process": "1-a", "until": self.clock.now + 60_000}, stream)
            plan = {"first": 0, "keys": ["3k"], "created_at": "2026-09-21T00:00:00Z", "since": 0}
            self._act("post.sending", {"post": post, "process": "1-a", **plan}, stream)
            receipt = {"id": str(number), "url": f"https://rehearsal.example/{number}", "cid": "c"}
            self._act("post.sent", {"post": post, "receipts": [receipt], **REST}, stream)
        else:
            kept: dict[str, bytes] = {}
            why = self._ref(f"Too early {number}".encode(), kept)
            self._act("message.withdrawn", {"why": why}, stream, pieces=kept)
        self._rows(draft.id, stream)

    def _live(self, number: int, how: int) -> None:
        """Five events: a draft, or a message that waits for sign-off, is signed off, or has its time."""
        draft, salted = self._draft(number)
        if how == 0:
            revision = draft
            for _ in range(4):
                values = {n: p.value for n, p in body.decode(revision.body).items()} | {"base": [revision.id]}
                revision = self.ledger.put(self.officer, "draft.revised", values, draft.id, earlier=salted)
            self._rows(draft.id)
            return
        stream, digest = self._submitted(draft, salted)
        for _ in range(5 - 2 - (how > 1) - (how > 2)):
            self._commented(stream, digest)
        if how > 1:
            self._decided(stream, digest, "approve")
        if how > 2:
            self._act(
                "message.scheduled",
                {"when": PLANNED + number * BETWEEN, "zone": "UTC", "together": False, **NEVER_MOURNED},
                stream,
            )
        self._rows(draft.id, stream)

    def _act(self, kind: str, values: dict[str, Any], stream: str, **more: Any) -> None:
        self.ledger.put(self.officer, kind, values, stream, **more)

    def _rows(self, *streams: str) -> None:
        for stream in streams:
            self.ledger.rows.put(self.ledger.store.stream(stream)[-1], self.ledger.states[stream])

    def _ref(self, data: bytes, kept: dict[str, bytes]) -> pieces.Ref:
        ref = pieces.refer(data)
        kept[ref["piece"]] = data
        return ref


def fill(folder: Path, messages: int) -> Path:
    """A rehearsal office with that many messages in a new folder."""
    desk = Desk.found(folder, "G20", "Ada Head", rehearsal=True, clock=Steady(BEGUN - 86_400_000))
    maker = Maker(desk)
    with desk.store.write():
        for number in range(messages):
            maker.message(number, messages - 1 - number)
    desk.store.close()
    return folder


def cache() -> Path:
    """Where stores are kept."""
    who = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return Path(os.environ.get("G20DESK_BENCH_CACHE") or Path(tempfile.gettempdir()) / f"g20desk-bench-{who}")


def code() -> str:
    """A hash of the code that makes stores."""
    made = hashlib.sha256()
    paths = sorted(path for pattern in MAKERS for path in ROOT.glob(pattern) if path.is_file())
    for path in [*paths, Path(__file__), Path(str(texts.__file__))]:
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()[:16]


def kept(messages: int) -> Path:
    """A store with that many messages, made where there is none; not to be written to: take a `copy`."""
    home = cache() / f"{messages}-{code()}"
    if home.exists():
        return home
    cache().mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in cache().glob(f"{messages}-*"):
        shutil.rmtree(old, ignore_errors=True)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=cache(), prefix="new-") as work:
        fill(Path(work) / "office", messages)
        os.replace(Path(work) / "office", home)
    took = time.perf_counter() - begun
    print(f"made a store of {messages} messages in {took:.0f} s: {home}", file=sys.stderr, flush=True)
    return home


def copy(folder: Path, to: Path) -> Path:
    """One to write to."""
    shutil.copytree(folder, to)
    return to
