"""Which devices an office lets in: pure. The fold of the `roster` statements in the clear part of placed envelopes.

Whoever manages brings in and takes out anyone. Others bring in devices of their own, without managing, at most four a
person; they take out themselves and those that they brought in, and nobody comes back but by a manager.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OWN = 4


class NotAllowed(ValueError):
    """A roster statement that its device may not make."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a device stands: in or out, and who brought it in (for a device that is out: who took it out)."""

    entering: bool
    manages: bool
    by: str


@dataclass(frozen=True, slots=True)
class Change:
    """One device's new standing."""

    device: str
    standing: Standing


Roster = Mapping[str, Standing]


def founded(device: str) -> list[Change]:
    """The first change of all: the founding device."""
    return [Change(device, Standing(True, True, device))]


def changes(now: Roster, by: str, statement: Mapping[str, Sequence[Any]]) -> list[Change]:
    """What a statement changes. Raises NotAllowed, wholly or not at all."""
    entering, leaving = statement["in"], statement["out"]
    if not entering and not leaving:
        return []
    author = now.get(by)
    if author is None or not author.entering:
        raise NotAllowed("its device is not in the roster")
    named = [device for device, _ in entering] + list(leaving)
    if len(set(named)) != len(named):
        raise NotAllowed("a device is named twice")
    made = [Change(device, Standing(False, False, by)) for device in leaving]
    made += [Change(device, Standing(True, manages, by)) for device, manages in entering]
    if not author.manages:
        _own_only(now, by, entering, leaving)
    after = applied(now, made)
    if not any(one.entering and one.manages for one in after.values()):
        raise NotAllowed("nobody would be left who manages the roster")
    return made


def _own_only(now: Roster, by: str, entering: Sequence[Any], leaving: Sequence[str]) -> None:
    for device, manages in entering:
        if manages:
            raise NotAllowed("only who manages the roster lets others manage it")
        if device in now:
            raise NotAllowed("a device that was here before is brought in by who manages the roster")
    for device in leaving:
        if device not in now or not now[device].entering or by not in _above(now, device):
            raise NotAllowed("only who manages the roster takes out the devices of others")
    root = _above(now, by)[-1]
    own = [device for device, one in now.items() if one.entering and device not in (root, *leaving)]
    if len(entering) + sum(_above(now, device)[-1] == root for device in own) > OWN:
        raise NotAllowed(f"more than {OWN} further devices of one person")


def _above(now: Roster, device: str) -> list[str]:
    """The device and those through whom it came in, up to the one that a manager brought."""
    line = [device]
    while True:
        standing = now[line[-1]]
        by = standing.by
        if standing.manages or by in line or by not in now or now[by].manages:
            return line
        line.append(by)


def applied(now: Roster, made: Sequence[Change]) -> dict[str, Standing]:
    """The roster after changes."""
    return {**now, **{one.device: one.standing for one in made}}
