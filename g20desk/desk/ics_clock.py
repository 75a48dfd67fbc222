"""The times of a calendar's events on the clocks that they name: the world's zones, Windows' names for them, what a person said. A zone
that nobody knows, a time of no zone and a day without a time are asked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from g20desk.desk.import_csv import Said
from g20desk.errors import Usage
from g20desk.office.plan import LONGEST_MINUTES
from g20desk.office.planning import TIME

SKIP = "skip"


class Asked(Exception):
    """Something of an event that has to be asked about, or that is wrong with it. `name`: the property that it is in."""

    def __init__(self, name: str, code: str, message: str, help: str = "", value: str = "") -> None:
        super().__init__(message)
        self.name, self.code, self.message, self.help, self.value = name, code, message, help, value


class Clocks:
    """`zones`: what names of zones in the file were taken for; `skipped`: days without a time that were left out."""

    def __init__(self, said: Said, zone: str) -> None:
        self._said, self._zone = said, zone
        self.zones: dict[str, str] = {}
        self.skipped = 0

    def dates(self, event: Any, name: str, zone: str) -> Iterator[datetime]:
        """The dates of a list, on the clock of the event's zone."""
        lists = event.get(name)
        for one in lists if isinstance(lists, list) else [lists] if lists is not None else []:
            for value in one.dts:
                if isinstance(value.dt, tuple):
                    raise Asked(name, "bad-event", f"{name} names stretches of time.", "Export the calendar again.")
                local, own = self.local(value, name, one.params.get("TZID", ""))
                if local is not None:
                    yield self.here(self.moment(local, own), zone)

    def local(self, value: Any, name: str, tzid: str = "") -> tuple[datetime | None, str]:
        """A time as it stands on the clock of a zone, and that zone; None where it is to be left out."""
        when, tzid = value.dt, str(value.params.get("TZID", "") or tzid)
        if not isinstance(when, date):
            raise Asked(name, "bad-event", f"{name} is no time.")
        if not isinstance(when, datetime):
            return self._all_day(when, name)
        if tzid:
            return when.replace(tzinfo=None), self._known(tzid, name)
        if when.tzinfo is not None:
            return when.astimezone(UTC).replace(tzinfo=None), "UTC"
        if not self._zone:
            raise Asked(
                name, "no-zone", "This time names no zone.", "Say whose clock it goes by: --zone Europe/Rome", str(when)
            )
        return when, self._zone

    def _all_day(self, day: date, name: str) -> tuple[datetime | None, str]:
        said = self._said.all_day
        if not said:
            raise Asked(name, "all-day", f"{day} is a day without a time.", "Say a time for such days: --all-day 09:00, or leave them out: --all-day skip", str(day))  # fmt: skip
        if said == SKIP:
            self.skipped += 1
            return None, "UTC"
        if not TIME.match(said):
            raise Usage("bad-time", f"“{said}” is no time of a day.", "Write for example: --all-day 09:00")
        if not self._zone:
            raise Asked(
                name, "no-zone", "Nobody said whose clock that time goes by.", "Say it: --zone Europe/Rome", str(day)
            )
        return datetime.combine(day, datetime.strptime(said, "%H:%M").time()), self._zone

    def _known(self, tzid: str, name: str) -> str:
        """The zone that a file means by a name: said by a person, one of the world's, one of Windows'."""
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

        found = self._said.zones.get(tzid) or tzid.removeprefix("/")
        found = found if _is_zone(found) else WINDOWS_TO_OLSON.get(found, "")
        if not _is_zone(found):
            raise Asked(name, "unknown-zone", f"Nobody knows the time zone “{tzid}”.",
                         f'Say which it is: --zone-of "{tzid}=Europe/Rome"', tzid)  # fmt: skip
        if found != tzid:
            self.zones[tzid] = found
        return found

    def moment(self, local: datetime, zone: str) -> int:
        """In milliseconds, as calendars take it: see `days.at`."""
        return round(local.replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)

    def here(self, ms: int, zone: str) -> datetime:
        """A moment on the clock of a zone."""
        return datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)).replace(tzinfo=None)

    def end(self, value: Any, zone: str) -> str:
        """The end of a rule on the clock of its zone, as it is written in one."""
        if not isinstance(value, datetime):
            return f"{value:%Y%m%d}T235959"
        local = value.astimezone(ZoneInfo(zone)) if value.tzinfo is not None else value
        return f"{local:%Y%m%dT%H%M%S}"


def minutes(event: Any) -> int:
    """How long it takes."""
    start, end, length = event["DTSTART"].dt, event.get("DTEND"), event.get("DURATION")
    if length is not None and isinstance(length.dt, timedelta):
        lasts = length.dt
    elif end is not None and isinstance(start, datetime) and isinstance(end.dt, datetime):
        if (start.tzinfo is None) != (end.dt.tzinfo is None):
            raise Asked("DTEND", "bad-event", "It begins in a zone and ends in none, or the other way round.")
        lasts = end.dt - start
    else:
        return 0
    found = round(lasts.total_seconds() / 60)
    if not 0 <= found <= LONGEST_MINUTES:
        raise Asked("DTEND", "bad-event", "It ends before it begins, or lasts longer than two weeks.")
    return found


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return bool(name)
