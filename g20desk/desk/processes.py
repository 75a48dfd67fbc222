"""Publishing processes on this computer: the names under which they claim posts, and whether they live."""

from __future__ import annotations

import os
import secrets
import sys

# The names under which this process publishes now.
LIVE: set[str] = set()


def begin() -> str:
    """A new name of this process, which lives until `end`."""
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    LIVE.add(name)
    return name


def end(name: str) -> None:
    """Nothing is published under this name any more."""
    LIVE.discard(name)


def alive(name: str) -> bool:
    """Whether the process behind a name may still be at work."""
    pid = name.partition("-")[0]
    if not pid.isdigit() or int(pid) == os.getpid():
        return name in LIVE
    return runs(int(pid))


if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE, _STILL_RUNNING, _DENIED = 0x100000, 0x102, 5

    def runs(pid: int) -> bool:
        """Whether a process with this number runs. (os.kill would send it Ctrl+C here.)"""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, pid)
        if not handle:
            return ctypes.get_last_error() == _DENIED
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == _STILL_RUNNING)
        finally:
            kernel.CloseHandle(handle)

else:

    def runs(pid: int) -> bool:
        """Whether a process with this number runs."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
