"""`line listen`, `line heard`, `line judge`: read on request, listed, judged by a person."""

from __future__ import annotations

from click.testing import CliRunner

from connectors.rehearsal.client import RehearsalClient
from g20desk.cli.main import main
from g20desk.clock import SystemClock
from g20desk.network import Part, Setting
from tests.cli.test_one_voice import TEXT, agreed, line
from tests.cli.test_signoff import Line

__all__ = ["line"]
OTHER = "We agreed on debt relief for fifty countries by 2027."


def post(folder: str, text: str) -> None:
    """The Presidency posts by its own means."""
    setting = Setting("", "", "", "", lambda _: None, state_dir=folder, like="x", name="ZA Presidency X")
    RehearsalClient(setting, SystemClock()).send([Part("k", "", {"text": text})], None, None)


def words(line: Line, *given: str) -> str:
    """What a command prints for people."""
    with CliRunner().isolation() as (out, *_):
        assert main(["--office", str(line.office), *given]) == 0
        return out.getvalue().decode()


def test_a_post_is_listed_shown_and_judged(line):
    one = agreed(line)
    post(str(line.office), OTHER)
    post(str(line.office), f"{TEXT} Good news.")
    made = line("line", "listen", by="Officer")
    assert [(a["account"], a["posts"], a["listed"]) for a in made["accounts"]] == [("ZA Presidency X", 2, 1)]
    assert (
        line("line", "listen", "--account", "ZA Presidency X", "--since", "2026-01-01T00:00Z", by="Analyst")["listed"]
        == []
    )
    (row,) = line("line", "heard", one, "--open", by="Liaison India")
    assert (row["line"], row["text"], row["wording"], row["verdict"]) == (one, OTHER, TEXT, "contradicts")
    told = words(line, "line", "heard")
    assert "may say something else (for a person to judge)" in told and "violat" not in told
    id = row["id"][:12]
    assert line("line", "judge", id, "--answer", "differs", by="Officer", code=2)["error"]["code"] == "no-reason"
    assert line("line", "judge", id, "--answer", "left", by="Presidency", code=1)["error"]["code"] == "no-right"
    judged = line("line", "judge", id, "--answer", "differs", "--why", "Fifty was the draft.", by="Officer")
    assert (judged["answer"], judged["why"], judged["judged_by"]) == ("differs", "Fifty was the draft.", "Officer")
    assert line("line", "heard", "--open") == []
    assert line("ledger", "verify")["verified"]


def test_what_can_not_be_read_is_said(line):
    assert line("line", "listen", "--account", "G20 X", by="Officer", code=2)["error"]["code"] == "own-account"
    assert line("line", "listen", "--since", "yesterday", by="Officer", code=2)["error"]["code"] == "bad-time"
    assert line("line", "listen", by="Presidency", code=1)["error"]["code"] == "no-right"
