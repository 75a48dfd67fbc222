"""What one post may hold, as a network has it or its server tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilmLimits:
    """What a video (MP4, H.264 with AAC or no sound) or a moving GIF may be: bytes, milliseconds, pixels of its area,
    pictures a second, pictures in all, characters of its description. `gif_bytes` 0: a GIF does not move there;
    elsewhere 0 is without limit."""

    bytes: int
    ms: int
    pixels: int
    rate: int
    gif_bytes: int
    gif_pixels: int = 0
    gif_frames: int = 0
    frames: int = 0
    least_ms: int = 0
    alt: int = 0


@dataclass(frozen=True, slots=True)
class PollLimits:
    """What a poll may be: answers, characters of each, minutes that it is open, whether one may choose several."""

    answers: int
    characters: int
    least_minutes: int
    most_minutes: int
    several: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What one post may hold. Lengths as the network counts them; sizes in bytes."""

    characters: int
    utf8_bytes: int | None = None
    pictures: int = 4
    picture_bytes: int = 1_000_000
    picture_pixels: int = 8_000_000
    alt: int = 1000
    film: FilmLimits = FilmLimits(100_000_000, 180_000, 8_294_400, 60, 0)
    poll: PollLimits | None = None
