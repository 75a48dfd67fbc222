"""What a policy decides holds wherever it is met: at the hub, at proxies, at networks, in the folder, and by no variable around."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from g20desk import folders, policy, proxies
from g20desk.desk import Desk, fetching, joining, ways
from g20desk.desk.account_client import OwnClient
from g20desk.desk.acting import ADDRESS
from g20desk.desk.doctor import deciding, reaching
from g20desk.desk.doctor.examining import See
from g20desk.desk.smtp import Server
from g20desk.desk.unlocking import ledger_of
from g20desk.desk.watching import watch
from g20desk.errors import DeskError
from g20desk.ledger import secretstore
from g20desk.network import NotNow, Setting, client

PIN = "ab" * 32
FAULT = "[hub]\nadress = 'x'\n"
HUB = 'locked = ["hub.address"]\n[hub]\naddress = "https://hub.g20.example"\n'
PROXY = 'locked = ["proxy.address"]\n[proxy]\naddress = "http://proxy.ministry.example:8080"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A rehearsal office for all; nothing here changes more than its own settings."""
    folder = tmp_path_factory.mktemp("held") / "office"
    Desk.rehearse(folder).store.close()
    return folder


@pytest.fixture
def desk(made, policy_folder, monkeypatch):
    """The head's, with no settings of its own, in a process that has a proxy in its environment and may change it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        for spelling in (name, name.upper()):
            monkeypatch.setenv(spelling, "")
    one = Desk.open(made)
    for name in (ways.PROXY, ways.PROXY_USER, ways.CERTIFICATE, ADDRESS):
        one.store.set_meta(name, "")
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://elsewhere.example:1")
    yield one
    one.store.close()


def refused(call, *words, code="locked-by-policy"):
    """It is, and says so."""
    with pytest.raises(DeskError) as caught:
        call(*words)
    assert caught.value.code == code and caught.value.help
    return caught.value


def found(desk):
    """What the doctor finds of it, by codes."""
    return [one.code for one in deciding.decided(See(desk.folder, desk=desk))]


# -- the hub


def test_a_desk_goes_to_no_other_hub_than_a_locked_one(desk, put_policy):
    desk.store.set_meta(ADDRESS, "https://other.example")
    assert ways.hub(desk.ledger, desk.clock)
    put_policy(HUB)
    refused(desk.sync)
    refused(ways.hub, desk.ledger, desk.clock, "https://third.example")
    assert found(desk) == ["policy-holds", "policy-hub"]
    desk.store.set_meta(ADDRESS, "https://hub.g20.example")
    assert ways.hub(desk.ledger, desk.clock)
    assert found(desk) == ["policy-holds"]


def test_an_invitation_to_another_hub_is_not_answered(desk, put_policy, tmp_path):
    desk.store.set_meta(ADDRESS, "https://other.example")
    text = joining.invite(desk, "Otto", "officer")
    put_policy(HUB)
    refused(joining.join, tmp_path / "otto", text)
    assert not (tmp_path / "otto").exists()


def test_a_preset_certificate_is_where_a_desk_starts_and_a_locked_one_where_it_stays(desk, put_policy, tmp_path):
    desk.store.set_meta(ADDRESS, "https://hub.g20.example")
    text = joining.invite(desk, "Otto", "officer")
    preset = f'[hub]\naddress = "https://hub.g20.example"\ncertificate = "{PIN}"\n'
    put_policy(preset)
    joining.join(tmp_path / "otto", text)
    ledger, clock = ledger_of(tmp_path / "otto")
    assert ledger.store.meta(ways.CERTIFICATE) == PIN
    ways.pin(ledger.store, "")
    assert ways.pinned(ledger.store) == ""
    put_policy('locked = ["hub.certificate"]\n' + preset)
    refused(ways.pin, ledger.store, "cd" * 32)
    refused(ways.pin, ledger.store, "")
    assert ways.pinned(ledger.store) == PIN and ways.hub(ledger, clock)
    ledger.store.close()


# -- proxies


def test_a_locked_proxy_holds_against_desk_and_environment(desk, put_policy):
    ways.set_proxy(desk.store, desk.secrets, "none")
    put_policy(PROXY)
    ways.open_up(desk.store, desk.secrets)
    assert proxies.through("https://x.example") == "http://proxy.ministry.example:8080"
    assert "set by your administrator" in ways.described(desk.store)
    for other in ("none", "system", "http://other.example:1"):
        refused(ways.set_proxy, desk.store, desk.secrets, other)


def test_a_name_and_password_go_to_the_proxy_that_they_are_for_and_no_other(desk, put_policy):
    ways.set_proxy(desk.store, desk.secrets, "http://old.example:1", "ada", "sesame")
    put_policy(PROXY)
    ways.open_up(desk.store, desk.secrets)
    assert os.environ["https_proxy"] == "http://proxy.ministry.example:8080"
    ways.set_proxy(desk.store, desk.secrets, "http://proxy.ministry.example:8080", "ada", "sesame")
    ways.open_up(desk.store, desk.secrets)
    assert os.environ["https_proxy"] == "http://ada:sesame@proxy.ministry.example:8080"


def test_a_preset_proxy_gives_way_to_what_a_desk_is_told(desk, put_policy):
    put_policy(PROXY.partition("\n")[2])
    assert ways.proxy_of(desk.store) == ("http://proxy.ministry.example:8080", "preset")
    ways.set_proxy(desk.store, desk.secrets, "system")
    assert ways.proxy_of(desk.store) == ("system", "desk")
    ways.open_up(desk.store, desk.secrets)
    assert proxies.through("https://x.example") == "http://elsewhere.example:1"
    assert "as the system has it" in ways.described(desk.store)


def test_cards_are_not_fetched_past_a_locked_proxy_or_where_that_is_not_wanted(policy_folder, put_policy):
    for text in (PROXY, "[web]\ncards = false\n", FAULT):
        put_policy(text)
        with pytest.raises(fetching.NotFetched, match="administrator"):
            fetching.fetch("https://g20.example", 10, 0.0, loopback=False)


# -- networks


@pytest.mark.parametrize(
    ("text", "network", "server", "may"),
    [
        ('[networks]\nallowed = ["bluesky"]\n', "x", "", False),
        ('[networks]\nallowed = ["bluesky"]\n', "bluesky", "https://pds.example", True),
        ("[networks]\nallowed = []\n", "bluesky", "https://pds.example", False),
        ('[networks]\nservers = ["Pds.Example"]\n', "bluesky", "https://PDS.example:443/", True),
        ('[networks]\nservers = ["pds.example"]\n', "mastodon", "https://pds.example.evil.example", False),
        ('[networks]\nservers = ["pds.example"]\n', "mastodon", "https://pds.example@evil.example", False),
        ('[networks]\nservers = ["pds.example"]\n', "mastodon", "evil.example", False),
        ('[networks]\nservers = ["pds.example"]\n', "x", "", True),
        ('[networks]\nservers = ["pds.example"]\n', "bluesky", "", False),
        ('[networks]\nservers = ["bsky.social"]\n', "bluesky", "", True),
        ("[networks]\nallowed = []\n", "rehearsal", "", True),
        (FAULT, "x", "", False),
        (FAULT, "rehearsal", "", True),
    ],
)
def test_which_networks_and_servers_are_gone_to(desk, put_policy, text, network, server, may):
    put_policy(text)
    assert (policy.why_not(network, server) == "") is may
    if not may:
        with pytest.raises(NotNow):  # the post waits: another desk of the office may go there
            client(network, Setting(server, "", "", "secret", print))
        refused(
            lambda: desk.accounts.add(network, name="N", owner="official", server=server, secret="s"),
            code="policy-fault" if text == FAULT else "locked-by-policy",
        )
        refused(
            desk.accounts.browse, network, server, "app", lambda url: pytest.fail("opened"),
            code="policy-fault" if text == FAULT else "locked-by-policy",
        )  # fmt: skip


def test_a_post_to_a_network_that_is_not_gone_to_waits_and_nothing_of_it_is_refused(desk, put_policy):
    account = replace(next(iter(desk.office.accounts.values())), network="x")
    desk.secrets.set(f"account/{account.id}", "kept")
    put_policy('[networks]\nallowed = ["bluesky"]\n')
    with pytest.raises(NotNow, match="does not go to x"):
        OwnClient(desk, account).send([], None, None)


# -- all else


def test_nothing_leaves_while_a_part_that_guards_is_at_fault(desk, put_policy):
    desk.store.set_meta(ADDRESS, "https://hub.g20.example")
    put_policy(FAULT)
    refused(desk.sync, code="policy-fault")
    refused(policy.go_out, code="policy-fault")
    assert found(desk) == ["policy-closes"] and reaching.targets(desk) == {}
    desk.messages.rows()  # what lies here is read on
    put_policy("[interface]\ntxt = 1\n")
    policy.go_out()


def test_no_mail_no_program_no_sealed_file_no_office(desk, put_policy, tmp_path, monkeypatch):
    put_policy(
        "[mail]\nallowed = false\n[programs]\nalarm = false\n[secrets]\nfile = false\n"
        "[office]\ncreate = false\nrehearse = false\n[support]\ncontact = 'IT, room 3'\n"
    )
    server = Server("127.0.0.1", 25, "none", "desk@g20.example")
    assert "IT, room 3" in refused(desk.mail.use, server, "").help
    refused(desk.mail.trial, "a@g20.example")
    refused(lambda: watch(desk, print, on_alarm="mailx"))
    refused(lambda: Desk.found(tmp_path / "a", "A", "B", rehearsal=False))
    refused(Desk.rehearse, tmp_path / "b")
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse battery\n")
    phrase.chmod(0o600)
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(phrase))
    refused(secretstore.choose, tmp_path / "a", "d", False)
    assert not (tmp_path / "a").exists() and not (tmp_path / "b").exists()


def test_mail_that_was_set_up_before_stops_and_says_why(desk, put_policy):
    desk.mail.use(Server("127.0.0.1", 25, "none", "desk@g20.example"), "")
    put_policy("[mail]\nallowed = false\n")
    told = desk.mail.send()
    assert (told.sent, told.trouble) == (0, desk.mail.trouble()) and "administrator" in told.trouble
    desk.mail.stop()


def test_desks_lie_where_the_administrator_wants_them(put_policy, tmp_path, monkeypatch):
    home = tmp_path / "home"
    put_policy(f"[desk]\nfolder = '{home}'\n")
    assert folders.desk() == home
    assert folders.desk(str(tmp_path / "x")) == tmp_path / "x"
    put_policy(f"locked = ['desk.folder']\n[desk]\nfolder = '{home}'\n")
    assert folders.desk(str(home / "practice")) == home / "practice"
    refused(folders.desk, str(tmp_path / "x"))
    refused(folders.desk, str(home / ".." / "x"))
    monkeypatch.setenv("G20DESK_HOME", str(tmp_path / "x"))
    refused(folders.desk)


def test_a_folder_of_the_users_own_is_written_with_a_tilde(put_policy, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    put_policy("[desk]\nfolder = '~/g20'\n")
    assert folders.desk() == Path(tmp_path) / "g20"
