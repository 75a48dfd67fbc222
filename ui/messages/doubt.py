"""A post of unknown outcome: what the record knows of it, in order. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from g20desk.clock import from_iso
from ui.texts import NETWORKS, clock, reason, span, state, t


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what we know."""

    time: str
    icon: str
    tone: str
    words: str
    under: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Everything the panel shows."""

    post: str
    account: str
    network: str
    lang: str
    text: str
    planned: str
    since: str
    facts: tuple[Fact, ...]
    others: str


def doubt(data: dict[str, Any], now: int) -> Doubt | None:
    """The first post of a message whose outcome is unknown."""
    post = next((p for p in data.get("posts", ()) if p["state"] == "unknown"), None)
    if post is None:
        return None
    network = NETWORKS.get(post["network"], post["network"])
    key = post["id"].partition(".")[2]
    acts = [h for h in data.get("history", ()) if h.get("post") == key and h["counts"]]
    begun = [from_iso(h["at"]) for h in acts if h["kind"] == "post.sending"]
    since = t("Unknown for {span}", span=span(now - begun[-1])) if begun else t("Unknown")
    planned = t("planned for {time} UTC", time=clock(data["planned_ms"])) if data.get("planned_ms") else ""
    text = "\n\n".join(_parts(data, post))
    others = ", ".join(
        f"{p['account']}: {t(state(p['state']).word).lower()}" for p in data.get("posts", ()) if p is not post
    )
    return Doubt(
        post["id"], post["account"], network, post["lang"], text, planned, since, _facts(acts, network), others
    )


def _parts(data: dict[str, Any], post: dict[str, Any]) -> list[str]:
    here = [x for x in data.get("texts", ()) if x["lang"] == post["lang"]]
    own = [x for x in here if x.get("network") == post["network"]] or [x for x in here if not x.get("network")]
    return list(own[0]["parts"]) if own else []


def _facts(acts: list[dict[str, Any]], network: str) -> tuple[Fact, ...]:
    made: list[Fact] = []
    asked: list[dict[str, Any]] = []
    for act in acts:
        at = act["at"][11:19]
        if act["kind"] == "post.sending":
            under = t("The whole text. This desk noted that it was about to send, then sent.")
            made.append(Fact(at, "send", "accentText", t("Handed to {network}", network=network), under))
            asked = []
        elif act["kind"] == "post.sent":
            made.append(Fact(at, "check", "ok", t("A part is out"), ""))
        elif act.get("outcome") == "unknown" and not asked:
            asked.append(act)
            made.append(
                Fact(at, "circle-question-mark", "unk", t("No answer that says it is out"), reason(act["told"]))
            )
        elif act.get("outcome") == "unknown":
            asked.append(act)
            n = len(asked) - 1
            words = (
                t("Asked {network} once", network=network)
                if n == 1
                else t("Asked {network} {n} times", network=network, n=n)
            )
            first = made.pop().time if n > 1 else at
            made.append(Fact(first, "search", "text2", words, reason(act["told"])))
    return tuple(made)
