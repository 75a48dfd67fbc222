"""The computer and the program on it: versions, system, language, zone, how it was installed, its folders. No host, no person, no
path."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import ssl
import sys
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from g20desk import __version__, folders
from g20desk.logs.words import OTHER

# Libraries that break things when they change: what is asked first.
LIBRARIES = (
    "PySide6-Essentials", "sqlcipher3", "PyNaCl", "cryptography", "keyring", "truststore", "httpx", "tweepy", "Mastodon.py", "atproto",
    "APScheduler", "regex", "pyahocorasick", "Pillow", "tzdata", "click", "chunspell", "holidays", "icalendar", "babel",
)  # fmt: skip
DESKTOPS = (
    "GNOME",
    "KDE",
    "XFCE",
    "MATE",
    "LXQt",
    "LXDE",
    "Cinnamon",
    "Unity",
    "ubuntu",
    "sway",
    "Hyprland",
    "Pantheon",
    "COSMIC",
)
SESSIONS = ("x11", "wayland", "tty", "mir")
# Which variables are set may explain what a program does; what they hold is nobody's business.
VARIABLES = (
    "G20DESK_HOME", "G20DESK_LOGS", "G20DESK_LOG_LEVEL", "G20DESK_PASSPHRASE_FILE", "G20DESK_POLICY", "HTTP_PROXY", "HTTPS_PROXY",
    "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR", "QT_PLUGIN_PATH", "LD_LIBRARY_PATH",
    "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "NOTIFY_SOCKET",
)  # fmt: skip
_NUMBERS = re.compile(r"\d{1,5}(\.\d{1,6}){0,3}")
_LANGUAGE = re.compile(r"(C|POSIX|[a-z]{2,3}(_[A-Z]{2})?)(\.[A-Za-z]{2,4}-?[0-9]{0,5}(-[0-9]{1,2})?)?")
_SYSTEM_ID = (
    "debian",
    "ubuntu",
    "fedora",
    "rhel",
    "centos",
    "rocky",
    "almalinux",
    "opensuse-leap",
    "sles",
    "arch",
    "linuxmint",
    "nixos",
)


def versions() -> dict[str, Any]:
    """Of the program, Python, the libraries that matter, SQLite and OpenSSL."""
    import sqlite3

    return {
        "program": __version__, "python": _numbers(platform.python_version()), "openssl": _numbers(ssl.OPENSSL_VERSION),
        "sqlite": _numbers(sqlite3.sqlite_version), "libraries": {name: _library(name) for name in LIBRARIES},
    }  # fmt: skip


def system() -> dict[str, Any]:
    """The system, its language and zone, the kind of session, how the program was installed."""
    told = _os_release()
    return {
        "system": _among(platform.system(), ("Linux", "Darwin", "Windows")), "kernel": _numbers(platform.release()),
        "machine": _among(platform.machine(), ("x86_64", "AMD64", "aarch64", "arm64", "i686")),
        "libc": _numbers(platform.libc_ver()[1]), "is": _among(told.get("ID", ""), _SYSTEM_ID),
        "release": _numbers(told.get("VERSION_ID", "")), "processors": os.cpu_count() or 0,
        "language": _form(_LANGUAGE, next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")),
        "encoding": _among(locale.getpreferredencoding(False).upper(), ("UTF-8", "CP1252", "CP1251", "CP1256", "ISO-8859-1", "ANSI_X3.4-1968")),
        "zone": _zone(), "offset_minutes": time.localtime().tm_gmtoff // 60,
        "desktop": [_among(one, DESKTOPS) for one in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":") if one],
        "session": _among(os.environ.get("XDG_SESSION_TYPE", ""), SESSIONS), "installed": installed(),
        "set": [name for name in VARIABLES if os.environ.get(name) or os.environ.get(name.lower())],
    }  # fmt: skip


def installed() -> str:
    """`program`: built and installed as one; `package`: by pip; `source`: run from its sources."""
    if getattr(sys, "frozen", False):
        return "program"
    return "package" if "site-packages" in Path(__file__).parts else "source"


def places(desk: Path) -> dict[str, Any]:
    """The program's folders: whether they are there and may be written, how much lies in them, the room beside."""
    all_ = {
        "desk": desk,
        "settings": folders.settings(),
        "cache": folders.cache(),
        "logs": folders.logs(),
        "policy": folders.policy(),
    }
    return {name: _folder(path) for name, path in all_.items()}


def _folder(path: Path) -> dict[str, Any]:
    if not path.is_dir():
        return {"there": False}
    sizes = []
    for one in path.rglob("*"):
        try:
            if one.is_file():
                sizes.append(one.stat().st_size)
        except OSError:
            continue  # it went meanwhile, or is not for us
    try:
        mode = oct(path.stat().st_mode & 0o777)
        free = shutil.disk_usage(path).free
    except OSError:
        mode, free = OTHER, 0
    return {
        "there": True,
        "files": len(sizes),
        "bytes": sum(sizes),
        "free": free,
        "mode": mode,
        "writable": os.access(path, os.W_OK),
    }


def _library(name: str) -> str:
    try:
        return _numbers(metadata.version(name))
    except metadata.PackageNotFoundError:
        return "none"


def _numbers(text: str) -> str:
    """The first number with dots; what else a version says may be somebody's own."""
    found = _NUMBERS.search(text)
    return found[0] if found else OTHER


def _among(word: str, words: tuple[str, ...]) -> str:
    return word if word in words else OTHER if word else ""


def _form(form: re.Pattern[str], text: str) -> str:
    return text if form.fullmatch(text) else OTHER if text else ""


def _os_release() -> Mapping[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def _zone() -> str:
    """The zone of the computer, where it is one that the world knows."""
    known = available_timezones()
    told = os.environ.get("TZ", "").lstrip(":") or "/".join(Path("/etc/localtime").resolve().parts[-2:])
    return next((one for one in (told, told.rpartition("/")[2]) if one in known), OTHER)
