"""Passphrases and the files they seal: new ones guard something, files of before open still."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nacl.pwhash
import nacl.secret
import pytest

from g20desk.desk.doctor import examine
from g20desk.errors import Usage
from g20desk.ledger import passphrases, secretstore
from g20desk.ledger.secretstore import SealedFile

PHRASE = b"correct horse battery"
HEAD = len(SealedFile.MAGIC)


def before(path: Path, phrase: bytes, values: dict[str, str]) -> None:
    """A file as programs of before wrote it."""
    kdf, salt = nacl.pwhash.argon2id, os.urandom(16)
    key = kdf.kdf(32, phrase, salt, kdf.OPSLIMIT_INTERACTIVE, kdf.MEMLIMIT_INTERACTIVE)
    path.write_bytes(salt + bytes(nacl.secret.SecretBox(key).encrypt(json.dumps(values).encode())))


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that G20DESK_PASSPHRASE_FILE names."""
    file = tmp_path / "phrase"
    file.touch(0o600)
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(file))
    return file


@pytest.mark.parametrize(
    "text", ["x", "", "short one", "           x", "aaaaaaaaaaaaaaaa", "abababababab", "1111222233"]
)
def test_a_new_passphrase_that_guards_nothing_is_refused(text: str) -> None:
    with pytest.raises(Usage) as no:
        passphrases.enough(text)
    assert no.value.code == "passphrase-short" and "few words" in no.value.help


@pytest.mark.parametrize(("text", "code"), [("x", "keyring-weak"), (PHRASE.decode(), "keyring-passphrase")])
def test_a_passphrase_that_lies_in_a_file_is_taken_and_a_weak_one_spoken_of(
    tmp_path: Path, named: Path, text: str, code: str
) -> None:
    named.write_text(text)
    secretstore.choose(tmp_path, "desk", rehearsal=False).set("store", "k")
    (check,) = examine(tmp_path, None, ["keyring"])
    assert [fact.code for fact in check.facts] == [code] and check.ok


def test_a_desk_of_before_opens_with_its_short_passphrase(tmp_path: Path, named: Path) -> None:
    named.write_text("x")
    before(tmp_path / "secrets.sealed", b"x", {"store": "k"})
    kept = secretstore.choose(tmp_path, "desk", rehearsal=False)
    assert kept.get("store") == "k"


def test_a_file_of_before_opens_and_is_sealed_the_new_way_with_the_next_change(tmp_path: Path) -> None:
    file = tmp_path / "secrets.sealed"
    before(file, PHRASE, {"store": "k"})
    SealedFile(file, PHRASE).set("account/1", "token")
    raw = file.read_bytes()
    assert raw.startswith(SealedFile.MAGIC) and b"token" not in raw
    assert (int.from_bytes(raw[HEAD : HEAD + 4]), int.from_bytes(raw[HEAD + 4 : HEAD + 8])) == (3, 65536)
    again = SealedFile(file, PHRASE)
    assert (again.get("store"), again.get("account/1"), again.get("none")) == ("k", "token", None)


def test_the_file_says_how_its_key_is_made_and_asks_for_no_more_than_may_be(tmp_path: Path) -> None:
    file = tmp_path / "secrets.sealed"
    SealedFile(file, PHRASE).set("store", "k")
    raw = bytearray(file.read_bytes())
    raw[HEAD + 4 : HEAD + 8] = (2 << 20).to_bytes(4)
    file.write_bytes(raw)
    with pytest.raises(Usage, match="damaged"):
        SealedFile(file, PHRASE).get("store")


@pytest.mark.parametrize("at", [HEAD + 3, HEAD + 9, -1])
def test_a_changed_file_does_not_open(tmp_path: Path, at: int) -> None:
    file = tmp_path / "secrets.sealed"
    SealedFile(file, PHRASE).set("store", "k")
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)
    with pytest.raises(Usage) as no:
        SealedFile(file, PHRASE).get("store")
    assert no.value.code == "passphrase"


def test_a_file_of_a_newer_program_is_told_from_a_wrong_passphrase(tmp_path: Path) -> None:
    file = tmp_path / "secrets.sealed"
    file.write_bytes(b"g20desk secrets 3\n" + bytes(100))
    with pytest.raises(Usage) as no:
        SealedFile(file, PHRASE).get("store")
    assert no.value.code == "secrets-newer"
