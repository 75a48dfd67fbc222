"""`g20desk`: without arguments the window, else the command line. The only file that may know both."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main() -> int:
    """The entry point; the exit code."""
    if getattr(sys, "frozen", False):
        frozen()
    words = sys.argv[1:]
    if words[:1] == ["--self-test"]:
        return int(import_module("ui.self_test").main(words[1:]))
    if sys.platform == "win32":
        import_module("g20desk.running").tell()
    told = wanted(words)
    if told and no_screen():
        print("There is no screen here. The command line: g20desk --help", file=sys.stderr)
        return 2
    if told:
        return window(*told)
    if words[0] == "demo" and not {"--terminal", "--help"} & set(words) and ("--shots" in words or not no_screen()):
        return demo(words[1:])
    from g20desk import logs
    from g20desk.cli.main import main as command_line

    logs.begin("command")
    code = command_line()
    logs.end(code)
    return code


def frozen() -> None:
    """The first thing in a frozen program. Where it was begun by itself as a second process: its work, and its end."""
    import multiprocessing

    multiprocessing.freeze_support()
    import_module("g20desk.children").settle()


def wanted(words: list[str]) -> tuple[str | None, str | None] | None:
    """Which desk and whose the window is asked for, where nothing but that is said; None where a command is meant."""
    said: dict[str, str | None] = {"--office": None, "--as": None}
    at = iter(words)
    for word in at:
        name, _, value = word.partition("=")
        found = value or next(at, None)
        if name not in said or not found or found.startswith("-"):
            return None
        said[name] = found
    return said["--office"], said["--as"]


def window(folder: str | None, person: str | None, anywhere: bool = False) -> int:
    """The program with a window. What its start makes is there to stay: garbage is looked for once the window is used.
    `anywhere`: also on a desk that lies where the administrator wants none, which is practice."""
    gc.disable()
    return int(import_module("ui.app").main(folder, person, anywhere))


def no_screen() -> bool:
    """Whether a window can't be shown here."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named)


def demo(words: list[str]) -> int:
    """The window on a rehearsal office in mid-summit, or pictures of its screens (`--shots DIR`)."""
    if no_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        print("Making a rehearsal office in mid-summit: some seconds.", file=sys.stderr)
        desk = import_module("g20desk.desk.demo").make(office)
        if words[:1] != ["--shots"]:
            return window(str(office), "Officer", anywhere=True)
        if len(words) != 2:
            print("Say where: demo --shots DIR", file=sys.stderr)
            return 2
        import_module("ui.app").shots(desk.__class__.open(office, "Officer"), Path(words[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
