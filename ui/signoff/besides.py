"""What is signed with the text: link cards, pictures with their alt texts, a poll, the accounts it goes to and when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.composer import polls
from ui.composer.bounds import GOES_WITH
from ui.composer.cards import Card
from ui.composer.films import SaveCopy, facts
from ui.composer.pictures import Thumb
from ui.messages.model import moment
from ui.texts import comma, t, when
from ui.widgets.base import Icon, Label, line
from ui.widgets.prose import prose

if TYPE_CHECKING:
    from ui.signoff.reading import ReadingPane


def cards(pane: ReadingPane, data: dict[str, Any], images: dict[str, QImage]) -> None:
    """The links' cards, which are signed with the text."""
    for n, card in enumerate(data.get("cards", ())):
        pane.section(t("Link card") if n == 0 else "")
        pane.work.addWidget(Card(card, images.get(card["piece"])))


def pictures(pane: ReadingPane, data: dict[str, Any], images: dict[str, QImage]) -> None:
    before = data.get("before")
    known = {p["piece"]: p["alt"] for p in (before or {}).get("pictures", ())}
    for picture in data.get("pictures", ()):
        alt = picture["alt"].get(pane.lang, "")
        pane.section("")
        row = line(pane.work, gap=16)
        thumb = Thumb(
            images.get(picture["piece"]),
            QSize(theme.px(160), theme.px(96)),
            alt,
            whole=True,
            moves=bool(picture["ms"]),
        )
        thumb.setFixedWidth(theme.px(160))
        row.addWidget(thumb, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        head = line(words, gap=8)
        head.addWidget(Label(t("Picture and alt text"), 13, theme.BOLD))
        if before is not None:
            same = known.get(picture["piece"], {}).get(pane.lang) == alt
            word = t("unchanged") if same else t("changed") if picture["piece"] in known else t("new")
            head.addWidget(Label(word, 12, tone="text2" if same else "warn"))
        head.addStretch(1)
        words.addWidget(
            prose(alt, 13, pane.lang) if alt else Label(t("No alt text in this language"), 13, tone="block")
        )
        if picture["ms"]:
            about = line(words, gap=8)
            told = (picture[name] for name in ("mime", "ms", "width", "height", "size"))
            about.addWidget(Label(facts(*told), 12, tone="text2"))
            about.addWidget(SaveCopy(picture["mime"], partial(pane.copy.emit, picture["piece"])))
            about.addStretch(1)
        words.addStretch(1)
        row.addLayout(words, 1)


def poll(pane: ReadingPane, data: dict[str, Any]) -> None:
    """The poll, which is signed with the text; marked where it is new to this reader."""
    poll, before = data.get("poll"), data.get("before")
    if poll is None:
        return
    pane.section(t("Poll"))
    if before is not None:
        same = before.get("poll") == poll
        word = t("unchanged") if same else t("changed") if before.get("poll") else t("new")
        pane.work.addWidget(Label(word, 12, tone="text2" if same else "warn"))
    polls.show(pane.work, poll["answers"].get(pane.lang, []), poll["minutes"], poll["several"], pane.lang)


def goes(pane: ReadingPane, data: dict[str, Any], now: int) -> None:
    if data.get("line") is not None:
        return  # a line goes to no account
    goes = t("Goes to")
    if data.get("planned_ms"):
        goes += ", " + when(data["planned_ms"], now, True) + " UTC"
    pane.section(goes)
    for icon, said in bounds(data, now):
        row = line(pane.work, gap=8)
        row.addWidget(Icon(icon, 14))
        row.addWidget(Label(said, 13, theme.MEDIUM, wrap=True), 1)
    names = list(data.get("to", ()))
    for start in range(0, len(names), 4):
        row = line(pane.work, gap=18)
        for name in names[start : start + 4]:
            one = line(gap=6)
            one.addWidget(Icon("at-sign", 14))
            one.addWidget(Label(name, 13, theme.MEDIUM))
            row.addLayout(one)
        row.addStretch(1)


def bounds(data: dict[str, Any], now: int) -> list[tuple[str, str]]:
    """What binds it besides its texts, and is signed with them: what it corrects, answers or quotes and where, and before
    when it does not go out."""
    made = []
    for how, (glyph, words, _) in GOES_WITH.items():
        if other := data.get(how):
            names = comma().join(sorted({p["account"] for p in other["posts"] if p["url"]}))
            where = (
                t("on {accounts}", accounts=names) if how == "quotes" else t("as a reply on {accounts}", accounts=names)
            )
            made.append((glyph, t(words, title=other["title"]) + (comma() + where if names else "")))
    if data.get("not_before"):
        until = when(moment(data["not_before"]), now, True)
        made.append(("lock", t("Goes out {when} UTC or later", when=until)))
    return made
