"""An office of the first rules goes over to the second: what was judged stands, what comes is judged by the new ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from g20desk.cli.main import cli
from g20desk.desk.routes import Routes
from g20desk.desk.verifying import verify
from g20desk.office import fold
from tests.signoff.conftest import SILENT, Told, content, refused
from tests.story import Office


@contextmanager
def earlier() -> Iterator[None]:
    """A program that knows version 1 alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fold, "NEWEST", 1)
        patch.setattr(Routes, "presidency", lambda self, *three: None)
        yield


@pytest.fixture
def old(tmp_path: Path) -> Told:
    with earlier():
        return Told(Office(tmp_path / "o"))


def command(told: Told, person: str, *words: str) -> None:
    done = CliRunner().invoke(cli, ["--office", str(told.office.folder), "--as", person, *words])
    assert done.exit_code == 0, done


def doctor(told: Told) -> bool:
    from g20desk.desk.doctor import examine

    return next(one.ok for one in examine(told.office.folder, None) if one.name == "rules")


def go_over(told: Told) -> None:
    assert not doctor(told)
    for person in ("Ada Head", "Officer"):
        command(told, person, "office", "rules", "--adopt", "--json")
    assert told["Head"].office.fold == 2 and doctor(told)


def test_this_program_works_in_an_office_of_the_first_rules(old):
    assert old["Head"].office.fold == 1
    message, digest = old.submit(content("news"))
    with refused("unknown-kind"):
        old["Head"].routes.adopt(SILENT)
    old["Analyst"].messages.decide(message, "comment", digest, "Mind the date.")
    old.say("Brazil", message, "object")
    assert old.state(message) == "objected"
    old.say("Brazil", message, "approve")
    officer = old["Officer"]
    officer.messages.schedule(message, officer.clock.now_ms())
    officer.publish.once()
    assert old.state(message) == "sent"
    heads = {event.header.v for event in old["Head"].store.all()}
    assert heads == {1}


def test_what_was_decided_before_stands_and_what_is_open_goes_on(old):
    with earlier():
        approved, _ = old.submit(content("news"))
        old.say("Brazil", approved, "approve")
        waiting, _digest = old.submit(content(text="Another one. #G20"))
        old.say("India", waiting, "object")
        before = [v.counts for v in old["Head"].messages.get(waiting).verdicts]
    go_over(old)
    old["Head"].routes.adopt(SILENT)
    assert old.state(approved) == "approved" and old.state(waiting) == "objected"
    assert [v.counts for v in old["Head"].messages.get(waiting).verdicts] == before
    old.say("India", waiting, "approve")
    assert old.state(waiting) == "approved", "submitted by the first rules, it needs one approval"
    later, _ = old.submit(content(text="A third one. #G20"))
    assert old.stages(later) == ["running"]
    found = verify(old["Head"])
    assert found["verified"] and found["refused"] == []
    assert {event.header.v for event in old["Head"].store.all()} == {1, 2}


def test_an_act_of_the_first_form_does_not_count_any_more(old):
    go_over(old)
    message, digest = old.submit(content("news"))
    brazil = old["Liaison Brazil"]
    stream = brazil.messages.get(message).stream
    with refused("missing-field"):
        brazil.act("signoff.decided", {"digest": digest, "answer": "approve", "why": None}, stream)
