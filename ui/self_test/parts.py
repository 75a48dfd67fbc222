"""What the program is made of: its files, its code, its libraries, its second process, and the main job with all of them."""

from __future__ import annotations

import pkgutil
from importlib import import_module, resources
from multiprocessing.connection import Connection
from pathlib import Path

from ui.self_test import Lacking

# One of each kind: files that code asks for by name, in folders that a build might forget.
FILES = (
    "theme.toml", "prices.toml", "working.toml", "zones.toml", "icons/tick.svg", "fonts/Inter-Regular.otf", "facts/members.toml",
    "demo/accounts.toml", "proof", "kit", "likeness", "agreed", "rulebooks",
)  # fmt: skip
SCHEMAS = (("g20desk.ledger", ""), ("g20desk.hub", "schema"))
OURS = ("g20desk", "connectors", "ui")
LEAST_MODULES = 500
SECONDS = 60.0
LANG = "en"


def parts(_: Path) -> str:
    """Files that are no code."""
    root = resources.files("resources")
    lacking = [name for name in FILES if not (root / name).is_file() and not (root / name).is_dir()]
    for package, folder in SCHEMAS:
        place = resources.files(package) / folder
        if not place.is_dir() or not any(file.name.endswith(".sql") for file in place.iterdir()):
            lacking.append(f"{package}/{folder}/*.sql")
    if lacking:
        raise FileNotFoundError(", ".join(lacking))
    return f"{len(FILES)} files and folders, {len(SCHEMAS)} schemas"


def code(_: Path) -> str:
    """All of our own modules load."""
    names = [one.name for name in OURS for one in pkgutil.walk_packages(import_module(name).__path__, f"{name}.")]
    if len(names) < LEAST_MODULES:
        raise ImportError(f"only {len(names)} modules")
    for name in names:
        if not name.endswith("__main__"):
            import_module(name)
    return f"{len(names)} modules"


def libraries(_: Path) -> str:
    """Every library that the program asks for is here, in a release that it may work with."""
    from importlib import metadata

    from g20desk.desk.doctor import computer

    asked = metadata.requires("g20desk") or []
    lacking = [" ".join([fact.code, *fact.values.values()]) for fact in computer.lacking(asked)]
    if lacking or not asked:
        raise ImportError("; ".join(lacking) or "which libraries are needed is not written down")
    return f"{len(asked)} asked for"


def networks(_: Path) -> str:
    """Every connector is found by its entry point, counts a text, and loads the library that sends."""
    from g20desk import network

    names = network.networks()
    if {"x", "bluesky", "mastodon", "rehearsal"} - set(names):
        raise ImportError(f"only these connectors: {', '.join(names)}")
    for name in names:
        import_module(network.package(name) + ".client")
        import_module(network.package(name) + ".text")
    for library in ("tweepy", "mastodon", "atproto"):
        import_module(library)
    return ", ".join(names)


def keyring(_: Path) -> str:
    """The libraries of this system's keyring, and which of them is meant; none is asked for anything."""
    import keyring as library

    chosen = library.get_keyring()
    name = f"{type(chosen).__module__}.{type(chosen).__qualname__}"
    if name.startswith("keyring.backends.fail"):
        raise Lacking(
            "no keyring answers here: sign in to a desktop, or see docs/publishing.md for a computer without one"
        )
    return name


def rulebook(_: Path) -> str:
    """The rules are read anew; what their kept form depends on is known."""
    from g20desk.desk import checking, rule_files

    if len(checking.engine()) < 10:
        raise FileNotFoundError("the sources of the rulebook, under whose fingerprint its compiled form is kept")
    return f"{len(checking.built(rule_files.sources()).rules)} rules"


def zones(_: Path) -> str:
    """Zones, names of languages, and calendars from outside."""
    from zoneinfo import ZoneInfo

    from babel import Locale
    from icalendar import Calendar

    import_module("icalendar.timezone.windows_to_olson")
    for name in ("Africa/Johannesburg", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Tokyo"):
        ZoneInfo(name)
    if not (resources.files("tzdata") / "zoneinfo" / "Asia" / "Riyadh").is_file():
        raise FileNotFoundError("the program's own zones")
    for lang in ("ar", "zh", "es", "fr", "ru", "hi"):
        if not Locale.parse(lang).get_display_name("en"):
            raise ValueError(f"no name of the language {lang}")
    Calendar.from_ical("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:g20desk\r\nEND:VCALENDAR\r\n")
    return "zones, languages and calendars"


def days_off(_: Path) -> str:
    """The public holidays of every member that the program knows working hours of."""
    from g20desk.clock import SystemClock
    from g20desk.desk import hours
    from g20desk.desk.terms import members

    now = SystemClock().now_ms()
    known = [one for one in members() if hours.beside(one, now, now + 86_400_000, "en").zone]
    if len(known) < 19:
        raise ValueError(f"working hours of {len(known)} members only")
    return f"{len(known)} members"


def rehearsal(folder: Path) -> str:
    """The whole main job on the rehearsal network, in a store of its own, and its record verified."""
    from g20desk.desk.rehearsing import rehearse

    told = rehearse(folder / "office")
    if not told["ledger"]["verified"] or len(told["posts"]) != 3:
        raise ValueError(str(told))
    return f"{len(told['posts'])} posts sent, {told['ledger']['events']} events verified"


def second_process(_: Path) -> str:
    """A second process of this program checks signatures, finds the bad one, and ends."""
    from g20desk.ledger.keys import DeviceKey
    from g20desk.ledger.signatures import Signed, started

    key = DeviceKey.fresh()
    good = Signed("", key.device, "self-test", b"one", key.sign("self-test", b"one"))
    process, line = started(one_batch)
    with line:
        line.send([tuple(good), tuple(good._replace(data=b"two"))])
        if not line.poll(SECONDS):
            process.kill()
            raise TimeoutError("the second process does not answer")
        found = line.recv()
    process.join(SECONDS)
    if found != 1 or process.exitcode != 0:
        raise ValueError(f"the second process said {found} and ended with {process.exitcode}")
    return "answers, and ends"


def one_batch(asked: Connection) -> None:
    """What the second process does."""
    from g20desk.ledger.signatures import first_bad

    asked.send(first_bad(asked.recv()))


def spelling(folder: Path) -> str:
    """A dictionary answers from the process that holds it; there may be none."""
    from g20desk.desk.dictionaries import DEBIAN as SPELT
    from g20desk.desk.spelling import Spelling

    mine = Spelling(folder / "office")
    try:
        here = [lang for lang in SPELT if mine.standing(lang).dictionary]
        if not here:
            raise Lacking(f"no spelling dictionaries here. {mine.standing('en').help}")
        mine.load(here[0])
        return ", ".join(here)
    finally:
        mine.stop()
