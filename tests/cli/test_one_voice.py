"""Lines and relays by command line, with a deviation that is refused and one that is shown."""

from __future__ import annotations

import pytest

from tests.cli.test_signoff import Line

TEXT = "We agreed on debt relief for forty countries by 2027."


@pytest.fixture
def line(tmp_path) -> Line:
    return Line(tmp_path)


def agreed(line: Line, *more: str) -> str:
    made = line("line", "new", "--text", "-", "--topic", "debt", "--lock", "debt relief for forty countries", *more,
                by="Officer", stdin=TEXT)  # fmt: skip
    line("line", "submit", made["line"], by="Officer")
    line("line", "approve", made["line"], "--digest", made["digest"], by="Liaison Italy")
    return str(made["line"])


def test_a_line_from_draft_to_what_a_presidency_posted(line):
    one = agreed(line, "--until", "2999-12-31", "--source", "Johannesburg 2025, 12")
    (row,) = line("line", "list", by="Presidency")
    assert (row["id"], row["state"], row["text"], row["topic"]) == (one, "agreed", TEXT, "debt")
    assert row["locked"] == ["debt relief for forty countries"] and row["until"].startswith("3000-01-01T00:00:00")
    ((relay, account),) = [
        list(r.values()) for r in line("relay", "ask", one, "--to", "ZA Presidency X", by="Officer")["relays"]
    ]
    assert account == "ZA Presidency X"
    bad = line(
        "relay",
        "adopt",
        relay,
        "--text",
        line.file("a.txt", "We agreed on debt relief for all."),
        by="Presidency",
        code=1,
    )
    assert bad["error"]["code"] == "locked-phrase"
    assert line("relay", "adopt", relay, by="Officer", code=1)["error"]["code"] == "no-right"
    good = line.file("b.txt", f"President Ramos: {TEXT}")
    assert line("relay", "adopt", relay, "--text", good, "--at", "now", by="Presidency")["state"] == "adopted"
    assert line("publish", "--once", by="Officer")["sent"] == 0
    assert line("publish", "--once", by="Presidency")["sent"] == 1
    shown = line("relay", "show", relay)
    assert (shown["state"], shown["locked_kept"], shown["drift"]) == ("carried", True, 0.2)
    assert shown["url"] and shown["why"] == ""
    assert [r["state"] for r in line("relay", "list", by="Liaison Brazil")] == ["carried"]
    assert line("ledger", "verify")["verified"]


def test_one_declines_and_one_is_unknown(line):
    (asked,) = line("relay", "ask", agreed(line), "--to", "ZA Presidency X", by="Officer")["relays"]
    line("relay", "decline", asked["relay"], "--why", "Tomorrow.", by="Presidency")
    shown = line("relay", "show", asked["relay"])
    assert (shown["state"], shown["why"]) == ("declined", "Tomorrow.")
    assert line("relay", "show", "0" * 12, code=1)["error"]["code"] == "unknown-id"
    assert line("relay", "ask", asked["relay"], "--to", "ZA Presidency X", code=1)["error"]["code"] == "unknown-id"


def test_the_office_takes_back_what_it_asked(line):
    (asked,) = line("relay", "ask", agreed(line), "--to", "ZA Presidency X", by="Officer")["relays"]
    assert [one["relay"] for one in line("relay", "list", "--open")] == [asked["relay"]]
    assert (
        line("relay", "withdraw", asked["relay"], "--why", "No.", by="Presidency", code=1)["error"]["code"]
        == "no-right"
    )
    assert line("relay", "withdraw", asked["relay"], "--why", "Not now.", by="Officer") == {"relay": asked["relay"]}
    assert (line("relay", "list", "--open"), line("relay", "list")[0]["state"]) == ([], "withdrawn")
    assert line("relay", "adopt", asked["relay"], by="Presidency", code=1)["error"]["code"] == "taken-back"
    assert line("ledger", "verify")["verified"]


def test_lines_take_a_route_of_their_own(line):
    line("route", "adopt", line.file("r.toml", """
name = "Lines"
kinds = ["line"]
[[stage]]
name = "Members"
who = "governments:all"
need = "all"
"""))  # fmt: skip
    made = line("line", "new", "--text", "-", "--topic", "debt", by="Officer", stdin=TEXT)
    line("line", "submit", made["line"], by="Officer")
    for land in ("Brazil", "India"):
        line("line", "approve", made["line"], "--digest", made["digest"], by=f"Liaison {land}")
    assert line("line", "list")[0]["state"] == "submitted"
    line("line", "object", made["line"], "--digest", made["digest"], "--why", "No.", by="Liaison Italy")
    assert line("line", "list")[0]["state"] == "submitted"
    line("line", "approve", made["line"], "--digest", made["digest"], by="Liaison Italy")
    assert line("line", "list")[0]["state"] == "agreed"
    line("line", "withdraw", made["line"], "--why", "A figure is wrong.", by="Officer")
    assert line("line", "list")[0]["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--lock", "nothing of it"], "no-phrase"), (["--lock", " "], "no-phrase"), (["--until", "2020-01-01"], "past-time"),
        (["--until", "soon"], "bad-time"), (["--supersedes", "0" * 12], "unknown-id"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_and_says_what_to_do(line, words, code):
    found = line("line", "new", "--text", "-", "--topic", "debt", *words, by="Officer", stdin=TEXT,
                 code=1 if code == "unknown-id" else 2)  # fmt: skip
    assert found["error"]["code"] == code and found["error"]["help"]
