"""What a line has besides its texts, as it is read before a decision: locked phrases, do and don't, hashtags, until when, from where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui import theme
from ui.messages.model import moment
from ui.texts import RTL, isolated, t, when
from ui.widgets.base import Icon, Label, line
from ui.widgets.prose import prose

if TYPE_CHECKING:
    from ui.signoff.reading import ReadingPane

# Per language: what is listed, its glyph and its heading.
NAMES = ("not_before", "until", "source", "supersedes")
LISTS = (("locks", "lock", "Locked phrases"), ("do", "check", "Do"), ("dont", "x", "Do not"))


def fill(pane: ReadingPane, data: dict[str, Any], now: int) -> None:
    """All of it, marked where it is new to this reader; nothing for another message."""
    wording = data.get("line")
    if wording is None:
        return
    before = (data.get("before") or {}).get("line") if data.get("before") is not None else wording
    for name, glyph, heading in LISTS:
        said, was = (list((one or {}).get(name, {}).get(pane.lang, ())) for one in (wording, before))
        if said or was:
            _listed(pane, t(heading), glyph, said, was)
    tags, had = (hashtags((one or {}).get("tags", {}), pane.lang) for one in (wording, before))
    if tags or had:
        _listed(pane, t("Hashtags"), "hash", [tags] if tags else [], [had] if had else [])
    _bounds(pane, wording, before, now)


def hashtags(tags: Mapping[str, Sequence[str]], lang: str) -> str:
    """Those of all languages and of this one, each in its own direction."""
    said = [f"#{one}" for key in ("", lang) for one in tags.get(key, ())]
    return " ".join(map(isolated, said) if lang in RTL else said)


def _listed(pane: ReadingPane, heading: str, glyph: str, said: list[str], was: list[str]) -> None:
    """What stands, and what stood there for this reader and does not any more."""
    pane.section(heading)
    for one, gone in [*((one, False) for one in said), *((one, True) for one in was if one not in said)]:
        row = line(pane.work, gap=8)
        row.addWidget(Icon(glyph, 14))
        row.addWidget(prose(one, 13, pane.lang), 1)
        if gone or one not in was:
            row.addWidget(Label(t("taken out") if gone else t("new"), 12, tone="warn"))


def _bounds(pane: ReadingPane, wording: dict[str, Any], before: dict[str, Any] | None, now: int) -> None:
    """Until when it stands, where it comes from, what it takes the place of."""
    rows = [(_said(wording, name, now), _said(before or {}, name, now)) for name in NAMES]
    if any(one for pair in rows for one in pair):
        pane.section("")
    for (glyph, said), (_, was) in (pair for pair in ((p[0] or p[1], p[1] or p[0]) for p in rows) if pair[0]):
        row = line(pane.work, gap=8)
        row.addWidget(Icon(glyph, 14))
        row.addWidget(Label(said, 13, theme.MEDIUM, wrap=True), 1)
        if said != was:
            row.addWidget(Label(t("changed"), 12, tone="warn"))


def _said(wording: dict[str, Any], name: str, now: int) -> tuple[str, str] | None:
    value = wording.get(name)
    if not value:
        return None
    if name == "not_before":
        return "lock", t("Goes out {when} UTC or later", when=when(moment(value), now, True))
    if name == "until":
        return "hourglass", t("Stands until {when} UTC", when=when(moment(value), now, True))
    if name == "source":
        return "quote", t("From {source}", source=value)
    return "repeat", t("Takes the place of line {id}", id=value[:12])
