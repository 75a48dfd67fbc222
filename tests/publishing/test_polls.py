"""A poll is signed with the text, asked where a network has polls, and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from g20desk.office.content import PictureFile, Poll, Text
from tests.story import Hands, content, out_there

ANSWERS = ("Debt relief", "Climate finance", "Both")
POLL = Poll({"en": ANSWERS}, 1440)


def told(made):
    return [(f.get("account"), f["message"]) for f in made["findings"] if f["rule"] == "STRUCT-15"]


def drafted(office, poll=POLL, to=("G20 X",), text="What matters most?", **more):
    return office.desk().messages.new(replace(content(text, to=to), poll=poll, **more))


def test_it_is_asked_on_mastodon_and_x_and_reads_back_as_signed(office, network, server):
    office.add_standin(network, server, "N")
    several = network == "mastodon"
    poll = replace(POLL, several=several, minutes=90)
    message = office.due(replace(content("What matters most?", to=("N",)), poll=poll))
    hands = Hands()
    desk = office.desk("Officer", hands)
    assert desk.publish.once()["sent"] == 1
    (post,) = out_there(network, server)
    if network == "x":
        assert post["poll"] == {"options": list(ANSWERS), "duration_minutes": 90}
    else:
        assert (post["answers"], post["asked"], post["several"]) == (list(ANSWERS), 5400, True)
    hands.on += 61_000
    desk.publish.look()
    assert office.posts(message)["N"]["standing"] == "as-signed"
    if network == "x":
        post["poll"]["options"][0] = "Something else"
    else:
        post["answers"][0] = "Something else"
    hands.on += 900_000
    assert desk.publish.look() == [(message, "N", "poll")]


def test_one_whose_answer_got_lost_is_found(office, network, server):
    office.add_standin(network, server, "N")
    server.fault("close", method="POST", path=r"(/2/tweets|/statuses)$", after=True)
    message = office.due(replace(content("What matters most?", to=("N",)), poll=POLL))
    for _ in range(3):
        office.desk().publish.once()
    assert office.posts(message)["N"]["state"] == "sent"
    assert len(out_there(network, server)) == 1


def test_it_goes_with_its_part_of_a_thread(office, network, server):
    office.add_standin(network, server, "N")
    office.due(replace(content("First this.", "What matters most?", to=("N",)), poll=replace(POLL, part=2)))
    assert office.desk().publish.once()["sent"] == 1
    asked = [bool(post["poll" if network == "x" else "answers"]) for post in out_there(network, server)]
    assert asked == [False, True]


def test_bluesky_has_none_and_the_submission_waits(office):
    made = drafted(office, to=("G20 X", "G20 Bluesky", "G20 Mastodon"))
    assert told(made) == [("G20 Bluesky", "Bluesky has no polls: leave it out there, or ask in the text.")]
    assert all(f["level"] == "block" for f in made["findings"] if f["rule"] == "STRUCT-15")
    assert told(drafted(office, to=("G20 X", "G20 Mastodon"))) == []


@pytest.mark.parametrize(
    ("poll", "says"),
    [
        pytest.param(Poll({"en": ("One",)}), "at least 2 answers", id="one answer"),
        pytest.param(Poll({"en": ("One", "One")}), "empty or twice", id="twice"),
        pytest.param(Poll({"en": ("One", " ")}), "empty or twice", id="empty"),
        pytest.param(Poll({"fr": ("Un", "Deux")}), "at least 2 answers in en", id="another language"),
        pytest.param(Poll({"en": tuple("abcde")}), "polls of 4 answers; this one has 5", id="too many"),
        pytest.param(Poll({"en": ("A" * 26, "B")}), "answers of 25 characters", id="too long"),
        pytest.param(replace(POLL, minutes=10_081), "open for 5 min to 7 d", id="too long open"),
        pytest.param(replace(POLL, several=True), "one answer only", id="several on X"),
        pytest.param(Poll({"en": ANSWERS, "fr": ("Un", "Deux")}), "more answers in one language", id="uneven"),
        pytest.param(replace(POLL, part=2), "belongs to part 2", id="no such part"),
    ],
)
def test_what_can_not_be_asked_is_said(office, poll, says):
    (found,) = told(drafted(office, poll))
    assert says in found[1]


def test_pictures_stand_elsewhere_and_a_quote_is_an_address(office, tmp_path):
    from PIL import Image

    Image.new("RGB", (64, 48)).save(tmp_path / "hall.png")
    hall = (PictureFile(str(tmp_path / "hall.png"), {"en": "A hall with a table."}),)
    says = told(drafted(office, pictures=hall))
    assert says == [("G20 X", "G20 X takes no poll beside pictures: give them another post.")]
    first = office.due(content("Growth is 3.1%.", to=("G20 X",)))
    office.desk().publish.once()
    made = drafted(office, quotes=first)
    quoted = [f["message"] for f in made["findings"] if f["rule"] == "STRUCT-12"]
    assert quoted == ["X takes no quote beside a poll: its address stands at the end of the text."]


def test_a_servers_own_limits_hold(office, mastodon):
    mastodon.face.poll_answers = 2
    office.add_standin("mastodon", mastodon, "M")
    assert told(drafted(office, to=("M",))) == [("M", "M takes polls of 2 answers; this one has 3.")]


def test_its_answers_are_read_by_the_checker_and_found_by_a_search(office):
    desk = office.desk()
    made = drafted(office, Poll({"en": ("Debt relief [TBC]", "Both")}))
    found = [f for f in made["findings"] if "poll" in f]
    assert found
    assert {f["poll"] for f in found} == {0}
    assert [row.id for row in desk.messages.rows(search="relief")] == [made["message"]]


def test_it_is_signed_and_revises_to_the_same_digest(office):
    desk = office.desk()
    texts = (Text("en", ("What matters most?",)), Text("ar", ("ما الأهم؟",)))
    made = drafted(office, Poll({"en": ANSWERS, "ar": ("تخفيف الديون", "تمويل المناخ", "كلاهما")}), texts=texts)
    shown = desk.messages.show(made["message"])["poll"]
    assert (shown["answers"]["en"], shown["minutes"], shown["several"], shown["part"]) == (
        list(ANSWERS),
        1440,
        False,
        1,
    )
    typed = desk.messages.content(made["message"])
    assert typed.poll.answers["en"] == ANSWERS
    assert desk.messages.revise(made["message"], typed)["digest"] == made["digest"]
    other = replace(typed, poll=replace(typed.poll, minutes=60))
    assert desk.messages.revise(made["message"], other)["digest"] != made["digest"]


def test_the_practice_networks_ask_it_too(office):
    message = office.due(replace(content("What matters most?", to=("G20 X", "G20 Mastodon")), poll=POLL))
    hands = Hands()
    desk = office.desk("Officer", hands)
    assert desk.publish.once()["sent"] == 2
    hands.on += 61_000
    desk.publish.look()
    assert {p["standing"] for p in office.posts(message).values()} == {"as-signed"}
