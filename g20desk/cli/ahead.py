"""`message submit --look`: what lies before a message, and what time a silence has with the governments concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso

if TYPE_CHECKING:
    from g20desk.desk import Desk


def ways(desk: Desk, id: str) -> list[dict[str, Any]]:
    """The ways that a message may go, the one that it takes by itself first."""
    found = desk.routes.ways(desk.messages.content(id), desk.messages.find(id))
    made = []
    for way in found:
        stages = []
        for one in way.stages:
            until = one.begins + one.stage.within_ms
            hours = desk.hours.period(one.lands, one.begins, until) if one.lands else []
            stages.append({
                "name": one.stage.name, "mode": one.stage.mode, "begins": iso(one.begins), "until": iso(until),
                "asked": list(one.people), "absent": list(one.absent), "hours": [hour.as_json() for hour in hours],
                "says": [f"{hour.government}: {said}" for hour in hours for said in hour.sentences()],
            })  # fmt: skip
        made.append({"route": way.name, "sentence": way.sentence, "against": list(way.against), "stages": stages})
    return made


def words(found: list[dict[str, Any]]) -> list[str]:
    """The same for people."""
    lines = []
    for way in found:
        lines.append(f"{way['route'] or 'No route'}: {way['sentence'] or 'one approval is enough.'}")
        lines += [f"  ! {one}" for one in way["against"]]
        for stage in way["stages"]:
            lines.append(f"  {stage['name']}: {', '.join(stage['asked'])}; until {stage['until']} at the latest")
            lines += [f"    nobody speaks for {', '.join(stage['absent'])} now"] if stage["absent"] else []
            lines += [f"    {one}" for one in stage["says"]]
    return lines
