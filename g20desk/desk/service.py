"""What systemd is told of a service of `Type=notify`: ready, alive, how it stands, leaving. Without systemd: nothing.

The protocol is a datagram of lines to the socket that NOTIFY_SOCKET names (sd_notify(3)).
"""

from __future__ import annotations

import os
import socket


class Service:
    """One service, as its manager sees it."""

    def __init__(self, environment: dict[str, str] | None = None) -> None:
        told = dict(os.environ) if environment is None else environment
        self._to = told.get("NOTIFY_SOCKET", "")
        mine = told.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        self._watched = mine and told.get("WATCHDOG_USEC", "0").isdecimal() and int(told.get("WATCHDOG_USEC", "0")) > 0

    def ready(self) -> None:
        """The work has begun."""
        self._tell("READY=1")

    def alive(self) -> None:
        """Still at work; where the manager asked to hear it."""
        if self._watched:
            self._tell("WATCHDOG=1")

    def status(self, words: str) -> None:
        """How it stands, in one line."""
        self._tell("STATUS=" + " ".join(words.split()))

    def stopping(self) -> None:
        """On the way out."""
        self._tell("STOPPING=1")

    def _tell(self, line: str) -> None:
        if not self._to or not hasattr(socket, "AF_UNIX"):
            return
        # A name that begins with @ is one in the abstract namespace.
        where = "\0" + self._to[1:] if self._to.startswith("@") else self._to
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | getattr(socket, "SOCK_CLOEXEC", 0)) as out:
            out.sendto(line.encode(), where)
