"""What build_installer.py does, in order: the folder, its own test, the system's package, and the papers that go with it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from g20desk import __version__
from tools.installer import deb, freeze, macos, notices, sbom, sums, windows
from tools.installer.notmade import NotMade

ROOT = Path(__file__).resolve().parents[2]
NOTICES = "THIRD-PARTY-NOTICES.txt"


def say(text: str) -> None:
    """Progress, on standard error."""
    print(f"build_installer.py: {text}", file=sys.stderr, flush=True)


def epoch() -> int:
    """The date of all that is made, in seconds: SOURCE_DATE_EPOCH, else that of the last commit. Raises NotMade."""
    if told := os.environ.get("SOURCE_DATE_EPOCH", ""):
        if not told.isdecimal():
            raise NotMade(f"SOURCE_DATE_EPOCH is “{told}”; it has to be a number of seconds.")
        return int(told)
    last = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    if last.returncode != 0 or not last.stdout.strip():
        raise NotMade("There is no commit here to take the date from: set SOURCE_DATE_EPOCH to a number of seconds.")
    return int(last.stdout)


def parsed(words: list[str], described: str) -> argparse.Namespace:
    """The arguments of build_installer.py."""
    asked = argparse.ArgumentParser(
        "build_installer.py", description=described, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--out", type=Path, default=ROOT / "dist", help="where to put what is made (dist)")
    asked.add_argument("--work", type=Path, default=ROOT / "build", help="where to work (build)")
    asked.add_argument("--only", choices=("freeze",), help="stop there")
    asked.add_argument("--scripts", action="store_true", help="also the scripts of the other systems")
    asked.add_argument("--skip-self-test", action="store_true", help="do not run what was made")
    return asked.parse_args(words)


def main(words: list[str], described: str) -> int:
    """Make everything that this system can; 0, or 1 with the reason on standard error."""
    told = parsed(words, described)
    try:
        build(told)
    except NotMade as problem:
        say(str(problem))
        return 1
    return 0


def build(told: argparse.Namespace) -> None:
    """As asked for. Raises NotMade."""
    out, work, when = told.out.resolve(), told.work.resolve(), epoch()
    out.mkdir(parents=True, exist_ok=True)
    say("the program's folder")
    frozen = freeze.freeze(ROOT, out, work, when)
    notices.write(frozen / NOTICES)
    if not told.skip_self_test:
        say("its own test")
        with tempfile.TemporaryDirectory() as home:
            print(freeze.self_test(frozen, Path(home)), end="", flush=True)
    if told.scripts:
        windows.write(out, __version__, when)
        macos.write(out, __version__, when)
    if told.only != "freeze":
        say("the package of this system, and its papers")
        papers(frozen, out, work, when)


def papers(frozen: Path, out: Path, work: Path, when: int) -> None:
    """The package, the parts list, the notices, and the digests of all three. Raises NotMade."""
    parts = out / f"g20desk-{__version__}.cdx.json"
    sbom.write(parts, __version__, when)
    (out / NOTICES).write_bytes((frozen / NOTICES).read_bytes())
    if sys.platform == "win32":
        made = windows.build(frozen, out, __version__, when)
    elif sys.platform == "darwin":
        made = macos.build(frozen, out, __version__, when)
    else:
        made = deb.write(frozen, out, work, __version__, when, [parts])
    summed = sums.write(out)
    for path in (made, parts, out / NOTICES, summed):
        print(f"{path.stat().st_size:>11,}  {path}")
