"""The route at the end: stages from top to bottom, who has said what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QToolTip, QVBoxLayout, QWidget

from ui import icons, theme
from ui.messages.model import moment
from ui.signoff.presenter import Reading, tally
from ui.texts import DECISIONS, STAGES, clock, land, span, t, when
from ui.widgets.base import Icon, Label, beside, clear, line


class Node(QWidget):
    """The stage's mark on the line."""

    def __init__(self, number: int, state: str, last: bool) -> None:
        super().__init__()
        self.number, self.state, self.last = number, state, last
        self.setFixedWidth(theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring with a tick or a number, and the line down to the next."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, middle = theme.px(20), self.width() / 2
        if not self.last:
            painter.setPen(QPen(theme.color("sep"), 2))
            painter.drawLine(round(middle), size + 6, round(middle), self.height())
        if self.state in STAGES and self.state != "open":
            glyph, tone = STAGES[self.state]
            icons.paint(painter, round(middle - size / 2), 2, glyph, 20, tone)
            return
        tone = "accentText" if self.state == "open" else "text3"
        pen = QPen(theme.color(tone), 1.75)
        if self.state != "open":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("accentSoft" if self.state == "open" else "surface"))
        box = QRectF(middle - size / 2 + 1, 3, size - 2, size - 2)
        painter.drawEllipse(box)
        painter.setFont(theme.font(11, theme.BOLD))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(self.number))


class Members(QWidget):
    """One small box a government: its code, and its word as a shape."""

    def __init__(self, decisions: list[dict[str, Any]]) -> None:
        super().__init__()
        self.shown = sorted((d.get("government") or "", d["decision"]) for d in decisions if d.get("government"))
        self.setAccessibleName(t("Governments"))
        self.setAccessibleDescription(
            ". ".join(f"{land(g)}: {t(DECISIONS.get(d, DECISIONS['']).word)}" for g, d in self.shown)
        )
        self.setFixedHeight(((len(self.shown) + 4) // 5) * theme.px(25))

    def sizeHint(self) -> QSize:
        """Five a line."""
        return QSize(theme.px(260), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, (code, said) in enumerate(self.shown):
            look, box = DECISIONS.get(said, DECISIONS[""]), self._box(n)
            painter.setPen(QPen(theme.color("ok" if said == "approve" else "sepStrong"), 1))
            painter.setBrush(theme.color("okSoft" if said == "approve" else "surface"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            icons.paint(painter, box.x() + 6, box.y() + 4, look.icon, 13, look.tone)
            painter.setFont(theme.font(11, theme.BOLD))
            painter.setPen(theme.color("text"))
            painter.drawText(box.adjusted(20, 0, -4, 0), int(Qt.AlignmentFlag.AlignCenter), code)

    def _box(self, n: int) -> QRect:
        wide, high = theme.px(48), theme.px(21)
        place = QRect((n % 5) * (wide + 5), (n // 5) * (high + 4), wide, high)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def event(self, event: QEvent) -> bool:
        """A tooltip for the box that is pointed at."""
        if isinstance(event, QHelpEvent) and (words := self.pointed(event.pos())):
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def pointed(self, at: QPoint) -> str:
        """The whole name and word of the box there; empty between them."""
        under = (one for n, one in enumerate(self.shown) if self._box(n).contains(at))
        return next((f"{land(code)}: {t(DECISIONS.get(said, DECISIONS['']).word)}" for code, said in under), "")


def fill(layout: QVBoxLayout, reading: Reading) -> None:
    """Draw the route anew."""
    clear(layout)
    signoff = reading.data.get("signoff") or {}
    stages = signoff.get("stages") or []
    layout.addWidget(Label(t("Route: {name}", name=t(signoff.get("route") or "default")), 13, theme.BOLD))
    layout.addSpacing(10)
    if not stages:
        layout.addWidget(Label(t("Not submitted yet."), 12, tone="text2"))
    for n, stage in enumerate(stages, 1):
        row = line(layout, gap=10)
        row.addWidget(Node(n, stage["state"], n == len(stages)))
        box = QVBoxLayout()
        box.setContentsMargins(0, 2, 0, 18)
        box.setSpacing(3)
        box.addWidget(Label(t(stage["name"]), 13, theme.BOLD, wrap=True))
        row.addLayout(box, 1)
        decisions, due = stage.get("decisions") or [], moment(stage.get("due"))
        if stage["state"] == "open" and due:
            box.addWidget(Label(t("Due {when} UTC", when=when(due, reading.now, True)), 12, tone="text2", wrap=True))
            left = due - reading.now
            number = Label(span(left), 26, theme.BOLD, "text" if left > 0 else "block")
            box.addWidget(number)
            box.addWidget(Label(t("left for this stage") if left > 0 else t("late"), 12, tone="text2"))
        elif stage["state"] == "open":
            box.addWidget(Label(t("Open now"), 12, tone="text2"))
        for one in decisions:
            if not one.get("counts", True):
                continue
            look = DECISIONS.get(one["decision"], DECISIONS[""])
            said = f"{one['person']}: {t(look.word).lower()}"
            if one.get("at"):
                said += f", {clock(moment(one['at']))} UTC"
            if one.get("tentative"):
                words = Label(f"{said} · {t('not yet in the record')}", 12, tone="warn", wrap=True)
                row = line(box, gap=6)
                row.addLayout(beside(Icon("cloud-off", 14, "warn"), words))
                row.addWidget(words, 1)
            else:
                box.addWidget(Label(said, 12, tone="text2", wrap=True))
        counted = [d for d in decisions if d.get("counts", True)]
        if sum(bool(d.get("government")) for d in counted) > 3:
            box.addWidget(Members(counted))
        if decisions and len(decisions) > 1:
            box.addWidget(Label(tally([d for d in decisions if d.get("counts", True)]), 12, tone="text2", wrap=True))
    layout.addStretch(1)
