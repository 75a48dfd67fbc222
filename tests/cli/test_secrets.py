"""Where secrets lie: a real Secret Service, a sealed file, or nowhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing

import pytest


def run(office, *args, stdin="", env=None):
    words = [sys.executable, "-m", "g20desk", "--office", str(office), *args]
    done = subprocess.run(
        words, input=stdin, capture_output=True, text=True, timeout=60, env={**os.environ, **(env or {})}
    )
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None, done.stderr


def found(office, env=None):
    return run(office, "office", "new", "G20", "--head", "Ada Head", "--json", env=env)


NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}


def test_a_real_secret_service_keeps_the_keys(tmp_path):
    office = tmp_path / "o"
    code, told, words = found(office)
    assert code == 0, words
    assert told["person"] == "Ada Head"
    code, shown, _ = run(office, "office", "show", "--json")
    assert (code, shown["people"][0]["role"], len(shown["safety_words"].split())) == (0, "head", 6)
    assert sorted(p.name for p in office.iterdir() if "ledger" not in p.name) == ["desk.json"]


def test_the_doctor_tries_the_real_one_and_leaves_nothing_in_it(tmp_path):
    import secretstorage

    code, told, words = run(tmp_path / "none", "doctor", "--only", "keyring", "--json")
    assert code == 0, words
    assert told["checks"][0]["says"] == "the system's keyring answers: SecretService"
    with closing(secretstorage.dbus_init()) as bus:
        kept = [one.get_attributes() for one in secretstorage.get_default_collection(bus).get_all_items()]
    assert not [one for one in kept if one.get("username", "").startswith("doctor/")]


def test_without_a_keyring_it_says_so_and_keeps_nothing(tmp_path):
    code, told, words = found(tmp_path / "o", NO_KEYRING)
    assert (code, told["error"]["code"]) == (2, "no-keyring")
    assert "G20DESK_PASSPHRASE_FILE" in words
    assert not (tmp_path / "o" / "ledger.db").exists()


def test_a_weak_backend_is_refused_by_name(tmp_path):
    code, told, _ = found(tmp_path / "o", {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"})
    assert (code, told["error"]["code"]) == (2, "no-keyring")


@pytest.fixture
def phrase(tmp_path):
    file = tmp_path / "phrase"
    file.write_text("correct horse battery\n")
    file.chmod(0o600)
    return file


def test_a_passphrase_seals_a_file(tmp_path, phrase):
    env = {**NO_KEYRING, "G20DESK_PASSPHRASE_FILE": str(phrase)}
    office = tmp_path / "o"
    assert found(office, env)[0] == 0
    token = "xoxb-very-secret-app-password"
    run(office, "account", "add", "bluesky", "--name", "B", "--owner", "official", "--server", "http://127.0.0.1:9",
        "--handle", "g20.test", stdin=token, env=env)  # fmt: skip
    assert run(office, "office", "show", "--json", env=env)[0] == 0
    assert not any(token.encode() in p.read_bytes() for p in office.rglob("*") if p.is_file())
    phrase.write_text("another that is long\n")
    code, told, _ = run(office, "office", "show", "--json", env=env)
    assert (code, told["error"]["code"]) == (2, "passphrase")


def test_a_passphrase_that_others_can_read_is_refused(tmp_path, phrase):
    phrase.chmod(0o644)
    code, told, _ = found(tmp_path / "o", {"G20DESK_PASSPHRASE_FILE": str(phrase)})
    assert (code, told["error"]["code"]) == (2, "passphrase")


def test_a_real_office_may_have_rehearsal_accounts_and_a_rehearsal_office_only_local_ones(tmp_path):
    office = tmp_path / "o"
    found(office)
    code, _, words = run(office, "account", "add", "rehearsal", "--name", "Practice", "--owner", "official", "--json")
    assert code == 0, words
    practice = tmp_path / "p"
    assert run(practice, "office", "new", "P", "--head", "H", "--rehearsal", "--json")[0] == 0
    code, told, _ = run(practice, "account", "add", "mastodon", "--name", "M", "--owner", "official", "--json",
                        "--server", "https://mastodon.example", stdin="token")  # fmt: skip
    assert (code, told["error"]["code"]) == (1, "rehearsal")
