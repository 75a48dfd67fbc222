"""Who is asked in a stage and how many of them, in words."""

from __future__ import annotations

from typing import Any

from ui.texts import ROLES, comma, land, span, t

ALL = {
    "governments:all": "All members' liaisons",
    "governments:troika": "The troika's liaisons",
    "role:head": "The head of the office",
    "role:officer": "Communication officers",
    "role:liaison": "Liaisons",
    "role:presidency": "The Presidency",
    "role:expert": "Experts",
    "role:analyst": "Analysts",
}


def who(said: str) -> str:
    """Those whom a stage names."""
    if said in ALL:
        return t(ALL[said])
    kind, _, rest = said.partition(":")
    if kind == "governments":
        return comma().join(land(one) for one in rest.split(","))
    if kind == "experts":
        return t("Experts on {topic}", topic=rest)
    return rest if kind == "person" else t(ROLES.get(rest, rest))


def how(stage: dict[str, Any]) -> str:
    """How many of them have to speak, or how long they may stay silent."""
    if stage["mode"] == "silence":
        return t("silence of {span}", span=span(stage["within_ms"]))
    if stage["need"] == 0:
        return t("each of them approves") if len(stage["voices"]) != 1 else t("approves")
    return t("one of them approves") if stage["need"] == 1 else t("{n} of them approve", n=stage["need"])


def voice(one: dict[str, Any]) -> str:
    """A voice by name: its government, or the person."""
    return land(one["voice"]) if one["voice"] else comma().join(one["people"])
