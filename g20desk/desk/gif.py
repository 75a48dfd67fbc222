"""GIF files: how they move, and the same file without comments and what else programs leave in them (GIF89a)."""

from __future__ import annotations

from dataclasses import dataclass

from g20desk.desk.mp4 import Unfit

LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
EXTENSION, PICTURE, END = 0x21, 0x2C, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
# What has no time of its own is shown so long, as browsers do.
USUAL_MS = 100


@dataclass(frozen=True, slots=True)
class Gif:
    """What a file shows: its size, how many pictures, and for how long, in milliseconds."""

    width: int
    height: int
    frames: int
    ms: int


def opened(data: bytes) -> tuple[bytes, Gif]:
    """The file without what is no picture, and what it shows. Raises Unfit."""
    try:
        return _read(data)
    except IndexError as error:
        raise Unfit("is cut off.", "Copy or export it again.") from error


def _read(data: bytes) -> tuple[bytes, Gif]:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise Unfit("is no GIF.", "Use a GIF or an MP4 file.")
    at = 13 + _table(data[10])
    made, frames, ms = [data[:at]], 0, 0
    while data[at] != END:
        start, kind = at, data[at]
        if kind == EXTENSION:
            label = data[at + 1]
            at = _blocks(data, at + 2)
            if label == CONTROL:
                ms += 10 * int.from_bytes(data[start + 4 : start + 6], "little") or USUAL_MS
            keeps = label == CONTROL or (label == APPLICATION and data[start + 3 : start + 14] in LOOPS)
        elif kind == PICTURE:
            at = _blocks(data, at + 10 + _table(data[at + 9]) + 1)
            frames, keeps = frames + 1, True
        else:
            raise Unfit("can't be read as a GIF.", "Export it again.")
        if keeps:
            made.append(data[start:at])
    if not frames:
        raise Unfit("holds no picture.", "Export it again.")
    width, height = (int.from_bytes(data[n : n + 2], "little") for n in (6, 8))
    return b"".join([*made, bytes([END])]), Gif(width, height, frames, ms or USUAL_MS * frames)


def _table(flags: int) -> int:
    """How long the table of colours is that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> int:
    """Where a row of blocks ends that begins here."""
    while length := data[at]:
        at += length + 1
    return at + 1
