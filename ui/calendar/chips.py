"""How a post is painted on the calendar: on the hours as a chip, in the month as a line."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from ui import icons, theme
from ui.calendar.pages import Chip
from ui.texts import clock, isolated, state, t

TINTS = {"warn": "warnSoft", "accentText": "accentSoft", "block": "blockSoft", "unk": "unkSoft"}
NOT_YET = ("draft", "submitted", "objected", "approved", "coming", "in-plan")


def sides(way: Qt.LayoutDirection) -> tuple[int, int]:
    """Alignment at the start and at the end."""
    made = []
    for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight):
        made.append(int(QStyle.visualAlignment(way, side) | Qt.AlignmentFlag.AlignAbsolute))
    return made[0], made[1]


def words(painter: QPainter, box: QRect, side: int, said: str, font: QFont, tone: str) -> None:
    """One line, elided, in its own direction."""
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    elided = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | int(Qt.AlignmentFlag.AlignVCenter), isolated(elided))


def two_lines(said: str, font: QFont, room: int) -> tuple[str, str]:
    """Broken at a space where it has to be."""
    metrics, first, rest = QFontMetrics(font), said, ""
    while metrics.horizontalAdvance(first) > room and " " in first:
        first, _, last = first.rpartition(" ")
        rest = f"{last} {rest}".strip()
    return first, rest


def chip_height() -> int:
    """Time and two lines of title."""
    return theme.px(56)


def paint_chip(painter: QPainter, box: QRect, chip: Chip, way: Qt.LayoutDirection, picked: bool, wide: bool) -> None:
    """A chip: the state as shape and colour, the time, the title; with the local time and accounts where `wide`."""
    look = state(chip.state)
    painter.setBrush(theme.color(TINTS.get(look.tone, "surface")))
    tone = look.tone if look.tone in TINTS else "sepStrong"
    pen = QPen(theme.color("accentText" if picked or chip.moving else tone), 2 if picked or chip.moving else 1)
    if (chip.state in NOT_YET and not picked) or chip.moving:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if chip.clash or chip.quiet:
        bar = QStyle.visualRect(way, box, QRect(box.x() - 6, box.y(), 3, box.height() + 3))
        if way == Qt.LayoutDirection.RightToLeft:
            bar.moveLeft(box.right() + 3)
        painter.fillRect(bar, theme.color("block"))
    near, far = sides(way)

    def place(x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(way, box, QRect(box.x() + x, box.y() + y, width, height))

    ink, small = "text2" if chip.past else "text", theme.font(11, theme.MEDIUM)
    glyph = theme.px(14)
    spot = place(7, theme.px(6), glyph, glyph)
    icons.paint(painter, spot.x(), spot.y(), look.icon, 14, look.tone)
    head = place(11 + glyph, theme.px(3), box.width() - 16 - glyph, theme.px(20))
    time = f"{clock(chip.at)} UTC" if wide and chip.local else clock(chip.at)
    words(painter, head, near, time, theme.font(12, theme.MEDIUM), ink)
    used = QFontMetrics(theme.font(12, theme.MEDIUM)).horizontalAdvance(time) + 3
    if wide and chip.local:
        beside = place(16 + glyph + used, theme.px(3), max(0, box.width() - 23 - glyph - used), theme.px(20))
        words(painter, beside, near, chip.local, theme.font(12), "text2")
    end = QRect(head)
    if way == Qt.LayoutDirection.LeftToRight:
        end.setLeft(end.left() + used)
    else:
        end.setRight(end.right() - used)
    if chip.linked:
        far_box = QStyle.visualRect(
            way, end, QRect(end.right() - glyph, end.y() + (end.height() - glyph) // 2, glyph, glyph)
        )
        icons.paint(painter, far_box.x(), far_box.y(), "link-2", 12, "text2")
        end.adjust(0, 0, -glyph - 4, 0) if way == Qt.LayoutDirection.LeftToRight else end.adjust(glyph + 4, 0, 0, 0)
    tag = t("Clash") if chip.clash or chip.quiet else chip.langs
    if QFontMetrics(small).horizontalAdvance(tag) <= end.width() and not (wide and end.width() < theme.px(240)):
        words(painter, end, far, tag, small, "block" if chip.clash or chip.quiet else "text2")
    font, room = theme.font(12, theme.MEDIUM), box.width() - 14
    lines = (chip.title, chip.accounts) if wide else two_lines(chip.title, font, room)
    for n, said in enumerate(lines):
        line = place(7, theme.px(22) + n * theme.px(15), room, theme.px(17))
        small_line = wide and n == 1
        words(painter, line, near, said, theme.font(12) if small_line else font, "text2" if small_line else ink)


def paint_line(painter: QPainter, box: QRect, chip: Chip, way: Qt.LayoutDirection, picked: bool) -> None:
    """One line of the month: shape and title; the time too where the title keeps room."""
    look, near = state(chip.state), sides(way)[0]
    if picked or chip.moving or look.tone == "unk":
        painter.setPen(
            QPen(theme.color("unk" if look.tone == "unk" and not picked else "accentText"), 2 if picked else 1)
        )
        painter.setBrush(theme.color("sel" if picked or chip.moving else "unkSoft"))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    glyph = theme.px(12)
    spot = QStyle.visualRect(way, box, QRect(box.x() + 4, box.y() + (box.height() - glyph) // 2, glyph, glyph))
    icons.paint(painter, spot.x(), spot.y(), look.icon, 12, look.tone)
    font = theme.font(12, theme.MEDIUM)
    time = clock(chip.at) if box.width() > theme.px(200) else ""
    used = QFontMetrics(font).horizontalAdvance(time)
    x = 8 + glyph
    stops = bool(chip.clash or chip.quiet)
    ink = "block" if stops else "text2"
    words(
        painter, QStyle.visualRect(way, box, QRect(box.x() + x, box.y(), used + 2, box.height())), near, time, font, ink
    )
    x += used + 6 if time else 0
    room = QStyle.visualRect(way, box, QRect(box.x() + x, box.y(), box.width() - x - 4, box.height()))
    words(painter, room, near, chip.title, theme.font(12), ink if stops else "text2" if chip.past else "text")
