"""The plan of the demonstration's day: what the office and the Presidency say when, what moves together, and one clash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk.clock import iso
from g20desk.desk.demo_texts import DAY, MINUTE
from g20desk.ledger import views

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

NAME, ZONE = "Leaders' summit, day 2", "Africa/Johannesburg"
ACCOUNT = "ZA Presidency X"
HOUR = 60 * MINUTE


def fill(officer: Desk, presidency: Desk, now: int) -> None:
    """Put it into an office that has its messages. `now`: the story's moment, in milliseconds."""
    day = now // DAY * DAY + DAY
    plans = officer.plans
    plan = plans.new(NAME, iso(day)[:10], ZONE)
    linked = []
    for row in views.planned(officer.store, "message", day, day + DAY):
        if row.state == "scheduled":
            linked.append(plans.put(plan, {"at": row.value["planned"], "what": f"message:{row.id}"}))
    for at, title, langs in ((11, "Leaders arrive", ["en"]), (12, "Family photo of the leaders", ["en", "fr"])):
        fields = {"at": day + at * HOUR, "minutes": 30, "accounts": ["G20 X"], "langs": langs}
        linked.append(plans.put(plan, fields, title=title))
    plans.link(plan, linked)
    until = day + 16 * HOUR
    plans.put(plan, {"at": until, "topic": "declaration", "not_before": until, "accounts": ["G20 X"],
                     "langs": ["en", "fr", "es", "ar", "ru", "zh"]}, title="Leaders' declaration adopted")  # fmt: skip
    presidency.plans.put(plan, {"at": day + 15 * HOUR, "topic": "declaration", "accounts": [ACCOUNT], "langs": ["en"]},
                         title="The President on the declaration")  # fmt: skip
