"""Whole processes: from their start to a line on standard output that says they are ready."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY = "ready"


def until_ready(*words: str) -> float:
    """Seconds until a Python of ours says that it is ready; what it does after that is not counted."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-P", *words], cwd=ROOT, env=_variables(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout and child.stderr
        line = child.stdout.readline().decode().strip()
        took = time.perf_counter() - begun
        child.stdout.read()
        problem = child.stderr.read().decode()
    if line != READY:
        raise RuntimeError(f"{' '.join(words[:3])} did not get ready: {line} {problem[-2000:]}")
    return took


def until_ended(*words: str) -> float:
    """Seconds that a Python of ours takes from start to end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-P", *words], cwd=ROOT, env=_variables(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def _variables() -> dict[str, str]:
    made = dict(os.environ)
    made.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: compiled once
    if sys.platform.startswith("linux") and not any(made.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        made.setdefault("QT_QPA_PLATFORM", "offscreen")
    return made
