"""Who tries to go on with an account after the Presidency passed, or to have it before. See `test_no_way_round.py`."""

from __future__ import annotations

import pytest

from tests.signoff.model_office import HOUR
from tests.signoff.paper import REF
from tests.voice.story import (
    BRAZIL,
    HEAD,
    ITALY,
    OTTO,
    PUBLISHER,
    ZA,
    ZA_LIAISON,
    Story,
)


@pytest.fixture
def story() -> Story:
    return Story()


def hand_over(story: Story, by: int = HEAD, to: str = "IT", **accounts: str) -> str:
    return str(
        story.office(
            "presidency.handed_over", by, government=to, before="ZA", after="", accounts=accounts, why=REF
        ).code
    )


def test_the_head_alone_hands_over_and_takes_no_voice_with_it(story):
    for by in (OTTO, BRAZIL, ZA, ITALY, PUBLISHER):
        assert hand_over(story, by) == "no-right"
    assert hand_over(story) == ""
    for by in (HEAD, OTTO, BRAZIL, ZA_LIAISON):
        assert story.adopt(by) in ("no-right", "handed-over")
        assert story.office("custody.taken", by, account=story.account, mark="").code == "no-right"


def test_after_the_handover_the_old_presidency_sends_nothing_and_the_new_one_only_once_it_has_signed_in(story):
    story.ready()
    assert hand_over(story) == ""
    assert (story.send(ZA), story.claim(ZA), story.schedule(ZA), story.adopt(ZA)) == (
        "handed-over",
        "handed-over",
        "no-right",
        "handed-over",
    )
    assert story.send(ITALY) == "handed-over", "what another government adopted"
    story.paper.now += HOUR
    assert story.schedule(ITALY) == "handed-over", "it is adopted anew first"
    assert (story.adopt(ITALY), story.schedule(ITALY), story.claim(ITALY)) == ("", "", "")
    assert story.send(ITALY) == "handed-over", "nobody has signed in"
    assert story.office("custody.taken", ZA, account=story.account, mark="").code == "no-right"
    assert story.office("custody.taken", ITALY, account=story.account, mark="1" * 64).counts
    assert story.send(ITALY) == ""


def test_an_account_that_stays_is_its_own_government_s(story):
    story.ready()
    assert hand_over(story, **{story.account: "stays"}) == ""
    assert story.send(ITALY) == "no-right" and story.send(ZA) == ""


def test_an_attempt_from_before_the_handover_is_written_down_by_who_began_it_and_no_more(story):
    story.ready()
    assert story.send() == "" and hand_over(story) == ""
    assert story.adopt(ITALY) == "sending"
    assert (
        story.does("post.sent", OTTO, post="0", receipts=[{"id": "1", "url": "", "cid": ""}], found=False) == "no-right"
    )
    assert story.does("post.sent", ZA, post="0", receipts=[{"id": "1", "url": "", "cid": ""}], found=False) == ""
    assert story.does("post.removed", ZA, post="0", outcome="removed", why=REF) == "handed-over"
    assert story.adopt(ITALY) == "sent-already"


def test_nobody_else_writes_down_how_an_attempt_ended_nor_who_had_the_account_of_another_s(story):
    sent = {"post": "0", "receipts": [{"id": "1", "url": "", "cid": ""}], "found": False}
    story.admit("presidency", "BR", by=BRAZIL)
    third = len(story.devices) - 1
    story.ready()
    assert story.send() == "" and hand_over(story) == ""
    assert (
        story.does("post.sent", third, **sent) == "no-right"
        and story.does("post.sent", ZA_LIAISON, **sent) == "handed-over"
    )
    assert (
        story.does("post.ended", ZA, post="0", process="desk/1", state="refused", why="", again_at=0, sure=True) == ""
    )
    assert story.office("custody.taken", ITALY, account=story.account, mark="").counts
    story.paper.now += HOUR
    assert (story.adopt(ITALY), story.schedule(ITALY), story.claim(ITALY), story.send(ITALY)) == ("",) * 4
    assert story.does("post.sent", ZA, **sent) == "handed-over" and story.does("post.sent", ITALY, **sent) == ""


def test_who_signed_in_sends_nothing_that_those_before_had_scheduled(story):
    story.ready()
    assert hand_over(story) == "" and story.office("custody.taken", ITALY, account=story.account, mark="").counts
    assert story.claim(ITALY) == "" and story.send(ITALY) == "handed-over"


def test_the_presidency_passes_from_whose_it_is_and_a_sign_in_that_was_given_up_is_no_new_one(story):
    wrong = {"government": "IT", "before": "US", "after": "", "accounts": {}, "why": REF}
    assert story.office("presidency.handed_over", HEAD, **wrong).code == "other-presidency"
    assert hand_over(story, to="ZA") == "same-presidency" and hand_over(story) == ""
    assert story.office("custody.released", ZA, account=story.account, how="revoked", mark="1" * 64).counts
    assert story.office("custody.taken", ITALY, account=story.account, mark="1" * 64).code == "same-secret"


def test_each_handover_asks_for_a_sign_in_of_its_own(story):
    assert hand_over(story) == "" and story.office("custody.taken", ITALY, account=story.account, mark="1" * 64).counts
    back = {"government": "ZA", "before": "IT", "after": "", "accounts": {}, "why": REF}
    assert story.office("presidency.handed_over", HEAD, **back).counts
    story.ready()
    assert story.send() == "handed-over"
    assert story.office("custody.taken", ZA, account=story.account, mark="2" * 64).counts and story.send() == ""


def test_no_account_is_in_the_office_twice(story):
    """Under another name, as its own, an old Presidency would go on with the account that passed; or the office with a government's."""
    known = story.paper.office.accounts[story.account]
    assert hand_over(story) == ""

    def added(by: int, owner: str, **more: str) -> str:
        values = {"network": known.network, "server": "", "identity": known.identity, **more}
        return str(story.office("account.added", by, name="Another", like="x", owner=owner, handle="h", langs=["en"], grace_ms=0,
                                limits={}, software="", **values).code)  # fmt: skip

    assert added(ZA, "member:ZA") == added(ZA, "presidency:ZA") == added(HEAD, "official") == "account-there"
    assert added(ZA, "member:ZA", server="https://elsewhere.example") == "account-there"
    assert story.office("account.removed", HEAD, account=story.account).counts
    assert added(ZA, "member:ZA") == ""
