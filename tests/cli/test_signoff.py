"""Sign-off by command line: routes from a file, silence, deputies, late objections, emergencies."""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from g20desk.cli.main import cli, main

ROUTE = """
name = "Statement"
kinds = ["statement"]
[[stage]]
name = "Editors"
who = "person:Head of office"
need = "any"
within = "PT2H"
[[stage]]
name = "Members"
who = "governments:all"
mode = "silence"
within = "{within}"
"""
TEMPLATE = """
name = "Quake"
kind = "condolence"
roles = ["head", "liaison"]
slots = { place = 20 }
[[text]]
lang = "en"
text = "The G20 stands with the people of {place}."
"""


class Line:
    """The command line on one rehearsal office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = folder / "office"
        self("office", "new", "G20", "--head", "Head of office", "--rehearsal")

    def __call__(self, *words: str, by: str = "Head of office", code: int = 0, stdin: str = "") -> Any:
        runner, said = CliRunner(), []
        with runner.isolation(input=stdin) as (out, *_):
            try:
                said.append(main(["--office", str(self.office), "--as", by, *words, "--json"]
                                 if words[:2] != ("office", "new") else ["--office", str(self.office), *words, "--json"]))  # fmt: skip
            finally:
                text = out.getvalue().decode()
        assert said == [code], (said, text)
        return json.loads(text)

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def submitted(self, kind: str = "statement") -> tuple[str, str]:
        text = self.file("text.txt", "Ministers agreed today. #G20")
        made = self("message", "new", "--text", text, "--kind", kind, "--to", "G20 Bluesky", by="Officer")
        self("message", "submit", made["message"], by="Officer")
        return made["message"], made["digest"]

    def stages(self, message: str) -> list[dict[str, Any]]:
        return list(self("message", "show", message)["signoff"]["stages"])


@pytest.fixture
def line(tmp_path: Path) -> Line:
    return Line(tmp_path)


def until(due: str) -> None:
    """Wait for a moment that is near."""
    while time.time() <= datetime.fromisoformat(due.replace("Z", "+00:00")).timestamp():
        time.sleep(0.05)


def test_a_statement_through_a_stage_and_a_silence(line):
    route = line("route", "adopt", line.file("route.toml", ROUTE.format(within="PT1S")))
    (listed,) = line("route", "list")
    assert listed["id"] == route["route"] and [one["name"] for one in listed["stage"]] == ["Editors", "Members"]
    again = line("route", "adopt", str(line.folder / "route.toml"), by="Officer", code=1)
    assert again["error"]["code"] == "no-right"
    message, digest = line.submitted()
    early = line("message", "no-objection", message, "--digest", digest, by="Liaison Brazil", code=1)
    assert early["error"]["code"] == "stage-not-open"
    assert line("message", "approve", message, "--digest", digest)["state"] == "submitted"
    silence = line.stages(message)[1]
    until(silence["due"])
    assert line.stages(message)[1]["state"] == "over", "reading never writes"
    late = line("message", "object", message, "--digest", digest, "--why", "We slept.", by="Liaison India")
    assert late["state"] == "submitted"
    line("message", "schedule", message, "--at", "now", by="Officer")
    assert line("message", "show", message)["state"] == "held"
    assert line("publish", "--once")["sent"] == 0
    (hold,) = line("hold", "list")
    assert hold["message"] == message
    assert not line("hold", "lift", "--why", "They were asked.")["lifted"]
    assert line("hold", "lift", "--why", "Again.", code=1)["error"]["code"] == "second-person"
    assert line("hold", "lift", hold["hold"], "--why", "So it was.", by="Officer")["lifted"]
    assert line("hold", "list") == []
    line("message", "schedule", message, "--at", "now", by="Officer")
    assert line("publish", "--once")["sent"] == 1


def test_a_silence_is_broken_by_an_amendment_and_reopened(line):
    line("route", "adopt", line.file("route.toml", ROUTE.format(within="PT1H")))
    message, digest = line.submitted()
    line("message", "approve", message, "--digest", digest)
    better = line.file("better.txt", "Ministers met today. #G20")
    done = line("message", "request-changes", message, "--digest", digest, "--why", "Nothing was agreed.", "--text", better,
                by="Liaison Italy")  # fmt: skip
    assert done["state"] == "objected"
    stage = line.stages(message)[1]
    assert stage["state"] == "broken"
    assert stage["decisions"][0]["amendment"]["parts"] == ["Ministers met today. #G20"]
    assert line("message", "withdraw", message, "--why", "So be it.", by="Officer", code=1)["error"]["code"] == "frozen"
    assert (
        line("message", "reopen", message, "--why", "Italy is content.", by="Officer", code=1)["error"]["code"]
        == "no-right"
    )
    line("message", "reopen", message, "--why", "Italy is content.")
    assert line.stages(message)[1]["state"] == "running"
    extended = line("message", "extend", message, "--why", "A holiday.")
    assert line.stages(message)[1]["due"] == extended["until"]


def test_what_lies_ahead_is_shown_before_a_clock_starts(line):
    line("route", "adopt", line.file("route.toml", ROUTE.format(within="PT24H")))
    text = line.file("text.txt", "Ministers agreed today. #G20")
    made = line("message", "new", "--text", text, "--kind", "statement", "--to", "G20 Bluesky", by="Officer")
    (way,) = line("message", "submit", made["message"], "--look", by="Officer")
    assert way["route"] == "Statement" and way["against"] == []
    silence = way["stages"][1]
    assert silence["mode"] == "silence" and [one["government"] for one in silence["hours"]] == ["BR", "IN", "IT"]
    assert any("Working hours in" in one for one in silence["says"])
    assert line("message", "show", made["message"])["state"] == "draft", "nothing was submitted"


def test_a_deputy_by_command(line):
    message, digest = line.submitted("news")
    line("deputy", "name", "Analyst", "--from", "now", "--until", "2099-01-01T00:00Z", by="Liaison Brazil", code=1)
    line("deputy", "name", "Analyst", "--from", "now", "--until", _in_hours(2), by="Liaison Brazil")
    assert line("deputy", "list")[0]["now"]
    line("message", "approve", message, "--digest", digest, by="Analyst")
    (decision,) = line.stages(message)[0]["decisions"]
    assert (decision["person"], decision["government"], decision["counts"]) == ("Analyst", "BR", True)
    line("deputy", "end", by="Liaison Brazil")
    assert line("deputy", "list") == []


def test_an_emergency_by_command(line):
    assert line("template", "adopt", line.file("quake.toml", TEMPLATE))["waits_for"] == "a liaison"
    (waits,) = line("office", "show")["waiting"]
    line("office", "second", waits["proposal"], by="Liaison Brazil")
    (template,) = line("template", "list")
    assert template["slots"] == {"place": 20}
    made = line("template", "fill", "Quake", "--to", "G20 Bluesky", "--slot", "place=Mbombela", by="Officer")
    line("message", "submit", made["message"], by="Officer")
    first = line("message", "release", made["message"], "--emergency", "Quake", "--why", "An earthquake.")
    assert not first["released"]
    second = line("message", "release", made["message"], "--emergency", "Quake", "--why", "Seen.", by="Liaison Italy")
    assert second["released"]
    shown = line("message", "show", made["message"])
    assert shown["state"] == "approved" and shown["release"]["by"] == ["Head of office", "Liaison Italy"]
    line("message", "schedule", made["message"], "--at", "now", by="Officer")
    assert line("publish", "--once")["sent"] == 1
    line("message", "review", made["message"], "--why", "It was needed.", by="Liaison India")
    assert line("message", "show", made["message"])["release"]["reviewed"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name = 1", "bad-file"),
        ("nonsense", "bad-file"),
        (ROUTE.format(within="soon"), "bad-duration"),
        ("", "bad-file"),
    ],
)
def test_a_route_file_that_cannot_be_read(line, text, code):
    assert line("route", "adopt", line.file("route.toml", text), code=2)["error"]["code"] == code
    assert line("route", "adopt", str(line.folder / "none.toml"), code=2)["error"]["code"] == "no-file"


def test_every_new_command_explains_itself():
    for words in ("route", "deputy", "template", "message reopen", "message release", "office rules"):
        done = CliRunner().invoke(cli, [*words.split(), "--help"])
        assert done.exit_code == 0 and len(done.output) > 80


def _in_hours(hours: int) -> str:
    return datetime.fromtimestamp(time.time() + hours * 3600).astimezone().isoformat(timespec="seconds")
