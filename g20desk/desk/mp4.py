"""MP4 files: what is in them, and the same file with nothing but picture and sound (ISO/IEC 14496-12, -14, -15).

What is taken out is overwritten where it stands, by zeros in boxes that players skip: nothing moves, so that the places
of the samples, which the file counts from its start, stay right, and picture and sound stay bit for bit as they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# Boxes that stay, by the box that they stand in; everything else may say where and by whom it was filmed.
KEPT = {
    "": {"ftyp", "moov", "mdat", "free", "skip", "wide"},
    "moov": {"mvhd", "trak"},
    "trak": {"tkhd", "edts", "mdia"},
    "mdia": {"mdhd", "hdlr", "minf"},
    "minf": {"vmhd", "smhd", "hdlr", "dinf", "stbl"},
    "stbl": {"stsd", "stts", "ctts", "cslg", "stss", "stps", "sdtp", "stsz", "stsc", "stco", "co64", "sgpd", "sbgp"},
}
BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VP", b"dash", b"MSNV"}
CODECS = {
    "avc1": "H.264",
    "avc3": "H.264",
    "hvc1": "HEVC",
    "hev1": "HEVC",
    "av01": "AV1",
    "vp09": "VP9",
    "mp4v": "MPEG-4",
}
PLAIN = (66, 77, 88, 100)
EMPTY = 8


class Unfit(ValueError):
    """A file that can't be sent; says why, and what to do, in a sentence each."""

    def __init__(self, why: str, help: str) -> None:
        super().__init__(why)
        self.why, self.help = why, help


WHOLE = "Export it again as MP4 with H.264 and AAC."


class Box(NamedTuple):
    """Where a box stands: its name, its own start, that of what it holds, its end."""

    name: str
    start: int
    inner: int
    end: int


@dataclass
class Track:
    """One track as its boxes tell it. `spans`: where its samples stand in the file."""

    kind: str = ""
    codec: str = ""
    width: int = 0
    height: int = 0
    scale: int = 0
    length: int = 0
    samples: int = 0
    channels: int = 0
    plain: bool = True
    square: bool = True
    turned: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)


def opened(data: bytes) -> tuple[bytes, Track, Track | None]:
    """The file without what tells of anything else, its picture and its sound. Raises Unfit."""
    try:
        return _Mp4(data).read()
    except (IndexError, OverflowError, UnicodeDecodeError) as error:
        raise Unfit("can't be read as a video.", WHOLE) from error


class _Mp4:
    def __init__(self, data: bytes) -> None:
        self._data = bytearray(data)
        self._tracks: list[Track] = []
        self._media: list[Box] = []

    def read(self) -> tuple[bytes, Track, Track | None]:
        if self._data[4:8] != b"ftyp" or bytes(self._data[8:12]) not in BRANDS:
            raise Unfit("is no MP4 video.", WHOLE)
        boxes = list(self._boxes(0, len(self._data)))
        if any(box.name in ("moof", "mvex") for box in boxes):
            raise Unfit("is in fragments, as streams are.", WHOLE)
        self._media = [box for box in boxes if box.name == "mdat"]
        self._walk("", boxes)
        videos = [one for one in self._tracks if one.kind == "vide"]
        sounds = [one for one in self._tracks if one.kind == "soun"]
        if len(videos) != 1 or len(sounds) > 1:
            raise Unfit(f"has {len(videos)} pictures and {len(sounds)} sounds.", "Export it with one of each.")
        self._blank_the_rest()
        return bytes(self._data), videos[0], sounds[0] if sounds else None

    def _walk(self, parent: str, boxes: list[Box], track: Track | None = None) -> None:
        """Look at the boxes of one, and empty those that do not stay."""
        for box in boxes:
            if box.name == "mvex":
                raise Unfit("is in fragments, as streams are.", WHOLE)
            if box.name not in KEPT[parent]:
                self._data[box.start + 4 : box.start + EMPTY] = b"free"
            if box.name not in KEPT[parent] or box.name in ("free", "skip", "wide"):
                self._zero(box.inner, box.end)
                continue
            inside = track
            if box.name == "trak":
                inside = Track()
                self._tracks.append(inside)
            if box.name in KEPT:
                self._walk(box.name, list(self._boxes(box.inner, box.end)), inside)
                if box.name == "trak" and inside is not None and inside.kind not in ("vide", "soun"):
                    raise Unfit(f"holds more than picture and sound (“{inside.kind}”), which may say where it was filmed.",
                                "Export it with picture and sound only.")  # fmt: skip
            elif (look := getattr(self, f"_{box.name}", None)) is not None:
                look(box, inside)
        if parent == "stbl" and track is not None:
            self._place(boxes, track)

    def _boxes(self, start: int, end: int) -> Iterator[Box]:
        while start < end:
            if start + EMPTY > end:
                raise Unfit("is cut off.", "Copy or export it again.")
            size, name = self._int(start, 4), bytes(self._data[start + 4 : start + 8]).decode("latin-1")
            inner = start + EMPTY
            if size == 1:
                size, inner = self._int(inner, 8), inner + 8
            stop = end if size == 0 else start + size
            if not inner <= stop <= end:
                raise Unfit("is cut off.", "Copy or export it again.")
            yield Box(name, start, inner, stop)
            start = stop

    def _int(self, at: int, size: int) -> int:
        if at + size > len(self._data):
            raise Unfit("is cut off.", "Copy or export it again.")
        return int.from_bytes(self._data[at : at + size], "big")

    def _zero(self, start: int, end: int) -> None:
        self._data[start:end] = bytes(max(0, end - start))

    def _mvhd(self, box: Box, track: Track | None) -> None:
        self._times(box)

    def _tkhd(self, box: Box, track: Track | None) -> None:
        at = box.inner + (52 if self._times(box) else 40)
        if track is not None:
            a, d = self._int(at, 4), self._int(at + 16, 4)
            track.turned = a == 0 and d == 0

    def _mdhd(self, box: Box, track: Track | None) -> None:
        long = self._times(box)
        at, size = box.inner + (20 if long else 12), 8 if long else 4
        if track is not None:
            track.scale, track.length = self._int(at, 4), self._int(at + 4, size)

    def _times(self, box: Box) -> bool:
        """Take out when it was made; whether the box is of the long form."""
        long = self._data[box.inner] == 1
        self._zero(box.inner + 4, box.inner + (20 if long else 12))
        return long

    def _hdlr(self, box: Box, track: Track | None) -> None:
        kind = bytes(self._data[box.inner + 8 : box.inner + 12]).decode("latin-1")
        if track is not None and not track.kind:
            track.kind = kind
        self._zero(box.inner + 24, box.end)

    def _stsd(self, box: Box, track: Track | None) -> None:
        entries = list(self._boxes(box.inner + 8, box.end))
        if track is None or track.kind not in ("vide", "soun"):
            return
        if len(entries) != 1:
            raise Unfit("changes its form on the way.", WHOLE)
        entry = entries[0]
        track.codec = CODECS.get(entry.name, entry.name.strip())
        (self._picture if track.kind == "vide" else self._sound)(entry, track)

    def _picture(self, entry: Box, track: Track) -> None:
        track.width, track.height = self._int(entry.inner + 24, 2), self._int(entry.inner + 26, 2)
        self._zero(entry.inner + 42, entry.inner + 74)  # the name of the program or the camera
        for box in self._boxes(entry.inner + 78, entry.end):
            if box.name == "avcC":
                track.plain = self._data[box.inner + 1] in PLAIN
            elif box.name == "pasp":
                track.square = self._int(box.inner, 4) == self._int(box.inner + 4, 4)

    def _sound(self, entry: Box, track: Track) -> None:
        track.channels = self._int(entry.inner + 16, 2)
        skip = {1: 16, 2: 36}.get(self._int(entry.inner + 8, 2), 0)
        for box in self._boxes(entry.inner + 28 + skip, entry.end):
            if box.name == "esds" and entry.name == "mp4a":
                track.codec = self._aac(box, track)

    def _aac(self, box: Box, track: Track) -> str:
        """The kind of sound, out of nested descriptors: tag, length in sevens of bits, content."""
        at, codec = box.inner + 4, "mp4a"
        while at < box.end:
            tag, length, at = self._data[at], 0, at + 1
            while True:
                byte, at = self._data[at], at + 1
                length = length << 7 | byte & 127
                if byte < 128:
                    break
            if tag == 3:
                at += 3
            elif tag == 4:
                codec = "AAC" if self._data[at] in (0x40, 0x66, 0x67, 0x68) else "mp4a"
                at += 13
            elif tag == 5:
                first = self._int(at, 2)
                if first >> 11 != 2 and codec == "AAC":
                    codec = "HE-AAC"
                track.channels = first >> 3 & 15 or track.channels
                at += length
            else:
                at += length
        return codec

    def _place(self, boxes: list[Box], track: Track) -> None:
        """Where the samples of a track stand, chunk by chunk."""
        at = {box.name: box.inner for box in boxes}
        if "stsz" not in at or "stsc" not in at or not ({"stco", "co64"} & set(at)):
            raise Unfit("does not tell where its picture is.", WHOLE)
        one, track.samples = self._int(at["stsz"] + 4, 4), self._int(at["stsz"] + 8, 4)
        sizes = [] if one else self._ints(at["stsz"] + 12, track.samples, 4)
        wide = 8 if "co64" in at else 4
        table = at["co64" if wide == 8 else "stco"]
        starts = self._ints(table + 8, self._int(table + 4, 4), wide)
        runs = self._ints(at["stsc"] + 8, 3 * self._int(at["stsc"] + 4, 4), 4)
        number, each, done = 0, 0, 0
        for chunk, start in enumerate(starts, 1):
            if number < len(runs) and runs[number] == chunk:
                each, number = runs[number + 1], number + 3
            length = one * each if one else sum(sizes[done : done + each])
            done += each
            if not any(box.inner <= start and start + length <= box.end for box in self._media):
                raise Unfit("is cut off.", "Copy or export it again.")
            track.spans.append((start, start + length))

    def _ints(self, at: int, count: int, size: int) -> list[int]:
        if at + count * size > len(self._data):
            raise Unfit("is cut off.", "Copy or export it again.")
        return [int.from_bytes(self._data[n : n + size], "big") for n in range(at, at + count * size, size)]

    def _blank_the_rest(self) -> None:
        """Whatever else stands between the samples."""
        spans = sorted(span for track in self._tracks for span in track.spans)
        for box in self._media:
            at = box.inner
            for start, end in spans:
                if box.inner <= start and end <= box.end:
                    self._zero(at, start)
                    at = max(at, end)
            self._zero(at, box.end)
