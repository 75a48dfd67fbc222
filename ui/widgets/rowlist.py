"""A list of rows painted by a delegate: wide (two lines and a button) or narrow (three lines)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import icons, theme
from ui.rows import MORE, ROW, Row, RowModel
from ui.texts import DECISIONS, isolated, ltr, t
from ui.widgets.button import paint_key

Index = QModelIndex | QPersistentModelIndex


def wide_of(words: str, size: int, weight: QFont.Weight = theme.REGULAR) -> int:
    """How wide the words stand."""
    return QFontMetrics(theme.font(size, weight)).horizontalAdvance(words)


def act_width(row: Row) -> int:
    """The button of a row, with room for its key."""
    return max(theme.px(82), wide_of(row.act, 12, theme.MEDIUM) + theme.px(44))


class RowDelegate(QStyledItemDelegate):
    """Paints a Row."""

    def __init__(self, narrow: bool, owner: RowList) -> None:
        super().__init__(owner)
        self.narrow = narrow

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """From the font, so that it grows with the text."""
        row: Row = index.data(ROW)
        if row.id.startswith(MORE):
            return QSize(200, theme.px(36))
        if not self.narrow:
            return QSize(200, theme.px(53))
        return QSize(200, theme.px(82 if row.third or row.third_right else 62 if row.line else 36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The tint, the bar at the start, then the words."""
        row: Row = index.data(ROW)
        view: RowList = self.parent()  # type: ignore[assignment]
        rect, way = QRect(option.rect), option.direction  # type: ignore[attr-defined]
        picked = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        picked = picked and (not view.quiet or view.hasFocus())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if picked:
            painter.fillRect(rect, theme.color("sel"))
        if picked and not view.hasFocus():
            bar = QStyle.visualRect(way, rect, QRect(rect.x(), rect.y(), 3, rect.height()))
            painter.fillRect(bar, theme.color("accentText"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("sep"))
        if picked and view.hasFocus():
            painter.setPen(QPen(theme.color("accentText"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -2), 4, 4)
        if row.fresh:
            self._dot(painter, rect, way)
        (self._narrow if self.narrow else self._wide)(painter, rect, way, row, picked)
        painter.restore()

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        way: Qt.LayoutDirection,
        box: QRect,
        words: str,
        size: int,
        weight: object,
        tone: str,
        end: bool = False,
    ) -> None:
        spot = QStyle.visualRect(way, rect, box)
        side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        font = theme.font(size, weight)  # type: ignore[arg-type]
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        said = isolated(QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, spot.width()))
        painter.setLayoutDirection(way)
        painter.drawText(
            spot,
            int(QStyle.visualAlignment(way, side) | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute),
            said,
        )

    def _icon(
        self, painter: QPainter, rect: QRect, way: Qt.LayoutDirection, x: int, y: int, row: Row, size: int
    ) -> None:
        spot = QStyle.visualRect(way, rect, QRect(x, y, theme.px(size), theme.px(size)))
        icons.paint(painter, spot.x(), spot.y(), row.icon, size, row.tone)

    def _dot(self, painter: QPainter, rect: QRect, way: Qt.LayoutDirection) -> None:
        """Beside the title, in the margin: not seen yet."""
        size, margin = theme.px(6), 16 if self.narrow else 24
        y = rect.y() + (10 if self.narrow else 7) + (theme.px(20 if self.narrow else 19) - size) // 2
        spot = QStyle.visualRect(way, rect, QRect(rect.x() + (margin + 3 - size) // 2, y, size, size))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accentText"))
        painter.drawEllipse(spot)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _wide(self, painter: QPainter, rect: QRect, way: Qt.LayoutDirection, row: Row, picked: bool) -> None:
        x, y, wide = rect.x() + 24, rect.y() + 7, rect.width() - 48
        if row.id.startswith(MORE):
            self._icon(painter, rect, way, x + 2, rect.y() + (rect.height() - theme.px(16)) // 2, row, 16)
            box = QRect(x + theme.px(34), rect.y(), wide - theme.px(34), rect.height() - 1)
            self._text(painter, rect, way, box, row.title, 13, theme.REGULAR, "text2")
            return
        if row.icon:
            self._icon(painter, rect, way, x, rect.y() + (rect.height() - theme.px(20)) // 2, row, 20)
            x, wide = x + theme.px(34), wide - theme.px(34)
        tall, act = theme.px(19), 0
        if row.act:
            act = act_width(row)
            box = QStyle.visualRect(
                way,
                rect,
                QRect(rect.right() - 24 - act, rect.y() + (rect.height() - theme.px(28)) // 2, act, theme.px(27)),
            )
            painter.setPen(QPen(theme.color("sepStrong"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            words = box
            if picked:
                words = QStyle.visualRect(way, box, box.adjusted(4, 0, -theme.px(26), 0))
                key = QStyle.visualRect(
                    way, box, QRect(box.right() - theme.px(27), box.y() + theme.px(5), theme.px(19), theme.px(17))
                )
                paint_key(painter, key, "↵", "text", "ctl")
            painter.setFont(theme.font(12, theme.MEDIUM))
            painter.setPen(theme.color("text"))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), row.act)
            act += 22
        end = max(wide_of(row.right, 13, theme.BOLD), wide_of(row.under, 12)) + 2 if row.right or row.under else 0
        end = min(max(end, theme.px(140 if row.marks else 120)), wide // 2)
        room = wide - act - end - 12
        if row.marks:
            room = self._marks(painter, rect, way, QRect(x, y, room, tall), row)
        self._text(painter, rect, way, QRect(x, y, room, tall), row.title, 13, theme.BOLD, "text")
        self._text(painter, rect, way, QRect(x, y + tall, room, tall), row.line, 12, theme.REGULAR, "text2")
        far = rect.right() - 24 - act - end
        self._text(painter, rect, way, QRect(far, y, end, tall), row.right, 13, theme.BOLD, row.right_tone, True)
        low = y + tall if row.right else rect.y() + (rect.height() - tall) // 2
        self._text(painter, rect, way, QRect(far, low, end, tall), row.under, 12, theme.REGULAR, "text2", True)

    def _marks(self, painter: QPainter, rect: QRect, way: Qt.LayoutDirection, box: QRect, row: Row) -> int:
        """One mark a member before the time; the room that is left for the words."""
        step, high = theme.px(9), theme.px(12)
        wide = max(len(row.marks) * step, theme.px(210))
        x = box.right() - wide
        for n, (_, said) in enumerate(row.marks):
            look = DECISIONS.get(said, DECISIONS[""])
            spot = QStyle.visualRect(way, rect, QRect(x + n * step, box.y() + 3, step - 2, high))
            painter.setPen(QPen(theme.color(look.tone), 1))
            painter.setBrush(theme.color(look.tone) if said else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        under = QRect(x, box.y() + box.height(), wide, box.height())
        self._text(painter, rect, way, under, row.tally, 12, theme.REGULAR, "text2")
        return box.width() - wide - 16

    def _narrow(self, painter: QPainter, rect: QRect, way: Qt.LayoutDirection, row: Row, picked: bool) -> None:
        x, wide, tall = rect.x() + 16, rect.width() - 32, theme.px(20)
        y = rect.y() + 10
        if not row.line:
            self._icon(painter, rect, way, x, y + theme.px(1), row, 14)
            room = wide - theme.px(22) - (wide_of(row.right, 12) + 12 if row.right else 0)
            box = QRect(x + theme.px(22), y - 2, room, tall)
            self._text(painter, rect, way, box, row.title, 13, theme.REGULAR, "text2")
            self._text(painter, rect, way, QRect(x, y - 2, wide, tall), row.right, 12, theme.REGULAR, "text2", True)
            return
        self._text(painter, rect, way, QRect(x, y, wide, tall), row.title, 13, theme.BOLD, "text")
        said = ltr(row.line) if row.ltr else row.line
        far = wide_of(row.third_right, 12) + 4 if row.third_right else 0
        state = wide_of(row.third, 12, theme.MEDIUM) + theme.px(29)
        beside = state + far <= wide  # where state and time do not fit in one line, the time goes up
        room = wide if beside else wide - far - 8
        self._text(painter, rect, way, QRect(x, y + tall, room, tall), said, 12, theme.REGULAR, "text2")
        if not (row.third or row.third_right):
            return
        if row.icon:
            self._icon(painter, rect, way, x, y + 2 * tall + theme.px(3), row, 14)
        first = QRect(x + theme.px(21), y + 2 * tall, wide - theme.px(21) - (far if beside else 0), tall)
        last = QRect(x + wide - far, y + (2 if beside else 1) * tall, far, tall)
        self._text(painter, rect, way, first, row.third, 12, theme.MEDIUM, "text")
        self._text(painter, rect, way, last, row.third_right, 12, theme.REGULAR, "text2", True)


class RowList(QListView):
    """J K and arrows move, Enter opens; the row's sentence is the model's accessible text. Whoever goes on from a last
    row that stands for more asks for them, and is put on the first of them."""

    opened = Signal(str)
    picked = Signal(str)
    more = Signal()

    def __init__(self, model: RowModel, name: str, narrow: bool = False, quiet: bool = False) -> None:
        super().__init__()
        self.rows, self.quiet = model, quiet
        self.setModel(model)
        self.setItemDelegate(RowDelegate(narrow, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self._from = -1
        self.activated.connect(self._open)
        self.clicked.connect(self._clicked)
        self.selectionModel().currentChanged.connect(self._current)
        model.rowsInserted.connect(lambda *_: self._first())

    def current_id(self) -> str:
        """The id of the row that is picked; empty for none, and for the one that stands for more."""
        row = self.currentIndex().data(ROW)
        return "" if row is None or row.id.startswith(MORE) else row.id

    def pick(self, id: str) -> None:
        """Pick that row if it is there."""
        at = self.rows.place(id)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at))

    def fill(self, rows: list[Row], wanted: str) -> None:
        """Show these rows with that one picked; none where it is not among them; the first where none is wanted, or the
        first of those that were asked for."""
        begin, self._from = self._from, -1
        was = self.blockSignals(True)
        self.rows.put(rows)
        at = begin if 0 <= begin < len(rows) else self.rows.place(wanted) if wanted else 0
        self.setCurrentIndex(self.rows.index(at) if 0 <= at < len(rows) else QModelIndex())
        self.blockSignals(was)
        if (now := self.current_id()) and now != wanted:
            self.picked.emit(now)

    def go_on(self, rows: list[Row]) -> None:
        """Show these rows; what is picked stays, or the first of those that were asked for is."""
        begin, self._from = self._from, -1
        self.rows.put(rows)
        if 0 <= begin < len(rows):
            self.setCurrentIndex(self.rows.index(begin))

    def height_needed(self) -> int:
        """For lists that stand whole in a column."""
        return sum(self.sizeHintForRow(n) for n in range(self.rows.rowCount()))

    def _first(self) -> None:
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def _current(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = now.data(ROW) if now.isValid() else None
        self.setAccessibleDescription(row.sentence() if row else t("Nothing here"))
        if row is None or not row.id.startswith(MORE):
            self.picked.emit(row.id if row else "")

    def _open(self, index: QModelIndex) -> None:
        row: Row | None = index.data(ROW)
        if row is not None and row.id.startswith(MORE):
            self._from = index.row()
            self.more.emit()
        elif row is not None:
            self.opened.emit(row.id)

    def _clicked(self, index: QModelIndex) -> None:
        row: Row = index.data(ROW)
        spot = self.mapFromGlobal(self.cursor().pos())
        far = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = self.width() - spot.x() if far else spot.x()
        if row.id.startswith(MORE) or (row.act and at > self.width() - 24 - act_width(row)):
            self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K as arrows; other letters belong to the screen."""
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()), 0)
        on = step > 0 or event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        now = self.currentIndex()
        if on and now.isValid() and now.data(ROW).id.startswith(MORE):
            self._open(now)
        elif step and not event.modifiers():
            at = max(0, min(self.rows.rowCount() - 1, self.currentIndex().row() + step))
            self.setCurrentIndex(self.rows.index(at))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self._open(now)
        elif event.text() and event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)
