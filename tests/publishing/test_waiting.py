"""What keeps a post back, and what lets it go on."""

from __future__ import annotations

import pytest

from connectors.rehearsal.faults import plan
from g20desk.desk import Desk
from g20desk.errors import Refused, Usage
from tests.servers.world import SECRETS
from tests.story import Hands, content, out_there, standin

POST = {"mastodon": "^/api/v1/statuses$", "x": "^/2/tweets$"}


def out(office, account):
    desk = office.desk()
    return [post["text"] for post in desk.accounts.client(desk.accounts.get(account)).posts()]


def test_a_hold_stops_and_lifting_it_releases_nothing(office):
    message = office.due(content("Ministers met.", to=("G20 X",)))
    hold = office.desk().holds.place("A rumour")
    assert office.desk().publish.once()["waiting"] == 1
    assert office.posts(message)["G20 X"]["state"] == "held"
    office.desk().holds.lift(hold, "It was wrong")
    office.head.holds.lift(hold, "It was wrong")
    assert office.desk().publish.once()["waiting"] == 1
    post = office.posts(message)["G20 X"]
    assert (post["state"], out(office, "G20 X")) == ("held", [])
    assert "nothing goes out by itself" in post["why"]
    assert office.head.messages.show(message)["state"] == "held"
    office.desk().messages.schedule(message, office.desk().clock.now_ms())
    assert office.desk().publish.once()["sent"] == 1


def test_a_hold_between_two_parts_lets_the_thread_wait_and_say_what_is_out(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    message = office.due(content("One.", "Two.", "Three.", to=("M",)))
    desk = office.desk()
    real = mastodon.face.handle

    def handle(request):
        answer = real(request)
        if request.method == "POST" and len(mastodon.face.statuses) == 1 and not office.head.holds.rows():
            office.head.holds.place("Stop")
        return answer

    mastodon.face.handle = handle
    desk.publish.once()
    post = office.posts(message)["M"]
    assert [one["text"] for one in out_there("mastodon", mastodon)] == ["One."]
    assert post["state"] == "held"
    assert post["why"].startswith("1 of 3 parts are out.")
    (hold,) = office.head.holds.rows()
    office.head.holds.lift(hold["hold"], "Over")
    desk.holds.lift(hold["hold"], "Over")
    desk.publish.once()
    assert len(out_there("mastodon", mastodon)) == 1
    desk.messages.schedule(message, desk.clock.now_ms())
    assert desk.publish.once()["sent"] == 1
    assert [one["text"] for one in out_there("mastodon", mastodon)] == ["One.", "Two.", "Three."]


def test_a_refused_token_makes_the_queue_wait_for_a_sign_in(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    first = office.due(content("One.", to=("M",)))
    second = office.due(content("Two.", to=("M",)))
    mastodon.fault("status:401", method="POST", path=POST["mastodon"], times=1)
    desk = office.desk()
    for _ in range(2):
        assert desk.publish.once() == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 2}
    assert len(mastodon.requests("POST", POST["mastodon"])) == 1
    for message in (first, second):
        assert "new sign-in" in office.posts(message)["M"]["why"]
    assert {r.name: r.state for r in desk.accounts.rows()}["M"] == "needs sign-in"
    office.head.accounts.sign_in("M", SECRETS["mastodon"])
    assert desk.publish.once()["sent"] == 2


def test_no_credit_stops_the_account_and_no_other(office):
    server = standin("x")
    office.add_standin("x", server, "X")
    server.face.credit = False
    message = office.due(content("One.", to=("X", "G20 Bluesky")))
    desk = office.desk()
    assert desk.publish.once() == {"sent": 1, "refused": 0, "unknown": 0, "waiting": 1}
    assert {r.name: r.state for r in desk.accounts.rows()}["X"] == "no credit"
    assert "402" in office.posts(message)["X"]["why"]
    server.stop()


def test_a_rate_limit_is_waited_for_as_the_network_says(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    message = office.due(content("One.", to=("M",)))
    hands = Hands()
    desk = Desk.open(office.folder, "Officer", hands)
    mastodon.fault("status:429", method="POST", path=POST["mastodon"], headers={"Retry-After": "120"})
    desk.publish.once()
    hands.on += 100_000
    assert desk.publish.once()["waiting"] == 1
    assert "429" in office.posts(message)["M"]["why"]
    hands.on += 25_000
    assert desk.publish.once()["sent"] == 1
    assert len(mastodon.requests("POST", POST["mastodon"])) == 2


def test_together_or_not_yet(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    broken = office.due(content("One.", to=("M",)))
    mastodon.fault("status:401", method="POST", path=POST["mastodon"], times=1)
    desk = office.desk()
    desk.publish.once()
    message = office.approved(content("Two.", to=("M", "G20 X")))
    desk.messages.schedule(message, desk.clock.now_ms(), together=True)
    desk.publish.once()
    assert (out(office, "G20 X"), len(out_there("mastodon", mastodon))) == ([], 0)
    assert office.posts(message)["G20 X"]["why"].startswith("It goes out together with M or not yet.")
    office.head.accounts.sign_in("M", SECRETS["mastodon"])
    desk.publish.once()
    assert (out(office, "G20 X"), len(out_there("mastodon", mastodon))) == (["Two."], 2)
    assert office.posts(broken)["M"]["state"] == "sent"


def test_two_posts_keep_the_distance_of_their_account(office):
    office.head.accounts.set_distance("G20 X", 300_000)
    hands = Hands()
    desk = Desk.open(office.folder, "Officer", hands)
    first, second = (office.approved(content(text, to=("G20 X",))) for text in ("One.", "Two."))
    desk.messages.schedule(first, hands.now_ms())
    desk.messages.schedule(second, hands.now_ms())
    assert [clash["kind"] for clash in desk.messages.clashes(second)] == ["too-close"]
    desk.publish.once()
    assert out(office, "G20 X") == ["One."]
    assert "keeps 300 s" in Desk.open(office.folder, "Officer", hands).messages.show(second)["posts"][0]["why"]
    hands.on += 301_000
    desk.publish.once()
    assert out(office, "G20 X") == ["One.", "Two."]


def test_the_same_text_twice_is_said_at_scheduling(office):
    first = office.due(content("G20 ministers  met “today”.", to=("G20 X",)))
    second = office.due(content("g20 ministers met 'today'.", to=("G20 X",)))
    (clash,) = office.desk().messages.clashes(second)
    assert (clash["kind"], clash["with"], clash["account"]) == ("same-text", first, "G20 X")


def test_a_copy_of_what_nobody_knows_is_stopped(office):
    plan(str(office.folder), "G20 X", "unknown-not-stored")
    first = office.due(content("Ministers met.", to=("G20 X",)))
    office.desk().publish.once()
    assert office.posts(first)["G20 X"]["state"] == "unknown"
    second = office.due(content("ministers met.", to=("G20 X",)))
    office.desk().publish.once()
    post = office.posts(second)["G20 X"]
    assert (post["state"], out(office, "G20 X")) == ("planned", [])
    assert "its outcome is not known" in post["why"]
    office.desk().publish.settle(office.posts(first)["G20 X"]["id"], False, "", "I looked: it is not there")
    office.desk().publish.once()
    assert out(office, "G20 X") == ["ministers met."]


def test_an_answer_about_one_part_leaves_the_rest_to_a_person(office):
    plan(str(office.folder), "G20 X", "unknown-not-stored", nth=2)
    message = office.due(content("One.", "Two.", "Three.", to=("G20 X",)))
    desk = office.desk()
    desk.publish.once()
    post = office.posts(message)["G20 X"]
    assert (post["state"], len(post["remote_ids"])) == ("unknown", 1)
    desk.publish.settle(post["id"], True, "https://x.com/g20/status/2", "I looked")
    post = office.posts(message)["G20 X"]
    assert post["state"] == "missed"
    assert "2 of 3 parts are out." in post["why"]
    assert desk.publish.once()["sent"] == 0
    with pytest.raises(Refused):
        desk.publish.settle(post["id"], False, "", "Twice")


def test_only_its_sender_says_that_a_post_is_not_out(office):
    message = office.due(content("One.", to=("G20 X",)))
    desk = office.desk()
    row = desk.messages.submitted(message)
    (key,) = row.message.posts
    until = desk.clock.now_ms() + 60_000
    desk.act("post.claimed", {"post": key, "process": "1-a", "until": until}, row.stream)
    attempt = {"post": key, "process": "1-a", "first": 0, "keys": ["k"], "created_at": "", "since": 0}
    desk.act("post.sending", attempt, row.stream)
    ending = {"post": key, "process": "2-b", "why": "", "again_at": 0, "sure": False}
    for state in ("planned", "refused"):
        with pytest.raises(Refused, match="Another process"):
            desk.act("post.ended", {**ending, "state": state}, row.stream)
    desk.act("post.ended", {**ending, "state": "unknown"}, row.stream)
    assert office.posts(message)["G20 X"]["state"] == "unknown"


def test_a_refused_post_can_be_revised_and_sent(office):
    plan(str(office.folder), "G20 X", "refuse")
    message = office.due(content("One.", to=("G20 X",)))
    desk = office.desk()
    desk.publish.once()
    assert office.posts(message)["G20 X"]["state"] == "refused"
    desk.messages.withdraw(message, "The network refused it")
    made = desk.messages.revise(message, content("Two.", to=("G20 X",)))
    desk.messages.submit(message)
    office.desk("Liaison Brazil").messages.decide(message, "approve", made["digest"])
    desk.messages.schedule(message, desk.clock.now_ms())
    assert desk.publish.once()["sent"] == 1
    assert out(office, "G20 X") == ["Two."]


def test_what_a_lifted_hold_stopped_is_listed_and_scheduled_again_one_by_one(office):
    hands = Hands()
    desk = office.desk("Officer", hands)
    missed, later, other = (office.approved(content(text, to=("G20 X",))) for text in ("One.", "Two.", "Three."))
    desk.messages.schedule(missed, hands.now_ms())
    desk.messages.schedule(later, hands.now_ms() + 7_200_000, together=True)
    hold = desk.holds.place("A rumour")
    hands.on += 3_600_000
    desk.publish.once()
    assert office.posts(missed)["G20 X"]["state"] == "missed"
    assert desk.holds.stopped() == []  # it is still on hold
    for person in ("Officer", "Ada Head"):
        office.desk(person, hands).holds.lift(hold, "It was wrong")
    desk.messages.schedule(other, hands.now_ms() + 7_200_000)
    assert [(one["message"], one["past"]) for one in desk.holds.stopped()] == [(missed, True), (later, False)]
    with pytest.raises(Usage, match="is past"):
        desk.holds.resume(missed)
    with pytest.raises(Refused, match="No lifted hold"):
        desk.holds.resume(other)
    planned = desk.messages.submitted(later).message.planned_at
    assert desk.holds.resume(later) == planned
    assert desk.messages.submitted(later).message.together
    assert desk.publish.once()["sent"] == 0
    desk.holds.resume(missed, hands.now_ms())
    assert desk.holds.stopped() == []
    assert desk.publish.once()["sent"] == 1
    assert out(office, "G20 X") == ["One."]
    hands.on += 3_600_000
    assert desk.publish.once()["sent"] == 1


@pytest.mark.parametrize("lease", [120_000, 10**12])
@pytest.mark.parametrize("then", ["schedule", "unschedule", "withdraw"])
def test_a_claim_that_nobody_follows_binds_for_minutes_only(office, lease, then):
    hands = Hands()
    message = office.due(content("Ministers met.", to=("G20 X",)))
    desk = office.desk("Officer", hands)
    (row,) = desk.messages.rows(state="scheduled")
    found = desk.messages.submitted(message)
    (key,) = found.message.posts
    until = desk.clock.now_ms() + lease
    desk.act("post.claimed", {"post": key, "process": "999999999-dead", "until": until}, found.stream)
    does = {
        "schedule": lambda: desk.messages.schedule(message, desk.clock.now_ms()),
        "unschedule": lambda: desk.messages.unschedule(message),
        "withdraw": lambda: desk.messages.withdraw(message, "A figure is wrong."),
    }[then]
    with pytest.raises(Refused) as caught:
        does()
    assert caught.value.code == "sending"
    assert "under way" in desk.messages.show(message)["can"]["schedule"]
    hands.on += 601_000
    assert desk.messages.show(message)["can"]["schedule"] == "", "what can be done is asked of now, not of the last act"
    does()
    assert row.id == message
    assert desk.publish.once()["sent"] == (then == "schedule")
