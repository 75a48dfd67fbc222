"""The policy of this computer as people are told of it: its rows, its faults, and what of a desk it does not let work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk import policy
from g20desk.errors import Usage
from g20desk.policy import Policy
from g20desk.policy_file import Fault
from g20desk.policy_file import read as read_files
from g20desk.policy_keys import KEYS

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

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


def standing(desk: Desk | None = None) -> str:
    """How the policy stands, for `doctor`. Raises Usage where it has a fault, or keeps an account or the hub of this desk from
    being reached."""
    found = policy.now()
    if found.faults:
        says = "; ".join(one.sentence() for one in found.faults)
        raise Usage("policy-fault", f"{says}. {CLOSED if found.closed else 'The rest of it counts.'}", policy.whom())
    if desk is not None and (shut := _shut(desk)):
        raise Usage("locked-by-policy", f"set by your administrator: {'; '.join(shut)}", policy.whom())
    if not found.files:
        return "none; nothing is preset or locked"
    locked = len(found.locks)
    return f"{len(found.values)} set, {locked} of them locked, by {', '.join(str(one) for one in found.files)}"


def _shut(desk: Desk) -> list[str]:
    """What this desk would reach and may not, in words."""
    from g20desk.desk.acting import ADDRESS

    hub = desk.store.meta(ADDRESS)
    made = [f"this computer does not go to {hub}, which is the office's hub"] if (
        hub and policy.locked("hub.address") and hub.rstrip("/") != policy.value("hub.address")
    ) else []  # fmt: skip
    for account in sorted(desk.office.accounts.values(), key=lambda one: one.name):
        if not account.removed and policy.why_not(account.network, account.server):
            made.append(f"{account.name} is not reached from here")
    return made
