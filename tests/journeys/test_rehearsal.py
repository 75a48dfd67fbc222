"""The main job by the command line, in a rehearsal office."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


def run(office, *args, stdin="", person=None):
    who = ["--as", person] if person else []
    words = [sys.executable, "-m", "g20desk", "--office", str(office), *who, *args]
    done = subprocess.run(words, input=stdin, capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else None


def test_rehearse_runs_through_every_layer(tmp_path):
    code, told = run(tmp_path / "o", "rehearse", "--json")
    assert code == 0
    assert {p["network"] for p in told["posts"]} == {"x", "bluesky", "mastodon"}
    assert all(p["state"] == "sent" and p["url"] for p in told["posts"])
    assert told["ledger"]["verified"] and told["ledger"]["events"] > 20
    code, checked = run(tmp_path / "o", "ledger", "verify", "--json")
    assert (code, checked["faults"], checked["refused"]) == (0, [], [])


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "office"
    assert run(folder, "office", "new", "G20", "--head", "Ada Head", "--rehearsal", "--json")[0] == 0
    return folder


def draft(office, text, *more):
    return run(office, "message", *more, "--text", "-", "--to", "G20 X", "--json", stdin=text, person="Officer")[1]


def test_decisions_bind_to_exact_content(office):
    made = draft(office, "Ministers met today.", "new")
    one, digest = made["message"], made["digest"]
    assert run(office, "message", "submit", one, "--json", person="Officer")[0] == 0

    def approve(person, which):
        return run(office, "message", "approve", one, "--digest", which, "--json", person=person)

    assert approve("Officer", digest)[1]["error"]["code"] == "author"
    assert approve("Analyst", digest)[1]["error"]["code"] == "no-right"
    assert approve("Liaison India", "0" * 64)[1]["error"]["code"] == "stale-digest"
    assert approve("Liaison Brazil", digest) == (0, {"message": one, "state": "approved", "differences": []})

    changed = draft(office, "Ministers met today!", "revise", one)
    assert changed["digest"] != digest
    assert run(office, "message", "submit", one, "--json", person="Officer")[0] == 0
    assert run(office, "message", "show", one, "--json")[1]["state"] == "submitted"
    assert run(office, "message", "schedule", one, "--at", "now", "--json", person="Officer")[0] == 1

    back = draft(office, "Ministers met today.", "revise", one)
    assert back["digest"] == digest
    assert run(office, "message", "submit", one, "--json", person="Officer")[0] == 0
    shown = run(office, "message", "show", one, "--json")[1]
    assert shown["state"] == "approved"
    assert [h["counts"] for h in shown["history"] if h["kind"] == "signoff.decided"] == [False, False, False, True]


def test_a_blocking_finding_stops_a_submission(office):
    made = draft(office, "x" * 281, "new")
    assert [f["rule"] for f in made["findings"]] == ["LENGTH-01"]
    code, told = run(office, "message", "submit", made["message"], "--json", person="Officer")
    assert (code, told["error"]["code"]) == (1, "blocking-finding")


def test_a_draft_is_not_a_liaisons_to_read(office):
    made = draft(office, "Ministers met today.", "new")
    code, told = run(office, "message", "show", made["message"], "--json", person="Liaison Italy")
    assert (code, told["error"]["code"]) == (1, "unknown-id")


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2027-03-28T01:30[Europe/London]", "no-time"),
        ("2027-03-14T02:30[America/New_York]", "no-time"),
        ("2027-10-31T01:30[Europe/London]", "twice-time"),
        ("2020-01-01T00:00:00Z", "past-time"),
    ],
)
def test_a_time_that_is_not_one_is_asked_about(office, at, code):
    made = draft(office, "Ministers met today.", "new")
    done, told = run(office, "message", "schedule", made["message"], "--at", at, "--json", person="Officer")
    assert (done, told["error"]["code"]) == (2, code)


def test_an_override_goes_on_record_and_never_over_a_networks_limit(office):
    made = draft(office, "Our President welcomed the guests.", "new")
    one = made["message"]
    why = ["--why", "A quotation."]
    assert run(office, "message", "submit", one, "--json", person="Officer")[1]["error"]["code"] == "blocking-finding"
    over = run(office, "message", "submit", one, "--override", "VOICE-06", *why, "--json", person="Analyst")
    assert over[1]["error"]["code"] == "no-right"
    assert run(office, "message", "submit", one, "--override", "VOICE-06", *why, "--json", person="Officer")[0] == 0
    long = draft(office, "x" * 281, "new")["message"]
    over = run(office, "message", "submit", long, "--override", "LENGTH-01", *why, "--json", person="Officer")
    assert over[1]["error"]["code"] == "blocking-finding"


def test_what_is_out_is_not_revised_any_more(office):
    made = draft(office, "Ministers met today.", "new")
    one = made["message"]
    run(office, "message", "submit", one, "--json", person="Officer")
    run(office, "message", "approve", one, "--digest", made["digest"], "--json", person="Liaison India")
    run(office, "message", "schedule", one, "--at", "now", "--json", person="Officer")
    assert run(office, "publish", "--once", "--json", person="Officer")[1]["sent"] == 1
    again = run(office, "message", "revise", one, "--text", "-", "--json", stdin="Other.", person="Officer")
    assert again[1]["error"]["code"] == "sent-already"
    assert run(office, "publish", "--once", "--json", person="Liaison India")[1]["error"]["code"] == "no-right"
