"""A kill at each named point of a send leaves it sent once, or a question."""

from __future__ import annotations

import os
import sys

import pytest

from g20desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.publishing import points
from tests.story import Office, content, forked, out_there

POINTS = (points.READY, points.INTENT, points.ANSWERED, points.WRITTEN)
TEXT = "Ministers met in Pretoria today."


def publish_and_die(office: Office, point: str, times: int = 1) -> None:
    """A publisher in a process of its own, ended at a point without a chance to say a word."""
    child = forked(office.folder)
    if child == 0:
        left = times

        def reach(name: str) -> None:
            nonlocal left
            if name == point:
                left -= 1
                if left == 0:
                    os._exit(9)

        points.reach = reach
        try:
            Desk.open(office.folder, "Officer").publish.once()
        finally:
            sys.stdout.flush()
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_on_x_or_mastodon(tmp_path, network, server, point):
    office = Office(tmp_path / "o")
    office.add_standin(network, server, network)
    message = office.due(content(TEXT, to=(network,)))
    publish_and_die(office, point)
    for _ in range(3):
        office.desk().publish.once()
    out, post = len(out_there(network, server)), office.posts(message)[network]
    assert out <= 1
    if post["state"] == "sent":
        assert out == 1
    else:
        assert (post["state"], point) == ("unknown", points.INTENT)
        assert "Look at the account" in post["why"]
    assert verify(office.head)["verified"]


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_on_the_real_pds(tmp_path, pds, point):
    office = Office(tmp_path / "o")
    did = office.add_bluesky(pds)
    message = office.due(content(TEXT, "Second part.", to=("Bluesky",)))
    publish_and_die(office, point)
    for _ in range(2):
        office.desk().publish.once()
    assert office.posts(message)["Bluesky"]["state"] == "sent"
    assert len(pds.records(did)) == 2


@pytest.mark.parametrize("like", ["X", "Bluesky", "Mastodon"])
@pytest.mark.parametrize("point", POINTS)
def test_a_kill_on_the_practice_network(tmp_path, like, point):
    office = Office(tmp_path / "o")
    name = f"G20 {like}"
    message = office.due(content(TEXT, to=(name,)))
    publish_and_die(office, point)
    for _ in range(3):
        office.desk().publish.once()
    desk = office.desk()
    out = desk.accounts.client(desk.accounts.get(name)).posts()
    state = office.posts(message)[name]["state"]
    assert len(out) <= 1
    assert state == ("sent" if out else "unknown")


@pytest.mark.parametrize("point", [points.ANSWERED, points.WRITTEN, points.INTENT])
def test_a_kill_between_two_parts_of_a_thread_goes_on_where_it_stood(tmp_path, network, server, point):
    office = Office(tmp_path / "o")
    office.add_standin(network, server, network)
    parts = ("First part.", "Second part.", "Third part.")
    message = office.due(content(*parts, to=(network,)))
    publish_and_die(office, point, 2)
    for _ in range(3):
        office.desk().publish.once()
    out, post = len(out_there(network, server)), office.posts(message)[network]
    if post["state"] == "sent":
        assert out == 3
    else:
        assert (post["state"], point, out) == ("unknown", points.INTENT, 1)
