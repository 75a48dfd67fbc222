"""An account's secret: whose it is, who is told when it ends, and that it is written nowhere."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from g20desk import redact
from g20desk.desk.doctor import examine
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger.secretstore import PlainFile
from g20desk.network import Receipt, Rejected, Setting
from tests.servers.world import KEYS, part
from tests.story import content, out_there


def browser(url: str) -> bool:
    """A person who allows: follows the page back to the desk."""
    with httpx.Client(trust_env=False, follow_redirects=True) as client:
        told = client.get(url)
    assert "You may close this page" in told.text
    return True


def account(office, name):
    return office.head.accounts.get(name)


def test_the_browser_signs_in_and_the_account_sends(office, network, server):
    accounts = office.head.accounts
    secret = accounts.browse(network, server.url, "app-id", browser)
    accounts.add(network, name="A", owner="official", server=server.url, secret=secret)
    message = office.due(content("Ministers met.", to=("A",)))
    assert office.desk().publish.once()["sent"] == 1, office.posts(message)
    assert len(out_there(network, server)) == 1


@pytest.mark.parametrize("network", ["mastodon"])
def test_a_code_is_pasted_where_no_browser_opens(office, server):
    shown = []

    def show(url):
        shown.append(url)
        return False

    def paste():
        with httpx.Client(trust_env=False) as client:
            return client.get(shown[-1]).json()["code"]

    secret = office.head.accounts.browse("mastodon", server.url, "", show, paste)
    assert json.loads(secret)["token"] == server.face.token
    asked = server.face.apps[-1]
    assert asked["redirect_uris"] == "urn:ietf:wg:oauth:2.0:oob"
    assert asked["scopes"].split() == ["profile", "read:accounts", "read:statuses", "write:media", "write:statuses"]
    server.face.scopes = None
    office.head.accounts.browse("mastodon", server.url, "", browser)
    assert "profile" not in server.face.apps[-1]["scopes"]


def test_a_sign_in_that_is_not_allowed_or_answered_by_another_gives_nothing(office, network, server):
    accounts = office.head.accounts
    server.face.grants.allows = False
    with pytest.raises(Refused, match="not allowed"):
        accounts.browse(network, server.url, "app-id", browser)

    def attacker(url):
        back = httpx.URL(url).params["redirect_uri"]
        with httpx.Client(trust_env=False) as client:
            for wrong in (back.rpartition("/")[0] + "/favicon.ico?state=x", back.replace("127.0.0.1", "localhost")):
                assert client.get(wrong).status_code == 404
            client.get(f"{back}?code=stolen&state=guess")
        return True

    with pytest.raises(Refused, match="not to this sign-in"):
        accounts.browse(network, server.url, "app-id", attacker)


@pytest.mark.parametrize("behaviour", ["close", "html", "status:503"])
def test_a_sign_in_whose_answer_gets_lost_changes_nothing(office, network, server, behaviour):
    office.add_standin(network, server, "A")
    kept = office.head.secrets.get(f"account/{account(office, 'A').id}")
    server.fault(behaviour, path="oauth2?/token", after=True)
    with pytest.raises(Unreachable):
        office.head.accounts.browse(network, server.url, "app-id", browser)
    assert office.head.secrets.get(f"account/{account(office, 'A').id}") == kept


def test_a_network_without_such_a_sign_in_says_so(office):
    with pytest.raises(Usage, match="no sign-in in the browser"):
        office.head.accounts.browse("bluesky", "http://127.0.0.1:1", "", browser)
    with pytest.raises(Usage, match="client id"):
        office.head.accounts.browse("x", "http://127.0.0.1:1", "", browser)


def test_another_accounts_secret_in_the_keyring_posts_nothing(office, network, server):
    office.add_standin(network, server, "A")
    desk = office.desk()
    other = json.dumps({**KEYS, "access_token": "another"}) if network == "x" else "another"
    if network == "x":
        server.face.user, server.face.username, server.face.access_token = "666", "else", "another"
    else:
        server.face.user, server.face.acct, server.face.token = "666", "else", "another"
    desk.secrets.set(f"account/{account(office, 'A').id}", other)
    client = desk.accounts.client(account(office, "A"))
    with pytest.raises(Rejected) as caught:
        client.send([part()], None, None)
    assert caught.value.account
    assert "g20" in caught.value.why and "else" in caught.value.why
    assert out_there(network, server) == []
    assert [r.state for r in desk.accounts.rows() if r.name == "A"] == ["needs sign-in"]


def test_a_secret_that_is_put_in_the_keyring_under_way_proves_itself_first(office, network, server):
    office.add_standin(network, server, "A")
    desk = office.desk()
    client = desk.accounts.client(account(office, "A"))
    name = f"account/{account(office, 'A').id}"
    other = json.dumps({**KEYS, "access_token": "another"}) if network == "x" else "another"
    desk.secrets.set(name, other)
    client.send([part()], None, None)
    server.face.user, server.face.token, server.face.access_token = "666", "another", "another"
    with pytest.raises(Rejected, match="belongs to"):
        desk.accounts.client(account(office, "A")).send([part("k2", "Other.")], None, None)
    assert len(out_there(network, server)) == 1


def test_a_question_that_needs_no_sign_in_does_not_end_the_trouble(office, pds):
    office.add_bluesky(pds)
    desk = office.desk()
    found = account(office, "Bluesky")
    desk.secrets.set(f"account/{found.id}", "wrong-password")
    client = desk.accounts.client(found)
    with pytest.raises(Rejected):
        client.remove(Receipt("at://did/app.bsky.feed.post/3mabcabcabc2a", ""))
    assert client.read(Receipt("at://did/app.bsky.feed.post/3mabcabcabc2a", "")) is None
    assert desk.accounts.trouble(found)[0] == "needs sign-in"


def test_whose_it_is_is_asked_once_a_secret(office, network, server):
    office.add_standin(network, server, "A")
    who = {"x": "users/me", "mastodon": "verify_credentials"}[network]
    asked = len(server.requests("GET", who))
    for n in range(3):
        office.desk().accounts.client(account(office, "A")).send([part(f"k{n}", f"Post {n}.")], None, None)
    assert len(server.requests("GET", who)) == asked == 1


def test_an_account_without_a_secret_here_holds_up_no_other(office, network, server):
    office.add_standin(network, server, "A")
    office.head.secrets.remove(f"account/{account(office, 'A').id}")
    message = office.due(content("Ministers met.", to=("A", "G20 Bluesky")))
    office.desk().publish.once()
    posts = office.posts(message)
    assert posts["G20 Bluesky"]["state"] == "sent"
    assert posts["A"]["state"] != "sent"
    state, why = office.desk().accounts.trouble(account(office, "A"))
    assert (state, "no sign-in for A" in why) == ("needs sign-in", True)


def test_a_revoked_token_is_told_until_a_person_signs_in(office, network, server):
    office.add_standin(network, server, "A")
    desk = office.desk()
    server.fault("status:401", times=5)
    with pytest.raises(Rejected):
        desk.accounts.client(account(office, "A")).send([part()], None, None)
    assert desk.accounts.trouble(account(office, "A"))[0] == "needs sign-in"
    assert not next(c for c in examine(office.folder, "Officer") if c.name == "accounts").ok
    server.faults.clear()
    office.head.accounts.sign_in("A", json.dumps(KEYS) if network == "x" else "token")
    assert desk.accounts.trouble(account(office, "A")) == ("", "")


@pytest.mark.parametrize("network", ["x"])
def test_no_credit_is_another_trouble_than_no_sign_in(office, server):
    office.add_standin("x", server, "A")
    server.face.credit = False
    with pytest.raises(Rejected):
        office.desk().accounts.client(account(office, "A")).send([part()], None, None)
    assert office.desk().accounts.trouble(account(office, "A"))[0] == "no credit"


@pytest.mark.parametrize("network", ["mastodon"])
def test_a_token_that_ends_is_announced_days_ahead(office, server):
    office.add_standin("mastodon", server, "A")
    desk = office.head
    ends = desk.clock.now_ms() + 5 * 86_400_000
    desk.accounts.sign_in("A", json.dumps({"token": "token", "ends": ends}))
    assert [r.ends for r in desk.accounts.rows() if r.name == "A"] == [ends]
    check = next(c for c in examine(office.folder, None) if c.name == "accounts")
    assert not check.ok and "the sign-in of A ends on" in check.says
    assert desk.accounts.ending(ends) == []
    assert [a.name for a, _ in desk.accounts.ending(ends + 1)] == ["A"]


@pytest.mark.parametrize("network", ["mastodon"])
def test_a_server_that_is_not_mastodon_is_known_for_one_without_keys(office, server):
    server.face.version = "2.7.2 (compatible; Pleroma 2.5)"
    office.add_standin("mastodon", server, "A")
    assert office.desk().accounts.client(account(office, "A")).key_seconds is None


def test_several_processes_may_change_their_secrets_at_once(tmp_path):
    path = tmp_path / "keys.json"

    def put(n):
        PlainFile(path).set(f"account/{n}", f"secret {n}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(40)))
    assert all(PlainFile(path).get(f"account/{n}") == f"secret {n}" for n in range(40))


def test_no_secret_is_logged_by_anyone(caplog):
    redact.install()
    redact.remember(json.dumps({"bearer": "known-secret-value", "session": "a:::did:plc:x:::piece-of-session"}))
    log = logging.getLogger("some.library")
    caplog.set_level(logging.DEBUG)
    log.debug("sent %s with %s", "known-secret-value", {"Authorization": "Bearer abcdefgh12345"})
    log.debug('{"refresh_token": "r-1234567", "access_token":"a-1234567"} password=hunter2 GET /?code=c0de&state=s')
    log.debug("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0abc.c2lnbmF0dXJl piece-of-session")
    try:
        raise ValueError("token known-secret-value")
    except ValueError:
        log.exception("failed")
    log.debug("the code is 403, the state is fine: %d %s", 1, "x")
    for secret in ("known-secret", "abcdefgh", "r-1234567", "a-1234567", "hunter2", "c0de", "eyJ", "piece-of-session"):
        assert secret not in caplog.text
    assert "the code is 403, the state is fine: 1 x" in caplog.text
    assert "s3cret-word" not in repr(Setting("", "", "", "s3cret-word", lambda _: None))


def test_a_thread_that_lost_its_token_waits_and_goes_on_after_a_sign_in(office, network, server):
    """Revoked between two parts: one part is out, the rest waits for a person, nothing is out twice."""
    office.add_standin(network, server, "A")
    message = office.due(content("First part.", "Second part.", "Third part.", to=("A",)))
    path = {"x": "^/2/tweets$", "mastodon": "^/api/v1/statuses$"}[network]
    server.fault("status:401", method="POST", path=path, nth=2, times=50)
    for _ in range(3):
        office.desk().publish.once()
    assert len(out_there(network, server)) == 1
    post = office.posts(message)["A"]
    assert "1 of 3 parts are out" in post["why"] and "sign-in" in post["why"]
    asked = len(server.requests("POST", path))
    office.desk().publish.once()
    assert len(server.requests("POST", path)) == asked, "nothing is asked until somebody signs in"
    server.faults.clear()
    office.head.accounts.sign_in("A", json.dumps(KEYS) if network == "x" else "token")
    office.desk().publish.once()
    assert office.posts(message)["A"]["state"] == "sent"
    assert len(out_there(network, server)) == 3
