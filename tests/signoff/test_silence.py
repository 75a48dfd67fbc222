"""The silence procedure, from its opening to its closing act, and what breaks it."""

from __future__ import annotations

import pytest

from g20desk.desk import Desk
from g20desk.errors import Refused, Usage
from tests.signoff.conftest import HOUR, SILENT, TEXT, Told, content, refused


def test_nobody_broke_it_and_it_is_adopted_by_a_closing_act_alone(silent):
    message, _ = silent.submit()
    assert silent.stages(message) == ["running"]
    silent.after(23.9)
    assert silent["Officer"].signoffs.close_over() == []
    silent.after(0.2)
    assert silent.stages(message) == ["over"] and silent.state(message) == "submitted"
    with refused("not-agreed"):
        desk = silent["Officer"]
        desk.signoffs.close_over = list  # type: ignore[method-assign, assignment]
        desk.messages.schedule(message, desk.clock.now_ms())
    assert silent["Liaison Brazil"].signoffs.close_over() == []
    assert silent["Officer"].signoffs.close_over() == [message]
    assert silent.stages(message) == ["adopted"] and silent.state(message) == "approved"
    assert silent["Officer"].signoffs.close_over() == []


def test_scheduling_publishing_and_syncing_close_what_is_over_reading_does_not(silent):
    first, _ = silent.submit()
    second, _ = silent.submit(content(text="A second statement. #G20"))
    third, _ = silent.submit(content(text="A third statement. #G20"))
    silent.after(25)
    silent.show(first)
    assert silent.stages(first) == ["over"]
    officer = silent["Officer"]
    officer.messages.schedule(first, officer.clock.now_ms() + HOUR)
    assert [silent.stages(one) for one in (first, second, third)] == [["adopted"]] * 3


def test_publish_closes_it(silent):
    message, _ = silent.submit()
    silent.after(25)
    silent["Officer"].publish.once()
    assert silent.stages(message) == ["adopted"]


def test_sync_closes_it(silent):
    message, _ = silent.submit()
    silent.after(25)
    silent["Officer"].sync()
    assert silent.stages(message) == ["adopted"]


@pytest.mark.parametrize("answer", ["object", "request-changes"])
def test_an_objection_up_to_the_deadline_breaks_it_and_nothing_mends_it(silent, answer):
    message, _digest = silent.submit()
    silent.after(23.99)
    silent.say("Brazil", message, answer)
    assert silent.stages(message) == ["broken"] and silent.state(message) == "objected"
    with refused("frozen"):
        silent.say("Brazil", message, "no-objection")
    with refused("frozen"):
        silent.say("India", message, "approve")
    silent.say("India", message, "object", "Nor in ours.")
    with refused("frozen"):
        silent["Officer"].messages.withdraw(message, "Let us think.")
    with refused("frozen"):
        silent["Officer"].messages.revise(message, content(text=TEXT + "!"))
    silent.after(2)
    assert silent["Officer"].signoffs.close_over() == []
    assert silent.state(message) == "objected"


def test_an_amendment_breaks_it_and_says_what_is_proposed(silent):
    message, _ = silent.submit()
    silent.say("Brazil", message, "request-changes", "One word.", text=TEXT.replace("met", "agreed"))
    (stage,) = silent.show(message)["signoff"]["stages"]
    assert stage["state"] == "broken"
    assert stage["decisions"][0]["amendment"] == {
        "lang": "en", "network": "", "parts": [TEXT.replace("met", "agreed")],
    }  # fmt: skip


def test_no_amendment_with_an_approval(silent):
    message, _ = silent.submit()
    with pytest.raises(Usage):
        silent.say("Brazil", message, "approve", text="Better so.")
    with pytest.raises(Usage):
        silent.say("Brazil", message, "object", text="   ")


def test_the_head_reopens_the_same_text_for_all(silent):
    message, _digest = silent.submit()
    silent.say("Brazil", message, "object")
    with refused("no-right"):
        silent["Officer"].signoffs.reopen(message, "We talked.")
    silent.after(30)
    silent["Head"].signoffs.reopen(message, "Brazil agreed in talks.")
    assert silent.stages(message) == ["running"]
    (stage,) = silent.show(message)["signoff"]["stages"]
    assert [one["counts"] for one in stage["decisions"]] == [False]
    assert "reopened" in stage["decisions"][0]["why"]
    silent.after(23)
    assert silent["Officer"].signoffs.close_over() == []
    silent.after(2)
    assert silent["Officer"].signoffs.close_over() == [message]
    assert silent.state(message) == "approved"


def test_after_reopening_the_text_can_be_changed_and_the_clock_starts_anew(silent):
    message, _ = silent.submit()
    silent.say("Brazil", message, "request-changes", text=TEXT.replace("met", "agreed"))
    silent["Head"].signoffs.reopen(message, "We take it over.")
    silent.after(20)
    officer = silent["Officer"]
    officer.messages.revise(message, content(text=TEXT.replace("met", "agreed")))
    officer.messages.submit(message)
    silent.after(20)
    assert silent["Officer"].signoffs.close_over() == []
    assert silent.stages(message) == ["running"]
    silent.after(5)
    assert silent["Officer"].signoffs.close_over() == [message]


def test_going_back_to_a_text_that_was_objected_to_is_broken_at_once(silent):
    message, digest = silent.submit()
    silent.say("Brazil", message, "object")
    head = silent["Head"]
    head.messages.withdraw(message, "Back to the drawing board.")
    officer = silent["Officer"]
    officer.messages.revise(message, content(text=TEXT + "!"))
    officer.messages.submit(message)
    assert silent.stages(message) == ["running"]
    officer.messages.revise(message, content())
    assert officer.messages.submit(message)["digest"] == digest
    assert silent.stages(message) == ["broken"]


def test_the_head_extends_what_is_not_over(silent):
    message, _ = silent.submit()
    silent.after(23)
    with refused("no-right"):
        silent["Officer"].signoffs.extend(message, "More time.")
    head = silent["Head"]
    due = head.signoffs.extend(message, "A holiday in Brasília.", head.clock.now_ms() + 10 * HOUR)
    silent.after(2)
    assert silent["Officer"].signoffs.close_over() == []
    with refused("not-longer"):
        head.signoffs.extend(message, "Less.", due - HOUR)
    silent.say("Brazil", message, "no-objection")
    silent.after(9)
    with refused("silence-over"):
        head.signoffs.extend(message, "Too late.", head.clock.now_ms() + HOUR)
    assert silent["Officer"].signoffs.close_over() == [message]


def test_no_objection_said_aloud_is_neither_silence_nor_approval(silent):
    message, _ = silent.submit()
    silent.say("Brazil", message, "no-objection", "With a comment: mind the date.")
    silent.say("India", message, "approve", "")
    (stage,) = silent.show(message)["signoff"]["stages"]
    assert [(one["voice"], one["said"]) for one in stage["voices"]] == [
        ("BR", "no-objection"), ("IN", "approve"), ("IT", ""),
    ]  # fmt: skip
    silent.after(25)
    silent["Officer"].signoffs.close_over()
    found = silent["Officer"].messages.get(message)
    (closing,) = [v.act for v in found.verdicts if v.event.header.kind == "signoff.closed"]
    assert sorted(closing.heard) == ["BR", "IN"] and closing.unheard == ["IT"]


@pytest.mark.parametrize("answer", ["no-objection"])
def test_there_is_no_silence_where_each_is_asked(told, answer):
    made = told["Officer"].messages.new(content("news"))
    told["Officer"].messages.submit(made["message"])
    with refused("not-silence"):
        told.say("Brazil", made["message"], answer)


def test_a_late_objection_holds_what_was_adopted_until_two_people_lift_it(silent):
    message, _ = silent.submit()
    silent.after(24.5)
    silent.say("Brazil", message, "object", "We were asleep.")
    assert silent.stages(message) == ["over"]
    officer = silent["Officer"]
    assert officer.signoffs.close_over() == [message]
    assert silent.stages(message) == ["adopted"] and silent.state(message) == "held"
    officer.messages.schedule(message, officer.clock.now_ms())
    assert officer.publish.once()["sent"] == 0
    (late,) = silent["Head"].signoffs.late()
    assert (late["government"], late["why"]) == ("BR", "We were asleep.")
    assert not silent["Head"].signoffs.lift(message, "They were asked.")["lifted"]
    with refused("second-person"):
        silent["Head"].signoffs.lift(message, "They were asked.")
    assert silent["Liaison India"].signoffs.lift(message, "Agreed.")["lifted"]
    assert officer.publish.once()["sent"] == 0, "lifting releases nothing"
    officer.messages.schedule(message, officer.clock.now_ms())
    assert officer.publish.once()["sent"] == 1


def test_an_objection_after_the_adoption_holds_it_too(silent):
    message, _ = silent.submit()
    silent.after(25)
    officer = silent["Officer"]
    officer.messages.schedule(message, officer.clock.now_ms() + HOUR)
    silent.say("Italy", message, "object", "We see it only now.")
    assert silent.state(message) == "held"
    silent.after(1)
    assert officer.publish.once()["sent"] == 0
    with refused("stage-over"):
        silent.say("Italy", message, "no-objection")


def closing(told: Told, message: str, by: str = "Officer", **other: object) -> str:
    """A closing act as somebody's own program might make it; the code of its refusal, or nothing."""
    desk = told[by]
    found = desk.messages.get(message)
    last = found.message.stages[-1]
    values = {"digest": found.message.digest, "heard": last.heard,
              "unheard": sorted(s.key for s in last.seats if s.key not in last.heard)}  # fmt: skip
    try:
        desk.act("signoff.closed", {**values, **other}, found.stream)
    except Refused as no:
        return no.code
    return ""


def test_a_closing_act_that_does_not_show_everything_does_not_count(silent):
    message, _ = silent.submit()
    silent.say("Brazil", message, "no-objection")
    assert closing(silent, message) == "silence-runs"
    silent.after(25)
    assert closing(silent, message, "Liaison India") == "no-right"
    assert closing(silent, message, "Analyst") == "no-right"
    assert closing(silent, message, heard={}, unheard=["BR", "IN", "IT"]) == "other-acts"
    assert closing(silent, message, unheard=[]) == "other-acts"
    assert closing(silent, message, digest="0" * 64) == "stale-digest"
    assert silent.state(message) == "submitted"
    assert closing(silent, message) == ""
    assert closing(silent, message) == "no-stage"


@pytest.mark.parametrize(("slow", "code"), [(119, ""), (121, "wrong-clock")])
def test_a_closing_act_whose_author_had_another_time_does_not_count(silent, slow, code):
    """The stamp is the keeper's; the author's clock is looked at beside it."""
    message, _ = silent.submit()
    silent.after(25)
    silent["Analyst"].messages.decide(message, "comment", "", "The newest act has the right time.")
    silent.clock.on -= slow * 1000
    assert closing(silent, message) == code


def test_a_desk_whose_clock_is_wrong_closes_nothing(silent, monkeypatch):
    message, _ = silent.submit()
    silent.after(25)
    desk = silent["Officer"]
    monkeypatch.setattr(desk.clocks, "wrong", lambda: "This computer's clock is 40 s slow.")
    assert desk.signoffs.close_over() == []
    assert silent["Officer"].signoffs.close_over() == [message]


def test_a_silence_is_not_shorter_than_the_office_allows(tmp_path, monkeypatch):
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse")
    phrase.chmod(0o600)
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(phrase))
    desk = Desk.found(tmp_path / "o", "G20", "Ada Head", rehearsal=False)
    short = {**SILENT, "stage": [{**SILENT["stage"][0], "within": "PT1H"}]}
    with refused("short-silence"):
        desk.routes.adopt(short)
    desk.routes.least_silence(HOUR)
    desk.routes.adopt(short)
    desk.routes.least_silence(48 * HOUR)
    with refused("short-silence"):
        desk.routes.adopt(SILENT)


def test_a_stage_after_a_silence_opens_with_its_closing(told):
    two = {**SILENT, "stage": [*SILENT["stage"], {"name": "Head", "who": "role:head", "need": "any"}]}
    told["Head"].routes.adopt(two)
    message, digest = told.submit()
    with refused("stage-not-open"):
        told["Head"].messages.decide(message, "approve", digest)
    told.after(25)
    told["Officer"].signoffs.close_over()
    assert told.stages(message) == ["adopted", "open"]
    told["Head"].messages.decide(message, "approve", digest)
    assert told.state(message) == "approved"
    told.say("Brazil", message, "object", "Late, but still.")
    assert told.state(message) == "held"


def test_the_troika_is_whose_presidency_it_was_is_and_will_be(told):
    told["Head"].routes.adopt(
        {
            "name": "T",
            "kinds": ["statement"],
            "stage": [{"name": "Troika", "who": "governments:troika", "mode": "silence"}],
        }
    )
    message, _ = told.submit()
    (stage,) = told.show(message)["signoff"]["stages"]
    assert [one["voice"] for one in stage["voices"]] == ["BR"] and stage["absent"] == ["ZA", "US"]
    with refused("no-right"):
        told.say("India", message, "object")
