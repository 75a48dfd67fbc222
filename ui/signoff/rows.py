"""The rows of Sign-off: what waits for this person's word, and what they decided."""

from __future__ import annotations

from typing import Any

from ui.rows import Row
from ui.signoff.model import passages
from ui.texts import DECISIONS, day, span, state, t


def order(row: Any) -> tuple[int, int, int]:
    """The first due first; then what goes out first, then what waits the longest."""
    return (row.due_ms or 2**53, row.planned_ms or 2**53, row.updated_ms)


def waiting(row: Any, data: dict[str, Any], now: int) -> Row:
    """One that waits: until when, and what is new in it."""
    n = len(row.langs)
    langs = t("{n} languages", n=n) if n > 1 else t("1 language")
    silent = row.silence_ms is not None
    end = row.due_ms or row.planned_ms or 0
    if end > now:
        left = t("{span} left", span=span(end - now))
    elif row.due_ms:
        left = t("{span} overdue", span=span(now - row.due_ms))
    else:
        left = t("Waiting {span}", span=span(now - row.updated_ms))
    changes = sum(p.news for p in passages(data))
    news = t("New to you") if data.get("before") is None else t("{n} changes", n=changes)
    news = t("1 change") if data.get("before") is not None and changes == 1 else news
    kind = f"{t(row.kind.capitalize())} · {langs}"
    late = bool(row.due_ms) and row.due_ms <= now
    icon, tone = ("timer", "warn") if silent else ("clock-alert", "block") if late else ("hourglass", "warn")
    word = t("Silence running") if silent else t("Waiting for sign-off")
    return Row(row.id, row.title, kind, icon, tone, third=left, third_right=news, spoken=word, fresh=bool(row.news))


def past(row: Any, answer: str, at: int, away: bool) -> Row:
    """What this person decided, and on which day; where it stands now is read with it. `away`: it has not reached the
    office."""
    look = DECISIONS.get(answer, DECISIONS[""])
    if away:
        words = t("{word}: has not reached the office", word=t(look.word))
        return Row(row.id, row.title, "", "cloud-off", "warn", t("not yet in"), spoken=words)
    spoken = f"{t(look.word)}. {t(state(row.state).word)}"
    return Row(row.id, row.title, "", look.icon, look.tone, day(at).split(" ")[0], spoken=spoken)


def tally(decisions: list[dict[str, Any]]) -> str:
    """`6 approved · 1 no objection`."""
    counts: dict[str, int] = {}
    for one in decisions:
        counts[one["decision"]] = counts.get(one["decision"], 0) + 1
    return " · ".join(f"{n} {t(DECISIONS[code].word).lower()}" for code, n in counts.items() if code in DECISIONS)
