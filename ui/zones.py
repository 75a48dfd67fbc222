"""The desk's zone against UTC: its clock changes, and which moments a local time means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

DAY, MINUTE = 86_400_000, 60_000


@dataclass(frozen=True, slots=True)
class Change:
    """A clock change: when, and the local clock just before and after."""

    at: int
    before: str
    after: str


def local(ms: int, zone: tzinfo) -> datetime:
    """That moment on the zone's clock."""
    return datetime.fromtimestamp(ms / 1000, zone)


def offset(ms: int, zone: tzinfo) -> int:
    """Minutes ahead of UTC."""
    return round((local(ms, zone).utcoffset() or timedelta()).total_seconds() / 60)


def offset_word(minutes: int) -> str:
    """`UTC+1`, `UTC+5:45`, `UTC−5`."""
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def changes(start: int, end: int, zone: tzinfo) -> tuple[Change, ...]:
    """Every clock change from `start` to before `end`, to the minute."""
    found = []
    for day in range(start, end, DAY):
        low, high = day, min(day + DAY, end)
        if offset(low, zone) == offset(high, zone):
            continue
        was = offset(low, zone)
        while high - low > MINUTE:
            middle = (low + high) // 2 // MINUTE * MINUTE
            low, high = (middle, high) if offset(middle, zone) == was else (low, middle)
        before = datetime.fromtimestamp(high / 1000, UTC) + timedelta(minutes=was)
        found.append(Change(high, f"{before:%H:%M}", f"{local(high, zone):%H:%M}"))
    return tuple(found)


def moments(wall: datetime, zone: tzinfo) -> tuple[int, ...]:
    """What a local time means: one moment, two where the clock goes back over it, none where it goes forward."""
    made = []
    for fold in (0, 1):
        there = wall.replace(tzinfo=zone, fold=fold)
        ms = round(there.timestamp() * 1000)
        if local(ms, zone).replace(tzinfo=None, fold=0) == wall and ms not in made:
            made.append(ms)
    return tuple(made)


def nearest(wall: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """For a local time that does not exist: the real ones before and after the gap's length."""
    first, second = (round(wall.replace(tzinfo=zone, fold=fold).timestamp() * 1000) for fold in (1, 0))
    return local(first, zone).replace(tzinfo=None), local(second, zone).replace(tzinfo=None)
