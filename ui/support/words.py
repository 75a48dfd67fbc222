"""Ends that were none, as sentences."""

from __future__ import annotations

from typing import Any

from g20desk.clock import from_iso
from ui.texts import clock, day, t

KEPT = "Nothing was sent because of it; what you typed is kept, up to the last second."


def sentence(one: dict[str, Any]) -> tuple[str, str, str]:
    """What happened, what it means, and the tone to say it in."""
    at = from_iso(one["at"])
    when = f"{day(at)} {clock(at)} UTC"
    if one["role"] == "publisher":
        said = t("The publisher on this computer ended unexpectedly: {when}.", when=when)
        if one["how"] == "unclean":
            said = t("The publisher on this computer ended without being stopped.")
        return said, t("What is due goes out once it runs again, or by this window."), "warn"
    if one["how"] == "unclean":
        return (
            t("The last time, G20 Desk was not closed: the power went, or it was ended from outside."),
            t(KEPT),
            "surface",
        )
    return t("G20 Desk ended unexpectedly: {when}.", when=when), t(KEPT), "warn"


def report(one: dict[str, Any]) -> list[str]:
    """The report as lines, as whoever helps reads it: in the program's own language."""
    about = (
        f"{name}: {one[name]}"
        for name in ("at", "role", "how", "kind", "version", "python", "qt", "system", "release")
        if one.get(name)
    )
    return [*about, *(str(place) for place in one.get("places", ()))]
