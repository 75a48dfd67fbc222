"""A correction stands below what it corrects, on every account where that is out; and the two show each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.rehearsal.faults import plan
from g20desk.errors import Refused
from g20desk.office.content import Text
from tests.story import content, out_there

PRACTICE = ("G20 X", "G20 Bluesky", "G20 Mastodon")


def sent(office, *parts, to, **more):
    message = office.due(replace(content(*parts, to=to), **more))
    told = office.desk().publish.once()
    assert (told["sent"], told["refused"], told["unknown"]) == (len(to), 0, 0)
    return message


def posts(office, account):
    desk = office.desk()
    return desk.accounts.client(desk.accounts.get(account)).posts()


def drafted(office, *parts, to, **more):
    return office.desk().messages.new(replace(content(*parts, to=to), kind="correction", **more))


def told(made):
    return [(f["account"], f["message"]) for f in made["findings"] if f["rule"] == "STRUCT-11"]


@pytest.mark.parametrize("account", PRACTICE)
def test_a_correction_replies_to_what_it_corrects_thread_or_not(office, account):
    first = sent(office, "Growth is 3.1%.", "More below.", to=(account,))
    sent(
        office,
        "Correction: it is 3.2%.",
        "Correction, 2 of 2: the table is mended.",
        to=(account,),
        corrects=first,
        kind="correction",
    )
    wrong, below, right, rest = posts(office, account)
    assert (below["parent"], right["parent"], rest["parent"]) == (wrong["id"], wrong["id"], right["id"])
    if account == "G20 Bluesky":
        assert [one["root"] for one in (below, right, rest)] == [wrong["id"]] * 3


def test_on_the_real_pds_root_and_parent_are_the_records(office, pds):
    did = office.add_bluesky(pds)
    first = sent(office, "Growth is 3.1%.", to=("Bluesky",))
    second = sent(office, "Correction: it is 3.2%.", to=("Bluesky",), corrects=first, kind="correction")
    third = sent(
        office,
        "Correction: it is 3.25%.",
        "Correction, more: sorry.",
        to=("Bluesky",),
        corrects=second,
        kind="correction",
    )
    records = sorted(pds.records(did), key=lambda one: one["uri"])
    refs = [{"uri": one["uri"], "cid": one["cid"]} for one in records]
    replies = [one["value"].get("reply") for one in records]
    assert replies[0] is None
    assert replies[1] == {"root": refs[0], "parent": refs[0]}
    assert replies[2] == {"root": refs[0], "parent": refs[1]}
    assert replies[3] == {"root": refs[0], "parent": refs[2]}
    assert office.head.messages.show(third)["corrects"]["posts"][0]["url"].endswith(refs[1]["uri"].rpartition("/")[2])


def test_on_mastodon_and_x_the_reply_names_the_post(office, network, server):
    office.add_standin(network, server, "N")
    first = sent(office, "Growth is 3.1%.", to=("N",))
    sent(office, "Correction: it is 3.2%.", to=("N",), corrects=first, kind="correction")
    wrong, right = out_there(network, server)
    above = right["in_reply_to_id"] if network == "mastodon" else right["above"]
    assert above == wrong["id"]


@pytest.mark.parametrize("account", PRACTICE)
def test_a_correction_whose_answer_got_lost_is_found_below_its_parent(office, account):
    first = sent(office, "Growth is 3.1%.", to=(account,))
    plan(str(office.folder), account, "unknown-stored")
    message = office.due(replace(content("Correction: it is 3.2%.", to=(account,)), corrects=first, kind="correction"))
    for _ in range(3):
        office.desk().publish.once()
    assert office.posts(message)[account]["state"] == "sent"
    assert len(posts(office, account)) == 2


def test_both_say_what_corrects_what(office):
    first = sent(office, "Growth is 3.1%.", to=("G20 X", "G20 Bluesky"))
    made = drafted(office, "Correction: it is 3.2%.", to=("G20 X", "G20 Bluesky"), corrects=first[:10])
    second, desk = made["message"], office.desk()
    shown = desk.messages.show(second)["corrects"]
    assert (shown["message"], shown["title"]) == (first, "Growth is 3.1%.")
    urls = {p["account"]: p["url"] for p in desk.messages.show(first)["posts"]}
    assert {p["account"]: p["url"] for p in shown["posts"]} == urls
    (by,) = desk.messages.show(first)["corrected_by"]
    assert (by["message"], by["state"], by["urls"]) == (second, "draft", [])
    assert office.desk("Liaison Brazil").messages.show(first)["corrected_by"] == []
    desk.messages.submit(second)
    office.desk("Liaison Brazil").messages.decide(second, "approve", made["digest"])
    desk.messages.schedule(second, desk.clock.now_ms())
    assert desk.publish.once()["sent"] == 2
    shown = office.desk("Liaison Brazil").messages.show(first)
    (by,) = shown["corrected_by"]
    assert (by["state"], by["title"], by["person"], len(by["urls"])) == (
        "sent",
        "Correction: it is 3.2%.",
        "Officer",
        2,
    )
    last = shown["history"][-1]
    assert (last["kind"], last["said"], last["event"]) == ("message.corrected", "Correction: it is 3.2%.", second)
    assert desk.messages.show(second)["corrects"]["message"] == first


def test_one_post_of_a_message_is_corrected_alone(office):
    first = sent(office, "Growth is 3.1%.", to=("G20 X", "G20 Bluesky"))
    post = office.posts(first)["G20 X"]["id"]
    made = drafted(office, "Correction: it is 3.2%.", to=("G20 X", "G20 Bluesky"), corrects=post)
    replies = {p["account"]: bool(p["url"]) for p in office.desk().messages.show(made["message"])["corrects"]["posts"]}
    assert replies == {"G20 X": True, "G20 Bluesky": False}
    assert told(made) == [("G20 Bluesky", "What this corrects is not on G20 Bluesky, so nothing there links to it.")]
    assert office.desk().messages.content(made["message"]).corrects == post


def test_where_it_is_not_out_a_finding_says_so_unless_the_text_links_to_it(office):
    first = sent(office, "Growth is 3.1%.", to=("G20 X",))
    made = drafted(office, "Correction: it is 3.2%.", to=("G20 X", "G20 Mastodon"), corrects=first)
    assert [account for account, _ in told(made)] == ["G20 Mastodon"]
    url = office.posts(first)["G20 X"]["url"]
    assert (
        told(drafted(office, f"Correction: it is 3.2%, not as in {url}", to=("G20 X", "G20 Mastodon"), corrects=first))
        == []
    )


def test_the_post_in_the_same_language_is_replied_to(office):
    office.head.accounts.add("rehearsal", name="Both", owner="official", like="mastodon", langs=("en", "fr"))
    texts = (Text("en", ("Growth is 3.1%.",)), Text("fr", ("La croissance est de 3,1 %.",)))
    message = office.due(replace(content("", to=("Both",)), texts=texts))
    assert office.desk().publish.once()["sent"] == 2
    texts = (Text("en", ("Correction: it is 3.2%.",)), Text("fr", ("Correction : elle est de 3,2 %.",)))
    office.due(replace(content("", to=("Both",)), texts=texts, corrects=message, kind="correction"))
    office.desk().publish.once()
    ids = {post["text"]: post["id"] for post in posts(office, "Both")}
    above = {post["text"]: post["parent"] for post in posts(office, "Both")}
    assert above["Correction: it is 3.2%."] == ids["Growth is 3.1%."]
    assert above["Correction : elle est de 3,2 %."] == ids["La croissance est de 3,1 %."]


def test_what_was_taken_down_is_not_replied_to(office):
    desk = office.desk()
    first = sent(office, "Growth is 3.1%.", to=("G20 X",))
    message = office.approved(
        replace(content("Correction: it is 3.2%.", to=("G20 X",)), corrects=first, kind="correction")
    )
    desk.publish.remove(office.posts(first)["G20 X"]["id"], "Wrong")
    desk.messages.schedule(message, desk.clock.now_ms())
    assert desk.publish.once()["waiting"] == 1
    assert office.posts(message)["G20 X"]["why"].startswith("The post that this replies to was taken down.")
    made = desk.messages.revise(message, desk.messages.content(message))
    assert [words for _, words in told(made)] == [
        "What this corrects was taken down on G20 X, so nothing there links to it."
    ]
    desk.messages.submit(message)
    office.desk("Liaison Brazil").messages.decide(message, "approve", made["digest"])
    desk.messages.schedule(message, desk.clock.now_ms())
    assert desk.publish.once()["sent"] == 1
    assert [post["parent"] for post in posts(office, "G20 X")] == [""]


def test_a_post_whose_number_nobody_knows_is_not_replied_to(office):
    plan(str(office.folder), "G20 X", "unknown-not-stored")
    first = office.due(content("Growth is 3.1%.", to=("G20 X",)))
    desk = office.desk()
    desk.publish.once()
    desk.publish.settle(office.posts(first)["G20 X"]["id"], True, "https://rehearsal.invalid/1", "I saw it")
    made = drafted(office, "Correction: it is 3.2%.", to=("G20 X",), corrects=first)
    assert "https://rehearsal.invalid/1" in told(made)[0][1]


def test_what_is_not_out_is_revised_not_corrected(office):
    first = office.approved(content("Growth is 3.1%.", to=("G20 X",)))
    with pytest.raises(Refused) as no:
        drafted(office, "Correction: it is 3.2%.", to=("G20 X",), corrects=first)
    assert no.value.code == "not-out"
    with pytest.raises(Refused) as no:
        drafted(office, "Correction: it is 3.2%.", to=("G20 X",), corrects="0" * 64)
    assert no.value.code == "unknown-id"


def test_what_it_corrects_is_signed_with_the_text(office):
    desk = office.desk()
    first = sent(office, "Growth is 3.1%.", to=("G20 X",))
    made = drafted(office, "Correction: it is 3.2%.", to=("G20 X",), corrects=first)
    typed = desk.messages.content(made["message"])
    assert desk.messages.revise(made["message"], replace(typed, corrects=""))["digest"] != made["digest"]
    assert desk.messages.revise(made["message"], typed)["digest"] == made["digest"]
