"""What went wrong for people who do this job, each with the right outcome. Numbers as in the reports."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest

from connectors.bluesky import text as bluesky
from connectors.mastodon import text as mastodon
from connectors.rehearsal.faults import plan
from connectors.x import text as x
from g20desk.clock import from_iso, iso
from g20desk.desk import Desk
from g20desk.desk.days import at, span
from g20desk.desk.times import moment
from g20desk.errors import Refused, Usage
from tests.story import Hands, content, out_there, standin

POST = {"mastodon": "^/api/v1/statuses$", "x": "^/2/tweets$"}


@pytest.mark.parametrize("behaviour", ["close", "rst", "chunk-cut", "truncated", "empty", "html", "status:504"])
def test_h01_no_double_after_an_answer_that_got_lost(office, network, server, behaviour):
    office.add_standin(network, server, network)
    server.fault(behaviour, method="POST", path=POST[network], after=True)
    server.face.lag_reads = 2
    message = office.due(content("Ministers met in Pretoria.", to=(network,)))
    states = []
    for _ in range(5):
        office.desk().publish.once()
        states.append(office.posts(message)[network]["state"])
    assert states[0] == "unknown"
    assert states[-1] == "sent"
    assert len(out_there(network, server)) == 1


@pytest.mark.parametrize(
    ("grace_minutes", "late_ms", "state"),
    [
        pytest.param(10, 15 * 60_000, "missed", id="grace 10, asleep for 15 minutes"),
        pytest.param(30, 15 * 60_000, "sent", id="grace 30, asleep for 15 minutes"),
        pytest.param(10, 5_000, "sent", id="blocked for 5 seconds"),
    ],
)
def test_h02_asleep_at_the_hour(office, grace_minutes, late_ms, state):
    office.head.accounts.set_grace("G20 X", grace_minutes * 60_000)
    message = office.due(content("Ministers met.", to=("G20 X",)))
    hands = Hands()
    hands.on = late_ms
    desk = Desk.open(office.folder, "Officer", hands)
    for _ in range(3):
        desk.publish.once()
        hands.on += 60_000
    assert office.posts(message)["G20 X"]["state"] == state
    assert len(desk.accounts.client(desk.accounts.get("G20 X")).posts()) == (state == "sent")
    if state == "missed":
        assert "a person decides" in office.posts(message)["G20 X"]["why"]


@pytest.mark.parametrize(
    ("at", "code", "named"),
    [
        pytest.param("2027-03-28T01:30[Europe/London]", "no-time", ("00:30Z", "01:30Z"), id="London goes forward"),
        pytest.param("2027-03-14T02:30[America/New_York]", "no-time", ("06:30Z", "07:30Z"), id="New York goes forward"),
        pytest.param("2027-10-31T01:30[Europe/London]", "twice-time", ("00:30Z", "01:30Z"), id="London goes back"),
    ],
)
def test_h03_a_time_that_is_not_and_one_that_is_twice(office, at, code, named):
    message = office.approved(content("Ministers met.", to=("G20 X",)))
    words = ["message", "schedule", message, "--at", at, "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "g20desk", "--office", str(office.folder), "--as", "Officer", *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = json.loads(done.stdout)["error"]
    assert (done.returncode, told["code"]) == (2, code)
    assert all(time in told["message"] + told["help"] for time in named)
    assert office.head.messages.show(message)["planned_ms"] is None
    for clear in (
        "2027-10-31T00:30Z",
        "2027-10-31T01:30+00:00[Europe/London]",
        "2027-10-31T01:30+01:00[Europe/London]",
    ):
        when, _ = moment(clear, 0)
        assert iso(when)[11:16] in ("00:30", "01:30")


def test_h04_this_evening_west_of_greenwich(office):
    now = from_iso("2036-12-01T01:30:00Z")  # 30 November, 20:30 in New York
    message = office.approved(content("Ministers met.", to=("G20 X",)))
    when, zone = moment("2036-11-30T22:00[America/New_York]", now)
    assert (iso(when), zone) == ("2036-12-01T03:00:00.000Z", "America/New_York")
    office.desk().messages.schedule(message, when, zone)
    assert office.head.messages.show(message)["planned_ms"] == when
    with pytest.raises(Usage, match="past"):
        moment("2036-11-30T20:29[America/New_York]", now)


@pytest.mark.parametrize(
    ("month", "days", "zone"),
    [
        ("2026-11", 30, "America/New_York"), ("2026-10", 31, "Europe/London"), ("2027-03", 31, "Europe/London"),
        ("2027-03", 31, "America/New_York"), ("2026-11", 30, "Asia/Kathmandu"), ("2026-10", 31, "Australia/Lord_Howe"),
        ("2027-04", 30, "Australia/Lord_Howe"),
    ],
)  # fmt: skip
def test_h05_each_day_of_a_month_once_on_the_days_own_length(month, days, zone):
    """Days of mourning, slots and recurring messages count days in a zone; the calendar's months: tests/ui."""
    first = date.fromisoformat(f"{month}-01")
    all_days = [first + timedelta(days=n) for n in range(days)]
    spans = [span(day, day, [zone]) for day in all_days]
    assert all(end == begin for (_, end), (begin, _) in pairwise(spans))
    hours = [(end - begin) / 3_600_000 for begin, end in spans]
    changed = [h for h in hours if h != 24]
    assert len(changed) == (zone != "Asia/Kathmandu")
    assert changed in ([], [23.0], [25.0], [23.5], [24.5])
    for clock in ("00:30", "01:30", "02:30", "23:59"):
        moments = [at(day, clock, zone) for day in all_days]
        assert moments == sorted(set(moments)) and len(moments) == days


def test_h06_two_at_one_time_on_one_account(office):
    desk = office.desk()
    noon = desk.clock.now_ms() // 86_400_000 * 86_400_000 + 2 * 86_400_000
    three = [
        office.approved(content(f"Number {n}.", to=(to,))) for n, to in enumerate(("G20 X", "G20 X", "G20 Bluesky"))
    ]
    for message in three:
        desk.messages.schedule(message, noon)
    assert {row.id for row in desk.messages.planned(noon, noon + 1)} == set(three)
    assert [[c["with"] for c in desk.messages.clashes(m)] for m in three] == [[three[1]], [three[0]], []]
    assert {c["kind"] for c in desk.messages.clashes(three[0])} == {"too-close"}
    fourth = office.approved(content("Number 3.", to=("G20 Bluesky",)))
    desk.messages.schedule(fourth, noon - 3_600_000)
    assert desk.messages.clashes(fourth) == []
    desk.messages.schedule(fourth, noon)
    assert [c["with"] for c in desk.messages.clashes(fourth)] == [three[2]]
    desk.messages.schedule(fourth, noon - 3_600_000)
    assert desk.messages.show(fourth)["planned_ms"] == noon - 3_600_000
    assert desk.messages.clashes(three[2]) == []


FAMILY, RAINBOW, SKIN, INDIA = "👨‍👩‍👧‍👦", "🏳️‍🌈", "👨🏾", "🇮🇳"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("text", "on_x", "elsewhere"),
    [
        pytest.param(FAMILY, 2, 1, id="a family"),
        pytest.param(RAINBOW, 2, 1, id="a rainbow flag"),
        pytest.param(SCOTLAND, 2, 1, id="Scotland"),
        pytest.param(SKIN, 2, 1, id="a skin tone"),
        pytest.param(INDIA, 2, 1, id="a flag"),
        pytest.param("二十国集团领导人峰会", 20, 10, id="ideographs"),
        pytest.param("峰" * 140, 280, 140, id="140 ideographs"),
        pytest.param("峰" * 141, 282, 141, id="141 ideographs"),
        pytest.param("re\u0301sume\u0301", 6, 6, id="combining accents"),
    ],
)
def test_h07_emoji_and_ideographs(text, on_x, elsewhere):
    assert (x.count(text), bluesky.count(text), mastodon.count(text)) == (on_x, elsewhere, elsewhere)
    assert x.fits(text, 280) == (on_x <= 280)


def test_h08_link_and_tag_stand_where_they_are_written(office, pds):
    text = "🕊️ القمة 二十国集团: https://g20.example.org/déclaration #G20 👩🏽‍⚖️ fin"
    did = office.add_bluesky(pds)
    office.due(content(text, to=("Bluesky",)))
    office.desk().publish.once()
    (record,) = pds.records(did)
    places = [(f["index"]["byteStart"], f["index"]["byteEnd"]) for f in record["value"]["facets"]]
    assert places == [(36, 72), (73, 77)]
    assert record["value"]["text"] == text
    found = office.desk().check.text(text, "bluesky")["entities"]
    assert [(e["start"], e["end"]) for e in found] == [(16, 51), (52, 56)]


def test_h11_a_thread_goes_on_where_it_stood(office):
    parts = tuple(f"Part {n} of six." for n in range(1, 7))
    server = standin("mastodon")
    office.add_standin("mastodon", server, "M")
    server.fault("status:403", method="POST", path=POST["mastodon"], contains="Part+3", times=2)
    message = office.due(content(*parts, to=("M",)))
    desk = office.desk()
    for _ in range(2):
        assert desk.publish.once()["refused"] == 1
        post = office.posts(message)["M"]
        assert (post["state"], len(post["remote_ids"])) == ("refused", 2)
        assert post["why"].startswith("2 of 6 parts are out.")
        assert desk.publish.once()["sent"] == 0
        desk.messages.schedule(message, desk.clock.now_ms())
    assert desk.publish.once()["sent"] == 1
    out = out_there("mastodon", server)
    assert [one["text"] for one in out] == list(parts)
    assert [one["in_reply_to_id"] for one in out[1:]] == [one["id"] for one in out[:-1]]
    server.stop()


def test_h14_four_truthful_outcomes_of_taking_down(office):
    server = standin("mastodon")
    office.add_standin("mastodon", server, "M")
    desk = office.desk()

    def sent() -> str:
        nonlocal number
        number += 1
        message = office.due(content(f"Message {number}.", to=("M",)))
        desk.publish.once()
        return str(office.posts(message)["M"]["id"])

    number, path = 0, "^/api/v1/statuses/"
    assert desk.publish.remove(sent(), "wrong") == "removed"
    server.fault("status:403", method="DELETE", path=path)
    assert desk.publish.remove(sent(), "wrong") == "refused"
    server.fault("close", method="DELETE", path=path)
    assert desk.publish.remove(sent(), "wrong") == "cannot-tell"
    post = sent()
    server.face.statuses.clear()
    assert desk.publish.remove(post, "wrong") == "already-gone"
    server.stop()


def test_h18_a_dead_publisher_is_followed_and_can_send_no_more(office):
    message = office.due(content("Ministers met.", to=("G20 Bluesky",)))
    first, second = office.desk(), office.desk()
    row = first.messages.submitted(message)
    (key,) = row.message.posts
    until = first.clock.now_ms() + 60_000
    first.act("post.claimed", {"post": key, "process": "999999999-dead", "until": until}, row.stream)
    assert "A publisher has it until" in office.posts(message)["G20 Bluesky"]["why"]
    assert second.publish.once()["sent"] == 1
    with pytest.raises(Refused):
        first.act(
            "post.sending",
            {"post": key, "process": "999999999-dead", "first": 0, "keys": ["k"], "created_at": "", "since": 0},
            row.stream,
        )


def test_a_practice_fault_happens_once_and_is_told(office):
    plan(str(office.folder), "G20 Mastodon", "refuse")
    message = office.due(content("Ministers met.", to=("G20 Mastodon", "G20 X")))
    assert office.desk().publish.once() == {"sent": 1, "refused": 1, "unknown": 0, "waiting": 0}
    assert office.head.messages.show(message)["state"] == "partly-sent"
