"""When an event comes back (RFC 5545): its rule, further dates, and dates on which it does not; on the clock of its zone. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import islice

from dateutil.rrule import rrulestr

MOST = 1000
# What a rule may run through before it comes to a date from `since` on: one that never does must end too.
MOST_STEPS = 200_000
# A rule of these that never comes to a date would be followed for hours.
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")


class NoRule(ValueError):
    """A rule that can't be read."""


def dates(
    first: datetime,
    rule: str,
    further: Collection[datetime],
    without: Collection[datetime],
    since: datetime,
    until: datetime,
) -> tuple[list[datetime], bool]:
    """The local times of an event, from `since` to `until`, and whether there are more than are taken. `first` counts whether
    the rule says it or not; all times are local and name no zone. Raises NoRule."""
    if any(f"FREQ={often}" in rule.upper() for often in TOO_OFTEN):
        raise NoRule("it comes back more often than once a day")
    try:
        ruled: Iterator[datetime] = iter(rrulestr(rule, dtstart=first)) if rule else iter(())
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise NoRule(str(error) or "a rule that can't be read") from error
    found = {one for one in (first, *further) if since <= one <= until}
    cut = False
    for one in islice(ruled, MOST_STEPS):
        if one > until:
            cut = True
            break
        if one >= since:
            found.add(one)
        if len(found) > MOST:
            cut = True
            break
    return sorted(found - set(without))[:MOST], cut


def ruled(parts: Mapping[str, list[str]]) -> str:
    """A rule as it is written, from its parts."""
    return ";".join(f"{name}={','.join(values)}" for name, values in parts.items())
