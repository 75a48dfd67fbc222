"""What may stand in a policy, and what each may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# A misspelt name in these parts guards nothing; in all others, and in those that are not known, it may.
HARMLESS = ("interface", "alarms", "logs", "support")
HERE = ("127.0.0.1", "localhost", "::1")
LANGUAGES, COLOURS, SIZES = ("en", "ar"), ("system", "light", "dark"), (100, 125, 150, 200)
NETWORKS = ("bluesky", "mastodon", "x")
QUIET = (
    "altered", "asked", "broken", "declined", "drifted", "emergency", "half", "hold", "late", "lost", "mail", "missed",
    "no-credit", "overdue", "record", "review", "sign-in", "sign-in-ends", "soon", "stray", "uncounted", "waits",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """`read` makes what counts of what is written, or raises ValueError saying what is wanted. `preset`: a start value that may
    be locked; else a limit, which always holds."""

    read: Callable[[Any], Any]
    preset: bool
    what: str


def _address(said: Any) -> str:
    parts = urlsplit(said) if isinstance(said, str) else None
    if parts is None or not parts.hostname or parts.scheme not in ("https", "http") or parts.query or parts.username:
        raise ValueError("is no address: write https://HOST")
    if parts.scheme == "http" and parts.hostname not in HERE:
        raise ValueError("goes over an open line: write https://HOST")
    return str(said).rstrip("/")


def _proxy(said: Any) -> str:
    from g20desk import proxies

    try:
        made = "system" if said == "system" else proxies.check(said if isinstance(said, str) else "?")
    except ValueError:
        made = ""
    if not made:
        raise ValueError('is no proxy: write http://HOST:PORT, "none" or "system"')
    return made


def _certificate(said: Any) -> str:
    from g20desk import trust

    try:
        return trust.fingerprint(str(said))
    except ValueError:
        raise ValueError("is no SHA-256 of a certificate: 64 hex digits") from None


def _one_of(*known: Any) -> Callable[[Any], Any]:
    def read(said: Any) -> Any:
        if said not in known or isinstance(said, bool):
            raise ValueError(f"is not known: one of {', '.join(map(str, known))}")
        return said

    return read


def _some_of(*known: str) -> Callable[[Any], tuple[str, ...]]:
    def read(said: Any) -> tuple[str, ...]:
        if not isinstance(said, list) or not all(one in known for one in said):
            raise ValueError(f"is no list of these: {', '.join(known)}")
        return tuple(said)

    return read


def _languages(said: Any) -> tuple[str, ...]:
    made = _some_of(*LANGUAGES)(said)
    if not made:
        raise ValueError("offers no language")
    return made


def _hosts(said: Any) -> tuple[str, ...]:
    host = re.compile(r"[a-z0-9.-]+|[0-9a-f:]+")
    if not isinstance(said, list) or not all(isinstance(one, str) and host.fullmatch(one.lower()) for one in said):
        raise ValueError('is no list of names of servers: write ["social.g20.example"], without https://')
    return tuple(one.lower() for one in said)


def _yes_or_no(said: Any) -> bool:
    if not isinstance(said, bool):
        raise ValueError("is true or false")
    return said


def _count(least: int, most: int) -> Callable[[Any], int]:
    def read(said: Any) -> int:
        if type(said) is not int or not least <= said <= most:
            raise ValueError(f"is a number from {least} to {most}")
        return said

    return read


def _folder(said: Any) -> Path:
    if not isinstance(said, str) or not (said.startswith("~") or Path(said).is_absolute()):
        raise ValueError("is no folder: write a whole path, or one that begins with ~, the user's own")
    return Path(said)


def _words(said: Any) -> str:
    if not isinstance(said, str) or not 0 < len(said.strip()) <= 200 or not said.isprintable():
        raise ValueError("is one line of up to 200 characters")
    return said.strip()


KEYS: dict[str, Key] = {
    "hub.address": Key(_address, True, "the address of the office's hub"),
    "hub.certificate": Key(_certificate, True, "the certificate by which the hub is known"),
    "proxy.address": Key(_proxy, True, "the proxy to the hub and to all networks"),
    "interface.language": Key(_one_of(*LANGUAGES), True, "the language of the window"),
    "interface.colours": Key(_one_of(*COLOURS), True, "the colours of the window"),
    "interface.text": Key(_one_of(*SIZES), True, "the size of the text, in per cent"),
    "interface.letters": Key(_yes_or_no, True, "whether keys of one letter do something"),
    "alarms.quiet": Key(_some_of(*QUIET), True, "alarms of which the system gives no notice"),
    "alarms.sound": Key(_yes_or_no, True, "whether notices come with a sound"),
    "desk.folder": Key(_folder, True, "the folder in which desks lie"),
    "logs.level": Key(_one_of("off", "error", "warning", "info", "debug"), True, "how much the program's logs say"),
    "logs.days": Key(_count(1, 3650), True, "for how many days logs are kept"),
    "logs.megabytes": Key(_count(1, 10_000), True, "how much room logs take, in megabytes"),
    "interface.languages": Key(_languages, False, "the languages of the window that are offered"),
    "networks.allowed": Key(_some_of(*NETWORKS), False, "the networks that this computer goes to"),
    "networks.servers": Key(_hosts, False, "the servers of networks that this computer goes to"),
    "networks.private": Key(_hosts, False, "servers of networks that may be asked at private addresses"),
    "web.cards": Key(_yes_or_no, False, "whether pages are fetched for the cards of links"),
    "mail.allowed": Key(_yes_or_no, False, "whether this computer sends notices by mail"),
    "programs.alarm": Key(_yes_or_no, False, "whether a program may be run for alarms"),
    "secrets.file": Key(_yes_or_no, False, "whether secrets may lie in a file sealed with a passphrase"),
    "office.create": Key(_yes_or_no, False, "whether offices are founded on this computer"),
    "office.rehearse": Key(_yes_or_no, False, "whether rehearsal offices are made on this computer"),
    "support.contact": Key(_words, False, "whom people ask who are stuck"),
}


SECTIONS = {name.partition(".")[0] for name in KEYS}


def guards(name: str) -> bool:
    """Whether a fault in it may leave something open that was meant to be shut."""
    return name.partition(".")[0] not in HARMLESS
