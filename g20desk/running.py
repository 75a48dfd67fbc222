"""That the program runs, as Windows' Setup looks for it: nothing is replaced under a program that may be sending a post."""

from __future__ import annotations

import sys

# Setup waits while something of this name is held; tools/installer/templates/setup.iss.
NAME = "g20desk-running"


def tell() -> None:
    """Hold the name, in this session and for all others, until this process ends. Does nothing elsewhere than on Windows, where
    files in use are not replaced in place."""
    if sys.platform == "win32":
        import ctypes

        for name in (NAME, f"Global\\{NAME}"):
            ctypes.windll.kernel32.CreateMutexW(None, False, name)
