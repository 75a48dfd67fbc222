"""Times as people write them: `now`, RFC 3339, RFC 9557 with a zone. Nothing is chosen in silence."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from g20desk.clock import iso
from g20desk.errors import Usage

_FORM = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:\d\d)?(?:\[!?([A-Za-z0-9_+/-]+)\])?\Z"
)


def moment(text: str, now_ms: int) -> tuple[int, str]:
    """Milliseconds since 1970 and the zone's name. Raises Usage for a time that is past, missing or twice."""
    if text == "now":
        return now_ms, "UTC"
    form = _FORM.match(text)
    if not form or not (form[2] or form[3]):
        raise Usage("bad-time", f"“{text}” is no time with an offset or zone.", "Write: 2026-11-30T09:00:00+01:00")
    try:
        local = datetime.fromisoformat(form[1])
        zone = ZoneInfo(form[3]) if form[3] else None
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise Usage("bad-time", f"“{text}” names no real time.", "Check the date and the zone.") from error
    if form[2]:
        when = datetime.fromisoformat(form[1] + form[2].replace("Z", "+00:00"))
        if zone is not None and when.astimezone(zone).replace(tzinfo=None) != local:
            raise Usage("bad-time", f"Offset and zone of “{text}” disagree.", "Leave the offset out.")
    else:
        assert zone is not None
        when = _in_zone(local, zone, text)
    made = round(when.timestamp() * 1000)
    if made < now_ms:
        raise Usage("past-time", f"{iso(made)} is past; it is {iso(now_ms)}.", "Choose a later time, or: --at now")
    return made, form[3] or "UTC"


def on_clock(on: date, clock: str, zone: str) -> int:
    """The moment of a local time (09:00) on a day in a zone, in milliseconds. Raises Usage for one that the clock goes over, or
    that comes twice."""
    text = f"{on}T{clock}[{zone}]"
    try:
        return round(_in_zone(datetime.fromisoformat(f"{on}T{clock}"), ZoneInfo(zone), text).timestamp() * 1000)
    except (ValueError, ZoneInfoNotFoundError) as error:
        raise Usage("bad-time", f"“{text}” names no real time.", "Check the date and the zone.") from error


def _in_zone(local: datetime, zone: ZoneInfo, text: str) -> datetime:
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    utc = [first.astimezone(UTC), second.astimezone(UTC)]
    if utc[0].astimezone(zone).replace(tzinfo=None) == local:
        words = " or ".join(_zulu(u) for u in utc)
        raise Usage("twice-time", f"“{text}” happens twice: {words}.", "Say which, with its UTC time.")
    after = utc[0].astimezone(zone)
    gap = abs((second.utcoffset() or timedelta()) - (first.utcoffset() or timedelta()))
    before = (utc[0] - gap).astimezone(zone)
    raise Usage(
        "no-time",
        f"“{text}” does not exist: the clock goes forward over it.",
        f"The nearest are {before:%Y-%m-%dT%H:%M%z} ({_zulu(before)}) and {after:%Y-%m-%dT%H:%M%z} ({_zulu(after)}).",
    )


def _zulu(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
