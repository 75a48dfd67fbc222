"""What a line holds: its sign-off binds to all of it, and it is revised, compared, merged, searched and redacted as a message is."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from g20desk.desk import redacting
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from g20desk.office import form
from g20desk.office.content import PictureFile, Text, from_json
from tests.office.samples import ID, REF
from tests.signoff.conftest import refused
from tests.voice.lines import EN, FR, LOCK, agreed, chart, submitted, whole


def test_a_line_holds_texts_locks_a_picture_hashtags_and_advice(told, tmp_path):
    line = agreed(told, whole(tmp_path))
    shown = told["Liaison India"].lines.show(line)
    assert {text["lang"]: text["parts"] for text in shown["texts"]}["fr"] == [FR]
    assert shown["locks"]["en"] == [LOCK] and shown["tags"] == {"": ["G20SouthAfrica"], "fr": ["DetteG20"]}
    assert shown["do"] == {"en": ["Say who benefits.", "Link to the declaration."]}
    assert shown["dont"] == {"en": ["Do not name single lenders."]}
    (picture,) = shown["pictures"]
    assert picture["alt"]["fr"] == "Quarante pays sur une carte." and (picture["width"], picture["height"]) == (
        640,
        400,
    )
    assert (shown["state"], shown["source"], shown["superseded_by"]) == (
        "agreed", "Johannesburg Declaration 2025, paragraph 12", None,
    )  # fmt: skip


def test_a_picture_keeps_its_size_and_loses_what_else_is_in_its_file(told, tmp_path):
    file = chart(tmp_path, "large.png", (4000, 3000))
    assert b"Spy Camera" in file.read_bytes()
    line, _ = submitted(
        told, whole(tmp_path, pictures=(PictureFile(str(file), dict.fromkeys(("en", "fr", "ar", "zh"), "A map.")),))
    )
    desk = told["Officer"]
    (picture,) = desk.lines.show(line)["pictures"]
    data = pieces.get(desk.store, {"piece": picture["piece"]})
    assert data is not None and b"Spy Camera" not in data
    assert Image.open(io.BytesIO(data)).size == (4000, 3000)


@pytest.mark.parametrize("what", ["tags", "do", "dont", "locks", "source", "until"])
def test_sign_off_binds_to_each_part_of_it_and_to_the_same_again(told, tmp_path, what):
    line, digest = submitted(told, whole(tmp_path))
    officer, brazil = told["Officer"], told["Liaison Brazil"]
    before = officer.lines.content(line)
    other = {"source": "Rome 2021", "until": told.clock.now_ms() + 10**9}.get(what, {"en": ("agreed",)})
    made = officer.lines.revise(line, replace(before, line=replace(before.line, **{what: other})))
    assert made["digest"] != digest
    officer.messages.submit(line)
    with refused("stale-digest"):
        brazil.messages.decide(line, "approve", digest)
    assert officer.lines.revise(line, before)["digest"] == digest


def test_what_is_typed_is_kept_whole(told, tmp_path):
    content = whole(tmp_path)
    assert from_json(content.as_json()) == content
    line = told["Officer"].lines.begin(content)["line"]
    again = told["Officer"].lines.content(line)
    assert again.line == content.line and again.note == content.note
    assert {text.lang: text.parts for text in again.texts} == {text.lang: text.parts for text in content.texts}


def test_a_picture_without_words_in_a_language_blocks_and_so_does_the_rulebook(told, tmp_path):
    content = whole(tmp_path)
    officer = told["Officer"]
    found = officer.lines.begin(replace(content, pictures=(replace(content.pictures[0], alt={"en": "A map."}),)))
    assert {(f["rule"], f["lang"]) for f in found["findings"] if f["level"] == "block"} == {
        ("ALT-01", "fr"), ("ALT-01", "ar"), ("ALT-01", "zh"),
    }  # fmt: skip
    with refused("blocking-finding"):
        officer.messages.submit(found["line"])
    dirty = officer.lines.begin(
        replace(content, texts=(Text("en", (EN.replace("debt", "d\u0435bt"),)),), line=replace(content.line, locks={}))
    )
    assert [f for f in dirty["findings"] if f["text"] == "d\u0435bt"], "a look-alike letter in agreed wording"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"texts": (Text("en", (EN,)), Text("en", (EN,), "x"))}, id="another text on one network"),
        pytest.param({"texts": (Text("en", (EN,), warning="Debt"),)}, id="a warning"),
        pytest.param({"texts": (Text("en", (EN, " ")),)}, id="an empty post"),
        pytest.param({"to": ("G20 X",)}, id="an account"),
        pytest.param({"topic": " "}, id="no topic"),
        pytest.param({"tags": {"": ("Debt relief",)}}, id="two words as a hashtag"),
        pytest.param({"tags": {"": ("2026",)}}, id="a number as a hashtag"),
        pytest.param({"tags": {"English": ("Debt",)}}, id="hashtags in no language"),
        pytest.param({"do": {"English": ("Say who benefits.",)}}, id="advice in no language"),
        pytest.param({"locks": {"en": (" ",)}}, id="an empty phrase"),
        pytest.param({"locks": {"en": ("ebt relief",)}}, id="a piece of a word"),
        pytest.param({"locks": {"ru": (LOCK,)}}, id="a phrase in a language that it has no text in"),
    ],
)  # fmt: skip
def test_what_no_line_holds_is_refused_and_nothing_is_kept(told, tmp_path, change):
    content = whole(tmp_path)
    besides = {name: value for name, value in change.items() if name in ("tags", "do", "locks")}
    content = replace(
        content, line=replace(content.line, **besides), **{k: v for k, v in change.items() if k not in besides}
    )
    with pytest.raises(Usage) as caught:
        told["Officer"].lines.begin(content)
    assert caught.value.help and told["Officer"].lines.rows() == []


def test_two_versions_of_a_line_are_merged_part_by_part(told, tmp_path):
    officer = told["Officer"]
    line = officer.lines.begin(whole(tmp_path))["line"]
    was = officer.lines.content(line)
    base = officer.messages.get(line).draft.heads
    officer.messages.revise(line, replace(was, line=replace(was.line, do={"en": ("Say who benefits first.",)})), base)
    other = replace(was.line, tags={"": ("G20SouthAfrica", "DebtRelief")}, source="Johannesburg 2025, 12")
    officer.messages.revise(line, replace(was, line=other), base)
    apart = officer.messages.apart(line)
    assert apart.merging.conflicts() == []
    apart.merging.take_single()
    officer.messages.merge(line, apart.merging.content(), apart.heads)
    now = officer.lines.content(line).line
    assert now == replace(other, do={"en": ("Say who benefits first.",)})


def test_what_changed_is_told_part_by_part(told, tmp_path):
    officer = told["Officer"]
    line = officer.lines.begin(whole(tmp_path))["line"]
    with refused("one-version"):
        officer.lines.diff(line)
    was = officer.lines.content(line)
    officer.lines.revise(
        line, replace(was, line=replace(was.line, dont={}, until=1_900_000_000_000, locks={"en": (LOCK,)}))
    )
    assert officer.lines.diff(line) == {
        "dont.en": [("removed", "Do not name single lenders.")],
        "lock.fr": [("removed", was.line.locks["fr"][0])],
        "until": [("added", "2030-03-17T17:46:40.000Z")],
    }
    with pytest.raises(Usage):
        officer.lines.revise(line, replace(was, line=replace(was.line, supersedes=line[:12])))


def test_its_advice_and_hashtags_are_found_and_taken_out_with_their_language(told, tmp_path):
    line = agreed(told, whole(tmp_path))
    head = told["Head"]
    for words in ("single lenders", "G20SouthAfrica", "Quarante pays"):
        assert [row.id for row in head.messages.rows(search=words)] == [line], words
    redacting.redact(head, line, "A name.", langs=("en",))
    assert head.messages.rows(search="single lenders") == []
    shown = head.lines.show(line)
    assert shown["dont"] == {"en": [""]} and {t["lang"]: t["parts"] for t in shown["texts"]}["fr"] == [FR]


LINE = {"c.kind": "line", "c.to": [], "c.topic": "debt", "c.text.en": [REF]}
GOOD = {
    "c.lock.en": ["relief"], "c.until": 1_900_000_000_000, "c.source": "Rome 2021", "c.supersedes": ID, "c.tags": ["G20"],
    "c.tags.ar": ["مجموعة_العشرين"], "c.do.en": [REF], "c.dont.fr": [REF, REF], "c.not_before": 1, "c.note": REF,
    "c.picture.0": {"file": REF, "alt": {"en": REF}, "part": 1, "mime": "image/png", "width": 4, "height": 3},
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_each_part_of_a_line_counts_in_version_3_and_in_no_message_before(name):
    form.check({**LINE, name: GOOD[name]})
    if name.startswith(("c.lock", "c.tags", "c.do", "c.until", "c.s")):
        with pytest.raises(Refused):
            form.check({**LINE, name: GOOD[name]}, 2)
        with pytest.raises(Refused):
            form.check({**LINE, "c.kind": "news", name: GOOD[name]})


@pytest.mark.parametrize(
    "part",
    [
        {"c.lock.fr": ["relief"]}, {"c.lock.en": []}, {"c.lock.en": [""]}, {"c.lock.en": [REF]}, {"c.until": 0}, {"c.source": ""},
        {"c.until.en": 1}, {"c.supersedes": "5"}, {"c.tags": []}, {"c.tags": ["#G20"]}, {"c.tags": ["G 20"]}, {"c.tags": "G20"},
        {"c.tags.English": ["G20"]}, {"c.do": [REF]}, {"c.do.en": []}, {"c.do.en": ["Say it."]}, {"c.dont.": [REF]},
        {"c.text.en.x": [REF]}, {"c.to": [[ID, "G20 X", "1"]]}, {"c.topic": ""}, {"c.warning.en": REF},
        {"c.visibility.en": "unlisted"}, {"c.corrects": {"message": ID, "post": "0"}},
        {"c.poll": {"answers": {"en": [REF, REF]}, "minutes": 60, "several": False, "part": 1}},
        {"c.card.0": {"url": "https://g20.example.org/", "title": REF, "description": REF, "picture": None}},
        {"c.picture.0": {**GOOD["c.picture.0"], "ms": 1000}},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_of_another_form_counts_for_no_desk(part):
    with pytest.raises(Refused):
        form.check({**LINE, **part})
