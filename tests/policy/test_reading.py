"""A policy's files: what is sound counts, every fault is told with its place, and users can't write their own."""

import os

import pytest

from connectors.bluesky import mentions
from g20desk import policy
from g20desk.desk import alarm
from g20desk.network import networks
from g20desk.policy_keys import COLOURS, KEYS, LANGUAGES, NETWORKS, QUIET, SIZES
from ui.alarms.words import QUIET as OFFERED
from ui.reasons import REASONS
from ui.widgets import choosing

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX's")
GOOD = """
locked = ["hub.address", "interface.colours"]
[hub]
address = "https://hub.g20.example/"
[interface]
colours = "dark"
text = 125
[networks]
allowed = ["bluesky", "mastodon"]
"""


def faults():
    """Line, name, and whether it closes."""
    return [(one.line, one.name, one.guards) for one in policy.now().faults]


def test_without_a_policy_nothing_is_set(policy_folder):
    assert policy.now() == policy.Policy() and not policy.now().closed
    assert policy.effective("interface.text", None, 100) == 100
    assert policy.why_not("x", "") == ""


def test_a_lock_beats_a_choice_which_beats_a_preset_which_beats_the_program(put_policy):
    put_policy(GOOD)
    assert policy.value("hub.address") == "https://hub.g20.example"
    assert policy.effective("interface.colours", "light", "system") == "dark"
    assert policy.effective("interface.text", 150, 100) == 150
    assert policy.effective("interface.text", None, 100) == 125
    assert policy.effective("interface.language", None, "en") == "en"
    assert policy.keys() == ["hub.address", "interface.colours", "interface.text", "networks.allowed"]
    assert policy.now().faults == ()


def test_what_is_changed_holds_at_once(put_policy):
    path = put_policy(GOOD)
    assert policy.value("interface.text") == 125
    put_policy(GOOD.replace("text = 125", "text = 200 "))
    assert policy.value("interface.text") == 200
    path.unlink()
    assert policy.value("interface.text") is None


def test_more_files_are_read_by_their_names_and_the_last_counts(put_policy):
    put_policy(GOOD)
    put_policy("[interface]\ntext = 150\n", "policy.d/20-rooms.toml")
    put_policy('locked = ["interface.text"]\n[interface]\ntext = 200\n', "policy.d/10-all.toml")
    put_policy("[interface]\ntext = 100\n", "policy.d/30-old.toml.bak")
    assert policy.value("interface.text") == 150 and policy.locked("interface.text") and policy.locked("hub.address")
    assert [one.name for one in policy.now().files] == ["policy.toml", "10-all.toml", "20-rooms.toml"]


def test_a_person_can_name_a_policy_only_where_the_administrator_has_none(
    policy_folder, put_policy, tmp_path, monkeypatch
):
    (tmp_path / "mine.toml").write_text("[interface]\ntext = 200\n")
    monkeypatch.setenv("G20DESK_POLICY", str(tmp_path / "mine.toml"))
    assert policy.value("interface.text") == 200
    put_policy(GOOD)
    assert policy.value("interface.text") == 125


def test_a_policy_that_is_named_and_not_there_is_a_fault(policy_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("G20DESK_POLICY", str(tmp_path / "none.toml"))
    assert policy.now().closed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            '[hub]\n\nadress = "https://h.example"\n', (3, "hub.adress", True), id="a misspelt name that guards"
        ),
        pytest.param("[interface]\ntxt = 125\n", (2, "interface.txt", False), id="one that guards nothing"),
        pytest.param('[proxi]\naddress = "none"\n', (1, "proxi", True), id="an unknown part"),
        pytest.param("hub = 3\n", (1, "hub", True), id="a part that is none"),
        pytest.param('locked = ["proxy.adress"]\n', (1, "proxy.adress", True), id="an unknown lock"),
        pytest.param('locked = "hub"\n', (1, "locked", True), id="locks that are no list"),
        pytest.param('locked = ["hub.address"]\n', (0, "hub.address", True), id="a lock without a value"),
        pytest.param("[interface]\ntext = true\n", (2, "interface.text", False), id="a size that is none"),
        pytest.param('[proxy]\naddress = "ftp://p:1"\n', (2, "proxy.address", True), id="no proxy"),
        pytest.param('[hub]\naddress = "http://h.example"\n', (2, "hub.address", True), id="a hub on an open line"),
        pytest.param('hub.address = "h"\n', (1, "hub.address", True), id="written with a dot"),
        pytest.param("[hub\n", (1, "", True), id="no TOML"),
        pytest.param('[networks]\nservers = ["https://h.example"]\n', (2, "networks.servers", True), id="no host"),
        pytest.param("[web]\ncards = 0\n", (2, "web.cards", True), id="neither true nor false"),
    ],
)
def test_a_fault_is_told_with_its_place_and_the_rest_counts(put_policy, text, found):
    put_policy("[support]\ncontact = 'room 3'\n", "policy.d/1.toml")
    put_policy(text)
    assert faults() == [found]
    assert policy.now().closed is found[2] and policy.contact() == "room 3"


def test_a_language_that_is_preset_is_one_that_is_offered(put_policy):
    put_policy('locked = ["interface.language"]\n[interface]\nlanguage = "ar"\nlanguages = ["en"]\n')
    assert faults() == [(0, "interface.language", False)]
    assert policy.value("interface.language") is None and not policy.locked("interface.language")


def test_bytes_that_are_no_text_are_a_fault(put_policy):
    put_policy("").write_bytes(b"[hub]\naddress = '\xff'\n")
    assert policy.now().closed


@posix
@pytest.mark.parametrize("mode", [0o666, 0o664, 0o646])
@pytest.mark.parametrize("which", ["policy.toml", "policy.d/1.toml", "policy.d", ""])
def test_a_policy_that_others_can_write_is_none_to_rely_on(put_policy, policy_folder, mode, which):
    put_policy(GOOD)
    put_policy("[interface]\nletters = false\n", "policy.d/1.toml")
    assert not policy.now().faults
    (policy_folder / which).chmod(mode | (0o111 if (policy_folder / which).is_dir() else 0))
    (told,) = policy.now().faults
    assert told.guards and "chmod go-w" in told.why and told.file == policy_folder / which


@posix
def test_a_policy_of_another_owner_is_none_to_rely_on(put_policy, monkeypatch):
    put_policy(GOOD)
    monkeypatch.setattr("g20desk.policy_file.OWNER", os.geteuid() + 1)
    assert policy.now().closed and "chown root" in policy.now().faults[0].why


def test_what_a_policy_may_say_is_what_the_program_knows():
    assert dict(choosing.LANGUAGES).keys() == set(LANGUAGES)
    assert (choosing.SCHEMES, choosing.SIZES) == (COLOURS, SIZES)
    assert {*NETWORKS, "rehearsal"} == set(networks())
    assert f"https://{policy.USUAL['bluesky']}" == mentions.SERVER
    assert set(QUIET) == {kind for kinds, _ in OFFERED for kind in kinds}
    assert not set(QUIET) & set(alarm.ALWAYS)
    assert set(choosing.POLICY.values()) <= KEYS.keys()
    assert {key.what for key in KEYS.values()} <= set(REASONS)
