"""What must not be possible with lines and relays: for each, somebody who tries. What is tried here is signed and handed in by a
program that refuses nothing; the fold does."""

from __future__ import annotations

import pytest

from tests.signoff.model_office import HOUR
from tests.signoff.paper import DEVICES, REF
from tests.voice import chance as wording
from tests.voice.paper import NOTHING
from tests.voice.story import (
    ANALYST,
    BRAZIL,
    HEAD,
    ITALY,
    LOCKED,
    OLGA,
    OTHERS,
    OTTO,
    PUBLISHER,
    SENT_BY_ZA,
    TEXT,
    WORDS,
    ZA,
    ZA_LIAISON,
    ZA_PHONE,
    ZA_TWO,
    Story,
)


@pytest.fixture
def story() -> Story:
    return Story()


# The office, and other governments.


@pytest.mark.parametrize("by", OTHERS)
def test_nobody_else_adopts_declines_schedules_claims_sends_or_says_how_it_ended(story, by):
    assert story.adopt(by) == "no-right" and story.does("relay.declined", by, why=REF) == "no-right"
    story.ready()
    state = story.paper.state(story.relay)
    assert story.adopt(by) == "no-right" and story.does("relay.declined", by, why=REF) == "no-right"
    assert (story.schedule(by), story.claim(by), story.send(by)) == ("no-right",) * 3
    assert story.does("message.unscheduled", by, reason="") == "no-right"
    assert story.paper.state(story.relay) == state
    assert story.send() == ""
    receipts = [{"id": "1", "url": "", "cid": ""}]
    for kind, said in (
        ("post.sent", {"receipts": receipts, "found": True}), ("post.settled", {"receipts": receipts, "why": REF}),
        ("post.ended", {"process": "desk/1", "state": "planned", "why": "", "again_at": 0, "sure": True}),
        ("post.removed", {"outcome": "removed", "why": REF}), ("post.read_back", {"standing": "gone", "why": REF, "shown": []}),
    ):  # fmt: skip
        assert story.does(kind, by, post="0", **said) in ("no-right", "wrong-state"), kind
    assert story.does("post.sent", ZA_TWO, post="0", receipts=receipts, found=False) == ""
    assert story.does("post.read_back", by, post="0", standing="gone", why=REF, shown=[]) == "no-right"


def test_a_relay_is_not_submitted_signed_off_withdrawn_or_released_as_a_message_is(story):
    story.ready()
    before, digest = story.paper.state(story.relay), story.paper.state(story.relay).digest
    for by in (HEAD, OTTO, BRAZIL, ZA):
        for answer in ("approve", "object", "request-changes", "no-objection"):
            assert story.decides(story.relay, answer, by) == "no-sign-off"
        assert story.does("message.withdrawn", by, why=REF)
        assert story.does("message.released", by, digest=digest, template=NOTHING, slots={}, why=REF)
        assert story.paper.line(by, OTTO, 9, {"c.kind": "news", "c.to": []}, story.relay).code
        assert story.paper.line(by, OTTO, 9, before.content).code, "in a stream of its own"
    assert story.paper.state(story.relay) == before


def test_the_office_s_message_on_a_government_s_account_is_that_government_s_to_send(story):
    account = story.account
    content = {**wording.content_of(WORDS, account, "debt"), "c.kind": "news"}
    message = story.paper.line(OTTO, OTTO, 3, content)
    assert message.counts and story.decides(message.event.id) == ""
    model = story.paper.model.messages.pop(message.event.id)  # posts of messages are for other tests
    folds = story.paper.folds
    for by in OTHERS:
        story.paper.shelf.put(
            one := story.paper.made("post.claimed", by, {"post": "0", "process": "p", "until": 1}, message.event.id)
        )
        verdict = next(v for v in folds.stream("message", message.event.id)[1] if v.event.id == one.id)
        assert verdict.code in ("no-right", "not-scheduled")
        assert by in (HEAD, OTTO, OLGA, PUBLISHER, SENT_BY_ZA) or verdict.code == "no-right"
    assert model.standing(len(model.facts)) == "approved"


def test_only_that_government_or_a_guardian_gives_another_the_right_to_speak_for_it(story):
    """The head alone makes nobody a communicator of a government that has spoken: not a colleague, not themselves, nobody new."""
    story.admit("head")
    second = len(story.devices) - 1
    for who, land in (
        (OTTO, "ZA"),
        (SENT_BY_ZA, "ZA"),
        (HEAD, "ZA"),
        (ZA_LIAISON, "ZA"),
        (BRAZIL, "BR"),
        (ITALY, "ZA"),
    ):
        assert story.role(who, "presidency", land, by=second) == "waits", who
        assert story.role(who, "presidency", land, by=OTTO) == "no-right"
    story.admit("presidency", "ZA")
    assert story.devices[len(story.devices) - 1] == "", "it waits for the government's word, or a guardian's"
    for who in (OTTO, HEAD, ITALY, second):
        assert story.adopt(who) == "no-right"
    for who in (ZA, ZA_TWO, ZA_LIAISON, SENT_BY_ZA):
        story.office("member.retired", HEAD, person=story.devices[who], why=REF)
    assert story.role(OTTO, "presidency", "ZA", by=second) == "waits", (
        "a voice that nobody has any more is not the head's to give"
    )


def test_a_deputy_is_no_communicator(story):
    now = story.paper.now
    assert story.office("deputy.named", ZA_LIAISON, person=story.devices[OTTO], since=now, until=now + HOUR).counts
    assert story.adopt(OTTO) == "no-right"


def test_who_retired_what_was_revoked_and_who_is_something_else_by_now_does_nothing_more(story):
    story.ready()
    story.office("device.revoked", HEAD, device=DEVICES[ZA], why=REF)
    assert (story.send(ZA), story.adopt(ZA), story.claim(ZA)) == ("unknown-device",) * 3
    assert story.send(ZA_PHONE) == "", "the same person's other device"
    story.relay = story.ask().event.id
    story.office("role.given", HEAD, person=story.devices[ZA_TWO], role="observer", government="ZA", topic="", why=REF)
    assert story.adopt(ZA_TWO) == "no-right" and story.adopt(ZA_PHONE) == ""
    story.office("member.retired", HEAD, person=story.devices[ZA], why=REF)
    assert (story.adopt(ZA_PHONE), story.schedule(ZA_PHONE)) == ("unknown-device",) * 2


# Lines.


def test_nothing_but_an_agreed_line_as_it_stands_is_asked_for(story):
    paper = story.paper
    news = paper.line(
        OTTO, OTTO, 4, {"c.kind": "news", "c.to": [], "c.topic": "debt", "c.text.en": [wording.ref(TEXT)]}
    ).event.id
    assert story.decides(news) == ""
    open_one = paper.line(OTTO, OTTO, 5, paper.state(story.line).content).event.id
    other = story.agreed(6, **{"c.source": "Another one"})
    for line in (news, open_one, story.relay, NOTHING, paper.office.id):
        assert story.ask(line=line).code == "not-agreed"
    assert story.ask(digest=paper.state(other).digest).code == "not-agreed"
    assert story.ask(account=story.accounts[0]).code == "own-account"
    for by in (BRAZIL, ZA, ITALY, ANALYST, PUBLISHER):
        assert story.ask(by).code == "no-right"
    for stream in (story.line, story.relay, news, NOTHING):
        assert story.does("relay.asked", OTTO, stream, line=story.line, digest=paper.state(story.line).digest, account=story.account,
                          until=0, why=None) == "wrong-stream"  # fmt: skip
        assert stream == story.relay or story.adopt(stream=stream) == "unknown-relay"


def test_what_was_asked_for_is_the_line_as_it_was(story):
    """A line that says something else by now is not adopted, and what was adopted of it does not go out."""
    paper, line = story.paper, story.line
    story.ready()
    content = {**paper.state(line).content, "c.lock.en": ["agreed"]}
    assert story.does("message.withdrawn", OTTO, line, why=REF) == ""
    assert story.send() == "not-agreed"
    assert paper.line(OTTO, OTTO, 0, content, line).counts and story.decides(line) == ""
    assert (story.adopt(), story.send(), story.schedule()) == ("sending", "not-agreed", "sending")
    paper.now += HOUR
    assert (story.adopt(), story.schedule()) == ("not-agreed", "not-agreed")
    assert story.does("message.withdrawn", OTTO, line, why=REF) == ""
    assert paper.line(OTTO, OTTO, 0, {**content, "c.lock.en": wording.LINES[0][1]["en"]}, line).counts
    assert story.adopt() == "", "exactly what was agreed to before"


@pytest.mark.parametrize("change", [name for name in wording.CHANGES if name not in ("decomposed", "wide spaces", "broken lines", "quoted",
                                                                                     "joined on", "other number", "other thousands", "longer word", "twice")])  # fmt: skip
def test_no_sign_of_a_locked_phrase_is_another_one(story, change):
    said = wording.CHANGES[change](TEXT, LOCKED)
    assert said != TEXT and story.adopt(words={"en": [said]}) == "locked-phrase"
    assert story.adopt(words={"en": [said], "fr": ["Nous avons décidé d’alléger la dette."]}) == "locked-phrase"


def test_what_is_said_is_what_the_act_says(story):
    """Right words in the act, and others in the posts; or in another language's clothes."""
    good = wording.content_of(WORDS, story.account, "debt")
    post = good["c.post.0"]
    for wrong in (
        {"c.text.en": [wording.ref("Buy bonds.")]},
        {"c.text.en.x": [wording.ref("Buy bonds.")]},
        {"c.post.0": {**post, "lang": "fr"}},
        {"c.post.0": {**post, "parts": post["parts"] * 2}},
        {"c.post.1": {**post, "account": story.accounts[0]}},
        {"c.post.0": {**post, "account": story.accounts[3]}},
        {"c.to": [[story.accounts[0], "G20 X", "did"]]},
        {"c.topic": "peace"},
        {"c.kind": "line"},
        {"c.lock.en": ["agreed"]},
    ):
        assert story.adopt(**wrong) == "malformed", wrong
    assert story.adopt(words={"en": [TEXT], "fr": []}) == "malformed"


# What is out, or may be.


def test_what_may_be_out_is_not_adopted_anew_nor_declined_nor_taken_back(story):
    """Its outcome is unknown, then it is put back to be tried again: an earlier try may still be out."""
    story.ready()
    assert story.send() == ""
    for state in ("unknown", "planned"):
        ended = {"process": "desk/1", "state": state, "why": "timeout", "again_at": 0, "sure": False}
        assert story.does("post.ended", ZA, post="0", **ended) == ""
        assert story.adopt() == "sending" and story.does("relay.declined", ZA, why=REF) == "sending"
        assert (
            story.does("relay.withdrawn", OTTO, why=REF)
            == story.does("relay.moved", OTTO, until=0, why=None)
            == "sending"
        )
    assert (story.claim(), story.send()) == ("", "")
    assert story.does("post.sent", ZA, post="0", receipts=[{"id": "1", "url": "", "cid": ""}], found=True) == ""
    assert story.adopt() == "sent-already" and story.does("relay.declined", ZA, why=REF) == "sent-already"


def test_a_hold_on_the_line_s_topic_stops_its_relay(story):
    story.ready()
    hold = story.office("hold.placed", OTTO, why=REF, topic="debt", account="").event.id
    assert story.send() == "held"
    for by in (OTTO, OLGA):
        assert story.office("hold.lifted", by, hold=hold, why=REF).counts
    assert story.send() == "held", "lifting releases nothing"
    story.paper.now += 2 * HOUR
    assert (story.schedule(), story.claim(), story.send()) == ("", "", "")


def test_relays_of_relays_of_relays_are_no_lines_however_many(story):
    """Each asks for the one before it: none of them has a place yet, so that each would be folded to judge the next."""
    paper = story.paper
    with paper.tentative():
        last = story.line
        for _ in range(200):
            item = paper.made(
                "relay.asked",
                OTTO,
                {"line": last, "digest": NOTHING, "account": story.account, "until": 0, "why": None},
                "",
            )
            paper.shelf.put(item)
            last = item.id
        (verdict,) = paper.folds.stream("message", last)[1]
        assert verdict.code == "not-agreed"


def test_an_account_that_was_removed_is_asked_for_nothing_and_carries_nothing_more(story):
    story.ready()
    assert story.office("account.removed", HEAD, account=story.account).counts
    assert story.ask().code == "unknown-account" and story.send() == "unknown-account"
    story.paper.now += HOUR
    assert story.adopt() == story.does("relay.declined", ZA, why=REF) == "unknown-account"


def test_another_time_is_asked_for_by_the_office_alone_and_of_what_is_still_asked(story):
    later = story.paper.now + HOUR
    for by in (BRAZIL, ZA, ITALY, ANALYST, PUBLISHER):
        assert (
            story.does("relay.moved", by, until=later, why=None)
            == story.does("relay.withdrawn", by, why=REF)
            == "no-right"
        )
        assert story.does("relay.left", by, why=REF) == "no-right"
    assert story.does("relay.moved", OTTO, until=story.paper.now, why=None) == "past-time"
    assert story.does("relay.moved", OTTO, until=later, why=None) == ""
    assert (
        story.does("relay.declined", ZA, why=REF) == ""
        and story.does("relay.moved", OTTO, until=later, why=None) == "relay-over"
    )
    assert story.adopt() == "" and story.does("relay.moved", OTTO, until=0, why=None) == "", "they thought again"
    assert (
        story.does("relay.withdrawn", OLGA, why=REF) == ""
        and story.does("relay.moved", OTTO, until=0, why=None) == "taken-back"
    )
