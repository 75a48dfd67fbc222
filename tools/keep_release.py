"""Keeps a small desk as this program makes it, for later programs' tests to open: `python tools/keep_release.py FOLDER`.

Each release leaves one in tests/data/releases/VERSION (docs/releasing.md). It is a rehearsal office, whose keys lie beside it, with
something of everything that a desk holds, and with expected.json, which says what every later program has to find in it. Times are
the story's own; ids and keys are drawn, so that no two are alike.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

from PIL import Image

import g20desk
from g20desk.desk import Desk
from g20desk.desk.exporting import digest
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from g20desk.ledger import body, event, pieces
from g20desk.office.content import Content, PictureFile, Text

# 2026-11-30 09:00 in UTC; what is planned is due two hours later.
BEGINS, PLANNED = 1_796_029_200_000, 1_796_036_400_000
LINE, LOCK = "We reaffirm that debt is to be treated in good time, by all.", "treated in good time"
TYPED = "Typed, and not yet a revision. كُتب ولم يُحفظ بعد."
ALL = ("G20 X", "G20 Bluesky", "G20 Mastodon")
CHOSEN = {"language": "ar", "scheme": "dark", "text": 125, "letters": False, "quiet": ["hold"], "sound": False}


class Steps:
    """A clock that goes on by a hundredth of a second whenever it is asked."""

    def __init__(self) -> None:
        self._now = BEGINS

    def now_ms(self) -> int:
        """The story's time."""
        self._now += 10
        return self._now

    def monotonic(self) -> float:
        """The story's time in seconds."""
        return self._now / 1000


def make(folder: Path) -> dict[str, object]:
    """The desk in `folder`/desk, its person's settings beside it; what is to be found in it."""
    clock, desk = Steps(), folder / "desk"
    Desk.found(desk, "Office of the G20", "Ada Head", rehearsal=True, clock=clock).store.close()
    head, officer, brazil, presidency = (
        Desk.open(desk, name, clock) for name in ("Ada Head", "Officer", "Liaison Brazil", "Presidency")
    )
    sent = _message(officer, "Ministers met today.", ALL)
    _signed(officer, brazil, sent, clock.now_ms())
    planned = _message(officer, "Ministers meet again on Friday.", ALL)
    _signed(officer, brazil, planned, PLANNED)
    waits = _message(officer, "The statement on debt is out.", ("G20 X",))
    officer.messages.submit(waits["message"])
    brazil.messages.decide(waits["message"], "object", waits["digest"], "The figure is last year's.")
    Image.new("RGB", (40, 30), "navy").save(folder / "picture.png")
    shown = (PictureFile(str(folder / "picture.png"), {"en": "A blue square", "ar": "مربع أزرق"}),)
    texts = (Text("en", ("A thread.", "Its second part.")), Text("ar", ("سلسلة.", "جزؤها الثاني.")))
    draft = officer.messages.new(Content("news", ("G20 Bluesky",), texts, shown))
    (folder / "picture.png").unlink()
    officer.messages.keep(draft["message"], Content("news", ("G20 Bluesky",), (Text("en", (TYPED,)),)))
    try:
        officer.messages.decide(sent["message"], "approve", sent["digest"], "")
    except Refused:
        pass  # an author's own approval stands in the record and does not count
    head.holds.place("A rumour is going round.", topic="energy")
    if hasattr(officer, "lines"):
        _voice(officer, brazil, presidency)
    officer.publish.once()
    _tentative(brazil)
    found = said(desk, clock)
    _leave(folder, officer)
    for one in (head, officer, brazil, presidency):
        one.store.close()
    return found


def _message(desk: Desk, text: str, to: tuple[str, ...]) -> dict[str, str]:
    return dict(desk.messages.new(Content("news", to, (Text("en", (text,)),))))


def _signed(officer: Desk, liaison: Desk, made: dict[str, str], when: int) -> None:
    officer.messages.submit(made["message"])
    liaison.messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], when)


def _voice(officer: Desk, brazil: Desk, presidency: Desk) -> None:
    """A line that is agreed, and one relay of it that is carried."""
    line = officer.lines.new({"en": LINE}, "debt", {"en": (LOCK,)})
    officer.messages.submit(line["line"])
    brazil.messages.decide(line["line"], "approve", line["digest"])
    (relay,) = officer.relays.ask(line["line"], ["ZA Presidency X"])
    presidency.relays.adopt(relay["relay"], when_ms=presidency.clock.now_ms())
    presidency.publish.once()


def _tentative(desk: Desk) -> None:
    """An act that has reached no keeper: the first of a chain of its own."""
    key, office = desk.ledger.key(desk.device), desk.office
    parts = body.salted({"hold": "0" * 64, "why": pieces.refer(b"It never came in.")})
    head = event.Header(
        1, office.id, office.members_ring, office.id, "hold.lifted", desk.clock.now_ms(), desk.device, "c" * 64, 1, "",
        (), desk.store.last_place()[1], body.body_digest(parts),
    )  # fmt: skip
    raw = head.encode()
    made = event.Event(event.event_id(raw), head, raw, key.sign("event", raw), body.encode(parts))
    with desk.store.write():
        desk.store.add(made)


def _leave(folder: Path, desk: Desk) -> None:
    """What else a desk and a person keep: the way out, the publisher's word, the window's choices."""
    if hasattr(desk, "mail"):
        from g20desk.desk.mailing import Server

        desk.mail.use(Server("127.0.0.1", 587, "starttls", "desk@g20.example", "desk"), "mail-secret")
    with desk.store.write():
        desk.store.set_meta("proxy", "http://proxy.example:3128")
    desk.store.db.execute("vacuum")
    (folder / "desk" / "publisher.json").write_text(json.dumps({"at": BEGINS, "trouble": ""}))
    (folder / "window.json").write_text(json.dumps(CHOSEN, indent=1))


def said(folder: Path, clock: Steps) -> dict[str, object]:
    """What a desk holds, in what no later program may see otherwise."""
    desk = Desk.open(folder, "Officer", clock)
    checked = verify(desk)
    rows = desk.messages.rows()
    posts = Counter(post["state"] for row in rows for post in desk.messages.show(row.id)["posts"])
    found: dict[str, object] = {
        "program": g20desk.__version__,
        "store": desk.store.db.execute("pragma user_version").fetchone()[0],
        "events": checked["events"],
        "tentative": checked["tentative"],
        "refused": len(checked["refused"]),
        "verified": checked["verified"],
        "acts": hashlib.sha256(" ".join(one.id for one in desk.store.all()).encode()).hexdigest(),
        "digest": digest(desk),
        "people": sorted(one.name for one in desk.office.people.values()),
        "messages": sorted([row.title, row.state] for row in rows),
        "posts": dict(sorted(posts.items())),
        "holds": len(desk.holds.rows()),
        "lines": sorted([one["text"], one["state"]] for one in desk.lines.rows()) if hasattr(desk, "lines") else [],
        "relays": sorted([one["account"], one["state"]] for one in desk.relays.rows())
        if hasattr(desk, "relays")
        else [],
        "typed": TYPED,
    }
    desk.store.close()
    return found


def main() -> int:
    """Make one; what is expected of it is written last."""
    folder = Path(sys.argv[1])
    if folder.exists():
        print(f"{folder} is there already.", file=sys.stderr)
        return 2
    folder.mkdir(parents=True)
    told = make(folder)
    (folder / "expected.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    for lock in folder.rglob("*.lock"):
        lock.unlink()
    size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    print(f"{folder}: {size >> 10} KB, program {told['program']}, store {told['store']}, {told['events']} acts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
