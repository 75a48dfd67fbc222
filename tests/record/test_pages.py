"""The page that checks itself: its script proves a pack as the program does, and a page that was touched is not believed."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import packing
from g20desk.record import page, verify
from g20desk.record.pack import BadPack
from g20desk.record.withholding import Wish
from tests.record import story as told
from tests.record import test_spoilt_packs as spoilt
from tests.record.story import Story, fault

RUN = Path(__file__).with_name("page.cjs")


def opened(*files: Path, without: bool = False) -> list[dict[str, Any]]:
    """What the script of each page comes to, under Node."""
    words = [os.environ.get("G20DESK_NODE", "node"), str(RUN), *(["--without"] if without else []), *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def written(folder: Path, *packs: bytes) -> list[Path]:
    made = [folder / f"{number}.html" for number in range(len(packs))]
    for path, pack in zip(made, packs, strict=True):
        path.write_bytes(page.page(pack))
    return made


def test_a_page_proves_itself_and_shows_what_the_pack_says(story: Story, tmp_path: Path) -> None:
    (shown,) = opened(*written(tmp_path, story.pack()))
    assert shown["state"] == "ok" and "Signatures, contents and places hold" in shown["said"]
    for word in (
        told.EN,
        told.FR,
        told.AR,
        told.ZH,
        told.ALT["en"],
        "Liaison Brazil (liaison, BR)",
        "rehearsal.invalid",
    ):
        assert word in shown["body"]
    assert shown["images"] == ["data:image/png;base64,"] and "made by Officer (officer)" in shown["under"]
    assert ["ar", "rtl"] in shown["directions"] and ["zh", "auto"] in shown["directions"]


def test_what_a_text_says_is_never_markup(story: Story, tmp_path: Path) -> None:
    data = page.page(story.pack())
    assert data.count(b"</script>") == 2 and data.count(b"<script") == 2 and b"alert(1)" in data
    (shown,) = opened(*written(tmp_path, story.pack()))
    assert told.EN in shown["body"], "as it was typed"
    assert "script" not in shown["elements"]


def test_a_page_allows_nothing_but_itself(story: Story) -> None:
    text = page.page(story.pack()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert (
        policy and policy[1].startswith("default-src 'none';") and "unsafe" not in policy[1] and "http" not in policy[1]
    )
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", text, re.S)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy[1]
    assert not re.search(r"(?:src|href)=\"http|@import|url\(|fetch\(|XMLHttp|innerHTML|eval\(", text)


def test_both_forms_of_a_pack_are_the_same_pack(story: Story, tmp_path: Path) -> None:
    desk = story.desk()
    packing.write(desk, story.message, tmp_path / "proof.html", Wish())
    assert verify.load(tmp_path / "proof.html") == packing.pack_message(desk, story.message, Wish()).data
    (shown,) = opened(tmp_path / "proof.html")
    assert shown["state"] == "ok"


CHANGES = [
    spoilt.drop, spoilt.swap, spoilt.swap_places, spoilt.rename, spoilt.hide_body, spoilt.hide_person, spoilt.hide_part,
    spoilt.other_told, spoilt.other_text, spoilt.no_text, spoilt.further_text, spoilt.guess, spoilt.later_time, spoilt.cut_short,
    spoilt.foreign_event, spoilt.one_more_voice,
]  # fmt: skip


def test_a_page_names_what_does_not_hold_in_the_same_words_as_the_program(story: Story, tmp_path: Path) -> None:
    packs = [story.spoilt(change, complete=True) for change in CHANGES]
    for change, pack, shown in zip(CHANGES, packs, opened(*written(tmp_path, *packs)), strict=True):
        assert shown["state"] == "block" and shown["body"] == "", change
        if change not in (spoilt.cut_short, spoilt.foreign_event, spoilt.one_more_voice, spoilt.swap_places):
            assert fault(pack) in shown["said"], change


@pytest.mark.parametrize("seed", range(4))
def test_a_page_finds_what_a_stranger_changed(story: Story, tmp_path: Path, seed: int) -> None:
    by, whole, packs = random.Random(seed), story.pack(), []
    while len(packs) < 12:
        at = by.randrange(len(whole))
        if chr(whole[at]).isalnum():
            packs.append(whole[:at] + (b"1" if whole[at] != 49 else b"2") + whole[at + 1 :])
    for shown in opened(*written(tmp_path, *packs)):
        assert shown["state"] == "block" and shown["body"] == ""


def test_a_browser_that_can_not_check_shows_nothing_of_it(story: Story, tmp_path: Path) -> None:
    (shown,) = opened(*written(tmp_path, story.pack()), without=True)
    assert shown["state"] == "warn" and "Nothing here was checked" in shown["said"] and shown["body"] == ""
    assert "record verify" in shown["said"]


def test_withheld_names_and_texts_are_said_to_be_withheld(story: Story, tmp_path: Path) -> None:
    packs = (story.pack(parts=("c.text.fr",), names=True), story.pack(complete=True), story.pack(reasons=True))
    hidden, whole, reasons = opened(*written(tmp_path, *packs))
    assert (
        "Withheld. Its digest" in hidden["body"]
        and told.FR not in hidden["body"]
        and "Liaison Brazil" not in hidden["body"]
    )
    assert "nothing on this message was left out" in whole["said"] and "left out" not in hidden["said"]
    assert told.REASON in reasons["body"] and told.REASON not in whole["body"]


@pytest.mark.parametrize("seed", range(4))
def test_a_page_that_was_touched_anywhere_is_not_believed(story: Story, tmp_path: Path, seed: int) -> None:
    by, whole = random.Random(seed), page.page(story.pack())
    for _ in range(60):
        at = by.randrange(len(whole))
        change = by.choice((whole[:at] + b"#" + whole[at:], whole[:at], whole[:at] + whole[at + 1 :], whole + b"\n"))
        if change != whole and page.is_page(change):
            path = tmp_path / "touched.html"
            path.write_bytes(change)
            with pytest.raises(BadPack):
                verify.verify(verify.load(path))


def test_a_page_that_says_yes_whatever_is_in_it_is_not_believed(story: Story, tmp_path: Path) -> None:
    lying = page.page(story.pack()).replace(b'state("block"', b'state("ok"')
    with pytest.raises(BadPack, match="The page around the pack"):
        page.inside(lying)
    path = tmp_path / "lying.html"
    path.write_bytes(lying)
    done = subprocess.run([sys.executable, "-m", "g20desk", "record", "verify", str(path), "--json"], capture_output=True,
                          text=True, timeout=60, check=False)  # fmt: skip
    assert done.returncode == 1 and json.loads(done.stdout)["verified"] is False


@pytest.mark.parametrize("seed", range(4))
def test_a_page_takes_nothing_that_the_program_does_not_but_by_the_offices_rules(
    story: Story, tmp_path: Path, seed: int
) -> None:
    """What a maker changes anywhere and signs again: the page passes over no more than what it says that it can't judge."""
    by = random.Random(seed)
    ways = spoilt.leaves({k: v for k, v in json.loads(story.pack(complete=True)).items() if k != "signature"})
    packs, chosen = [], by.sample(ways, 40)
    for way in chosen:

        def spoil(found: Any, way: tuple[Any, ...] = way) -> None:
            for name in way[:-1]:
                found = found[name]
            found[way[-1]] = spoilt.changed(found[way[-1]], by)

        packs.append(story.spoilt(spoil, complete=True))
    for way, pack, shown in zip(chosen, packs, opened(*written(tmp_path, *packs)), strict=True):
        rules = ("by the office's rules", "comes to", "Not of the form")
        assert shown["state"] == "block" or any(one in fault(pack) for one in rules), (way, fault(pack))
