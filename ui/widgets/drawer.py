"""A panel at the end, or at the start, where there is little room: it goes, and comes back over the work as a drawer."""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPoint, QPropertyAnimation, QRect, Qt
from PySide6.QtWidgets import QApplication, QLayout, QStyle, QWidget

SLIDE_MS = 120


def motion() -> bool:
    """Whether the system wants things to move: without effects, nothing slides."""
    style = QApplication.style()
    return (
        QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
        and style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
    )


def place_of(layout: QLayout | None, widget: QWidget) -> tuple[QLayout, int] | None:
    """The layout that holds a widget, and where in it."""
    for at in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(at)  # type: ignore[union-attr]
        if item.widget() is widget:
            return layout, at  # type: ignore[return-value]
        if item.layout() is not None and (found := place_of(item.layout(), widget)):
            return found
    return None


class Drawer(QObject):
    """Keeps one panel: in its layout where there is room, else away or over the work."""

    def __init__(self, panel: QWidget, from_start: bool = False) -> None:
        super().__init__(panel)
        self.panel, self.short, self.open, self.from_start = panel, False, False, from_start
        self.home: tuple[QLayout, int] | None = None
        self.was: QWidget | None = None
        self.slide = QPropertyAnimation(panel, b"pos", self)
        self.slide.setDuration(SLIDE_MS)
        self.slide.setEasingCurve(QEasingCurve.Type.OutCubic)

    def narrow(self, short: bool) -> None:
        """Little room, or room again."""
        if short == self.short:
            self.place()
            return
        self.short = short
        if short:
            self.panel.hide()
        else:
            self._home()
            self.panel.show()

    def toggle(self) -> None:
        """Over the work, or away; where there is room the panel stands anyway."""
        if not self.short:
            return
        if self.open:
            self.close()
            return
        found = place_of(self.panel.parentWidget().layout(), self.panel)
        if found is None:
            return
        self.home, self.open, self.was = found, True, self.panel.window().focusWidget()
        found[0].removeWidget(self.panel)
        self.panel.show()
        self.panel.raise_()
        box = self.place()
        if motion():
            right = (self.panel.layoutDirection() == Qt.LayoutDirection.LeftToRight) != self.from_start
            far = box.width() if right else -box.width()
            self.slide.setStartValue(QPoint(box.x() + far, box.y()))
            self.slide.setEndValue(box.topLeft())
            self.slide.start()
        for child in self.panel.findChildren(QWidget):
            if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.ShortcutFocusReason)
                break

    def close(self) -> bool:
        """Away with it; whether it was there."""
        if not self.open:
            return False
        self._home()
        self.panel.setVisible(not self.short)
        if self.was is not None and self.was.isVisible():
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def place(self) -> QRect:
        """Where it stands over the work; the action bar below stays free."""
        if not self.open or self.home is None:
            return QRect()
        whole = self.home[0].geometry()
        wide = min(max(self.panel.minimumWidth(), self.panel.minimumSizeHint().width()), whole.width())
        x = whole.x() if self.from_start else whole.right() + 1 - wide
        box = QRect(x, whole.y(), wide, whole.height())
        box = QStyle.visualRect(self.panel.layoutDirection(), whole, box)
        if self.slide.state() == QAbstractAnimation.State.Running:
            self.slide.stop()
        self.panel.setGeometry(box)
        return box

    def _home(self) -> None:
        if self.open and self.home is not None:
            layout, at = self.home
            layout.insertWidget(at, self.panel)  # type: ignore[attr-defined]
        self.open, self.home = False, None
