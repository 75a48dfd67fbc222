"""A rehearsal office: its people and accounts, and the whole main job in a fresh one, headless."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from g20desk.desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from g20desk.office.content import Content, Text

TEXT = "Finance ministers met today and adopted a statement on debt. Read it: https://g20.example.org/debt #G20"


PEOPLE = (
    ("Officer", "officer", ""), ("Liaison Brazil", "liaison", "BR"), ("Liaison India", "liaison", "IN"),
    ("Liaison Italy", "liaison", "IT"), ("Presidency", "presidency", "ZA"), ("Analyst", "analyst", ""),
)  # fmt: skip
ACCOUNTS = (
    ("G20 X", "x", "official"), ("G20 Bluesky", "bluesky", "official"), ("G20 Mastodon", "mastodon", "official"),
    ("ZA Presidency X", "x", "presidency:ZA"),
)  # fmt: skip


# South Africa's, after Brazil's and before the United States'.
TROIKA = ("ZA", "BR", "US")


def fill(desk: Desk) -> None:
    """The people and accounts that a rehearsal office begins with."""
    for name, role, government in PEOPLE:
        desk.people.admit_here(name, role, government)
    for name, like, owner in ACCOUNTS:
        desk.accounts.add("rehearsal", name=name, owner=owner, like=like)
    desk.routes.presidency(*TROIKA)


def rehearse(folder: Path) -> dict[str, Any]:
    """Draft, check, submit, sign off, schedule, publish, verify. Raises Refused where a step did not go through."""
    Desk.rehearse(folder)
    officer, liaison = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    content = Content("news", ("G20 X", "G20 Bluesky", "G20 Mastodon"), (Text("en", (TEXT,)),))
    made = officer.messages.new(content)
    officer.messages.submit(made["message"])
    liaison.messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    officer.publish.once()
    shown = officer.messages.show(made["message"])
    if any(p["state"] != "sent" for p in shown["posts"]):
        raise Refused("not-sent", "A post of the rehearsal did not go out.", "Run: g20desk doctor")
    checked = verify(officer)
    return {
        "office": officer.office.id,
        "message": made["message"],
        "posts": [{k: p[k] for k in ("account", "network", "state", "url", "sent_at")} for p in shown["posts"]],
        "ledger": {"events": checked["events"], "verified": checked["verified"]},
    }
