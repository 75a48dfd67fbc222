"""The composer's pieces: a finding with its fix, a preview, a picture with its words."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import QBuffer, QRect, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.composer.presenter import ComposerPresenter
from ui.texts import LEVELS, NETWORKS, ltr, t
from ui.widgets.base import Elided, Icon, Label, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.count_ring import CountRing
from ui.widgets.prose import prose


class FindingRow(QWidget):
    """What, why, and the fix as the button's own words."""

    def __init__(self, number: int, found: dict[str, Any], first: bool, take: Callable[[], object]) -> None:
        super().__init__()
        dress(self, "accent" if first else "surface", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = line(self, (24, 10, 24, 10), 12)
        level = LEVELS.get(found["level"], LEVELS["advise"])
        holder = QVBoxLayout()
        holder.addWidget(Icon(level.icon, 16, level.tone))
        holder.addStretch(1)
        row.addLayout(holder)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = line(words, gap=8)
        said = found["text"].strip()
        said = "" if len(said) > 60 else said
        head.addWidget(Elided(f"“{said}”" if said else t(level.word), 13, theme.BOLD))
        head.addWidget(Label(ltr(found["rule"]), 12, tone="text2"))
        if said:
            head.addWidget(Label(t(level.word), 12, theme.MEDIUM, level.tone))
        head.addStretch(1)
        words.addWidget(Label(t(found["message"]), 12, tone="text2", wrap=True))
        row.addLayout(words, 1)
        fix = found.get("suggestion")
        if fix is not None and number <= 9:
            label = t("Use “{words}”", words=fix) if fix else t("Remove it")
            self.button = KeyButton(label, f"Alt {number}", small=True)
            self.button.clicked.connect(take)
            row.addWidget(self.button)


class Sign(QWidget):
    """The account's round sign in a preview."""

    def __init__(self, square: bool) -> None:
        super().__init__()
        self.square = square
        self.setFixedSize(theme.px(32), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        radius = 6 if self.square else self.width() / 2
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.setPen(theme.color("onAccent"))
        painter.setFont(theme.font(11, theme.BOLD))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "G20")


class Thumb(QWidget):
    """A picture, filling its box, with rounded corners."""

    def __init__(self, data: bytes, size: QSize, alt: str) -> None:
        super().__init__()
        self.setFixedHeight(size.height())
        self.setMinimumWidth(size.width())
        buffer = QBuffer()
        buffer.setData(data)
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        self.picture = QPixmap.fromImageReader(reader) if data else QPixmap()
        self.setAccessibleName(alt or t("A picture without alt text"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(self.rect(), 6, 6)
        painter.setClipPath(path)
        painter.fillRect(self.rect(), theme.color("sunken"))
        if self.picture.isNull():
            return
        whole = self.picture.size()
        cut = self.size().scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
        x, y = (whole.width() - cut.width()) // 2, (whole.height() - cut.height()) // 2
        painter.drawPixmap(self.rect(), self.picture, QRect(x, y, cut.width(), cut.height()))


def rich(text: str, entities: list[dict[str, Any]]) -> str:
    """The true text with what the network links in the accent's colour."""
    made, at = [], 0
    for one in sorted(entities, key=lambda e: e["start"]):
        made.append(escape(text[at : one["start"]]))
        made.append(f'<span style="color:{theme.value("accentText")}">{escape(text[one["start"] : one["end"]])}</span>')
        at = one["end"]
    made.append(escape(text[at:]))
    return "".join(made)


class Preview(QWidget):
    """One network: its count and the whole true text, post by post."""

    def __init__(self, present: ComposerPresenter, network: str) -> None:
        super().__init__()
        dress(self, "surface", "bottom")
        lang, layout = present.lang, column(self, (20, 12, 20, 12), 6)
        parts = present.draft.parts(lang, network)
        head = line(layout, gap=8)
        head.addWidget(Label(NETWORKS.get(network, network), 13, theme.BOLD))
        if len(parts) > 1:
            head.addWidget(Label(t("1 of {n}", n=len(parts)), 12, theme.MEDIUM, "text2"))
        elif present.draft.own(lang, network):
            head.addWidget(Label(t("own text"), 12, tone="text2"))
        head.addStretch(1)
        self._count(head, present.answer(lang, network), True)
        body = line(layout, gap=10)
        holder = QVBoxLayout()
        holder.addWidget(Sign(network == "mastodon"))
        holder.addStretch(1)
        body.addLayout(holder)
        words = QVBoxLayout()
        words.setSpacing(3)
        body.addLayout(words, 1)
        name = line(words, gap=6)
        name.addWidget(Label(t("G20"), 13, theme.BOLD))
        name.addWidget(Elided(ltr(present.handle(network)), 12, tone="text2"), 1)
        for n, part in enumerate(parts):
            answer = present.answer(lang, network, n)
            if n:
                more = line(words, (0, 6, 0, 0), 8)
                more.addWidget(Label(t("{a} of {n}", a=n + 1, n=len(parts)), 12, theme.MEDIUM, "text2"))
                more.addStretch(1)
                self._count(more, answer, False)
            label = prose(rich(part, answer.get("entities", [])), 12, lang, made=True)
            words.addWidget(label)
            for picture in (p for p in present.draft.pictures if p.part == n + 1):
                words.addWidget(
                    Thumb(
                        present.images.get(picture.path, b""),
                        QSize(theme.px(200), theme.px(72)),
                        picture.alt.get(lang, ""),
                    )
                )
        if not parts:
            words.addWidget(Label(t("no text yet"), 12, tone="text2"))

    def _count(self, row: Any, answer: dict[str, Any], with_ring: bool) -> None:
        if not answer:
            return
        ring = CountRing()
        ring.put(answer["length"], answer["limit"])
        if with_ring:
            row.addWidget(ring)
        tone = "text2" if ring.tone() == "accentText" else ring.tone()
        row.addWidget(Label(ltr(f"{answer['length']} / {answer['limit']}"), 12, tone=tone))


class PictureRow(QWidget):
    """The picture, and what it shows, in the language in hand."""

    def __init__(self, present: ComposerPresenter, at: int) -> None:
        super().__init__()
        row = line(self, (0, 4, 0, 4), 16)
        picture = present.draft.pictures[at]
        thumb = Thumb(
            present.images.get(picture.path, b""), QSize(theme.px(120), theme.px(76)), picture.alt.get(present.lang, "")
        )
        thumb.setFixedWidth(theme.px(120))
        row.addWidget(thumb)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(Label(t("Alt text, read aloud to people who do not see the picture"), 12, tone="text2"))
        field = QLineEdit(picture.alt.get(present.lang, ""))
        field.setAccessibleName(t("Alt text"))
        field.textEdited.connect(lambda said: present.describe(at, said))
        words.addWidget(field)
        foot = line(words, gap=6)
        langs = present.draft.langs()
        have = sum(bool(picture.alt.get(lang, "").strip()) for lang in langs)
        whole = have == len(langs) and have > 0
        foot.addWidget(Icon("circle-check" if whole else "triangle-alert", 14, "ok" if whole else "warn"))
        foot.addWidget(Label(t("Present in {a} of {n} languages", a=have, n=len(langs)), 12, tone="text2"))
        foot.addStretch(1)
        away = KeyButton(t("Remove the picture"), icon="trash-2", kind="quiet", small=True)
        away.clicked.connect(lambda: present.remove_picture(at))
        foot.addWidget(away)
        row.addLayout(words, 1)
