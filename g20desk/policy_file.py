"""Reading a policy: every fault is told with file, line and name, and what is sound counts."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from g20desk.policy import Policy
from g20desk.policy_keys import KEYS, SECTIONS, guards

LOCKED = "locked"
# Who owns the administrator's files, where a system has owners.
OWNER = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong. `line` is 0 where none can be named; `guards`: nothing leaves the computer while it stands."""

    file: Path
    line: int
    name: str
    why: str
    guards: bool

    def sentence(self) -> str:
        """Where, what, why."""
        at = f"{self.file}, line {self.line}" if self.line else str(self.file)
        return f"{at}: {self.name + ' ' if self.name else ''}{self.why}"


def read(paths: Sequence[Path], folder: Path | None) -> Policy:
    """What the files say together; of a name that stands in several, the last counts, and locks add up. `folder`: the
    administrator's, of which it is proved that users can't write it. Raises nothing."""
    made = Policy(files=tuple(paths))
    if folder is not None:
        made = replace(made, faults=tuple(_open_to_others(folder, paths)))
    for path in paths:
        made = _with(made, path)
    for name in sorted(made.locks - made.values.keys()):
        fault = Fault(paths[-1], 0, name, "is locked, and no sound value is given for it", guards(name))
        made = replace(made, faults=(*made.faults, fault), locks=made.locks - {name})
    return _agreeing(made)


def _agreeing(made: Policy) -> Policy:
    """A language that is locked and one that is offered are of one mind."""
    offered, chosen = made.values.get("interface.languages"), made.values.get("interface.language")
    if not offered or chosen is None or chosen in offered:
        return made
    fault = Fault(made.files[-1], 0, "interface.language", "is none of interface.languages", False)
    rest = {name: value for name, value in made.values.items() if name != fault.name}
    return replace(made, values=rest, locks=made.locks - {fault.name}, faults=(*made.faults, fault))


def _with(made: Policy, path: Path) -> Policy:
    """The policy with one file more."""
    try:
        text = path.read_text("utf-8")
        told = tomllib.loads(text)
    except OSError as error:
        return _faulty(made, Fault(path, 0, "", f"can't be read: {error.strerror}", True))
    except UnicodeDecodeError:
        return _faulty(made, Fault(path, 0, "", "is not written in UTF-8", True))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        return _faulty(made, Fault(path, int(at[1]) if at else 0, "", f"is no TOML: {error}", True))
    return _told(made, path, text, told)


def _told(made: Policy, path: Path, text: str, told: dict[str, Any]) -> Policy:
    values, locks, faults = dict(made.values), set(made.locks), list(made.faults)

    def fault(section: str, key: str, why: str, name: str = "") -> None:
        name = name or ".".join(filter(None, (section, key)))
        faults.append(Fault(path, _line(text, section, key), name, why, guards(name)))

    for section, inside in told.items():
        if section == LOCKED:
            if not isinstance(inside, list):
                fault("", LOCKED, "is a list of names")
            for one in inside if isinstance(inside, list) else ():
                if one in KEYS:
                    locks.add(one) if KEYS[one].preset else None  # a limit holds anyway
                else:
                    fault("", LOCKED, "stands under locked, and is not known to this version of the program", str(one))
        elif section not in SECTIONS or not isinstance(inside, dict):
            fault("", section, "is no section that this version of the program knows")
        else:
            for key, said in inside.items():
                name = f"{section}.{key}"
                try:
                    if name not in KEYS:
                        raise ValueError("is not known to this version of the program")
                    values[name] = KEYS[name].read(said)
                except ValueError as error:
                    fault(section, key, str(error))
    return replace(made, values=values, locks=frozenset(locks), faults=tuple(faults))


def _faulty(made: Policy, fault: Fault) -> Policy:
    return replace(made, faults=(*made.faults, fault))


def _line(text: str, section: str, key: str) -> int:
    """Where a name stands; 0 where it is written in a way that is not looked for. `section` empty: a section's own name, or a
    name outside of all."""
    wanted, now = re.escape(key), ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[+\s*([^]\s]+)\s*\]", line):
            now = head[1]
            if not section and now == key:
                return number
            continue
        inside = rf"""\s*["']?{wanted}["']?\s*[.=]"""
        dotted = rf"\s*{re.escape(section)}\s*\.\s*{wanted}\s*="
        if re.match(inside if now == section else dotted if not now else "$^", line):
            return number
    return 0


def _open_to_others(folder: Path, paths: Sequence[Path]) -> list[Fault]:
    """Who else than the administrator could have written it. Where a system has no owners, the installer sees to that."""
    if os.name != "posix":
        return []
    found = []
    for path in dict.fromkeys([folder, *(one.parent for one in paths), *paths]):
        try:
            about = path.stat()
        except OSError:
            continue  # which reading tells
        if about.st_uid != OWNER:
            found.append(Fault(path, 0, "", "does not belong to root: run chown root on it", True))
        if about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            found.append(Fault(path, 0, "", "can be written by others than root: run chmod go-w on it", True))
    return found
