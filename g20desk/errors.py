"""The errors that may cross a border: refused, wrong usage, unreachable.

Each carries a machine's code, parameters, a sentence for people and what to do next. The three classes are the
command line's exit codes 1, 2 and 3.
"""

from __future__ import annotations


class DeskError(Exception):
    """Something a person is told in words. `code` is for machines; `help` says what to do."""

    exit_code = 2

    def __init__(self, code: str, message: str, help: str = "", **params: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help
        self.params = params

    def as_json(self) -> dict[str, dict[str, object]]:
        """The value that `--json` prints; with the faults of a file's rows, where it is refused for those."""
        faults = {"faults": self.params["faults"]} if "faults" in self.params else {}
        return {"error": {"code": self.code, "message": self.message, "help": self.help, **faults}}


class Refused(DeskError):
    """The act does not count: no right, a stale digest, a hold, a blocking finding."""

    exit_code = 1


class Usage(DeskError):
    """Wrong usage, or a set-up that is broken."""

    exit_code = 2


class Unreachable(DeskError):
    """A network or the hub could not be reached; nothing is lost."""

    exit_code = 3
