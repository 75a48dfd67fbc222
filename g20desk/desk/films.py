"""Moving pictures: videos (MP4) and GIFs, without what tells where and by whom they were made, held to what each network
takes. Nothing is encoded anew: what does not fit is told, with what to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from g20desk.desk import gif, mp4
from g20desk.errors import Usage
from g20desk.limits import FilmLimits
from g20desk.network import Picture

GIF, MP4 = "image/gif", "video/mp4"
# What an office's record takes of one file, in bytes.
MOST = 100_000_000
LONG, SMALL = 3.0, 32


@dataclass(frozen=True, slots=True)
class Film:
    """What a moving picture is. `rate` in pictures a second; `codec` and `sound` as people say it, `sound` empty where there
    is none; `plain`: its colours are coded as all players understand (4:2:0)."""

    mime: str
    size: int
    width: int
    height: int
    ms: int
    frames: int
    codec: str = ""
    sound: str = ""
    channels: int = 0
    plain: bool = True
    square: bool = True

    @property
    def rate(self) -> float:
        """Pictures a second."""
        return self.frames * 1000 / self.ms if self.ms else 0.0


def moves(data: bytes) -> bool:
    """Whether these are the bytes of a moving picture: a video of any kind, or a GIF of more than one picture."""
    if data[:4] == b"GIF8":
        try:
            return gif.opened(data)[1].frames > 1
        except mp4.Unfit:
            return False
    return is_video(data)


def is_video(data: bytes) -> bool:
    """Whether these are the first bytes of a film: MP4, QuickTime, WebM (not of AVIF, which begins alike)."""
    return (data[4:8] in (b"ftyp", b"moov", b"mdat") and data[8:11] != b"avi") or data[:4] == b"\x1aE\xdf\xa3"


def fit(data: bytes, name: str) -> tuple[Picture, Film]:
    """The bytes that are signed and sent, and what they are. Raises Usage for what no network takes."""
    if len(data) > MOST:
        raise Usage(
            "film-too-big", f"{name} has {_mb(len(data))} MB; the record takes {_mb(MOST)} MB.", "Export it smaller."
        )
    try:
        made, film = _of_gif(data) if data[:4] == b"GIF8" else _of_mp4(data)
    except mp4.Unfit as why:
        raise Usage("bad-film", f"{name} {why.why}", why.help) from why
    return Picture(made, film.mime, "", film.width, film.height, film.ms), film


def _of_gif(data: bytes) -> tuple[bytes, Film]:
    made, one = gif.opened(data)
    return made, Film(GIF, len(made), one.width, one.height, one.ms, one.frames)


def _of_mp4(data: bytes) -> tuple[bytes, Film]:
    made, picture, sound = mp4.opened(data)
    if not picture.scale or not picture.length or not picture.width or not picture.height:
        raise mp4.Unfit("does not tell its length or its size.", mp4.WHOLE)
    width, height = (picture.height, picture.width) if picture.turned else (picture.width, picture.height)
    ms = max(1, picture.length * 1000 // picture.scale)
    return made, Film(
        MP4, len(made), width, height, ms, picture.samples, picture.codec, sound.codec if sound else "",
        sound.channels if sound else 0, picture.plain, picture.square,
    )  # fmt: skip


def faults(film: Film, most: FilmLimits, name: str) -> Iterator[str]:
    """What an account of this name can't take of it, each with what to change."""
    if film.mime == GIF:
        yield from _gif_faults(film, most, name)
        return
    if film.size > most.bytes:
        yield f"{name} takes videos of {_mb(most.bytes)} MB; this one has {_mb(film.size)} MB. Export it smaller."
    if most.ms and film.ms > most.ms:
        yield f"{name} takes videos of {_long(most.ms)}; this one lasts {_long(film.ms)}. Cut it."
    if film.ms < most.least_ms:
        yield f"{name} takes no video under {most.least_ms / 1000:g} s. Make it longer."
    if film.width * film.height > most.pixels:
        yield f"{name} takes videos of {_size(most.pixels)} pixels; this one has {film.width} × {film.height}. Export it smaller."
    if film.rate > most.rate + 0.5:
        yield f"{name} takes {most.rate} pictures a second; this video has {film.rate:.0f}. Export it with fewer."
    if most.frames and film.frames > most.frames:
        yield f"{name} cuts a video after {most.frames} pictures; this one has {film.frames}. Cut it."
    if film.codec != "H.264":
        yield f"{name} takes H.264; this video is {film.codec}. {mp4.WHOLE}"
    elif not film.plain:
        yield f"{name} takes colours of 4:2:0 only; this video's are others. {mp4.WHOLE}"
    if film.sound not in ("", "AAC"):
        yield f"{name} takes AAC sound; this video has {film.sound}. {mp4.WHOLE}"
    elif film.channels > 2:
        yield f"{name} takes sound in stereo or mono; this video has {film.channels} channels. {mp4.WHOLE}"
    if not film.square:
        yield f"{name} takes square pixels only; this video's are not. {mp4.WHOLE}"
    if not 1 / LONG <= film.width / film.height <= LONG or min(film.width, film.height) < SMALL:
        yield f"{name} takes no video of {film.width} × {film.height} pixels. Cut it to another shape."


def _gif_faults(film: Film, most: FilmLimits, name: str) -> Iterator[str]:
    if not most.gif_bytes:
        yield f"{name} shows a GIF as a still picture. Use a short MP4 video instead."
        return
    if film.size > most.gif_bytes:
        yield f"{name} takes GIFs of {_mb(most.gif_bytes)} MB; this one has {_mb(film.size)} MB. Use a short MP4 video instead."
    if film.width * film.height > most.gif_pixels:
        yield f"{name} takes GIFs of {_size(most.gif_pixels)} pixels; this one has {film.width} × {film.height}. Make it smaller."
    if most.gif_frames and film.frames > most.gif_frames:
        yield f"{name} takes GIFs of {most.gif_frames} pictures; this one has {film.frames}. Use a short MP4 video instead."


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f}"


def _long(ms: int) -> str:
    """Minutes and seconds: 2:20."""
    return f"{ms // 60_000}:{ms % 60_000 / 1000:02.0f}"


def _size(pixels: int) -> str:
    """An area as the sides of a picture in 16 to 9, which people know better."""
    known = {1_310_720: "1280 × 1024", 1_382_400: "1280 × 1080", 921_600: "1280 × 720", 8_294_400: "3840 × 2160",
             2_304_000: "1920 × 1200"}  # fmt: skip
    return known.get(pixels, f"{(pixels * 16 / 9) ** 0.5:.0f} × {(pixels * 9 / 16) ** 0.5:.0f}")
