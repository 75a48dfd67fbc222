"""What the doctor finds: facts, each of a kind that is named by a code and says one sentence; a check is the facts of one part."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from g20desk.errors import DeskError

OK, NOTE, WARNING, WRONG = "ok", "note", "warning", "wrong"
STATES = (OK, NOTE, WARNING, WRONG)  # the later the worse
_COMMAND = re.compile(r"(?:Run|See|Try|Details)?[^:]*: ((?:g20desk|chmod|apt|sudo) .+?)\.?$")


@dataclass(frozen=True, slots=True)
class Saying:
    """A kind of fact: its state, its sentence, what to do about it, and the command that does it. What stands in braces varies."""

    state: str
    says: str
    todo: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing found. `values`: what stands in the places of its saying's braces."""

    code: str
    saying: Saying
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """`ok`, `note`, `warning` or `wrong`."""
        return self.saying.state

    @property
    def says(self) -> str:
        """Its sentence."""
        return self._filled(self.saying.says)

    @property
    def todo(self) -> str:
        """What to do; empty where nothing is."""
        return self._filled(self.saying.todo)

    @property
    def command(self) -> str:
        """The command that does it, whole; empty where none does."""
        return self._filled(self.saying.command)

    @property
    def help(self) -> str:
        """What to do, with the command."""
        command = "" if not self.command or self.command in self.todo else f"Run: {self.command}"
        return f"{self.todo} {command}".strip()

    def _filled(self, words: str) -> str:
        return words.format(**self.values) if self.values else words


@dataclass(frozen=True, slots=True)
class Check:
    """One part looked at, and the facts that were found, in order; there is at least one."""

    name: str
    facts: tuple[Fact, ...]

    @property
    def worst(self) -> Fact:
        """The first of the worst facts."""
        return max(self.facts, key=lambda one: STATES.index(one.state))

    @property
    def state(self) -> str:
        """The worst fact's."""
        return self.worst.state

    @property
    def ok(self) -> bool:
        """Whether nobody has to do anything."""
        return self.state in (OK, NOTE)

    @property
    def code(self) -> str:
        """The worst fact's."""
        return self.worst.code

    @property
    def says(self) -> str:
        """What there is to say: where something is amiss that alone, else all of it."""
        told = self.facts if self.ok else [one for one in self.facts if one.state in (WARNING, WRONG)]
        return "; ".join(one.says for one in told)

    @property
    def help(self) -> str:
        """What to do about all that is amiss; empty where nothing is."""
        told = [] if self.ok else [one.help for one in self.facts if one.state in (WARNING, WRONG) and one.help]
        return " ".join(dict.fromkeys(told))

    def as_json(self) -> dict[str, object]:
        """The value that `doctor --json` prints of it."""
        facts = [
            {"code": f.code, "state": f.state, "says": f.says, "help": f.help, "command": f.command} for f in self.facts
        ]
        return {"name": self.name, "ok": self.ok, "says": self.says, "help": self.help, "state": self.state,
                "code": self.code, "facts": facts}  # fmt: skip


def teller(sayings: Mapping[str, Saying]) -> Callable[..., Fact]:
    """What makes facts of these kinds: `fact(code, **values)`."""

    def fact(code: str, **values: object) -> Fact:
        return Fact(code, sayings[code], {name: str(value) for name, value in values.items()})

    return fact


def of_error(error: DeskError, state: str = WRONG) -> Fact:
    """What an error of the desk says, as a fact."""
    command = _COMMAND.search(error.help)
    return Fact(error.code, Saying(state, error.message, error.help, command[1] if command else ""))
