"""Pictures: turned upright, without metadata, under every network's limit before anyone signs.

What comes from outside is looked at by its first bytes, and only the reader of that one kind gets to see it; how many pixels it says to
have is asked before any of them is unpacked.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from g20desk.errors import Usage
from g20desk.limits import Limits
from g20desk.network import Picture

MAX_PIXELS = 100_000_000


def kind(data: bytes) -> str:
    """PNG, JPEG, WEBP or GIF by the first bytes; empty for all else, also where its name says so."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return "GIF" if data.startswith((b"GIF87a", b"GIF89a")) else ""


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """A picture of Pillow's that is not unpacked yet, of at most MAX_PIXELS. Raises Usage for what is none, also while it is used."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # what is too much is said here, and is no warning
    form = kind(data)
    if not form:
        raise Usage("bad-picture", f"{name} is of a kind that networks do not take.", "Use a JPEG or PNG file.")
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Usage("bad-picture", f"{name} has too many pixels.", "Make it smaller.")
            yield image
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Usage("bad-picture", f"{name} can't be read as a picture.", "Use a JPEG or PNG file.") from error


def fit(data: bytes, limits: Sequence[Limits], name: str) -> Picture:
    """The picture that is signed and sent: the least of all limits holds. Raises Usage for what is no picture."""
    from PIL import Image, ImageOps

    most = min((one.picture_bytes for one in limits), default=1_000_000)
    pixels = min((one.picture_pixels for one in limits), default=8_000_000)
    with opened(data, name) as found:
        form = found.format
        if getattr(found, "n_frames", 1) > 1 and form != "MPO":
            raise Usage("bad-picture", f"{name} moves.", "Use a GIF, an MP4 video, or a still picture.")
        image: Any = ImageOps.exif_transpose(found)
        image.load()
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    image = image.convert("RGBA" if clear else "RGB")
    if clear and image.getextrema()[3][0] == 255:
        image = image.convert("RGB")
    if image.width * image.height > pixels:
        scale = (pixels / (image.width * image.height)) ** 0.5
        image = image.resize(
            (max(1, int(image.width * scale)), max(1, int(image.height * scale))), Image.Resampling.LANCZOS
        )
    photo = form in ("JPEG", "MPO")
    while True:
        made = _written(image, photo, most)
        if made is not None:
            return made
        image = image.resize((max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)), Image.Resampling.LANCZOS)


def _written(image: Any, photo: bool, most: int) -> Picture | None:
    from PIL import Image

    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    if not photo:
        file = io.BytesIO()
        bare.save(file, "PNG", optimize=True)
        if file.tell() <= most:
            return Picture(file.getvalue(), "image/png", "", bare.width, bare.height)
    if bare.mode == "RGBA":
        white = Image.new("RGB", bare.size, (255, 255, 255))
        white.paste(bare, mask=bare.getchannel("A"))
        bare = white
    for quality in (92, 86, 80, 74):
        file = io.BytesIO()
        bare.save(file, "JPEG", quality=quality, optimize=True)
        if file.tell() <= most:
            return Picture(file.getvalue(), "image/jpeg", "", bare.width, bare.height)
    return None


def stamped(data: bytes, word: str) -> Picture:
    """A fitted picture with a word across it, so that it can't be taken for a final one."""
    from PIL import ImageDraw, ImageFont

    with opened(data, "The picture") as found:
        image, photo = found.convert("RGB"), found.format == "JPEG"
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(max(10, image.width // 12))
    left, top, right, bottom = draw.textbbox((0, 0), word, font=font)
    wide, high = right - left, bottom - top
    for y in (image.height * n // 6 for n in (1, 3, 5)):
        draw.rectangle((0, y - high, image.width, y + high), fill="white")
        draw.text(((image.width - wide) / 2 - left, y - high / 2 - top), word, fill="black", font=font)
    file = io.BytesIO()
    image.save(file, "JPEG" if photo else "PNG", **({"quality": 86} if photo else {}))
    return Picture(file.getvalue(), "image/jpeg" if photo else "image/png", "", image.width, image.height)
