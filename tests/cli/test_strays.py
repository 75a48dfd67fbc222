"""`account look`: posts on the office's accounts that no act of it sent, told until they are gone or left as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from connectors.rehearsal import faults
from connectors.rehearsal.client import RehearsalClient
from g20desk.cli.main import main
from g20desk.clock import SystemClock
from g20desk.network import Part, Setting
from tests.cli.test_signoff import Line, line

__all__ = ["line"]
OTHER = "Buy now: tokens of the summit."


def post(line: Line, name: str) -> Callable[[], bool]:
    """Somebody posts with the account's password; what takes that post down."""
    like = "x" if name == "G20 X" else "bluesky"
    setting = Setting("", "", "", "", lambda _: None, state_dir=str(line.office), like=like, name=name)
    client = RehearsalClient(setting, SystemClock())
    (out,) = client.send([Part("k", "", {"text": OTHER})], None, None)
    return lambda: client.remove(out)


def words(line: Line, *given: str, code: int = 0) -> str:
    """What a command prints for people."""
    with CliRunner().isolation() as (out, *_):
        assert main(["--office", str(line.office), "--as", "Officer", *given]) == code
        return str(out.getvalue().decode())


def published(line: Line) -> str:
    """The id of a message to two accounts, once it was sent."""
    text = line.file("text.txt", "Ministers agreed today. #G20")
    made = line(
        "message", "new", "--text", text, "--kind", "news", "--to", "G20 X", "--to", "G20 Bluesky", by="Officer"
    )
    line("message", "submit", made["message"], by="Officer")
    line("message", "approve", made["message"], "--digest", made["digest"], by="Liaison Brazil")
    line("message", "schedule", made["message"], "--at", "now", by="Officer")
    line("publish", "--once", by="Officer")
    return str(made["message"])


@pytest.fixture
def sent(line: Line) -> str:
    return published(line)


@pytest.fixture
def unknown(line: Line) -> str:
    """On X nobody knows whether it is out, and something stands there since."""
    faults.plan(str(line.office), "G20 X", "unknown-not-stored")
    made = published(line)
    post(line, "G20 X")
    return made


def test_what_the_office_sent_is_known_and_anything_else_is_told(line: Line, sent: str) -> None:
    made = line("account", "look", by="Officer")
    assert [one["account"] for one in made["accounts"]] == ["G20 X", "G20 Bluesky", "G20 Mastodon"] and made[
        "strays"
    ] == []
    assert sum(one["posts"] for one in made["accounts"]) == 2
    assert line("alarm", "list", by="Officer") == []
    post(line, "G20 X")
    made = line("account", "look", "G20 X", by="Officer", code=1)
    (stray,) = made["strays"]
    assert (stray["account"], stray["text"], stray["perhaps"]) == ("G20 X", OTHER, False)
    (alarm,) = line("alarm", "list", by="Officer")
    assert (alarm["kind"], alarm["account"], alarm["why"]) == ("stray", "G20 X", stray["url"]) and OTHER not in str(
        alarm
    )
    assert "G20 X: a post is there that the office did not send." in words(line, "alarm", "list")
    line("account", "look", by="Officer", code=1)
    assert [one["alarm"] for one in line("alarm", "list", by="Officer")] == [alarm["alarm"]]  # the same one, told once
    assert sent


def test_it_is_over_once_the_post_is_gone_or_left(line: Line) -> None:
    gone = post(line, "G20 X")
    post(line, "G20 Bluesky")
    line("account", "look", by="Officer", code=1)
    first, second = line("alarm", "list", by="Officer")
    line("alarm", "leave", second["alarm"], by="Officer")
    gone()
    assert [one["account"] for one in line("account", "look", by="Officer", code=1)["strays"]] == ["G20 Bluesky"]
    (left,) = line("alarm", "list", by="Officer")
    assert left["left"] and left["account"] == "G20 Bluesky" and first["account"] == "G20 X"


def test_a_post_of_unknown_outcome_accuses_nobody(line: Line, unknown: str) -> None:
    (stray,) = line("account", "look", by="Officer", code=1)["strays"]
    assert stray["perhaps"]
    assert [one["kind"] for one in line("alarm", "list", by="Officer")] == ["unknown"]
    assert "may be a post of yours" in words(line, "account", "look", code=1)
    assert unknown


def test_who_publishes_nowhere_looks_at_nothing(line: Line) -> None:
    assert line("account", "look", "G20 X", by="Liaison India", code=1)["error"]["code"] == "no-right"
    assert line("account", "look", by="Liaison India")["accounts"] == []
