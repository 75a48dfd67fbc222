"""What became of a message: its posts with their receipts, and what happened, newest last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import theme, threads
from ui.messages import proof
from ui.messages.model import Shown, moment
from ui.texts import DECISIONS, act, clock, day, reason, state, t
from ui.widgets.base import Icon, Label, clear, line, rule, told
from ui.widgets.button import KeyButton
from ui.widgets.link import Link

ENDED = {
    "unknown": ("No answer from the network", "circle-question-mark", "unk"),
    "refused": ("Refused by the network", "circle-x", "block"),
    "missed": ("Missed", "clock-alert", "warn"),
    "planned": ("Back in the plan", "calendar-clock", "text2"),
}
HIDDEN = ("post.claimed", "comment.made")


# How a number of each kind is said: of one, and of more.
COUNTS = {
    "likes": ("1 like", "{n} likes"),
    "reposts": ("1 repost", "{n} reposts"),
    "replies": ("1 answer", "{n} answers"),
    "quotes": ("1 quote", "{n} quotes"),
    "views": ("1 view", "{n} views"),
}
Act = Callable[[dict[str, Any]], object]


def fill(
    layout: QVBoxLayout, shown: Shown, take_down: Act, read: Act, prove: Callable[[], object], answer: Act
) -> None:
    """Draw it anew."""
    clear(layout)
    posts = shown.data.get("posts", ())
    layout.addWidget(Label(t("Posts"), 13, theme.BOLD))
    if not posts:
        layout.addWidget(Label(t("Nothing planned yet."), 12, tone="text2"))
    for post in sorted(posts, key=lambda p: p["account"]):
        _post(layout, post, take_down, read)
    layout.addSpacing(8)
    layout.addWidget(rule())
    layout.addSpacing(8)
    if said := shown.data.get("threads", ()):
        layout.addWidget(Label(t("Comments"), 13, theme.BOLD))
        for thread in said:
            threads.draw(layout, thread, answer if not shown.can.get("comment", "") else None)
        layout.addSpacing(8)
        layout.addWidget(rule())
        layout.addSpacing(8)
    layout.addWidget(Label(t("What happened"), 13, theme.BOLD))
    said = {(d["person"], d["at"]): d["decision"] for s in _stages(shown.data) for d in s.get("decisions") or ()}
    for event in [h for h in shown.data.get("history", ()) if h["kind"] not in HIDDEN][-12:]:
        _event(layout, event, said.get((event["person"], event["at"]), ""))
    if _stages(shown.data):
        proof.offer(layout, prove)
    layout.addStretch(1)


def _post(layout: QVBoxLayout, post: dict[str, Any], take_down: Act, read: Act) -> None:
    look = state(post["state"])
    under = t(look.word)
    if post.get("sent_at"):
        under += f" · {clock(moment(post['sent_at']))} UTC"
    if why := reason(post.get("why") or ""):
        under = why if why.casefold().startswith(under.casefold()) else f"{under} · {why}"
    tone = "block" if post.get("standing") not in (None, "as-signed") else look.tone
    words = _line(layout, look.icon, tone, post["account"], under)
    if post.get("url"):
        words.addWidget(Link(post["url"]))
    if post["state"] == "sent" or (post["state"] in ("refused", "missed") and post["remote_ids"]):
        if told := post.get("numbers"):
            said = [t(COUNTS[kind][told[kind] != 1], n=told[kind]) for kind in COUNTS if kind in told]
            at = moment(told["at"])
            words.addWidget(Label(" · ".join(said), 12, wrap=True))
            words.addWidget(Label(t("as of {when} UTC", when=f"{day(at)} {clock(at)}"), 11, tone="text3"))
        row = line(words)
        if post["state"] == "sent":
            look = KeyButton(t("Read the numbers"), icon="eye", kind="quiet", small=True)
            look.setAccessibleName(t("Read the numbers of the post on {account}", account=post["account"]))
            look.offer(post["not_mine"])
            look.clicked.connect(lambda: read(post))
            row.addWidget(look)
        away = KeyButton(t("Take it down"), icon="trash-2", kind="quiet", small=True)
        away.setAccessibleName(t("Take the post on {account} down", account=post["account"]))
        away.offer(post["not_mine"])
        away.clicked.connect(lambda: take_down(post))
        row.addWidget(away)
        row.addStretch(1)


def _stages(data: dict[str, Any]) -> list[dict[str, Any]]:
    return list((data.get("signoff") or {}).get("stages") or ())


def _event(layout: QVBoxLayout, event: dict[str, Any], decision: str) -> None:
    at, counts = moment(event["at"]), event.get("counts", True)
    said, glyph, tone = act(event["kind"]), "check", "ok"
    if event["kind"] == "post.ended" and event.get("outcome") in ENDED:
        said, glyph, tone = ENDED[event["outcome"]]
        said = t(said)
    if decision in DECISIONS and event["kind"] == "signoff.decided":
        look = DECISIONS[decision]
        said, glyph, tone = t(look.word), look.icon, look.tone
    if not counts:
        glyph, tone = "circle-x", "block"
    elif event.get("tentative"):
        glyph, tone = "cloud-off", "warn" if event["kind"] == "signoff.decided" else "text3"
    told = reason(event.get("why") or "") or event.get("said") or reason(event.get("told") or "")
    under = f"{day(at)} {clock(at)} UTC" + (f" · {told}" if told else "")
    under += f" · {t('not yet in the record')}" if event.get("tentative") else ""
    _line(layout, glyph, tone, f"{said} · {event['person']}", under)


def _line(layout: QVBoxLayout, glyph: str, tone: str, words: str, under: str) -> QVBoxLayout:
    return told(layout, Icon(glyph, 16, tone), Label(words, 13, theme.MEDIUM, wrap=True), under, spacing=1)[1]
