"""`g20desk`: without arguments the window, else the command line. The only file that may import both."""

from __future__ import annotations

import sys


def main() -> int:
    """The entry point."""
    if len(sys.argv) == 1:
        from importlib import import_module

        return int(import_module("ui.app").main(None, None))
    from g20desk.cli.main import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
