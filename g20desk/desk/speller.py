"""The desk's side of the process that holds the dictionaries: asks, waits within bounds, ends it."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterable
from typing import Any

from g20desk import children
from g20desk.desk.dictionaries import Dictionary
from g20desk.errors import Usage

LOAD_SECONDS = 60.0
SUGGEST_SECONDS = 10.0
KEPT = 50_000
_HELP = {
    "no-hunspell": ("This program's spelling library does not load.", "Install g20desk again."),
    "unreadable": ("The dictionary {name} can't be read.", "Ask for access to {file}, or install it again."),
    "damaged": ("The dictionary {name} is damaged, or of another format.", "Install it again: {file}"),
    "ended": ("Looking words up in {name} failed.", "Install the dictionary again: {file}"),
}


def command() -> list[str]:
    """How the process is begun: by this program, installed or frozen into one file."""
    return [sys.executable, *([] if getattr(sys, "frozen", False) else ["-P", "-m", "g20desk"]), "spelling", "serve"]


class Stopped(Exception):
    """Someone asked to stop while an answer was awaited."""


class _Process:
    """One run of the process."""

    def __init__(self) -> None:
        self.child = subprocess.Popen(
            command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0), env=children.own(),
        )  # fmt: skip
        self.answers: queue.Queue[bytes] = queue.Queue()
        self.ended = weakref.finalize(self, _end, self.child)
        threading.Thread(target=_read, args=(self.child, self.answers), name="spelling", daemon=True).start()

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """The answer; None where the process ended, or took too long and was ended."""
        assert self.child.stdin is not None
        try:
            self.child.stdin.write(json.dumps(question).encode() + b"\n")
            self.child.stdin.flush()
            answer = self.answers.get(timeout=seconds)
        except (OSError, ValueError, queue.Empty):
            answer = b""
        if not answer:
            self.ended()
            return None
        made: dict[str, Any] = json.loads(answer)
        return made


def _read(child: subprocess.Popen[bytes], answers: queue.Queue[bytes]) -> None:
    assert child.stdout is not None
    with child.stdout:
        for line in child.stdout:
            answers.put(line)
    answers.put(b"")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    if child.stdin is not None:
        try:
            child.stdin.close()
        except OSError:
            pass  # what was not read any more is not needed


class Speller:
    """From any thread. Begins the process when it is first asked; what was answered once is remembered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: _Process | None = None
        self._stops = 0
        self._known: dict[str, dict[str, bool]] = {}
        self._fixes: dict[tuple[str, str], list[str]] = {}
        self._broken: dict[str, str] = {}
        self._loaded: set[str] = set()

    def load(self, book: Dictionary) -> None:
        """Have the dictionary ready. Raises Usage for one that can't be used, Stopped."""
        stops = self._stops
        with self._lock:
            self._load(book, stops)

    def known(self, book: Dictionary, words: Iterable[str]) -> dict[str, bool]:
        """For each word whether the dictionary knows it. Raises as `load`."""
        stops, asked = self._stops, list(dict.fromkeys(words))
        with self._lock:
            have = self._known.setdefault(str(book.aff), {})
            new = [word for word in asked if word not in have]
            if new:
                self._load(book, stops)
                said = self._ask(book, {"words": new}, LOAD_SECONDS + len(new) / 1_000, stops)["known"]
                have.update(zip(new, said, strict=True))
            answer = {word: have[word] for word in asked}
            if len(have) > KEPT:
                have.clear()
            return answer

    def suggestions(self, book: Dictionary, word: str, most: int = 5) -> list[str]:
        """What the dictionary would write instead, the likeliest first; none where it thinks for too long. Raises
        as `load`."""
        stops, key = self._stops, (str(book.aff), word)
        with self._lock:
            if key not in self._fixes:
                self._load(book, stops)
                if len(self._fixes) > KEPT:
                    self._fixes.clear()
                question = {"suggest": word, "most": most}
                self._fixes[key] = self._ask(book, question, SUGGEST_SECONDS, stops, {"suggestions": []})["suggestions"]
            return self._fixes[key]

    def loaded(self, book: Dictionary) -> bool:
        """Whether it is ready."""
        return str(book.aff) in self._loaded

    def forgive(self) -> None:
        """Try again what could not be used."""
        self._broken.clear()

    def stop(self) -> None:
        """End the process; whoever waits for it gets Stopped. It begins anew when it is next asked."""
        self._stops += 1
        if (process := self._process) is not None:
            process.ended()

    def _load(self, book: Dictionary, stops: int) -> None:
        if not self.loaded(book) or self._process is None or not self._process.ended.alive:
            self._loaded.discard(str(book.aff))
            self._ask(book, {"words": []}, LOAD_SECONDS, stops)
            self._loaded.add(str(book.aff))

    def _ask(
        self,
        book: Dictionary,
        question: dict[str, Any],
        seconds: float,
        stops: int,
        instead: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        where = str(book.aff)
        if where in self._broken:
            raise self._trouble(book, self._broken[where])
        answer = None
        for _ in range(1 if instead is not None else 2):  # what ended it may have been the machine, not the dictionary
            if self._process is None or not self._process.ended.alive:
                self._process = _Process()
                self._loaded.clear()
            if stops != self._stops:
                raise Stopped
            answer = self._process.ask({"aff": where, "dic": str(book.dic), **question}, seconds)
            if answer is not None:
                break
        if stops != self._stops:
            raise Stopped
        if answer is None and instead is not None:
            return instead
        if answer is None or "error" in answer:
            # A dictionary that ends the process would end it at every word.
            self._broken[where] = (answer or {"error": "ended"})["error"]
            raise self._trouble(book, self._broken[where])
        return answer

    def _trouble(self, book: Dictionary, code: str) -> Usage:
        says, help_ = (one.format(name=book.name, file=book.aff) for one in _HELP[code])
        return Usage("spelling-dictionary", says, help_)
