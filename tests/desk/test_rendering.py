"""From one text to each network: warnings, visibility, mentions, what a network can't do, what it costs."""

from __future__ import annotations

import json

import pytest

from g20desk.cli.message_file import load
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from g20desk.office.content import Content, Text, from_json
from g20desk.office.handles import written
from tests.story import content, out_there

UN = {"x": "UN", "bluesky": "un.example.org", "mastodon": "un@social.un.org"}


def payloads(office, made):
    desk = office.desk()
    found = desk.messages.get(made["message"]).content
    made = {}
    for name, value in found.items():
        if name.startswith("c.post."):
            account = desk.office.accounts[value["account"]].name
            made[account] = [json.loads(pieces.get(desk.store, p["payload"])) for p in value["parts"]]
    return made


def said(made, rule):
    return [(f["account"], f["level"], f["message"]) for f in made["findings"] if f["rule"] == rule]


def warned(text, warning="", visibility="", to=("G20 X", "G20 Bluesky", "G20 Mastodon")):
    return Content("news", to, (Text("en", (text,), "", warning, visibility),))


def test_a_warning_and_a_visibility_are_signed_and_sent(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    plain = office.desk().messages.new(content("Flood in the north.", to=("M",)))
    wished = warned("Flood in the north.", "Loss of life", "unlisted", ("M",))
    made = office.desk().messages.new(wished)
    assert made["digest"] != plain["digest"]
    message = office.due(wished)
    assert office.desk().publish.once()["sent"] == 1, office.posts(message)
    (stands,) = out_there("mastodon", mastodon)
    assert (stands["spoiler_text"], stands["visibility"]) == ("Loss of life", "unlisted")
    (text,) = office.desk().messages.show(message)["texts"]
    assert (text["warning"], text["visibility"]) == ("Loss of life", "unlisted")
    assert office.desk().messages.content(message).texts == wished.texts


def test_what_a_network_cannot_do_is_said_while_one_writes(office):
    made = office.desk().messages.new(warned("Flood.", "Loss of life", "unlisted"))
    found = said(made, "STRUCT-05")
    assert {(a, level) for a, level, _ in found} == {("G20 X", "warn"), ("G20 Bluesky", "warn")}
    assert any("X has no content warnings" in message for _, _, message in found)
    made = office.desk().messages.new(warned("Flood.", "", "private"))
    assert {(a, level) for a, level, _ in said(made, "STRUCT-05")} == {("G20 X", "block"), ("G20 Bluesky", "block")}
    with pytest.raises(Usage, match="visibility"):
        office.desk().messages.new(warned("Flood.", "", "secret"))
    made = office.desk().messages.new(warned("x" * 495, "Six more"))
    assert [(a, level) for a, level, _ in said(made, "STRUCT-08")] == [("G20 Mastodon", "block")]


def test_a_video_that_is_none_is_refused_by_its_name(office, tmp_path):
    from g20desk.office.content import PictureFile

    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x20ftypisom" + b"0" * 100)
    with pytest.raises(Usage, match="is cut off"):
        office.desk().messages.new(content("A film.", to=("G20 X",), pictures=(PictureFile(str(film), {}),)))


def test_a_message_file_carries_warning_and_visibility(tmp_path):
    path = tmp_path / "m.toml"
    path.write_text('to = ["M"]\n[[text]]\nlang = "en"\ntext = "A"\nwarning = "W"\nvisibility = "private"\n')
    made = load(path)
    assert made.texts == (Text("en", ("A",), "", "W", "private"),)
    assert from_json(made.as_json()) == made


def test_one_mention_becomes_each_networks_own_and_is_pinned(office, mastodon, pds):
    office.add_standin("mastodon", mastodon, "M")
    did = office.add_bluesky(pds)
    their_did, their_handle, _ = pds.account()
    office.desk().handles.put("United Nations", {**UN, "bluesky": their_handle})
    message = office.due(content("Thanks to @UN.", to=("Bluesky", "M", "G20 X")))
    assert office.desk().publish.once()["sent"] == 3, office.posts(message)
    (record,) = pds.records(did)
    assert record["value"]["text"] == f"Thanks to @{their_handle}."
    (facet,) = record["value"]["facets"]
    assert facet["features"][0]["did"] == their_did
    (stands,) = out_there("mastodon", mastodon)
    assert stands["text"] == "Thanks to @un@social.un.org."
    assert office.desk().accounts.client(office.head.accounts.get("G20 X")).posts()[0]["text"] == "Thanks to @UN."


def test_a_mention_that_is_not_known_stays_plain_text_and_is_said(office, mastodon, pds):
    office.add_standin("mastodon", mastodon, "M")
    office.add_bluesky(pds)
    made = office.desk().messages.new(content("Thanks to @nobody.test.", to=("Bluesky", "M")))
    assert {a for a, level, m in said(made, "STRUCT-07") if "stays plain text" in m} == {"Bluesky", "M"}
    assert payloads(office, made)["Bluesky"][0]["facets"] == []
    office.desk().handles.put("Somebody", {"x": "somebody"})
    made = office.desk().messages.new(content("Thanks to @Somebody.", to=("G20 X", "G20 Bluesky")))
    assert said(made, "STRUCT-07") == [
        ("G20 Bluesky", "warn", "Somebody has no handle here that the office knows; @Somebody stays plain text.")
    ]
    assert payloads(office, made)["G20 X"][0]["text"] == "Thanks to @Somebody."


def test_a_handle_of_elsewhere_that_names_another_on_x_is_said(office):
    made = office.desk().messages.new(content("Thanks to @un.example.org.", to=("G20 X",)))
    assert [m for _, _, m in said(made, "STRUCT-07")] == [
        "Here @un is an account of its own; what follows is not part of it."
    ]
    office.desk().handles.put("United Nations", UN)
    made = office.desk().messages.new(content("Thanks to @un.example.org.", to=("G20 X",)))
    assert (said(made, "STRUCT-07"), payloads(office, made)["G20 X"][0]["text"]) == ([], "Thanks to @UN.")


def test_the_server_may_mention_nobody_else(office, mastodon):
    """An account that came to be between sign-off and sending: refused, with the reason, and nothing is out."""
    office.add_standin("mastodon", mastodon, "M")
    message = office.due(content("Thanks to @un@social.un.org and @late@social.un.org.", to=("M",)))
    mastodon.face.known["late@social.un.org"] = "66"
    assert office.desk().publish.once()["refused"] == 1
    assert "Unexpected mentions" in office.posts(message)["M"]["why"]
    assert out_there("mastodon", mastodon) == []


def test_a_handle_that_is_somebody_else_there_blocks(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    office.desk().handles.put("United Nations", {"x": "UN"})
    mastodon.face.known["UN"] = "77"
    made = office.desk().messages.new(content("Thanks to @UN.", to=("M",)))
    assert ("M", "block") in {(a, level) for a, level, _ in said(made, "STRUCT-07")}
    assert payloads(office, made)["M"][0]["allowed_mentions"] == []


def test_handles_are_the_heads_and_officers_to_say(office):
    with pytest.raises(Refused):
        office.desk("Analyst").handles.put("United Nations", UN)
    with pytest.raises(Refused, match="handles on networks"):
        office.desk().handles.put("United Nations", {"x": "not a handle"})
    office.desk().handles.put("United Nations", UN)
    office.desk().handles.put("United Nations", {})
    assert "United Nations" not in office.desk().office.handles


@pytest.mark.parametrize(
    ("text", "there"),
    [
        pytest.param("@UN, @un! (@Un)", "@un.example.org, @un.example.org! (@un.example.org)", id="any case"),
        pytest.param("@UNx @UN.org mail@UN a/@UN @UN-Women", None, id="part of something else"),
        pytest.param("@un@social.un.org", "@un.example.org", id="Mastodon's"),
        pytest.param("شكرا @UN", "شكرا @un.example.org", id="beside Arabic"),
    ],
)
def test_a_handle_is_a_whole_word(text, there):
    assert written(text, "bluesky", [("United Nations", UN)]).text == (there or text)


def test_what_it_costs_is_shown_before_it_is_scheduled(office):
    message = office.approved(content("See https://g20.org", "And more.", to=("G20 X", "G20 Bluesky")))
    cost = office.desk().messages.show(message)["cost"]
    assert cost["posts"] == [{"account": "G20 X", "lang": "en", "amount": "0.215"}]
    assert (cost["currency"], cost["total"], cost["as_of"]) == ("USD", "0.215", "2026-08-31")


def test_a_sign_in_that_ends_before_the_time_is_said_at_scheduling(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    desk = office.head
    now = desk.clock.now_ms()
    desk.accounts.sign_in("M", json.dumps({"token": "token", "ends": now + 86_400_000}))
    message = office.approved(content("Ministers met.", to=("M",)))
    assert desk.accounts.announced(message, now + 3_600_000) == []
    (found,) = desk.accounts.announced(message, now + 2 * 86_400_000)
    assert "M: Its sign-in ends on" in found["message"]
