"""Pictures: turned upright, without metadata, under every network's limit before anyone signs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from g20desk.errors import Usage
from g20desk.limits import Limits
from g20desk.network import Picture

MAX_PIXELS = 100_000_000
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def fit(data: bytes, limits: Sequence[Limits], name: str) -> Picture:
    """The picture that is signed and sent: the least of all limits holds. Raises Usage for what is no picture."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    most = min((one.picture_bytes for one in limits), default=1_000_000)
    pixels = min((one.picture_pixels for one in limits), default=8_000_000)
    try:
        with Image.open(io.BytesIO(data)) as opened:
            form = opened.format
            if form not in (*TYPES, "GIF", "BMP", "TIFF", "MPO"):
                raise Usage("bad-picture", f"{name} is of a kind that networks do not take.", "Use a JPEG or PNG file.")
            if getattr(opened, "n_frames", 1) > 1 and form != "MPO":
                raise Usage("bad-picture", f"{name} moves.", "Use a GIF, an MP4 video, or a still picture.")
            image: Any = ImageOps.exif_transpose(opened)
            image.load()
    except (OSError, Image.DecompressionBombError, ValueError, SyntaxError, EOFError) as error:
        raise Usage("bad-picture", f"{name} can't be read as a picture.", "Use a JPEG or PNG file.") from error
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
    from PIL import Image, ImageDraw, ImageFont

    with Image.open(io.BytesIO(data)) as opened:
        image, photo = opened.convert("RGB"), opened.format == "JPEG"
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
