"""People and their devices on a desk: who is in the office, who came in how, and what waits for others."""

from __future__ import annotations

from pathlib import Path

from g20desk.desk import joining
from tests.desks.world import world


def test_the_roll_names_people_devices_and_invitations(tmp_path: Path) -> None:
    with world(tmp_path, "otto") as office:
        head = office.desk("head")
        joining.invite(head, "Nia New", "expert", topic="debt")
        roll = head.people.roll()
        ada, otto = (next(one for one in roll.people if one.name == name) for name in ("Ada Head", "Otto Officer"))
        assert (ada.name, ada.role, ada.state, ada.you) == ("Ada Head", "head", "active", True)
        assert (otto.name, otto.you, len(otto.devices)) == ("Otto Officer", False, 1)
        assert [(d.state, d.here, d.placed) for d in ada.devices] == [("active", True, True)]
        assert [(d.state, d.here, d.placed) for d in otto.devices] == [("active", False, True)]
        assert [(one.person, one.topic, one.state) for one in roll.invitations] == [
            ("Otto Officer", "", "used"), ("Nia New", "debt", "open"),
        ]  # fmt: skip
        head.people.revoke("Otto Officer", otto.devices[0].id, "Lost on a train.")
        assert next(p for p in head.people.roll().people if p.id == otto.id).devices[0].state == "revoked"
        office.clock("head").on = joining.LASTS + 1
        assert [one.state for one in head.people.roll().invitations] == ["used", "over"]
