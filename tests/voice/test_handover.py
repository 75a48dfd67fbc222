"""The yearly handover in one office: who loses what, from which place on, and what proves that it was done."""

from __future__ import annotations

import pytest

from g20desk.desk import Desk
from g20desk.desk.doctor import examine
from g20desk.errors import Refused
from g20desk.ledger import pieces
from tests.signoff.conftest import HOUR, Told, content, refused
from tests.signoff.test_going_over import earlier
from tests.story import Office
from tests.voice.test_relays import agreed, asked

ZA_X = "ZA Presidency X"
MARK, OTHER = "a" * 64, "b" * 64


def communicator(told: Told, government: str = "BR", name: str = "Brasília") -> Desk:
    told["Liaison Brazil" if government == "BR" else "Head"].people.admit_here(name, "presidency", government)
    return told[name]


def over(told: Told, government: str = "BR", **more: object) -> dict[str, object]:
    return told["Head"].presidency.hand_over(government, **more)


def account(told: Told, name: str = ZA_X) -> str:
    return told["Head"].accounts.get(name).id


def take(desk: Desk, name: str = ZA_X, mark: str = MARK) -> None:
    desk.act("custody.taken", {"account": desk.accounts.get(name).id, "mark": mark})


def release(desk: Desk, name: str = ZA_X, mark: str = OTHER) -> None:
    desk.act("custody.released", {"account": desk.accounts.get(name).id, "how": "revoked", "mark": mark})


def key(told: Told, relay: str) -> str:
    """Its one post."""
    (found,) = told["Head"].messages.get(relay).message.posts
    return str(found)


def states(told: Told) -> dict[str, str]:
    return {one.item: one.state for one in told["Head"].presidency.checklist()}


def test_the_accounts_pass_and_the_old_presidency_publishes_no_more(told):
    relay = asked(told, agreed(told))
    old = told["Presidency"]
    old.relays.adopt(relay, when_ms=told.clock.now_ms() + HOUR)
    new = communicator(told)
    made = over(told)
    assert (made["presidency"], made["before"], made["after"]) == ("BR", "ZA", "")
    assert {"account": ZA_X, "owner": "presidency:BR", "custody": "awaited"} in made["accounts"]
    assert told["Head"].office.troika == ("ZA", "BR", "")
    told.after(1.05)
    assert old.publish.once()["sent"] == 0 and new.publish.once()["sent"] == 0
    with refused("handed-over"):
        old.relays.adopt(relay)
    with refused("handed-over"):
        old.relays.decline(relay, "No.")
    assert told["Officer"].relays.show(relay)["state"] == "asked", "what the old one adopted lapses"
    (ask,) = new.relays.asks()
    assert (ask.state, ask.theirs) == ("asked", (new.person.id,)), "the new one is told that it is asked"
    take(new)
    with refused("handed-over"):
        new.messages.schedule(relay, told.clock.now_ms())
    new.relays.adopt(relay, when_ms=told.clock.now_ms())
    assert new.publish.once()["sent"] == 1
    assert told["Officer"].relays.show(relay)["state"] == "carried"


def test_what_was_scheduled_before_stops_until_the_new_one_has_the_account_and_it_is_scheduled_anew(told):
    new = communicator(told)
    message, digest = told.submit(content("news", to=ZA_X))
    told["Liaison India"].messages.decide(message, "approve", digest)
    told["Officer"].messages.schedule(message, told.clock.now_ms() + HOUR)
    (stopped,) = over(told)["posts"]
    assert (stopped["message"], stopped["account"]) == (message, ZA_X)
    told.after(1.05)
    take(new)
    assert new.publish.once()["sent"] == 0
    assert "passed since this was scheduled" in told.show(message)["posts"][0]["why"]
    assert states(told)["posts"] == "open"
    told["Officer"].messages.schedule(message, told.clock.now_ms())
    assert states(told)["posts"] == "done"
    assert new.publish.once()["sent"] == 1


def test_a_program_of_the_old_presidency_s_own_gets_no_further(told):
    """The fold decides: claims, intents, times, outcomes, accounts."""
    relay = asked(told, agreed(told))
    old = told["Presidency"]
    old.relays.adopt(relay, when_ms=told.clock.now_ms())
    over(told)
    with refused("handed-over"):
        old.act("post.claimed", {"post": key(told, relay), "process": "p", "until": told.clock.now_ms() + 1000}, relay)
    with refused("handed-over"):
        old.act(
            "post.ended",
            {"post": key(told, relay), "process": "p", "state": "missed", "why": "", "again_at": 0, "sure": False},
            relay,
        )
    with refused("no-right"):
        old.messages.schedule(relay, told.clock.now_ms())
    with refused("no-right"):
        old.act("custody.taken", {"account": account(told), "mark": MARK})
    with refused("no-right"):
        old.accounts.set_grace(ZA_X, 1)


def sending(told: Told, who: str, relay: str) -> None:
    now, post = told.clock.now_ms(), key(told, relay)
    told[who].acts(
        relay, ("post.claimed", {"post": post, "process": "p", "until": now + 60_000}),
        ("post.sending", {"post": post, "process": "p", "first": 0, "keys": ["k"], "created_at": "t", "since": now}),
    )  # fmt: skip


def test_whoever_was_sending_when_it_passed_still_writes_down_how_that_ended(told):
    """An intent before the handover's place counts: it is out, and the record has to say so."""
    relay = asked(told, agreed(told))
    old, now = told["Presidency"], told.clock.now_ms()
    old.relays.adopt(relay, when_ms=now)
    sending(told, "Presidency", relay)
    new = communicator(told)
    over(told)
    old.act(
        "post.sent", {"post": key(told, relay), "receipts": [{"id": "1", "url": "u", "cid": ""}], "found": False}, relay
    )
    assert told["Officer"].relays.show(relay)["state"] == "carried"
    other = asked(told, agreed(told, "We agreed on a further thing.", ()))
    take(new)
    new.relays.adopt(other, when_ms=told.clock.now_ms())
    sending(told, "Brasília", other)
    with refused("handed-over"):
        old.act(
            "post.sent",
            {"post": key(told, other), "receipts": [{"id": "1", "url": "u", "cid": ""}], "found": False},
            other,
        )


def test_an_account_that_stays_goes_on_for_its_government(told):
    relay = asked(told, agreed(told))
    old = told["Presidency"]
    old.relays.adopt(relay, when_ms=told.clock.now_ms())
    made = over(told, keep=[ZA_X])
    assert {"account": ZA_X, "owner": "member:ZA", "custody": "stays"} in made["accounts"]
    assert old.publish.once()["sent"] == 1
    assert states(told)["people"] == "done", "they keep their role for their own account"


def test_what_an_account_that_stays_was_asked_for_is_asked_of_the_new_presidency(told):
    """As long as nobody has taken it on; what its own government did take on goes on."""
    waits, taken_on = asked(told, agreed(told)), asked(told, agreed(told, "We agreed on a further thing.", ()))
    told["Presidency"].relays.adopt(taken_on, when_ms=told.clock.now_ms() + HOUR)
    told["Head"].accounts.add("rehearsal", name="BR X", owner="presidency:BR", like="x")
    said = {one["relay"]: one["to"] for one in told["Head"].presidency.rehearse("BR", keep=[ZA_X])["relays"]}
    assert said == {waits: "BR X", taken_on: None}
    over(told, keep=[ZA_X])
    officer = told["Officer"]
    assert officer.relays.show(waits)["state"] == "withdrawn"
    assert officer.relays.show(taken_on)["state"] == "adopted"
    (anew,) = [one for one in officer.relays.rows(open_only=True) if one["account"] == "BR X"]
    assert (anew["line"], anew["government"], anew["state"]) == (officer.relays.show(waits)["line"], "BR", "asked")
    assert "The Presidency passed" in officer.relays.show(waits)["why"]


def test_or_it_stays_asked_where_it_was(told):
    relay = asked(told, agreed(told))
    told["Head"].accounts.add("rehearsal", name="BR X", owner="presidency:BR", like="x")
    over(told, keep=[ZA_X], re_aim=False)
    assert told["Officer"].relays.show(relay)["state"] == "asked"
    (one,) = told["Officer"].relays.rows()
    assert one["government"] == "ZA"


@pytest.mark.parametrize("who", ["Officer", "Presidency", "Liaison Brazil", "Analyst"])
def test_only_the_head_hands_over(told, who):
    with refused("no-right"):
        told[who].presidency.hand_over("BR")


@pytest.mark.parametrize(
    ("government", "more", "code"),
    [
        ("ZA", {}, "same-presidency"),
        ("BR", {"after": "ZA"}, "same-presidency"),
        ("BR", {"after": "BR"}, "same-presidency"),
        ("Brazil", {}, "bad-government"),
        ("", {}, "bad-government"),
        ("BR", {"keep": ["G20 X"]}, "not-presidency"),
        ("BR", {"keep": ["Nobody's"]}, "unknown-account"),
    ],
)
def test_what_can_t_be_handed_over(told, government, more, code):
    with refused(code):
        over(told, government, **more)
    assert told["Head"].office.passing.last is None


def test_another_presidency_than_the_office_has_does_not_pass(told):
    head = told["Head"]
    ref = pieces.refer(b"So.")
    with refused("other-presidency"):
        head.act(
            "presidency.handed_over", {"government": "US", "before": "IT", "after": "", "accounts": {}, "why": ref}
        )


def test_an_account_that_came_since_the_head_looked_passes_too(told):
    """Whoever goes can't keep an account by adding it late."""
    ref = pieces.refer(b"So.")
    told["Presidency"].accounts.add("rehearsal", name="ZA late", owner="presidency:ZA", like="x")
    values = {"government": "BR", "before": "ZA", "after": "", "accounts": {}, "why": ref}
    told["Head"].act("presidency.handed_over", values)
    assert told["Head"].accounts.get("ZA late").owner == "presidency:BR"


def test_the_same_sign_in_is_no_other_in_either_order(told):
    new = communicator(told)
    over(told)
    release(told["Presidency"], mark=MARK)
    with refused("same-secret"):
        take(new, mark=MARK)
    take(new, mark=OTHER)
    assert states(told)[f"take:{ZA_X}"] == "done"
    over(told, "US")
    told["Head"].people.admit_here("Washington", "presidency", "US")
    take(told["Washington"], mark=MARK)
    release(new, mark=MARK)
    found = {one.item: one for one in told["Head"].presidency.checklist()}
    assert (found[f"take:{ZA_X}"].state, found[f"take:{ZA_X}"].lacks) == ("open", "another")
    take(told["Washington"], mark=OTHER)
    assert states(told)[f"take:{ZA_X}"] == "done"


def test_custody_is_theirs_whose_account_it_is_or_was(told):
    with refused("no-handover"):
        take(told["Presidency"])
    new = communicator(told)
    over(told)
    for who in ("Head", "Officer", "Liaison Brazil", "Presidency"):
        with refused("no-right"):
            take(told[who])
    for who in ("Officer", "Liaison India", "Analyst"):
        with refused("no-right"):
            release(told[who])
    release(told["Presidency"])
    take(told["Officer"], "G20 X")
    with refused("no-right"):
        release(told["Presidency"], "G20 X")
    for mark in ("short", "A" * 64):
        with refused("malformed"):
            take(new, mark=mark)
    with refused("malformed"):
        new.act("custody.released", {"account": account(told), "how": "said", "mark": ""})


def test_the_checklist_is_read_off_the_record_and_says_who_did_what(told):
    assert told["Head"].presidency.checklist() == []
    over(told)
    found = {one.item: one for one in told["Head"].presidency.checklist()}
    assert found["presidency"].state == "done" and found["presidency"].by == "Ada Head" and found["presidency"].act
    assert (found["communicator"].state, found["communicator"].who) == ("open", "the head")
    assert (found[f"release:{ZA_X}"].state, found[f"release:{ZA_X}"].who) == ("open", "Presidency")
    assert found[f"take:{ZA_X}"].who == "the communicator of BR"
    new = communicator(told)
    release(told["Presidency"])
    take(new)
    take(told["Officer"], "G20 X")
    found = {one.item: one for one in told["Head"].presidency.checklist()}
    assert (found[f"release:{ZA_X}"].state, found[f"release:{ZA_X}"].by) == ("done", "Presidency")
    assert (found[f"take:{ZA_X}"].state, found[f"take:{ZA_X}"].by) == ("done", "Brasília")
    assert (found["rotate:G20 X"].state, found["rotate:G20 X"].lacks) == ("open", "release")
    release(told["Officer"], "G20 X")
    told["Head"].people.retire("Presidency", "The year is over.")
    now = states(told)
    assert (now["rotate:G20 X"], now["rotate:G20 Bluesky"], now["people"], now["communicator"]) == (
        "done",
        "open",
        "done",
        "done",
    )


def test_what_is_a_choice_is_left_on_record_and_what_is_proof_is_not(told):
    with refused("no-handover"):
        told["Head"].presidency.note("hub", "It stays.")
    over(told)
    head = told["Head"]
    for item in ("hub", "head", "people", "rotate:G20 X", f"release:{ZA_X}"):
        head.presidency.note(item, "It stays as it is.")
        assert states(told)[item] == "left"
    for item in (f"take:{ZA_X}", "archive", "presidency", "keys", "posts", "release:Nobody", "rotate:", ""):
        with refused("no-choice"):
            head.presidency.note(item, "Never mind.")
    with refused("no-right"):
        told["Officer"].presidency.note("hub", "It stays.")
    take(told["Officer"], "G20 X")
    release(told["Officer"], "G20 X")
    assert states(told)["rotate:G20 X"] == "done", "what is done counts for more"


def test_a_new_handover_begins_a_new_checklist(told):
    over(told)
    told["Head"].presidency.note("hub", "It stays.")
    release(told["Presidency"])
    over(told, "US")
    now = states(told)
    assert (now["hub"], now[f"release:{ZA_X}"]) == ("open", "open")
    assert told["Head"].office.troika == ("BR", "US", "GB"), "as it was announced"


def test_a_rehearsal_says_all_this_and_writes_nothing(told):
    relay = asked(told, agreed(told))
    told["Presidency"].relays.adopt(relay, when_ms=told.clock.now_ms() + HOUR)
    head = told["Head"]
    before = head.store.last_place()
    made = head.presidency.rehearse("BR")
    assert head.store.last_place() == before and head.office.passing.last is None
    assert made["posts"] and made["relays"] == [
        {"relay": relay, "account": ZA_X, "government": "BR", "lapsed": True, "to": None}
    ]
    real = over(told)
    same = ("presidency", "before", "after", "accounts", "relays", "posts")
    assert [real[one] for one in same] == [made[one] for one in same]
    strip = [{k: v for k, v in one.items() if k not in ("act", "at", "by", "why")} for one in real["checklist"]]
    assert [{k: v for k, v in one.items() if k not in ("act", "at", "by", "why")} for one in made["checklist"]] == strip
    with refused("no-right"):
        told["Officer"].presidency.rehearse("US")


def test_the_doctor_names_what_waits_for_this_person(told):
    def says(who: str) -> tuple[bool, str]:
        (found,) = [one for one in examine(told.office.folder, who) if one.name == "handover"]
        return found.ok, found.says

    assert says("Officer") == (True, "none is under way")
    over(told)
    ok, words = says("Presidency")
    assert not ok and words == f"1 of the handover's items wait for you: release:{ZA_X}"
    assert says("Liaison India")[0]


def test_what_it_stopped_is_on_hold_wherever_it_is_shown(told):
    message, digest = told.submit(content("news", to=ZA_X))
    told["Liaison India"].messages.decide(message, "approve", digest)
    told["Officer"].messages.schedule(message, told.clock.now_ms() + HOUR)
    assert told.state(message) == "scheduled"
    over(told)
    shown = told.show(message)
    assert (shown["state"], shown["posts"][0]["state"]) == ("held", "held")
    (row,) = [one for one in told["Officer"].messages.rows() if one.id == message]
    assert (row.state, row.released) == ("held", False)
    told["Officer"].messages.schedule(message, told.clock.now_ms() + HOUR)
    assert told.state(message) == "scheduled"


def test_a_presidency_that_is_over_adds_no_account_of_the_presidency(told):
    over(told)
    old = told["Presidency"]
    with refused("not-presidency"):
        old.accounts.add("rehearsal", name="ZA again", owner="presidency:ZA", like="x")
    old.accounts.add("rehearsal", name="ZA own", owner="member:ZA", like="x")
    told["Head"].accounts.add("rehearsal", name="US to come", owner="presidency:US", like="x")
    over(told, "ZA")
    old.accounts.add("rehearsal", name="ZA anew", owner="presidency:ZA", like="x")


def test_older_rules_know_no_handover_and_say_what_to_do(tmp_path):
    with earlier():
        old = Told(Office(tmp_path / "old"))
        with pytest.raises(Refused) as caught:
            old["Head"].presidency.rehearse("BR")
    assert "office rules --adopt" in caught.value.help
    assert old["Head"].presidency.checklist() == []
