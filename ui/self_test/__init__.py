"""`g20desk --self-test [--json]`: whether this copy of the program is whole, on this computer. It works in a folder of its own, which
goes again, reaches no network, and shows nothing on the screen. A line a check; exit code 0 where none failed.
`--start DESK PERSON` opens the window on a desk, unseen, until it is painted: for measuring."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

# In this order: what one leaves behind is what the next looks at.
CHECKS = (
    ("parts", "parts", "parts"), ("code", "parts", "code"), ("libraries", "parts", "libraries"),
    ("networks", "parts", "networks"), ("keyring", "parts", "keyring"),
    ("rulebook", "parts", "rulebook"), ("zones", "parts", "zones"), ("holidays", "parts", "days_off"),
    ("rehearsal", "parts", "rehearsal"), ("second process", "parts", "second_process"), ("spelling", "parts", "spelling"),
    ("arabic", "painted", "arabic"), ("emoji", "painted", "emoji"), ("screens", "painted", "screens"),
    ("main job in the window", "journey", "main_job"),
)  # fmt: skip
USAGE = "Usage: g20desk --self-test [--json], or g20desk --self-test --start DESK PERSON"


class Lacking(Exception):
    """Something of the computer's own that the program does without; the message says what helps."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one check came to: `state` is ok, warning or failed."""

    check: str
    state: str
    says: str


def look(check: str, job: Callable[[Path], str], folder: Path) -> Found:
    """One check, in the folder of them all."""
    try:
        return Found(check, "ok", job(folder))
    except Lacking as lacks:
        return Found(check, "warning", str(lacks))
    except Exception as problem:  # whatever it is, this is the place that tells of it
        from ui.unforeseen import places

        at = places(problem)[-1:]
        return Found(check, "failed", ", ".join([f"{type(problem).__name__}: {problem}", *at]))


def main(words: list[str]) -> int:
    """Look at everything; 0 where all is there, 1 where something is not, 2 for arguments that are not known."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if words[:1] == ["--start"] and len(words) == 3:
        return int(import_module("ui.self_test.start").first_paint(Path(words[1]), words[2]))
    if words not in ([], ["--json"]):
        print(USAGE, file=sys.stderr)
        return 2
    found = []
    with tempfile.TemporaryDirectory(prefix="g20desk-self-test-", ignore_cleanup_errors=True) as folder:
        for check, module, name in CHECKS:
            one = look(
                check, lambda at, m=module, n=name: getattr(import_module(f"ui.self_test.{m}"), n)(at), Path(folder)
            )  # type: ignore[misc]
            found.append(one)
            if not words:
                print(f"{one.state:8} {one.check:24} {one.says}", flush=True)
    passed = all(one.state != "failed" for one in found)
    if words:
        told = {"passed": passed, "version": version("g20desk"), "checks": [asdict(one) for one in found]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("The self-test is passed." if passed else "The self-test is not passed: install g20desk again.")
    return 0 if passed else 1
