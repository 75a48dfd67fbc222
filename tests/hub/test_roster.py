"""Who may bring whom in and out: pure, and through a hub's append."""

from __future__ import annotations

import pytest

from g20desk.errors import Refused
from g20desk.hub.roster import OWN, NotAllowed, applied, changes, founded
from tests.hub.office import everything, roster


class Story:
    """Statements one after the other, by name."""

    def __init__(self) -> None:
        self.now = applied({}, founded("head"))

    def says(self, by: str, enter: str = "", out: str = "", manages: bool = False) -> None:
        statement = {"in": [[one, manages] for one in enter.split()], "out": out.split()}
        self.now = applied(self.now, changes(self.now, by, statement))

    @property
    def devices(self) -> set[str]:
        return {device for device, one in self.now.items() if one.entering}


def refused(story: Story, *words: str, match: str, **more: object) -> None:
    before = dict(story.now)
    with pytest.raises(NotAllowed, match=match):
        story.says(*words, **more)
    assert story.now == before


def test_the_head_brings_in_and_takes_out_anyone():
    story = Story()
    story.says("head", "ana ben")
    story.says("head", "cleo", out="ben")
    assert story.devices == {"head", "ana", "cleo"}
    story.says("head", "ben")
    assert "ben" in story.devices


def test_a_second_manager_can_do_without_the_first_but_not_nobody():
    story = Story()
    refused(story, "head", "", "head", match="nobody would be left")
    story.says("head", "deputy", manages=True)
    story.says("deputy", "", "head")
    assert story.devices == {"deputy"}
    refused(story, "head", "ana", match="not in the roster")
    refused(story, "deputy", "", "deputy", match="nobody would be left")
    story.says("deputy", "next", "deputy", manages=True)
    assert story.devices == {"next"}


def test_anyone_brings_in_devices_of_their_own_up_to_a_number():
    story = Story()
    story.says("head", "ana ben")
    for number in range(OWN):
        story.says("ana", f"ana{number}")
    refused(story, "ana", "ana9", match="more than 4")
    refused(story, "ana1", "ana9", match="more than 4")
    story.says("ana", "ana9", "ana0")
    story.says("ben", "ben1")
    refused(story, "ana", "ana8", match="more than 4")


def test_nobody_but_a_manager_lets_manage():
    story = Story()
    story.says("head", "ana")
    refused(story, "ana", "ana2", manages=True, match="only who manages")
    refused(story, "ana", "ana", manages=True, match="only who manages")


def test_one_takes_out_oneself_and_whom_one_brought_in():
    story = Story()
    story.says("head", "ana ben")
    story.says("ana", "ana2")
    story.says("ana2", "ana3")
    refused(story, "ben", "", "ana2", match="the devices of others")
    refused(story, "ana2", "", "ana", match="the devices of others")
    refused(story, "ana", "", "head", match="the devices of others")
    refused(story, "ana", "", "nobody", match="the devices of others")
    story.says("ana", "", "ana3")
    story.says("ana2", "", "ana2")
    story.says("ana", "", "ana")
    assert story.devices == {"head", "ben"}


def test_who_went_out_comes_back_by_a_manager_alone():
    story = Story()
    story.says("head", "ana ben")
    story.says("ana", "ana2")
    story.says("head", "", "ana2")
    refused(story, "ana", "ana2", match="here before")
    refused(story, "ana2", "ana3", match="not in the roster")
    refused(story, "ben", "ana", match="here before")
    story.says("head", "ana2")
    assert "ana2" in story.devices


def test_a_device_is_named_once():
    story = Story()
    refused(story, "head", "ana ana", match="named twice")
    story.says("head", "ana")
    refused(story, "head", "ana", "ana", match="named twice")


def test_a_statement_that_is_not_allowed_is_not_placed(served, office):
    hub = office.move_to(served.url)
    ana, ben, stranger = office.device(), office.device(), office.device()
    office.admit(hub, ana, ben)
    theirs = office.at(served.url, ana)
    with pytest.raises(Refused) as caught:
        theirs.append([ana.act("Out with them", roster=roster(leaving=[ben]))])
    assert caught.value.code == "roster"
    ana.seq, ana.prev = 0, ""
    assert theirs.append([ana.act("Mine too", roster=roster([(stranger, False)]))])[0].n == 5
    assert office.at(served.url, stranger).append([stranger.act("Hello")])[0].n == 6
    by = {one["device"]: one["by"] for one in hub.roster()}
    assert by == {office.head.id: office.head.id, ana.id: office.head.id, ben.id: office.head.id, stranger.id: ana.id}


def test_an_admission_and_the_newcomers_act_go_in_together(served, office):
    hub = office.move_to(served.url)
    ana = office.device()
    made = [office.head.act(roster=roster([(ana, False)])), ana.act("Hello"), office.head.act(roster=roster((), [ana]))]
    assert [one.n for one in hub.append(made)] == [4, 5, 6]
    with pytest.raises(Refused) as caught:
        hub.append([ana.act("Still here?")])
    assert caught.value.code == "device-out"
    assert len(everything(hub)) == 6


def test_what_the_founding_desk_placed_stands_though_the_hub_would_refuse_it(served, office):
    ana, ben = office.device(), office.device()
    office.place(office.head.act(roster=roster([(ana, False)])))
    office.place(ana.act(roster=roster(leaving=[office.head])))
    office.place(ben.act("By nobody"))
    hub = office.move_to(served.url)
    assert {one["device"] for one in hub.roster()} == {office.head.id, ana.id}
    assert len(everything(hub)) == 6
