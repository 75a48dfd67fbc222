"""A message may quote another of the office's own, or go on below it: pinned with the revision, signed with its text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.rehearsal.faults import plan
from g20desk.errors import Usage
from g20desk.office.content import PictureFile
from tests.publishing.test_corrections import posts, sent
from tests.story import Hands, content, out_there

PRACTICE = ("G20 X", "G20 Bluesky", "G20 Mastodon")


def told(made):
    return [(f["account"], f["message"]) for f in made["findings"] if f["rule"] in ("STRUCT-11", "STRUCT-12")]


def drafted(office, *parts, to, **more):
    return office.desk().messages.new(replace(content(*parts, to=to), **more))


@pytest.fixture
def hall(tmp_path):
    from PIL import Image

    Image.new("RGB", (64, 48), (40, 80, 184)).save(tmp_path / "hall.png")
    return (PictureFile(str(tmp_path / "hall.png"), {"en": "A hall with a long table."}),)


@pytest.mark.parametrize("account", PRACTICE)
def test_the_first_post_of_a_thread_quotes_and_is_found_so(office, account):
    first = sent(office, "Growth is 3.1%.", "More below.", to=(account,))
    plan(str(office.folder), account, "unknown-stored")
    message = office.due(replace(content("As we said.", "And more.", to=(account,)), quotes=first))
    for _ in range(4):
        office.desk().publish.once()
    assert office.posts(message)[account]["state"] == "sent"
    quoted, _, head, rest = posts(office, account)
    assert [one["quote"] for one in (head, rest)] == [quoted["id"], ""]


def test_on_the_real_pds_the_record_holds_the_other_with_pictures_too(office, pds, hall):
    did = office.add_bluesky(pds)
    first = sent(office, "Growth is 3.1%.", to=("Bluesky",))
    for pictures in ((), hall):
        message = sent(office, "As we said, with " + ("a hall." if pictures else "words."), to=("Bluesky",),
                       quotes=first, pictures=pictures)  # fmt: skip
    records = sorted(pds.records(did), key=lambda one: one["uri"])
    ref = {"uri": records[0]["uri"], "cid": records[0]["cid"]}
    bare, pictured = (one["value"]["embed"] for one in records[1:])
    assert (bare["$type"], bare["record"]) == ("app.bsky.embed.record", ref)
    assert (pictured["$type"], pictured["record"]["record"]) == ("app.bsky.embed.recordWithMedia", ref)
    assert [one["alt"] for one in pictured["media"]["images"]] == ["A hall with a long table."]
    desk = office.desk()
    client = desk.accounts.client(desk.accounts.get("Bluesky"))
    from g20desk.network import Receipt

    stands = client.read(Receipt(records[2]["uri"], "", records[2]["cid"]))
    assert (stands["quote"], stands["pictures"]) == (ref["uri"], 1)
    assert office.posts(message)["Bluesky"]["state"] == "sent"


@pytest.fixture
def modern(network, server):
    """A server that takes quotes."""
    if network == "mastodon":
        server.face.version = "4.5.1"
    return server


def test_on_mastodon_and_x_it_is_a_quote_and_reads_back_as_signed(office, network, modern):
    office.add_standin(network, modern, "N")
    first = sent(office, "Growth is 3.1%.", to=("N",))
    message = office.due(replace(content("As we said: see https://g20.org/growth", to=("N",)), quotes=first))
    hands = Hands()
    desk = office.desk("Officer", hands)
    assert desk.publish.once()["sent"] == 1
    quoted, head = out_there(network, modern)
    assert (head["quoted"], head["raw" if network == "x" else "text"]) == (
        quoted["id"],
        "As we said: see https://g20.org/growth",
    )
    hands.on += 61_000
    desk.publish.look()
    assert office.posts(message)["N"]["standing"] == "as-signed"
    head["quoted"] = None
    hands.on += 900_000
    assert desk.publish.look() == [(message, "N", "quote")]


def test_a_quote_whose_answer_got_lost_is_found(office, network, modern):
    office.add_standin(network, modern, "N")
    first = sent(office, "Growth is 3.1%.", to=("N",))
    modern.fault("close", method="POST", path=r"(/2/tweets|/statuses)$", after=True)
    message = office.due(replace(content("As we said: see https://g20.org/growth", to=("N",)), quotes=first))
    for _ in range(3):
        office.desk().publish.once()
    assert office.posts(message)["N"]["state"] == "sent"
    assert len(out_there(network, modern)) == 2


def test_an_older_mastodon_gets_the_address_instead_and_the_writer_is_told(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    first = sent(office, "Growth is 3.1%.", to=("M",))
    url = office.posts(first)["M"]["url"]
    made = drafted(office, "As we said.", to=("M",), quotes=first)
    assert told(made) == [("M", "This server shows no quotes: the address stands at the end of the text.")]
    sent(office, "As we said.", to=("M",), quotes=first)
    assert out_there("mastodon", mastodon)[1]["text"] == f"As we said.\n\n{url}"
    sent(office, f"See {url} for more.", to=("M",), quotes=first)
    assert out_there("mastodon", mastodon)[2]["text"] == f"See {url} for more."


def test_what_is_too_long_with_the_address_is_found_before_it_is_signed(office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    first = sent(office, "Growth is 3.1%.", to=("M",))
    made = drafted(office, "Growth. " + "a" * 480, to=("M",), quotes=first)
    assert "LENGTH-01" in {f["rule"] for f in made["findings"] if f["level"] == "block"}


def test_x_takes_no_quote_beside_pictures(office, hall):
    first = sent(office, "Growth is 3.1%.", to=("G20 X",))
    url = office.posts(first)["G20 X"]["url"]
    made = drafted(office, "As we said.", to=("G20 X", "G20 Bluesky"), quotes=first, pictures=hall)
    says = [words for account, words in told(made) if account == "G20 X"]
    assert says == ["X takes no quote beside pictures: its address stands at the end of the text."]
    sent(office, "As we said.", to=("G20 X",), quotes=first, pictures=hall)
    assert [(one["quote"], one["text"]) for one in posts(office, "G20 X")][1] == ("", f"As we said.\n\n{url}")


def test_what_is_not_on_an_account_is_not_quoted_there_unless_another_of_ours_has_it(office):
    office.head.accounts.add("rehearsal", name="Second", owner="official", like="mastodon")
    first = sent(office, "Growth is 3.1%.", to=("G20 Mastodon",))
    made = drafted(office, "As we said.", to=("G20 X", "Second"), quotes=first)
    assert told(made) == [("G20 X", "What this quotes is not on G20 X; there it quotes nothing.")]
    sent(office, "As we said.", to=("Second",), quotes=first)
    assert posts(office, "Second")[0]["quote"] == posts(office, "G20 Mastodon")[0]["id"]


@pytest.mark.parametrize("account", PRACTICE)
def test_an_answer_goes_on_below_the_last_part(office, account):
    first = sent(office, "Growth is 3.1%.", "More below.", to=(account,))
    sent(office, "One day later.", "And more.", to=(account,), replies=first)
    top, last, below, rest = posts(office, account)
    assert (below["parent"], rest["parent"]) == (last["id"], below["id"])
    if account == "G20 Bluesky":
        assert {one["root"] for one in (last, below, rest)} == {top["id"]}


def test_what_was_taken_down_is_neither_quoted_nor_answered(office):
    desk = office.desk()
    first = sent(office, "Growth is 3.1%.", to=("G20 X",))
    answer = office.approved(replace(content("One day later.", to=("G20 X",)), replies=first))
    quote = office.approved(replace(content("As we said.", to=("G20 X",)), quotes=first))
    desk.publish.remove(office.posts(first)["G20 X"]["id"], "Wrong")
    for message in (answer, quote):
        desk.messages.schedule(message, desk.clock.now_ms())
    assert desk.publish.once()["waiting"] == 2
    whys = [office.posts(message)["G20 X"]["why"] for message in (answer, quote)]
    assert whys == [
        "The post that this replies to was taken down. Revise the message, to go out by itself.",
        "The post that this quotes was taken down. Revise the message, to go out without it.",
    ]
    made = desk.messages.revise(quote, desk.messages.content(quote))
    assert told(made) == [("G20 X", "What this quotes was taken down on G20 X; there it quotes nothing.")]


def test_messages_show_each_other_and_what_is_quoted_is_signed(office):
    desk = office.desk()
    first = sent(office, "Growth is 3.1%.", to=("G20 X",))
    url = office.posts(first)["G20 X"]["url"]
    made = drafted(office, "As we said.", to=("G20 X",), quotes=first[:10])
    shown = desk.messages.show(made["message"])["quotes"]
    assert (shown["message"], shown["posts"]) == (first, [{"account": "G20 X", "lang": "en", "url": url}])
    assert [one["message"] for one in desk.messages.show(first)["quoted_by"]] == [made["message"]]
    typed = desk.messages.content(made["message"])
    assert typed.quotes == first
    assert desk.messages.revise(made["message"], replace(typed, quotes=""))["digest"] != made["digest"]
    assert desk.messages.revise(made["message"], typed)["digest"] == made["digest"]
    desk.messages.submit(made["message"])
    assert desk.messages.show(first)["history"][-1]["kind"] == "message.quoted"


def test_a_message_replies_to_one_only(office):
    first = sent(office, "Growth is 3.1%.", to=("G20 X",))
    with pytest.raises(Usage) as no:
        drafted(office, "More.", to=("G20 X",), corrects=first, replies=first)
    assert no.value.code == "two-replies"
