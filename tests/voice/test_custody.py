"""Sign-ins at the yearly handover: what is given up is refused by the network itself, what is taken is another one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from g20desk.desk import Desk
from g20desk.desk.account_client import Keeping
from g20desk.errors import Unreachable
from tests.conftest import standing_in
from tests.signoff.conftest import Told, content, refused
from tests.voice.test_handover import ZA_X, communicator, over, states

TOKENS = ("first-token-of-many-letters-0001", "second-token-of-many-letters-002")


def secret(network: str, number: int, **more: str) -> str:
    if network == "mastodon":
        return json.dumps({"token": TOKENS[number], **more}) if more else TOKENS[number]
    keys = {"consumer_key": "ck", "consumer_secret": "c-secret", "access_token_secret": "t-secret"}
    return json.dumps({**keys, "access_token": TOKENS[number]})


def at(server: Any, network: str, number: int) -> None:
    """Which token the network takes."""
    setattr(server.face, "token" if network == "mastodon" else "access_token", TOKENS[number])


@pytest.fixture
def theirs(told: Told, network: str, server: Any) -> Told:
    """An account of the Presidency on a network, signed in on its desk, and the Presidency passed."""
    at(server, network, 0)
    told["Presidency"].accounts.add(
        network, name="Ours", owner="presidency:ZA", server=server.url, secret=secret(network, 0, client_id="c", client_secret="app-secret") if network == "mastodon" else secret(network, 0),
    )  # fmt: skip
    communicator(told)
    over(told)
    return told


def kept(desk: Desk, name: str = "Ours") -> str:
    return Keeping(desk, desk.accounts.get(name).id).read()


def proofs(told: Told, name: str = "Ours") -> Any:
    office = told["Head"].office
    return office.passing.custody[told["Head"].accounts.get(name).id]


def test_given_up_is_revoked_refused_and_dropped_then_another_one_taken(theirs, network, server):
    old = theirs["Presidency"]
    assert old.custody.release("Ours") == "revoked"
    assert kept(old) == "" and old.accounts.trouble(old.accounts.get("Ours"))[0] == "needs sign-in"
    (given,) = proofs(theirs).released
    assert (given.how, len(given.mark)) == ("revoked", 64)
    with refused("no-sign-in"):
        old.custody.release("Ours")
    new = theirs["Brasília"]
    with refused("sign-in"):
        new.accounts.sign_in("Ours", secret(network, 0))
    at(server, network, 0)  # a network that takes it again
    with refused("same-secret"):
        new.accounts.sign_in("Ours", secret(network, 0))
    assert states(theirs)["take:Ours"] == "open" and kept(new) == ""
    at(server, network, 1)
    new.accounts.sign_in("Ours", secret(network, 1))
    assert proofs(theirs).taken.mark not in ("", given.mark)
    assert (states(theirs)["take:Ours"], states(theirs)["release:Ours"]) == ("done", "done")
    message, digest = theirs.submit(content("news", to="Ours"))
    theirs["Liaison India"].messages.decide(message, "approve", digest)
    theirs["Officer"].messages.schedule(message, theirs.clock.now_ms())
    assert new.publish.once()["sent"] == 1


def test_no_secret_stands_in_the_record(theirs, network, server):
    theirs["Presidency"].custody.release("Ours")
    at(server, network, 1)
    theirs["Brasília"].accounts.sign_in("Ours", secret(network, 1))
    raw = b"".join(one.header_bytes + one.body for one in theirs["Head"].store.all())
    assert not [one for one in (*TOKENS, "t-secret") if one.encode() in raw]


def test_a_network_that_can_t_be_asked_proves_nothing(theirs, network, server):
    old = theirs["Presidency"]
    server.stop()
    with pytest.raises(Unreachable):
        old.custody.release("Ours")
    assert kept(old) and not proofs(theirs).released


@pytest.mark.parametrize("status", [402, 403, 429, 500])
def test_a_refusal_for_another_reason_proves_nothing(theirs, network, server, status):
    old, me = theirs["Presidency"], "users/me" if network == "x" else "verify_credentials"
    server.fault(f"status:{status}", path=me, times=9)
    with pytest.raises(Exception, match="network"):
        old.custody.release("Ours")
    assert kept(old) and not proofs(theirs).released


def test_what_somebody_revoked_elsewhere_is_refused(theirs, network, server):
    at(server, network, 1)
    assert theirs["Presidency"].custody.release("Ours") == "refused"


def test_a_token_that_only_a_person_can_revoke_is_kept_until_they_did(told, mastodon):
    mastodon.face.token = TOKENS[0]
    told["Presidency"].accounts.add(
        "mastodon", name="Ours", owner="presidency:ZA", server=mastodon.url, secret=TOKENS[0]
    )
    over(told)
    with refused("still-works"):
        told["Presidency"].custody.release("Ours")
    assert kept(told["Presidency"]) == TOKENS[0]
    mastodon.face.token = TOKENS[1]
    assert told["Presidency"].custody.release("Ours") == "refused"


@pytest.mark.parametrize("ends", [None, 1], ids=["a fresh token", "one that has to be renewed first"])
def test_a_sign_in_of_the_browser_on_x_is_revoked_with_what_renews_it(told, ends):
    with standing_in("x") as server:
        face: Any = server.face
        granted = face.grants.grant(lambda token: setattr(face, "bearer", token))
        keys = {"bearer": granted["access_token"], "refresh": granted["refresh_token"], "client_id": "app"}
        told["Presidency"].accounts.add(
            "x", name="Ours", owner="presidency:ZA", server=server.url, secret=json.dumps(keys)
        )
        over(told)
        if ends:
            mine = Keeping(told["Presidency"], told["Presidency"].accounts.get("Ours").id)
            mine.write(json.dumps({**keys, "ends": ends}), mine.read())
        assert told["Presidency"].custody.release("Ours") == "revoked"
        assert face.grants.refreshed == (1 if ends else 0)
        assert (face.bearer, face.grants.refresh) == ("void", "")
        assert proofs(told).released[0].mark == "", "nothing of it lasts"


def test_a_password_on_the_real_pds_is_refused_once_it_is_revoked(told, pds):
    did, handle, password = pds.account()
    first = pds.app_password(handle, password, "old")
    told["Presidency"].accounts.add(
        "bluesky", name="Ours", owner="presidency:ZA", server=pds.url, handle=handle, secret=first
    )
    new = communicator(told)
    over(told)
    assert told["Presidency"].custody.release("Ours") == "revoked"
    assert pds.app_passwords(handle, password) == []
    with refused("sign-in"):
        new.accounts.sign_in("Ours", first)
    new.accounts.sign_in("Ours", pds.app_password(handle, password, "new"))
    assert states(told)["take:Ours"] == "done"
    message, digest = told.submit(content("news", to="Ours"))
    told["Liaison India"].messages.decide(message, "approve", digest)
    told["Officer"].messages.schedule(message, told.clock.now_ms())
    assert new.publish.once()["sent"] == 1 and len(pds.records(did)) == 1


def test_on_the_pds_nobody_s_other_password_is_revoked(told, pds):
    """Its session may revoke any app password, and does not know its own name: with more than one a person does it."""
    _, handle, password = pds.account()
    first = pds.app_password(handle, password, "old")
    told["Presidency"].accounts.add(
        "bluesky", name="Ours", owner="presidency:ZA", server=pds.url, handle=handle, secret=first
    )
    new = communicator(told)
    over(told)
    # One desk keeps one sign-in for an account; this is another desk's.
    second = pds.app_password(handle, password, "new")
    with refused("still-works"):
        told["Presidency"].custody.release("Ours")
    assert pds.app_passwords(handle, password) == ["new", "old"]
    pds.revoke(handle, password, "old")
    assert told["Presidency"].custody.release("Ours") == "refused"
    assert pds.app_passwords(handle, password) == ["new"], "the only one left is not ours"
    new.accounts.sign_in("Ours", second)


def test_a_password_that_a_person_thought_up_leaves_no_mark(told, pds):
    _, handle, password = pds.account()
    told["Presidency"].accounts.add(
        "bluesky", name="Ours", owner="presidency:ZA", server=pds.url, handle=handle, secret=password
    )
    over(told)
    presidency = told["Presidency"]
    assert presidency.custody.mark(presidency.accounts.get("Ours"), password) == ""
    with refused("still-works"):
        presidency.custody.release("Ours")


def test_one_of_the_office_s_own_gets_another_sign_in_and_the_one_before_is_given_up(told, network, server):
    at(server, network, 0)
    app = {"client_id": "c", "client_secret": "app-secret"} if network == "mastodon" else {}
    officer = told["Officer"]
    told["Head"].accounts.add(
        network, name="Own", owner="official", server=server.url, secret=secret(network, 0, **app)
    )
    over(told)
    message, digest = told.submit(content("news", to="Own"))
    told["Liaison India"].messages.decide(message, "approve", digest)
    officer.messages.schedule(message, told.clock.now_ms())
    assert officer.publish.once()["sent"] == 1, "the office's own voice is never cut off"
    with refused("same-secret"):
        officer.accounts.sign_in("Own", secret(network, 0))
    at(server, network, 1)
    officer.accounts.sign_in("Own", secret(network, 1))
    found = proofs(told, "Own")
    assert found.taken is not None and [one.how for one in found.released] == ["refused"]
    assert states(told)["rotate:Own"] == "done" and not officer.custody.left(officer.accounts.get("Own"))
    with refused("no-sign-in"):
        officer.custody.release("Own")
    assert kept(officer, "Own"), "what is in use now stays"


def test_what_still_works_after_signing_in_anew_lies_aside_until_it_is_given_up(told, mastodon):
    """Both tokens are good at the network: the office's goes on, the checklist says what is left."""
    mastodon.face.token = TOKENS[0]
    told["Head"].accounts.add("mastodon", name="Own", owner="official", server=mastodon.url, secret=TOKENS[0])
    over(told)
    officer = told["Officer"]
    mastodon.face.also = TOKENS[1]
    officer.accounts.sign_in("Own", TOKENS[1])
    assert "still takes" in officer.custody.left(officer.accounts.get("Own"))
    (found,) = [one for one in officer.presidency.checklist() if one.item == "rotate:Own"]
    assert (found.state, found.lacks) == ("open", "release")
    mastodon.face.token = "another"
    assert officer.custody.release("Own") == "refused"
    assert states(told)["rotate:Own"] == "done" and kept(officer, "Own") == TOKENS[1]


def test_a_handover_can_be_practised_with_practice_keys(told):
    new = communicator(told)
    over(told)
    assert told["Presidency"].custody.release(ZA_X) == "revoked"
    account = new.accounts.get(ZA_X)
    assert new.accounts.trouble(account)[0] == "needs sign-in"
    new.accounts.sign_in(ZA_X, "")
    now = states(told)
    assert (now[f"release:{ZA_X}"], now[f"take:{ZA_X}"]) == ("done", "done")
    assert len(proofs(told, ZA_X).released) == 1
    message, digest = told.submit(content("news", to=ZA_X))
    told["Liaison India"].messages.decide(message, "approve", digest)
    told["Officer"].messages.schedule(message, told.clock.now_ms())
    assert new.publish.once()["sent"] == 1


def test_a_practice_key_that_was_given_up_is_taken_no_more(told):
    officer = told["Officer"]
    over(told)
    officer.accounts.sign_in("G20 X", "a practice key")
    assert states(told)["rotate:G20 X"] == "done"
    over(told, "US")
    officer.accounts.sign_in("G20 X", "a second practice key")
    with refused("sign-in"):
        officer.accounts.sign_in("G20 X", "a practice key")


def test_without_a_handover_a_sign_in_is_as_it_was(told, network, server):
    at(server, network, 0)
    told["Head"].accounts.add(network, name="Own", owner="official", server=server.url, secret=secret(network, 0))
    place = told["Head"].store.last_place()
    told["Officer"].accounts.sign_in("Own", secret(network, 0))
    assert told["Head"].store.last_place() == place
    with refused("no-handover"):
        told["Officer"].custody.release("Own")


def test_who_had_an_account_does_not_sign_in_on_it_again(theirs, network, server):
    with refused("no-right"):
        theirs["Presidency"].accounts.sign_in("Ours", secret(network, 0))
