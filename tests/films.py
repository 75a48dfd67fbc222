"""Moving pictures for tests: real small videos, GIFs, and what may be hidden in them."""

from __future__ import annotations

import io
import struct
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parent / "data" / "films"
FILM = (FOLDER / "film.mp4").read_bytes()
PLACE = b"+45.4371+012.3326/"


def box(name: bytes, inner: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(inner), name) + inner


def put_in(data: bytes, name: bytes, more: bytes) -> bytes:
    """The file with more at the end of its last top-level box of this name, which is made longer."""
    at = 0
    while data[at + 4 : at + 8] != name:
        at += int.from_bytes(data[at : at + 4], "big")
    size = int.from_bytes(data[at : at + 4], "big")
    return data[:at] + struct.pack(">I", size + len(more)) + data[at + 4 : at + size] + more + data[at + size :]


def with_place() -> bytes:
    """A video that says where it was filmed: in the user data, in XMP, and in bytes that belong to no track."""
    words = struct.pack(">HH", len(PLACE), 0x15C7) + PLACE
    data = put_in(FILM, b"moov", box(b"udta", box(b"\xa9xyz", words)))
    data = put_in(data, b"mdat", b"junk " + PLACE)
    return data + box(b"uuid", bytes(16) + b"<x:xmpmeta>" + PLACE)


def gif(frames: int = 3, size: tuple[int, int] = (64, 48), comment: bytes = b"Filmed by Ana") -> bytes:
    pictures = [Image.new("P", size, n) for n in range(1, frames + 1)]
    for n, picture in enumerate(pictures):
        picture.putpalette([(n * 60 + k) % 256 for k in range(768)])
    file = io.BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=200, loop=0, comment=comment)
    return file.getvalue()
