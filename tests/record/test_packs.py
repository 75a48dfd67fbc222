"""A proof pack proves what the office agreed to and posted, and tells what it does not prove."""

from __future__ import annotations

import json

import pytest

from g20desk.desk import packing
from g20desk.errors import Refused
from g20desk.office.content import Content, Text
from g20desk.record.withholding import Wish
from tests.desks.world import world
from tests.record import story as told
from tests.record.story import Story, fault, reported


def test_a_pack_says_who_agreed_to_exactly_what_and_what_became_of_it(story: Story) -> None:
    found = reported(story.pack())
    shown = story.desk().messages.show(story.message)
    assert found["verified"] and found["faults"] == []
    assert (found["message"]["id"], found["message"]["digest"]) == (story.message, shown["digest"])
    assert found["message"]["state"] == shown["state"] == "sent"
    assert {t["lang"]: t["parts"] for t in found["texts"]} == {
        "en": [told.EN], "fr": [told.FR], "ar": [told.AR], "zh": [told.ZH],
    }  # fmt: skip
    assert found["pictures"][0]["alt"] == told.ALT
    assert [(d["person"], d["decision"], d["counts"]) for d in found["decisions"]] == [
        ("Liaison India", "object", False), ("Officer", "approve", False),
        ("Liaison Brazil", "approve", True),
    ]  # fmt: skip
    assert ("comment.made", "Liaison India") in [(a["kind"], a["person"]) for a in found["acts"]]
    assert found["decisions"][-1]["government"] == "BR" and found["authors"] == ["Officer"]
    assert [(p["account"], p["lang"], p["state"]) for p in found["posts"]] == [
        ("Practice", "en", "sent"), ("Practice", "fr", "sent"),
    ]  # fmt: skip
    assert [p["urls"] for p in found["posts"]] == [[p["url"]] for p in shown["posts"]]
    assert found["made_by"]["person"] == "Officer"


def test_comments_reasons_notes_and_earlier_texts_are_withheld_with_all_that_would_let_them_be_guessed(
    story: Story,
) -> None:
    data = story.pack()
    hidden = {
        ref for word in (told.REASON, told.COMMENT, told.EARLIER, told.HOLD, told.NOTE) for ref in keys(story, word)
    }
    assert len(hidden) == 5
    for word in (told.REASON, told.COMMENT, told.EARLIER, told.HOLD, told.NOTE, *hidden):
        assert word not in data.decode()
    assert {(one["kind"], one["part"]) for one in reported(data)["withheld"]} >= {
        ("signoff.decided", "why"), ("message.submitted", "c.text.en"), ("message.submitted", "report"),
        ("message.submitted", "c.note"),
    }  # fmt: skip


def keys(story: Story, word: str) -> list[str]:
    """The keys of the pieces that hold a text."""
    from g20desk.ledger import body, pieces

    store = story.desk().store
    found = set()
    for one in store.all():
        for ref in pieces.refs([part.value for part in body.decode(one.body).values()]):
            if pieces.get(store, ref) == word.encode():
                found.add(ref["key"])
    return sorted(found)


def test_reasons_are_shown_where_that_is_wanted(story: Story) -> None:
    data = story.pack(reasons=True).decode()
    assert fault(data.encode()) == ""
    assert told.REASON in data and told.COMMENT in data and told.EARLIER not in data and told.HOLD not in data


@pytest.mark.parametrize(("parts", "gone"), [
    (("c.text.fr",), [told.FR]), (("c.text.*",), [told.EN, told.FR, told.AR, told.ZH]), (("c.picture.*",), [told.ALT["en"]]),
    (("c.*",), [told.EN, told.FR, told.ALT["fr"]]),
])  # fmt: skip
def test_a_part_that_is_withheld_stands_nowhere_else_and_the_rest_holds(story: Story, parts, gone) -> None:
    data = story.pack(parts=parts)
    found = reported(data)
    text = json.dumps(json.loads(data), ensure_ascii=False)
    assert found["verified"] and not [one for one in gone if json.dumps(one, ensure_ascii=False)[1:-1] in text]
    assert found["message"]["digest"] == story.desk().messages.show(story.message)["digest"]
    assert [d["counts"] for d in found["decisions"]] == [False, False, True]
    assert {one["part"] for one in found["withheld"]} > {"why"}


def test_a_withheld_text_is_said_to_be_and_its_posts_rest_on_the_makers_word(story: Story) -> None:
    found = reported(story.pack(parts=("c.text.fr",)))
    assert [t["lang"] for t in found["texts"] if t["withheld"]] == ["fr"]
    posts = [one["part"] for one in found["withheld"] if one["part"].startswith("c.post.")]
    assert posts and all(any(f"“{post}”" in one for one in found["rests_on_word"]) for post in posts)


def test_a_pack_without_any_content_proves_the_decisions_all_the_same(story: Story) -> None:
    data = story.pack(contents=True)
    found = reported(data)
    assert all(t["withheld"] for t in found["texts"]) and json.loads(data)["pieces"] == {}
    assert found["decisions"][-1]["counts"] and found["message"]["state"] == "sent"


def test_names_are_withheld_and_roles_are_not(story: Story) -> None:
    data = story.pack(names=True)
    found = reported(data)
    for name in ("Ada Head", "Officer", "Liaison Brazil", "Passing Guest"):
        assert name not in data.decode().replace('"officer"', "")
    decider = found["decisions"][-1]
    assert (decider["role"], decider["government"], decider["counts"]) == ("liaison", "BR", True)
    assert any("names are withheld" in one for one in found["rests_on_word"])


@pytest.mark.parametrize(
    ("part", "code"), [("c.text.pt", "unknown-part"), ("c.kind", "part-needed"), ("why", "unknown-part")]
)
def test_what_can_not_be_withheld_is_refused(story: Story, part: str, code: str) -> None:
    with pytest.raises(Refused) as no:
        story.pack(parts=(part,))
    assert no.value.code == code and no.value.help


def test_a_complete_pack_shows_that_nothing_on_the_message_was_left_out(story: Story) -> None:
    some, whole = reported(story.pack()), reported(story.pack(complete=True))
    assert not some["complete"] and any("are not shown" in one for one in some["rests_on_word"])
    assert whole["complete"] and not any("are not shown" in one for one in whole["rests_on_word"])
    assert any("by their kind alone" in one and "hold.placed" in one for one in whole["rests_on_word"])
    assert "Another text altogether." not in story.pack(complete=True).decode()
    acts = [entry["event"] for entry in json.loads(story.pack(complete=True))["entries"] if entry["event"]]
    assert not [one for one in acts if "draft.revised" in one["header"]], (
        "of what only the staff reads, no more than that"
    )


def test_a_liaison_who_reads_no_drafts_can_make_a_complete_pack_too(story: Story) -> None:
    found = reported(story.pack("Liaison Brazil", complete=True))
    assert found["complete"] and found["made_by"]["government"] == "BR"


def test_a_pack_says_as_of_when_it_was_made(story: Story) -> None:
    found, (place, _, _) = reported(story.pack()), story.desk().store.last_place()
    assert found["as_of"]["place"] == place > found["acts"][-1]["place"]


def test_a_message_that_has_no_place_in_the_record_is_not_packed(tmp_path) -> None:
    with world(tmp_path, "otto") as office:
        office.desk("head").accounts.add("rehearsal", name="Practice", owner="official", like="x", langs=("en",))
        office.sync("head", "otto")
        otto = office.desk("otto")
        made = otto.messages.new(Content("news", ("Practice",), (Text("en", ("Ministers met today.",)),)))
        with pytest.raises(Refused) as no:
            packing.pack_message(otto, made["message"], Wish())
        assert no.value.code == "not-submitted"
        otto.messages.submit(made["message"])
        with pytest.raises(Refused) as no:
            packing.pack_message(otto, made["message"], Wish())
        assert no.value.code == "not-in-record" and "sync" in no.value.help
        office.sync("otto")
        head, desk = office.desk("head"), office.desk("head")
        office.sync("head")
        head.messages.decide(made["message"], "approve", made["digest"])
        packed = packing.pack_message(desk, made["message"], Wish())
        assert packed.tentative == 1 and reported(packed.data)["decisions"] == []
        office.sync("head", "otto")
        # The order was handed over to a hub; its signatures are proved by the act that said so.
        found = reported(packing.pack_message(otto, made["message"], Wish(complete=True)).data)
        assert found["decisions"][0]["counts"] and found["complete"]
