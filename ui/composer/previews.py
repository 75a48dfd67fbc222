"""As people will see it: each network's post or thread, whole, with that network's own count."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.asking import price
from g20desk.desk.costs import dollars
from ui import theme
from ui.composer import polls
from ui.composer.cards import Card, card_for
from ui.composer.pictures import Thumb
from ui.composer.presenter import ComposerPresenter
from ui.composer.wishes import SEEN, can
from ui.texts import LANGS, NETWORKS, ltr, t
from ui.widgets.base import Elided, Icon, Label, clear, column, dress, line
from ui.widgets.count_ring import CountRing
from ui.widgets.prose import prose


class Sign(QWidget):
    """The account's round sign in a preview, and the thread's line down to the next post."""

    def __init__(self, square: bool, goes_on: bool, letters: str) -> None:
        super().__init__()
        self.square, self.goes_on, self.letters = square, goes_on, letters
        self.setFixedWidth(theme.px(32))
        self.setMinimumHeight(theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        side = self.width()
        if self.goes_on:
            painter.fillRect(side // 2 - 1, side + 6, 2, max(0, self.height() - side - 6), theme.color("sepStrong"))
        painter.setBrush(theme.color("accent"))
        radius = 6 if self.square else side / 2
        painter.drawRoundedRect(0, 0, side, side, radius, radius)
        painter.setPen(theme.color("onAccent"))
        painter.setFont(theme.font(11, theme.BOLD))
        painter.drawText(0, 0, side, side, int(Qt.AlignmentFlag.AlignCenter), self.letters)


class Strand(QWidget):
    """The line beside a later post of a thread."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        QPainter(self).fillRect(self.width() // 2 - 1, 0, 2, self.height(), theme.color("sepStrong"))


def rich(text: str, entities: list[dict[str, Any]]) -> str:
    """The true text with what the network links in the accent's colour."""
    made, at, ink = [], 0, theme.value("accentText")
    for one in sorted(entities, key=lambda e: e["start"]):
        if one["start"] >= at:
            inner = escape(text[one["start"] : one["end"]])
            made += [escape(text[at : one["start"]]), f'<span style="color:{ink}">{inner}</span>']
            at = one["end"]
    return "".join(made) + escape(text[at:])


class Preview(QWidget):
    """One network: its count and the whole true text, post by post."""

    def __init__(self, present: ComposerPresenter, network: str) -> None:
        super().__init__()
        dress(self, "surface", "bottom")
        self.present, self.network = present, network
        lang, layout = present.lang, column(self, (20, 12, 20, 14), 6)
        parts = present.draft.parts(lang, network)
        head = line(layout, gap=8)
        head.addWidget(Label(NETWORKS.get(network, network), 13, theme.BOLD))
        if len(parts) > 1:
            head.addWidget(Label(t("1 of {n}", n=len(parts)), 12, theme.MEDIUM, "text2"))
        if present.draft.own(lang, network):
            head.addWidget(Label(t("own text"), 12, tone="text2"))
        head.addStretch(1)
        if cost := sum(price(network, part)[0] for part in parts):
            head.addWidget(Label(ltr(t("{amount} US$", amount=dollars(cost))), 12, tone="text2"))
        self._count(head, present.answer(lang, network), True)
        for n, part in enumerate(parts or ("",)):
            body = line(layout, gap=10)
            sign = Sign(network == "mastodon", len(parts) > 1, present.letters)
            body.addWidget(sign if n == 0 else Strand())
            words = QVBoxLayout()
            words.setSpacing(3)
            body.addLayout(words, 1)
            if n == 0:
                name = line(words, gap=6)
                name.addWidget(Label(t(present.speaker), 13, theme.BOLD))
                name.addWidget(Elided(ltr(present.handle(network)), 12, tone="text2"), 1)
            else:
                more = line(words, gap=8)
                more.addWidget(Label(t("{a} of {n}", a=n + 1, n=len(parts)), 12, theme.MEDIUM, "text2"))
                more.addStretch(1)
                self._count(more, present.answer(lang, network, n), True)
            if not part:
                words.addWidget(Label(t("no text yet"), 12, tone="text2"))
                continue
            answer = present.answer(lang, network, n)
            if n == 0:
                self._above(words)
                self._wishes(words)
            whole = part + present.address(lang, network, n)
            words.addWidget(prose(rich(whole, answer.get("entities", [])), 12, lang, made=True))
            self._pictures(words, n, len(parts))
            self._poll(words, n, len(parts))
            if n == 0:
                self._quote(words)
            self._card(words, n, answer.get("entities", []))
            words.addStretch(1)

    def _above(self, words: QVBoxLayout) -> None:
        """What a correction's post replies to on this network."""
        if url := self.present.replied(self.network):
            row = line(words, gap=6)
            row.addWidget(Icon("reply", 14))
            row.addWidget(Elided(t("In reply to {url}", url=ltr(url)), 12, tone="text2"), 1)

    def _poll(self, words: QVBoxLayout, at: int, parts: int) -> None:
        poll = self.present.draft.poll
        if poll is not None and min(poll.part, parts) == at + 1 and polls.can(self.network):
            said = [one for one in poll.answers.get(self.present.lang, []) if one.strip()]
            polls.show(words, said, poll.minutes, poll.several, self.present.lang)

    def _quote(self, words: QVBoxLayout) -> None:
        """What it quotes, in a frame of its own, where this network shows that."""
        quote = self.present.quoted(self.network)
        if quote is None or quote["link"]:
            return
        frame = QWidget()
        dress(frame, "sunken", "card")
        row = line(frame, (10, 7, 10, 7), 8)
        row.addWidget(Icon("quote", 14))
        row.addWidget(Elided(quote["title"], 12), 1)
        words.addSpacing(4)
        words.addWidget(frame)

    def _wishes(self, words: QVBoxLayout) -> None:
        """What stands before the text, and who sees it, where this network can do that."""
        warning, seen = self.present.draft.wishes(self.present.lang, self.network)
        if can(self.network) and (warning or seen):
            row = line(words, gap=6)
            row.addWidget(Icon("eye-off", 14))
            said = [warning] if warning else []
            row.addWidget(
                Label(" · ".join([*said, *([t(SEEN[seen])] if seen else [])]), 12, theme.MEDIUM, wrap=True), 1
            )

    def _card(self, words: QVBoxLayout, at: int, entities: list[dict[str, Any]]) -> None:
        """Bluesky's card of the first link, as the newest revision has it."""
        pictured = any(p.part == at + 1 for p in self.present.draft.pictures)
        card = card_for(self.present.data.get("cards", []), entities)
        if self.network == "bluesky" and card is not None and not pictured:
            words.addSpacing(4)
            words.addWidget(Card(card, self.present.images.get(card["piece"])))

    def _pictures(self, words: QVBoxLayout, at: int, parts: int) -> None:
        chosen = [p for p in self.present.draft.pictures if min(p.part, parts) == at + 1]
        if not chosen:
            return
        words.addSpacing(4)
        row = line(words, gap=4)
        for picture in chosen:
            image, alt = self.present.images.get(picture.path), picture.alt.get(self.present.lang, "")
            high = 76 if len(chosen) > 1 or image is None else min(180, 300 * image.height() // max(1, image.width()))
            moves = picture.path in self.present.films
            row.addWidget(Thumb(image, QSize(theme.px(40), theme.px(high)), alt, moves=moves), 1)

    def _count(self, row: Any, answer: dict[str, Any], with_ring: bool) -> None:
        if not answer:
            return
        ring = CountRing()
        ring.put(answer["length"], answer["limit"])
        if with_ring:
            row.addWidget(ring)
        tone = "text2" if ring.tone() == "accentText" else ring.tone()
        row.addWidget(Label(ltr(f"{answer['length']} / {answer['limit']}"), 12, tone=tone))


def fill(layout: QVBoxLayout, present: ComposerPresenter) -> None:
    """All previews of the language in hand."""
    clear(layout)
    lang = present.lang
    head = line(layout, (20, 14, 20, 2))
    head.addWidget(Label(t("As people will see it"), 13, theme.BOLD))
    head.addStretch(1)
    name = t(dict(LANGS).get(lang, lang))
    head.addWidget(Label(name, 12, tone="text2"))
    nets = present.networks(lang)
    for network in nets:
        layout.addWidget(Preview(present, network))
    if not nets:
        why = (
            t("No account that you chose carries {lang}.", lang=name) if present.draft.to else t("Choose where it goes")
        )
        none = Label(why, 12, tone="text2", wrap=True)
        none.setContentsMargins(20, 8, 20, 8)
        layout.addWidget(none)
    layout.addStretch(1)
