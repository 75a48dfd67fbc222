"""python -m tests.bench [NAME...] [--json]: ratios against baselines of the same run. Exit code 0 also past an aim."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module

from tests.bench.measuring import Figure, table

BENCHES = {
    "append": ("append", "run"), "verify": ("verify", "run"), "search": ("search", "run"), "start": ("start", "run"),
    "help": ("start", "run_help"), "check": ("check", "run"), "publish": ("publish", "run"), "hub": ("hub", "run"),
    "signoff": ("signoff", "run"), "voice": ("voice", "run"), "likeness": ("likeness", "run"),
    "installed": ("installed", "run"),
}  # fmt: skip


def main(words: list[str]) -> int:
    """Run them; the table, or a JSON list."""
    as_json = "--json" in words
    names = [word for word in words if word != "--json"]
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no bench “{unknown[0]}”. There are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in names or BENCHES:
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures += bench(name)()
    print(json.dumps([f.as_json() for f in figures], ensure_ascii=False) if as_json else table(figures))
    return 0


def bench(name: str) -> Callable[..., list[Figure]]:
    """The function of a bench."""
    module, function = BENCHES[name]
    found: Callable[..., list[Figure]] = getattr(import_module(f"tests.bench.{module}"), function)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
