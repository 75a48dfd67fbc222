"""Giving a practice key up: the practice network takes it no more. An account that nobody signed in on has a key of its own, without
which it takes whatever has not been given up."""

from __future__ import annotations

from connectors.rehearsal.faults import network_file, print_of
from g20desk.clock import Clock
from g20desk.network import Rejected, Setting


def give_up(setting: Setting, clock: Clock) -> bool:
    """From now on the key is void."""
    with network_file(setting.state_dir) as base:
        row = (setting.name, print_of(setting.secret))
        base.execute("INSERT OR IGNORE INTO voids (account, key) VALUES (?, ?)", row)
    return True


def void(no: Rejected) -> bool:
    """Whether a refusal says that the key itself is void."""
    return no.account and no.why.startswith("401")
