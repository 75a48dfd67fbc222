"""The sentences of One voice: how a line was agreed, how it stands, what became of its words on an account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from g20desk.desk.line_listing import LineRow
from g20desk.desk.relay_showing import Carrier, Said
from g20desk.office import drift
from g20desk.office.route import SILENCE
from ui.kinds import AGREED
from ui.texts import LANGS, State, clock, comma, isolated, land, span, t

LINES = {
    "draft": State("Draft", "circle-dashed", "text3"),
    "submitted": State("Waiting for sign-off", "hourglass", "warn"),
    "agreed": AGREED,
    "expired": State("Expired", "clock-alert", "text2"),
    "withdrawn": State("Withdrawn", "undo-2", "text3"),
}
# Languages of members besides those of the interface.
LANGUAGES = {
    **dict(LANGS), "de": "German", "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "pt": "Portuguese", "tr": "Turkish",
}  # fmt: skip


def language_name(code: str) -> str:
    """`German` for de; a code that is none of the members' languages stays as it is."""
    return t(LANGUAGES.get(code, code))


def date(ms: int, now: int) -> str:
    """`3 March`, with the year where it is another one."""
    at, this = (datetime.fromtimestamp(one / 1000, UTC) for one in (ms, now))
    said = f"{at.day} {t(at.strftime('%B'))}"
    return said if at.year == this.year else f"{said} {at.year}"


def moment(ms: int, now: int) -> str:
    """`4 March 09:00`."""
    return f"{date(ms, now)} {clock(ms)}"


def topic(row: LineRow) -> str:
    """A line is called by its topic."""
    return row.topic[:1].upper() + row.topic[1:]


def since(row: LineRow, now: int) -> str:
    """When a line was agreed, and until when it stands; or that it is not."""
    if row.state == "agreed":
        until = t("to {day}", day=date(row.until_ms - 1, now)) if row.until_ms else t("until taken back")
        return f"{t('Agreed {day}', day=date(row.agreed_ms, now))} · {until}"
    if row.state == "expired":
        return t("Expired {day}", day=date(row.until_ms, now))
    if row.state == "withdrawn":
        return t("Withdrawn {day}", day=date(row.updated_ms, now))
    if row.broken:
        return t("Silence broken by {who}", who=land(row.broken))
    return t("Not agreed yet")


def standing(row: LineRow, now: int) -> tuple[str, str, str]:
    """What a line asks for, if anything, as icon, tone and words: a hold, a silence that runs, drift, or how it stands."""
    out, drifted = row.carried, row.relays.get("drifted", 0)
    if row.held and row.state in ("agreed", "submitted"):
        return "octagon-pause", "block", t("on hold")
    if row.silence_ms is not None and row.state == "submitted":
        left = row.silence_ms - now
        return "timer", "warn", t("{span} left", span=span(left)) if left > 0 else t("silence over, to be closed")
    if row.superseded_by:
        return "history", "text2", t("another took its place")
    if row.state != "agreed" and not out:
        return LINES[row.state].icon, LINES[row.state].tone, t(LINES[row.state].word).lower()
    left = row.relays.get("left", 0)
    if drifted:
        return "triangle-alert", "warn", t("drift in {a} of {n}", a=drifted, n=out)
    if left:
        return "eye", "text2", t("drift in {a} of {n}, left as it is", a=left, n=out)
    if out:
        return "lock", "lockText", t("word for word")
    asked = sum(row.relays.values())
    return "lock", "lockText", t("{n} asked", n=asked) if asked else t("nobody asked yet")


def agreed(how: dict[str, Any], now: int) -> str:
    """By whom and how a line was agreed, and when."""
    at = f"{moment(how['at'], now)} UTC"
    if how["mode"] == SILENCE:
        return t("Agreed by {n} governments under the silence procedure, {when}", n=how["voices"], when=at)
    who = comma().join(land(one) if len(one) == 2 else isolated(one) for one in how["names"])
    return t("Agreed by {who}, {when}", who=who, when=at) if who else t("Agreed {when}", when=at)


def phrases(n: int) -> str:
    """How many phrases are locked."""
    return t("{n} locked phrases", n=n) if n != 1 else t("1 locked phrase")


def accounts(n: int) -> str:
    """How many accounts."""
    return t("{n} accounts", n=n) if n != 1 else t("1 account")


def compared(said: Said, other: bool) -> tuple[str, str]:
    """What became of a line's words, and the tone it is told in. `other`: it is not the language that is read."""
    tongue = language_name(said.lang)
    marks = said.marks
    if marks is None:
        return t("In their own translation, {lang}", lang=tongue), "text2"
    if marks.lost:
        return t("{n} locked phrases changed", n=len(marks.lost)) if len(marks.lost) > 1 else t(
            "1 locked phrase changed"
        ), "block"
    if marks.drifted:
        return t("{what}, 0 locked", what=comma().join(_counted(marks))), "warn"
    words = t("Word for word, in {lang}", lang=tongue) if other else t("Word for word")
    n = marks.count(drift.AROUND)
    if n:
        words += comma() + (t("{n} words around it", n=n) if n > 1 else t("1 word around it"))
    return words, "ok"


def _counted(marks: drift.Marks) -> list[str]:
    """`4 words added`, `1 word changed`, `2 words left out`."""
    added, changed, gone = (marks.count(one) for one in (drift.ADDED, drift.CHANGED, drift.GONE))
    made = []
    if added:
        made.append(t("{n} words added", n=added) if added > 1 else t("1 word added"))
    if changed:
        made.append(t("{n} words changed", n=changed) if changed > 1 else t("1 word changed"))
    if gone:
        made.append(t("{n} words left out", n=gone) if gone > 1 else t("1 word left out"))
    return made


def waiting(one: Carrier, now: int) -> str:
    """What is told of an account that has said nothing yet, or nothing of it."""
    if one.state in ("declined", "withdrawn"):
        return t("“{words}”", words=isolated(one.why))
    if one.state == "adopted":
        return t("Goes out {when} UTC", when=moment(one.planned_ms, now)) if one.planned_ms else t("No time set yet")
    asked = t("by {who}, {when}", who=isolated(one.by), when=moment(one.asked_ms, now))
    if not one.until_ms:
        return asked
    return asked + comma() + t("until {when} UTC", when=moment(one.until_ms, now))
