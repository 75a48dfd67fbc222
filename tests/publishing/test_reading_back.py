"""What stands on the network is compared with what was signed off."""

from __future__ import annotations

import pytest

from g20desk.network import Part, Picture
from g20desk.publishing.compare import differences
from tests.story import Hands, content, standin

PART = Part("", "", {"text": "See https://g20.org/a & @un@social.example", "langs": ["en"]}, ())
PICTURED = Part("", "", {"text": "A"}, (Picture(b"", "image/png", "A hall", 1, 1),))


@pytest.mark.parametrize(
    ("standing", "part", "found"),
    [
        pytest.param({"text": "See g20.org/a/ &amp; @un"}, PART, [], id="as networks write it"),
        pytest.param({"text": PART.payload["text"], "langs": ["fr"]}, PART, ["language"], id="language"),
        pytest.param({"text": "See https://g20.org/b & @un"}, PART, ["text"], id="another link"),
        pytest.param(None, PART, ["gone"], id="gone"),
        pytest.param({"text": "A", "pictures": 0}, PICTURED, ["media"], id="media"),
        pytest.param({"text": "A", "pictures": 1, "alts": ["A door"]}, PICTURED, ["alt"], id="alt"),
        pytest.param({"text": "A", "pictures": 1}, PICTURED, [], id="what it does not tell"),
    ],
)
def test_what_differs(standing, part, found):
    assert differences(standing, part) == found


def test_an_altered_post_is_told_once_and_stands_in_the_record(office):
    server = standin("mastodon")
    office.add_standin("mastodon", server, "M")
    message = office.due(content("One.", "Two.", to=("M", "G20 Bluesky")))
    hands = Hands()
    desk = office.desk("Officer", hands)
    desk.publish.once()
    assert desk.publish.look() == []
    hands.on += 61_000
    assert desk.publish.look() == []
    assert office.posts(message)["M"]["standing"] == "as-signed"
    server.face.statuses[1]["text"] = "Three."
    hands.on += 900_000
    assert desk.publish.look() == [(message, "M", "text")]
    assert desk.publish.look() == []
    assert office.posts(message)["M"]["standing"] == "text"
    assert office.posts(message)["G20 Bluesky"]["standing"] == "as-signed"
    said = [h for h in office.head.messages.show(message)["history"] if h["kind"] == "post.read_back"]
    assert [h["said"] for h in said if h["said"]] == ["its text is another one"]
    server.face.statuses.clear()
    hands.on += 7_200_000
    assert desk.publish.look() == [(message, "M", "gone")]
    server.stop()


def test_a_network_that_does_not_answer_says_nothing(office):
    server = standin("mastodon")
    office.add_standin("mastodon", server, "M")
    message = office.due(content("One.", to=("M",)))
    hands = Hands()
    desk = office.desk("Officer", hands)
    desk.publish.once()
    hands.on += 61_000
    server.fault("status:503", method="GET", times=9)
    assert desk.publish.look() == []
    assert office.posts(message)["M"]["standing"] is None
    server.stop()
