"""A program of the office's own that is run for each alarm: to send a mail, to ring a phone."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Callable

from g20desk import children
from g20desk.desk.alarm import Alarm
from g20desk.errors import Usage

LONGEST_SECONDS = 60.0


class Hook:
    """Runs `command` with an alarm as JSON on its standard input, and waits for none. Raises Usage for no command."""

    def __init__(self, command: str, monotonic: Callable[[], float]) -> None:
        self._words = shlex.split(command, posix=os.name != "nt")
        if not self._words:
            raise Usage("usage", "--on-alarm names no program.", "See: g20desk publish --help")
        self._monotonic = monotonic
        self._running: list[tuple[float, subprocess.Popen[bytes]]] = []

    def run(self, alarm: Alarm) -> str:
        """Begin it; what went wrong with that, or an empty string."""
        try:
            made = subprocess.Popen(
                self._words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=children.environment()
            )
        except OSError as error:
            return f"{self._words[0]} could not be run: {error.strerror}"
        self._running.append((self._monotonic(), made))
        assert made.stdin is not None
        try:
            with made.stdin as into:  # a pipe holds more than an alarm is long: this never waits
                into.write(json.dumps(alarm.as_json(), ensure_ascii=False).encode() + b"\n")
        except BrokenPipeError:
            return ""  # it did not want to hear it; its exit code says how it went
        return ""

    def look(self) -> list[str]:
        """What went wrong with those that ended, or went on for too long, since the last look."""
        said, now, going = [], self._monotonic(), []
        for begun, one in self._running:
            code = one.poll()
            if code is None and now - begun > LONGEST_SECONDS:
                one.kill()
                one.wait()
                said.append(f"{self._words[0]} was ended after {LONGEST_SECONDS:.0f} s")
            elif code is None:
                going.append((begun, one))
            elif code:
                said.append(f"{self._words[0]} ended with {code}")
        self._running = going
        return said

    def end(self) -> None:
        """Leave those that run to themselves for a last while, then end them."""
        for begun, one in self._running:
            try:
                one.wait(max(0.0, LONGEST_SECONDS - (self._monotonic() - begun)))
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()
        self._running = []
