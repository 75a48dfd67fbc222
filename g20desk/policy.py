"""What an administrator decided for everybody on this computer: start values, some of them locked, and limits.

The files are looked at anew whenever one is asked for, so that what was changed holds for the next thing done. A policy never
keeps the program from starting; where a part that guards something is at fault, nothing leaves the computer until it is mended
(docs/decisions/0030-a-faulty-policy-lets-nothing-out.md).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from g20desk import folders
from g20desk.errors import Refused, Unreachable

if TYPE_CHECKING:
    from g20desk.policy_file import Fault

FILE, MORE, NAMED = "policy.toml", "policy.d", "G20DESK_POLICY"
PRACTICE = "rehearsal"
# The server that an account is on where none is named; a network that has but one is not chosen by its server.
USUAL = {"bluesky": "bsky.social"}


@dataclass(frozen=True, slots=True)
class Policy:
    """`values`: by name, `section.key`; `locks`: names that nobody may change; `files`: what was read, in order."""

    values: Mapping[str, Any] = field(default_factory=dict)
    locks: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether something that guards is at fault, so that nothing may leave this computer."""
        return any(fault.guards for fault in self.faults)


_NONE = Policy()
_last: tuple[object, Policy] = (None, _NONE)


def now() -> Policy:
    """The policy as it stands. An administrator's own counts alone; else the file that G20DESK_POLICY names."""
    global _last
    paths, own = found(), True
    if not paths and (named := os.environ.get(NAMED)):
        paths, own = [Path(named)], False
    if not paths:
        return _NONE
    mark = (own, *((path, _mark(path)) for path in (folders.policy(), folders.policy() / MORE, *paths)))
    if _last[0] != mark:
        from g20desk import policy_file  # most computers have none

        _last = mark, policy_file.read(paths, folders.policy() if own else None)
    return _last[1]


def found() -> list[Path]:
    """The administrator's files, in the order in which they are read: of one name, the later counts."""
    folder = folders.policy()
    more = folder / MORE
    try:
        names = sorted(name for name in os.listdir(more) if name.endswith(".toml"))
    except (FileNotFoundError, NotADirectoryError):
        names = []
    except OSError:
        return [folder / FILE, more]  # which can't be read either, and is told of
    first = [folder / FILE] if _mark(folder / FILE) is not None else []
    return first + [more / name for name in names]


def _mark(path: Path) -> object:
    """What changes when a file does; None where there is none."""
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return error.errno
    return about.st_mtime_ns, about.st_size, about.st_mode, about.st_uid, about.st_ino


def value(name: str) -> Any:
    """What the policy says of a name of `policy_keys.KEYS`; None where it says nothing."""
    return now().values.get(name)


def locked(name: str) -> bool:
    """Whether nobody but the administrator may change it."""
    return name in now().locks


def effective(name: str, chosen: Any = None, default: Any = None) -> Any:
    """What holds: the policy's where it is locked, else what somebody chose, else the policy's, else the default."""
    said = value(name)
    if said is not None and (chosen is None or locked(name)):
        return said
    return default if chosen is None else chosen


def contact() -> str:
    """Whom to ask, as the administrator says; else empty."""
    return str(value("support.contact") or "")


def whom() -> str:
    """What to do about a thing that only an administrator can change."""
    said = contact().rstrip(".")
    return f"Ask your administrator: {said}." if said else "Ask your administrator."


def hold(name: str, wanted: Any) -> None:
    """Refuse another value than a locked one. Raises Refused."""
    if locked(name) and wanted != value(name):
        refuse(name)


def need(name: str) -> None:
    """Refuse what a limit of yes or no does not allow. Raises Refused."""
    if value(name) is False:
        refuse(name)


def refuse(name: str) -> None:
    """Raises Refused: the administrator decides that."""
    from g20desk.policy_keys import KEYS

    raise Refused("locked-by-policy", f"Set by your administrator: {KEYS[name].what}.", whom())


def go_out() -> None:
    """Refuse to let anything leave this computer while what guards it is at fault. Raises Unreachable."""
    if now().closed:
        raise Unreachable(
            "policy-fault", "Nothing leaves this computer: its administrator's policy has a fault.",
            f"{whom()} To see the fault: g20desk policy show",
        )  # fmt: skip


def allowed(network: str) -> bool:
    """Whether this computer may go to a network at all, whatever the server."""
    said = value("networks.allowed")
    return network == PRACTICE or said is None or network in said


def why_not(network: str, server: str) -> str:
    """Why this computer does not ask a network anything; empty where it may. `server`: its address, empty for the usual one."""
    if network == PRACTICE:
        return ""
    policy = now()
    if policy.closed:
        return "nothing leaves this computer: its administrator's policy has a fault"
    servers = policy.values.get("networks.servers")
    if not allowed(network):
        return f"set by your administrator: this computer does not go to {network}"
    server = server or USUAL.get(network, "")
    host = (urlsplit(server if "//" in server else f"//{server}").hostname or "").lower()
    if host and servers is not None and host not in servers:
        return f"set by your administrator: this computer does not go to {host}"
    return ""


def keys() -> list[str]:
    """The names that are set, without what they are set to."""
    return sorted(now().values)
