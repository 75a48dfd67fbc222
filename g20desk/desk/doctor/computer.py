"""The computer and what is installed on it: versions, memory."""

from __future__ import annotations

import os
import platform
import re
import ssl
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import g20desk
from g20desk import releases
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, WRONG, Fact, Saying, teller
from g20desk.errors import DeskError
from g20desk.ledger import file, migrations

# The oldest system of each kind: how it is told, and its numbers.
LEAST: dict[str, tuple[str, tuple[int, ...]]] = {
    "darwin": ("macOS 13", (13,)), "win32": ("Windows 10", (10,)), "linux": ("glibc 2.34", (2, 34)),
}  # fmt: skip
LEAST_MEMORY, LEAST_FREE = 3_500, 400  # MB
_UP = "Ask your administrator to bring this computer up to date."
SAYINGS = {
    "versions": Saying(OK, "g20desk {version}, Python {python}, Qt {qt}, OpenSSL {openssl}"),
    "versions-store": Saying(OK, "store {store}, SQLCipher {cipher}, SQLite {sqlite}"),
    "versions-system": Saying(OK, "{system}"),
    "system-old": Saying(WRONG, "{system} is older than what g20desk is made for ({least})", _UP),
    "library-old": Saying(
        WRONG, "{name} is {version}, and {least} is needed", "Ask your administrator to install g20desk again."),
    "library-missing": Saying(
        WRONG, "{name} is not installed", "Ask your administrator to install g20desk again."),
    "versions-unsaid": Saying(NOTE, "which libraries this copy needs is not written down with it"),
    "release-newer": Saying(NOTE, "g20desk {version} is out; this is {here}", "Ask your administrator to install it.", "g20desk releases"),
    "release-doubtful": Saying(WRONG, "{why}", "Tell your administrator; install nothing because of it.", "g20desk releases"),
    "memory": Saying(OK, "{n} MB free of {all} MB"),
    "memory-small": Saying(
        WARNING, "this computer has {all} MB of memory; g20desk wants 4 GB", "Close other programs, or ask your administrator for more."),
    "memory-low": Saying(WARNING, "{n} MB of memory free", "Close what is not needed now."),
    "memory-unsaid": Saying(NOTE, "this system does not say how much memory is free"),
}  # fmt: skip
fact = teller(SAYINGS)


def versions(see: See) -> Iterator[Fact]:
    """The program and what it is made of, held to what it needs; the system, to what it is made for."""
    yield fact("versions", version=g20desk.__version__, python=platform.python_version(), qt=_version("PySide6-Essentials"),
               openssl=ssl.OPENSSL_VERSION.removeprefix("OpenSSL ").split()[0])  # fmt: skip
    cipher, sqlite = file.engines()
    yield fact("versions-store", store=migrations.VERSION, cipher=cipher, sqlite=sqlite)
    yield from system(sys.platform)
    yield from _needed()
    yield from _release()


def _needed() -> Iterator[Fact]:
    try:
        needed = metadata.requires("g20desk") or []
    except metadata.PackageNotFoundError:
        yield fact("versions-unsaid")
        return
    yield from lacking(needed)


def _release() -> Iterator[Fact]:
    """The newer release that the administrator tells of, or what is wrong with how it is told."""
    try:
        told = releases.offered()
    except DeskError as error:
        yield fact("release-doubtful", why=error.message.removesuffix("."))
        return
    if told is not None:
        yield fact("release-newer", version=told.version, here=releases.here())


def lacking(needed: list[str]) -> Iterator[Fact]:
    """The libraries that are older than a package's metadata ask for, or not there; what is for other systems is passed over."""
    for one in needed:
        wanted, _, marker = one.partition(";")
        if marker and not (f'"{sys.platform}"' in marker or f"'{sys.platform}'" in marker):
            continue
        name = re.match(r"[\w.-]+", wanted)[0]  # type: ignore[index]
        least = re.search(r">=\s*([\w.]+)", wanted)
        found = _version(name)
        if not found:
            yield fact("library-missing", name=name)
        elif least and _numbers(found) < _numbers(least[1]):
            yield fact("library-old", name=name, version=found, least=least[1])


def system(where: str) -> Iterator[Fact]:
    """Whether this system is one that the program is made for."""
    wanted, least = LEAST["linux" if where not in LEAST else where]
    found = {"darwin": lambda: platform.mac_ver()[0], "win32": platform.version}.get(
        where, lambda: platform.libc_ver()[1]
    )()
    name = wanted.split()[0]
    whole = f"{name} {found}" if where in ("darwin", "win32") else f"Linux {platform.release()}, {name} {found}"
    yield fact("versions-system", system=f"{whole}, {platform.machine()}")
    if found and _numbers(found) < least:
        yield fact("system-old", system=f"{name} {found}", least=wanted)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", version.partition("+")[0]))


def memory(see: See) -> Iterator[Fact]:
    """How much this computer has, and how much of it is free."""
    free, whole = _memory()
    if not whole:
        yield fact("memory-unsaid")
        return
    if free:
        yield fact("memory-low" if free < LEAST_FREE else "memory", n=free, all=whole)
    if whole < LEAST_MEMORY:
        yield fact("memory-small", all=whole)
    elif not free:
        yield fact("memory-unsaid")


def _memory() -> tuple[int, int]:
    """Free and all, in MB; 0 for what the system does not say."""
    if sys.platform == "win32":
        return _of_windows()
    try:
        said = dict(re.findall(r"^(\w+): +(\d+) kB", Path("/proc/meminfo").read_text(encoding="ascii"), re.MULTILINE))
        return int(said.get("MemAvailable", 0)) >> 10, int(said.get("MemTotal", 0)) >> 10
    except OSError:
        return 0, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20


def _of_windows() -> tuple[int, int]:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_ulong), ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("all", "free", "pages", "free_pages", "virtual", "free_virtual", "more")),
        ]  # fmt: skip

    made = Status(ctypes.sizeof(Status))
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(made))  # type: ignore[attr-defined,unused-ignore]
    return made.free >> 20, made.all >> 20
