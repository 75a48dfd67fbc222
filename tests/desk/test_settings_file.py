"""A file of settings that programs of several versions share loses nothing and spoils nothing."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

import pytest

from g20desk import settings_file

SOUND = {"text": lambda value: value in (100, 125), "look": lambda value: isinstance(value, str)}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings" / "window.json"


def put(path, value: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))


def test_one_wrong_value_spoils_no_other(path):
    put(path, {"text": 7, "look": "dark"})
    assert settings_file.read(path, SOUND) == {"look": "dark"}


def test_what_a_newer_program_wrote_stays_when_an_older_one_writes(path):
    put(path, {"version": 9, "text": 400, "look": "dark", "later": {"panel": "left"}})
    settings_file.write(path, {"look": "light"})
    assert json.loads(path.read_text()) == {"version": 9, "text": 400, "look": "light", "later": {"panel": "left"}}


def test_a_file_that_says_nothing_is_put_aside_once_and_a_sound_one_never(path):
    assert settings_file.put_aside(path) is None, "there is none"
    for wrong in ("", "[]", '{"text": 1', "\x00"):
        put(path, wrong)
        aside = settings_file.put_aside(path)
        assert aside.read_text() == wrong and aside.name == "window.json.damaged" and not path.exists()
        assert settings_file.put_aside(path) is None and settings_file.read(path, SOUND) == {}
    put(path, {"text": 7})
    assert settings_file.put_aside(path) is None and path.exists()


def test_a_write_that_does_not_go_through_leaves_the_file_as_it_was(path, monkeypatch):
    put(path, {"look": "dark"})

    def full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        settings_file.write(path, {"look": "light"})
    monkeypatch.undo()
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert settings_file.read(path, SOUND) == {"look": "dark"}


def test_what_a_dataclass_does_not_know_is_passed_over():
    @dataclass
    class Kept:
        host: str
        port: int = 25

    assert settings_file.known(Kept, {"host": "mail", "later": True}) == Kept("mail", 25)


def test_what_a_newer_program_kept_beside_the_record_is_read_by_this_one(office):
    """The store's form is the same, and what stands in it says more."""
    from g20desk.desk.smtp import Server

    desk = office.desk()
    desk.mail.use(Server("127.0.0.1", 25, "none", "desk@g20.example"), "")
    for name in ("mail/server", f"rulebook-draft/{desk.person.id}"):
        said = json.loads(desk.store.meta(name) or "{}")
        desk.store.set_meta(name, json.dumps({**said, "later": "more"}))
    assert desk.mail.server().host == "127.0.0.1"
    assert not desk.rulebook.draft().edits
