"""The environment of programs that this one starts: what they need, and nothing of ours.

A proxy's password stands in this process's environment, since libraries read it there (`proxies.use`). A frozen program
has the loader look for libraries in its own folder first, which breaks the system's programs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from g20desk import proxies

_OURS = ("_PYI_", "_MEI", "PYINSTALLER_")
_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH", "LIBPATH")
_SECRETS = ("G20DESK_PASSPHRASE_FILE", "CREDENTIALS_DIRECTORY")
_SYSTEMD = ("NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC")
_FOLDERS = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR")


def environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """What another's program is started with: the proxies without name and password, libraries where the system has them,
    no way to the passphrase, nothing of systemd's that is meant for this process."""
    told = os.environ if env is None else env
    frozen = getattr(sys, "_MEIPASS", "")
    made = {}
    for name, value in told.items():
        upper = name.upper()
        if upper.startswith(_OURS) or upper in _SECRETS + _SYSTEMD or upper.removesuffix("_ORIG") in _LIBRARIES:
            continue
        if frozen and upper in _FOLDERS and value.startswith(frozen):
            continue
        made[name] = _plain(value) if upper.endswith("_PROXY") and "@" in value else value
    return made | libraries(told)


def own(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """What this program's helping processes are started with, which ask nobody anything: as it is, without proxies and
    passphrase."""
    told = os.environ if env is None else env
    return {
        name: value
        for name, value in told.items()
        if not name.upper().endswith("_PROXY") and name.upper() not in _SECRETS
    }


def libraries(env: Mapping[str, str]) -> dict[str, str]:
    """Where the system's programs look for libraries: what stood there before a frozen program's start put its own folder in
    (`NAME_ORIG`), or what stands there in a program that is not frozen."""
    frozen = hasattr(sys, "_MEIPASS")
    found = {name: env.get(f"{name}_ORIG", "" if frozen else env.get(name, "")) for name in _LIBRARIES}
    return {name: value for name, value in found.items() if value}


def settle() -> None:
    """At a frozen program's start: whatever is started from here on, the browser by Qt too, finds the system's libraries. This
    process has its own already: the loader read their place before."""
    if hasattr(sys, "_MEIPASS"):
        was = libraries(os.environ)
        for name in _LIBRARIES:
            os.environ.pop(name, None)
        os.environ.update(was)


def _plain(value: str) -> str:
    """A proxy's address without name and password, also where it is written without `http://`."""
    return proxies.plain(value) if "://" in value else value.rpartition("@")[2]
