"""The policy of this computer as people are told of it: its rows and faults, also of one that lies elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from g20desk import policy
from g20desk.errors import Usage
from g20desk.policy import Policy
from g20desk.policy_file import Fault
from g20desk.policy_file import read as read_files
from g20desk.policy_keys import KEYS

CLOSED = "Nothing leaves this computer until the administrator has mended that."


def rows(found: Policy) -> list[tuple[str, Any, str]]:
    """Name, value for machines, and how it holds: `locked`, `preset` or `limit`; in the table's order."""
    made = []
    for name, key in KEYS.items():
        if name in found.values:
            said = found.values[name]
            plain = list(said) if isinstance(said, tuple) else str(said) if isinstance(said, Path) else said
            made.append((name, plain, "limit" if not key.preset else "locked" if name in found.locks else "preset"))
    return made


def as_json(fault: Fault) -> dict[str, Any]:
    """A fault for machines."""
    return {
        "file": str(fault.file), "line": fault.line or None, "name": fault.name or None, "why": fault.why, "closes": fault.guards,
    }  # fmt: skip


def read(path: Path) -> Policy:
    """A policy that lies elsewhere: a file, or a folder with policy.toml and policy.d. Raises Usage where none is."""
    if path.is_dir():
        paths = [one for one in (path / policy.FILE, *sorted((path / policy.MORE).glob("*.toml"))) if one.is_file()]
    else:
        paths = [path] if path.is_file() else []
    if not paths:
        raise Usage("no-file", f"There is no policy at {path}.", f"Name a file, or a folder with {policy.FILE}.")
    return read_files(paths, None)


def hub_allowed(url: str) -> bool:
    """Whether this computer goes to a hub at this address."""
    found = policy.now()
    return not found.closed and (not policy.locked("hub.address") or url.rstrip("/") == policy.value("hub.address"))
