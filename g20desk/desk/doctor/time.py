"""The clock and the zones: whether this computer's time can be gone by, and what it knows of others'."""

from __future__ import annotations

import os
import re
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from g20desk.clock import SystemClock
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, WRONG, Fact, Saying, teller

OLD_YEARS = 2
SAYINGS = {
    "clock-time": Saying(OK, "{when} UTC"),
    "clock-wrong": Saying(WRONG, "{why}", "Ask your administrator to set the system's clock, or to have it set by a time server."),
    "clock-agrees": Saying(OK, "as {n} of {all} networks have it"),
    "clock-odd": Saying(NOTE, "{host} is {n} s off"),
    "clock-not-behind": Saying(OK, "not behind the record"),
    "clock-behind": Saying(NOTE, "{n} s behind the record's last act, which was made by a wrong clock"),
    "zone-known": Saying(OK, "zone {zone}, zones of {version}"),
    "zone-unknown": Saying(
        WARNING, "the zone {zone} is not known, so local times are shown in UTC",
        "Ask your administrator to set this computer's zone, or to correct TZ."),
    "zones-old": Saying(
        WARNING, "the tables of zones are of {version}; a country that changed its clocks since is shown wrong",
        "Ask your administrator to bring tzdata up to date.", "apt install tzdata"),
}  # fmt: skip
fact = teller(SAYINGS)


def clock(see: See) -> Iterator[Fact]:
    """The time, beside the networks', the hub's and the record's; the zone."""
    if see.desk is None:
        yield fact("clock-time", when=_said(SystemClock().now_ms()))
    else:
        yield from _beside(see)
    yield from _zone()


def _said(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M:%S}"


def _beside(see: See) -> Iterator[Fact]:
    desk = see.opened()
    yield fact("clock-time", when=_said(desk.clock.now_ms()))
    desk.clocks.refresh()
    wrong = desk.clocks.check()
    if wrong:
        yield fact("clock-wrong", why=wrong)
        return
    odd, heard = desk.clocks.odd(), desk.clocks.heard_of()
    if heard:
        yield fact("clock-agrees", n=heard - len(odd), all=heard)
    for host, off in sorted(odd.items()):
        yield fact("clock-odd", host=host, n=f"{off / 1000:+.0f}")
    behind = desk.clocks.behind()
    yield fact("clock-behind", n=behind // 1000) if behind else fact("clock-not-behind")


def _zone() -> Iterator[Fact]:
    name, version = zone(), tables()
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        yield fact("zone-unknown", zone=name)
        return
    yield fact("zone-known", zone=name, version=version or "no version")
    if version[:4].isdigit() and int(version[:4]) + OLD_YEARS < datetime.now(UTC).year:
        yield fact("zones-old", version=version)


def zone() -> str:
    """The name of this computer's zone: TZ, else what the system's link or file names, else UTC."""
    if named := os.environ.get("TZ", "").lstrip(":"):
        return named.partition("zoneinfo/")[2] or named
    try:
        link = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
        return link or Path("/etc/timezone").read_text(encoding="utf-8").strip() or "UTC"
    except OSError:
        return "UTC"


def tables() -> str:
    """The version of the tables that are read: the system's, else those shipped; empty where they do not say."""
    for root in zoneinfo.TZPATH:
        for name in ("tzdata.zi", "+VERSION"):
            try:
                with open(Path(root, name), encoding="utf-8") as file:
                    if found := re.search(r"\d{4}[a-z]", file.readline()):
                        return found[0]
            except OSError:
                continue
    try:
        return str(import_module("tzdata").IANA_VERSION)
    except ImportError:
        return ""
