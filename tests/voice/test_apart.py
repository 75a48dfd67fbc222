"""Lines and relays over desks that did not hear of each other in time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks.memory import lost
from tests.desks.world import World, world
from tests.voice.test_relays import LINE


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[World]:
    """An office at a hub with an officer and the communicator of the Presidency, who has an account."""
    with world(tmp_path, "otto", "pia") as one:
        head = one.desk("head")
        head.routes.presidency("US", "ZA", "")
        head.accounts.add("rehearsal", name="Presidency", owner="presidency:US")
        one.sync("head", "otto", "pia")
        yield one


def asked(apart: World) -> str:
    """A line that is agreed, and a relay of it that both desks know."""
    officer, head = apart.desk("otto"), apart.desk("head")
    made = officer.lines.new({"en": LINE}, "debt", {})
    officer.messages.submit(made["line"])
    apart.sync("otto", "head")
    head.messages.decide(made["line"], "approve", made["digest"])
    apart.sync("head", "otto")
    (relay,) = officer.relays.ask(made["line"], ["Presidency"])
    apart.sync("otto", "pia", "head")
    return relay["relay"]


@pytest.mark.parametrize("what", ["handed over", "line withdrawn", "taken back", "account removed"])
def test_what_was_taken_on_out_of_reach_and_does_not_count_is_not_sent(apart, what):
    relay = asked(apart)
    pia, head = apart.desk("pia"), apart.desk("head")
    apart.line("pia").meet = lost
    pia.relays.adopt(relay, when_ms=pia.clock.now_ms())
    assert pia.publish.once() == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 1}
    if what == "handed over":
        head.presidency.hand_over("GB")
    elif what == "line withdrawn":
        head.messages.withdraw(head.relays.show(relay)["line"], "A figure is wrong.")
    elif what == "taken back":
        head.relays.withdraw(relay, "Not today.")
    else:
        head.accounts.remove("Presidency")
    apart.sync("head")
    apart.line("pia").meet = lambda name, when: None
    assert pia.publish.once()["sent"] == 0
    apart.sync("pia", "otto", "head", "pia")
    assert pia.publish.once() == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 0}
    assert head.relays.show(relay)["state"] in ("asked", "withdrawn")
    apart.alike("head", "otto")
