"""The demonstration office shows every state, in six languages, and its story can be told."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from PIL import Image

from g20desk.clock import from_iso
from g20desk.desk import demo, demo_texts
from g20desk.desk.desk import Desk
from g20desk.desk.verifying import verify

HOUR = 3_600_000
LANGS = {"en", "fr", "es", "ar", "zh", "ru"}
NOW = from_iso("2027-03-10T13:42:00Z")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("demo") / "office"
    demo.make(made, demo.StoryClock(NOW)).store.close()
    return made


@pytest.fixture
def desk(folder):
    made = Desk.open(folder, demo.HEAD, demo.StoryClock(NOW))
    yield made
    made.store.close()


@pytest.fixture
def shown(desk):
    """Messages by title; lines and relays of them stand apart."""
    rows = [row for row in desk.messages.rows() if row.kind not in ("line", "relay")]
    return {m["title"]: m for m in (desk.messages.show(row.id) for row in rows)}


def test_every_state_is_there(shown):
    states = Counter(m["state"] for m in shown.values())
    once = ("unknown", "refused", "held", "missed", "partly-sent", "withdrawn")
    assert states == {
        "draft": 5, "submitted": 7, "objected": 3, "approved": 2, "scheduled": 13, "sent": 11, **dict.fromkeys(once, 1),
    }  # fmt: skip


def test_every_kind_and_all_six_languages_are_there(desk, shown):
    assert {m["kind"] for m in shown.values()} == {"news", "statement", "rebuttal", "condolence", "correction"}
    whole = [m for m in shown.values() if {t["lang"] for t in m["texts"]} == LANGS]
    assert {m["state"] for m in whole} >= {"submitted", "scheduled", "sent"}
    sent = {p["lang"] for m in shown.values() for p in m["posts"] if p["state"] == "sent"}
    assert sent == LANGS
    assert any(len(row.langs) > 1 for row in desk.accounts.rows())


def test_planned_posts_lie_in_the_next_twelve_hours_and_the_coming_week(shown):
    ahead = sorted(m["planned_ms"] - NOW for m in shown.values() if m["state"] == "scheduled")
    assert sum(0 < a < 12 * HOUR for a in ahead) == 5
    assert sum(24 * HOUR < a < 7 * 24 * HOUR for a in ahead) == 8


def test_what_is_out_went_out_today_and_this_week(shown):
    sent = [max(from_iso(p["sent_at"]) for p in m["posts"]) for m in shown.values() if m["state"] == "sent"]
    assert sum(NOW - at < 8 * HOUR for at in sent) == 4
    assert all(0 < NOW - at < 7 * 24 * HOUR for at in sent)


def test_the_unknown_post_is_47_minutes_old_and_stays_unknown(desk, shown):
    (post,) = [p for m in shown.values() for p in m["posts"] if p["state"] == "unknown"]
    message = shown["Health: preparedness"]
    assert (post["network"], message["planned_ms"]) == ("x", NOW - 47 * 60_000)
    assert post["why"].startswith("The network does not show it.")


def test_drafts_carry_findings(shown):
    levels = {m["title"]: {f["level"] for f in m["findings"]} for m in shown.values() if m["state"] == "draft"}
    assert "block" in levels["Summit logistics: accreditation for media"]
    assert {"warn", "advise"} <= levels["Ten years on: employment goals"]
    assert any(not found for found in levels.values())
    others = [f for m in shown.values() if m["state"] != "draft" for f in m["findings"]]
    assert [f for f in others if f["level"] in ("block", "warn")] == []


def test_decisions_on_a_changed_text_are_void_and_comments_decide_nothing(shown):
    message = shown["Remittances: what stands in the Action Plan"]
    (stage,) = message["signoff"]["stages"]
    said = [(d["government"], d["decision"], d["counts"]) for d in stage["decisions"]]
    decided = [one for one in said if one[1] != "comment"]
    assert decided == [("BR", "approve", False), ("IN", "approve", False), ("IT", "approve", False)]
    assert len(said) - len(decided) == 3
    assert [(one["stands"], len(one["comments"])) for one in message["threads"]] == [("here", 2), ("whole", 1)]
    assert (message["state"], message["revision"]) == ("submitted", 2)


def test_brazil_has_something_to_decide_and_the_hold_says_why(folder, desk, shown):
    brazil = Desk.open(folder, "Liaison Brazil", demo.StoryClock(NOW))
    assert sum(row.waiting_for_me for row in brazil.messages.rows("submitted")) == 8
    brazil.store.close()
    (hold,) = desk.holds.rows()
    assert (hold["topic"], hold["why"][:30]) == ("Energy prices", "Two members dispute the price ")
    reasons = [h["said"] for m in shown.values() if m["state"] == "objected" for h in m["history"] if h["said"]]
    assert any("mobilise" in reason for reason in reasons)


def test_routes_show_a_silence_one_that_was_broken_an_overdue_stage_a_deputy_and_an_emergency(folder, desk, shown):
    states = {title: [one["state"] for one in m["signoff"]["stages"]] for title, m in shown.items()}
    assert states["Debt: how the common framework works"] == ["approved", "running"]
    assert states["Oceans: what ministers take up"] == ["approved", "broken"]
    said = shown["Debt: how the common framework works"]["signoff"]["stages"][1]["voices"]
    assert {one["voice"]: one["said"] for one in said} == {"BR": "", "IN": "no-objection", "IT": ""}
    (late,) = shown["Customs: one form for small parcels"]["signoff"]["stages"]
    assert late["overdue"]
    (deputy,) = desk.deputies.rows()
    assert (deputy["government"], deputy["deputy"], deputy["now"]) == ("IT", "Analyst", True)
    (release,) = desk.signoffs.unreviewed()
    assert release["by"] == ["Head of office", "Liaison Brazil"]


def test_lines_stand_in_every_way_and_accounts_of_members_carried_them(desk):
    lines = {one.topic: one for one in desk.lines.page()[0]}
    assert len(lines) == 7
    climate = lines["climate finance"]
    assert (set(climate.texts), climate.carried) == ({"en", "fr", "de", "ja"}, 6)
    assert desk.lines.read(climate.id)["agreed"]["mode"] == "silence"
    assert lines["digital public goods"].silence_ms and lines["Energy prices"].held
    states = {state for one in lines.values() for state in one.relays}
    assert states == {"asked", "carried", "declined", "drifted", "left", "overdue"}
    assert [one["answer"] for one in desk.overheard.rows()] == [None]


def test_threads_and_pictures_with_alt_text_are_there(desk, shown):
    assert any(len(t["parts"]) == 3 for m in shown.values() if m["state"] == "sent" for t in m["texts"])
    pictures = [p for m in shown.values() for p in m["pictures"]]
    assert len(pictures) == 2
    for picture in pictures:
        assert picture["alt"].keys() == LANGS
        with Image.open(io.BytesIO(desk.messages.picture_bytes(picture["piece"]))) as opened:
            assert opened.size == (1200, 675)


def test_the_record_verifies_and_holds_one_refused_act(desk):
    checked = verify(desk)
    assert (checked["verified"], checked["faults"]) == (True, [])
    assert [(r["kind"], r["why"]) for r in checked["refused"]] == [
        ("signoff.decided", "The text changed since you saw it.")
    ]


def test_changed_rules_wait_for_the_head_and_would_have_said_something(desk):
    proposal = desk.rulebook.summary()["proposal"]
    assert (proposal["by"], proposal["version"]) == ("Officer", 1) and proposal["note"]
    assert desk.rulebook.can()["adopt"] == ""
    assert [change.id for change in desk.rulebook.compare("proposed").rules] == ["HOUSE-01", "PLAIN-12", "TERM-02"]
    told = desk.rulebook.would_say(desk.rulebook.files_of("proposed"))
    assert told["messages"] > 20 and {one["rule"] for one in told["new"]} == {"HOUSE-01"}


@pytest.mark.parametrize("time", ["00:00:00", "00:05:00", "07:59:59", "23:55:00", "23:59:59"])
def test_the_acts_of_each_message_are_in_order_at_any_hour(time):
    now = from_iso(f"2027-03-10T{time}Z")
    told = demo_texts.told(now)
    for name in told.messages:
        verbs = [step.verb for step in told.steps if step.message == name]
        assert verbs[0] == "new"
        agreed = "approve" if "approve" in verbs else "release"
        for earlier, later in (("submit", agreed), (agreed, "schedule"), ("schedule", "publish")):
            assert later not in verbs or verbs.index(earlier) < verbs.index(later), name
    due = [int(s.said) - now for s in told.steps if s.verb == "schedule"]
    assert sum(0 < d < 12 * HOUR for d in due) == 6
    assert sum(24 * HOUR < d < 7 * 24 * HOUR for d in due) == 8
    assert all(step.at < now for step in told.steps)


def test_the_desk_that_is_made_keeps_the_machines_time(tmp_path):
    told = demo.make(tmp_path / "o")
    assert abs(told.clock.now_ms() - demo.SystemClock().now_ms()) < 60_000
    assert told.person.role == "head" and told.rehearsal
    assert told.publish.once()["sent"] == 0
    told.store.close()


def test_the_story_is_told_while_it_is_done(tmp_path):
    sentences = list(demo.story(tmp_path / "o"))
    assert 14 <= len(sentences) <= 18
    whole = "\n".join(sentences)
    for words in ("VOICE-06", "is refused", "submitted again", "sends 3 posts", "sends nothing", "receipts hold"):
        assert words in whole
    assert verify(Desk.open(tmp_path / "o"))["verified"]
