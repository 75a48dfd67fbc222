"""Pictures in the window: taken apart on the worker, shown small, described in each language."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from g20desk.desk import films, pictures
from g20desk.errors import Usage
from ui import icons, theme
from ui.texts import t

MOST = 900
KEEP = Qt.AspectRatioMode.KeepAspectRatio


def film_of(data: bytes) -> films.Film | None:
    """What a moving picture is; None for a still one. Raises Usage for one that no network takes."""
    return films.fit(data, t("The file"))[1] if films.moves(data) else None


def decoded(data: bytes) -> QImage:
    """A picture turned upright and small enough to be shown, the first of a GIF, an empty one of the shape of a video; on
    any thread. Raises Usage for what is none."""
    if films.is_video(data):
        film = films.fit(data, t("The file"))[1]
        empty = QImage(QSize(film.width, film.height).scaled(MOST, MOST, KEEP), QImage.Format.Format_ARGB32)
        empty.fill(Qt.GlobalColor.transparent)
        return empty
    form = pictures.kind(data)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # Qt would look for a reader by the bytes or the name: also for drawings, which may name files of this computer.
    reader = QImageReader(buffer, QByteArray(form.lower().encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size() if form else QSize()
    if not form or (size.isValid() and size.width() * size.height() > pictures.MAX_PIXELS):
        raise Usage("bad-picture", "This can't be read as a picture.", "Use a JPEG or PNG file.")
    if size.isValid() and max(size.width(), size.height()) > MOST:
        reader.setScaledSize(size.scaled(MOST, MOST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise Usage("bad-picture", "This can't be read as a picture.", "Use a JPEG or PNG file.")
    return image


def encoded(image: QImage) -> bytes:
    """A pasted picture as PNG. Raises Usage for one that is too large."""
    if image.isNull() or image.width() * image.height() > pictures.MAX_PIXELS:
        raise Usage("bad-picture", "This can't be read as a picture.", "Use a JPEG or PNG file.")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class Thumb(QWidget):
    """A picture in a box of rounded corners: whole, or filling it; with a sign in its middle where it moves. Its name is
    its alt text."""

    def __init__(self, image: QImage | None, size: QSize, alt: str, whole: bool = False, moves: bool = False) -> None:
        super().__init__()
        self.moves = moves
        self.whole = whole
        self._small: tuple[QSize, QImage] = (QSize(), QImage())
        self.image = image if image is not None else QImage()
        self.setFixedHeight(size.height())
        self.setMinimumWidth(size.width())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.describe(alt)

    def describe(self, alt: str) -> None:
        """Read aloud as this."""
        self.setAccessibleName(alt or t("A picture without alt text"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; pictures are never mirrored."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box, whole = self.rect(), self.image.size()
        how = Qt.AspectRatioMode.KeepAspectRatio if self.whole else Qt.AspectRatioMode.KeepAspectRatioByExpanding
        size = whole.scaled(box.size(), how)
        spot = QRect(
            (box.width() - size.width()) // 2, (box.height() - size.height()) // 2, size.width(), size.height()
        )
        # The frame is that of what is seen: no empty bars beside a picture that is shown whole.
        seen = spot.intersected(box) if not self.image.isNull() else box
        path = QPainterPath()
        path.addRoundedRect(seen, 6, 6)
        painter.setClipPath(path)
        painter.fillRect(seen, theme.color("sunken"))
        if not self.image.isNull():
            painter.drawImage(spot, self._fine(size))
        painter.setClipping(False)
        if self.moves:
            side, middle = theme.px(24), box.center()
            icons.paint(painter, middle.x() - side // 2, middle.y() - side // 2, "film", 24, "text2")
        painter.setPen(theme.color("sep"))
        painter.drawRoundedRect(seen.adjusted(0, 0, -1, -1), 6, 6)

    def _fine(self, size: QSize) -> QImage:
        """The picture in that size, made small with care, and once."""
        wanted = size * self.devicePixelRatioF()
        if self._small[0] != wanted:
            how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._small = wanted, self.image.scaled(wanted, *how)
        return self._small[1]
