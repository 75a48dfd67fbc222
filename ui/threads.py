"""Comments as threads: the words that they are on, what each person said, and a way to answer."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.messages.model import moment
from ui.texts import clock, comma, day, isolated, land, t
from ui.widgets.base import Label, line, panel
from ui.widgets.button import KeyButton

Thread = dict[str, Any]
Answer = Callable[[Thread], object]
LONGEST = 80


def at(data: dict[str, Any], lang: str, network: str, number: int) -> list[Thread]:
    """The threads that stand in one post of a text, counted from 0."""
    return [
        one
        for one in data.get("threads", ())
        if one["stands"] == "here"
        and (one["about"]["lang"], one["about"]["network"], one["about"]["number"]) == (lang, network, number)
    ]


def apart(data: dict[str, Any]) -> list[Thread]:
    """Those that stand in none: on all of it, or on words that are there no more."""
    return [one for one in data.get("threads", ()) if one["stands"] != "here"]


def where(thread: Thread) -> str:
    """What a thread is on."""
    about = thread["about"]
    if about is None:
        return t("On an earlier text") if thread["stands"] == "earlier" else t("On all of it")
    words = short(about["words"])
    if thread["stands"] == "earlier":
        return t("On an earlier text: “{words}”", words=words)
    return t("On “{words}”", words=words)


def short(words: str) -> str:
    """A passage as it is named in a line."""
    one = " ".join(words.split())
    return isolated(one if len(one) <= LONGEST else one[: LONGEST - 1].rstrip() + "…")


def draw(layout: QVBoxLayout, thread: Thread, answer: Answer | None) -> None:
    """One thread, behind a line at its start. `answer` is called with it; None: nobody can."""
    row = line(layout, (0, 4, 0, 4), 12)
    edge = panel("accent")
    edge.setFixedWidth(2)
    row.addWidget(edge)
    said = QVBoxLayout()
    said.setSpacing(4)
    row.addLayout(said, 1)
    said.addWidget(Label(where(thread), 12, theme.MEDIUM, "text2", wrap=True))
    for one in thread["comments"]:
        _comment(said, one)
    if answer is not None:
        foot = line(said)
        button = KeyButton(t("Answer"), kind="link", small=True)
        button.setAccessibleName(t("Answer the comment of {person}", person=thread["comments"][-1]["person"]))
        button.clicked.connect(lambda: answer(thread))
        foot.addWidget(button)
        foot.addStretch(1)


def _comment(layout: QVBoxLayout, one: dict[str, Any]) -> None:
    at = moment(one["at"])
    who = isolated(one["person"]) + (comma() + land(one["government"]) if one["government"] else "")
    when = f"{day(at)} {clock(at)} UTC" + (f" · {t('not yet in the record')}" if one["tentative"] else "")
    tone = theme.value("warn" if one["tentative"] else "text2")
    head = Label("", 12, wrap=True, rich=True)
    head.setText(
        f'<span style="font-weight:600">{escape(who)}</span>&nbsp; <span style="color:{tone}">{escape(when)}</span>'
    )
    layout.addSpacing(4)
    layout.addWidget(head)
    words = one["text"] or t("This was taken out of the record.")
    layout.addWidget(Label(words, 13, tone="text" if one["text"] else "text2", wrap=True))
