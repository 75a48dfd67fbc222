"""A kit's page: whatever a line says, it is escaped, whole and in its direction, and asks for nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from g20desk.office import locks
from g20desk.record import kit_files, kit_page, kit_words
from g20desk.record.kit import Fit, Kit, Picture, Said, Stage

EVIL = "<script>alert('1')</script> & \"{body}\" {style} <img src=https://evil.example/x>"
VOID = {"meta", "img", "br"}


class Read(HTMLParser):
    """A page as a reader's program takes it: each element with its attributes, and what each section says."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.sections: dict[str, list[str]] = {}
        self.said: list[str] = []
        self.marked: list[str] = []
        self.style = ""
        self._lang, self._reads = "", False
        self.feed(page.decode())
        self.close()
        assert self.open == [], "each element ends"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "section" and "lang" in dict(attrs):
            self._lang = str(dict(attrs)["lang"])
        if tag == "p":
            self._reads = dict(attrs).get("class") == "said"
        if tag == "p" and self._reads:
            self.sections.setdefault(self._lang, []).append("")
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            self.style += data
        elif self.open and self.open[-1] == "mark":
            self.marked[-1] += data
        if self._reads and "p" in self.open and "span" not in self.open:
            self.sections[self._lang][-1] += data
        self.said.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def made(**more: Any) -> Kit:
    said = (
        Said("en", (EVIL, "The second post."), ("The second",), ("Say <b>it</b>.",), (EVIL,), ("G20",),
             (Fit("x", (EVIL, "b"), (80, 1), 280, True),)),
        Said("ar", ("اتفقنا على تخفيف ديون أربعين بلداً.",), ("تخفيف ديون",)),
        Said("zh", ("我们商定减免债务。",)),
        Said("sw", ("Tulikubaliana.",)),
    )  # fmt: skip
    about: dict[str, Any] = {
        "pictures": (Picture(b"\x89PNG\r\n", "image/png", 640, 400, {"en": '"/><script>', "ar": "خريطة"}),),
        "source": EVIL, "agreed": 1_764_500_000_000, "until": 1_798_761_600_000, "stages": (Stage("Members", ("BR", "IN"), 2),),
    }  # fmt: skip
    return Kit(EVIL, ("a",) * 6, "1" * 64, "2" * 64, ("b",) * 4, EVIL, said, **{**about, **more})


def test_nothing_that_a_line_says_becomes_part_of_the_page():
    page = Read(kit_page.page(made()))
    assert {tag for tag, _ in page.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "p", "span", "bdi", "h1", "h2", "h3", "ul", "li", "section",
        "div", "mark", "figure", "img", "figcaption", "b", "dl", "dt", "dd",
    }  # fmt: skip
    for _, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name in ("href", "srcset", "style", "action")]
    assert [img["src"][:22] for img in page.all("img")] == ["data:image/png;base64,"]
    assert page.all("img")[0]["alt"] == '"/><script>'
    assert "".join(page.said).count(EVIL) == 6, "title, office, topic, source, text, don't"
    assert "url(" not in page.style and "@import" not in page.style and "http" not in page.style


def test_its_policy_lets_its_own_style_and_pictures_and_nothing_else():
    page = Read(kit_page.page(made()))
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert (
        policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert not page.all("script") and not page.all("link")


def test_each_text_stands_whole_in_its_language_and_direction():
    kit = made()
    page = Read(kit_page.page(kit))
    ways = {str(one["lang"]): one["dir"] for one in page.all("section") if "lang" in one}
    assert ways == {"en": "ltr", "ar": "rtl", "zh": "ltr", "sw": "ltr"}
    assert {lang: tuple(said) for lang, said in page.sections.items()} == {one.lang: one.parts for one in kit.texts}
    assert page.marked == ["The second", "تخفيف ديون"]
    captions = [(p["lang"], p["dir"]) for p in page.all("p") if "lang" in p]
    assert captions == [("en", "ltr"), ("ar", "rtl")]


def test_what_is_not_agreed_says_so_in_its_title_on_top_and_across_each_page():
    page = Read(kit_page.page(made(state="submitted")))
    assert "".join(page.said).count("NOT AGREED") == 4, "title, across, on top, in the head"
    assert "Agreed line" not in "".join(page.said) and "approved" not in "".join(page.said)


def test_a_page_without_english_has_its_frame_in_the_first_language():
    kit = made()
    page = Read(kit_page.page(replace(kit, texts=kit.texts[1:], pictures=())))
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}] and "ملف إعلامي" in page.said


@pytest.mark.parametrize(
    ("text", "phrases", "cut"),
    [
        ("a debt relief b", ["debt relief"], [(False, "a "), (True, "debt relief"), (False, " b")]),
        ("debt\n  relief", ["debt relief"], [(True, "debt\n  relief")]),
        ("debt relief now", ["debt relief", "relief now"], [(True, "debt relief"), (True, " now")]),
        ("a.b axb", ["a.b"], [(True, "a.b"), (False, " axb")]),
        (unicodedata.normalize("NFD", "alléger"), ["all\u00e9ger"], [(True, "all\u00e9ger")]),
        ("relief relief", ["relief"], [(True, "relief"), (False, " "), (True, "relief")]),
        ("2,100 and 100", ["100"], [(False, "2,100 and "), (True, "100")]),
        ("debts debt", ["debt"], [(False, "debts "), (True, "debt")]),
        ("nothing", [], [(False, "nothing")]),
    ],
)  # fmt: skip
def test_a_text_is_cut_where_its_locked_phrases_stand(text, phrases, cut):
    assert locks.runs(text, phrases) == cut


def test_the_words_of_kits_are_whole_in_all_six_languages():
    words = kit_words.words()
    assert tuple(words) == kit_words.ORDER
    english = words["en"]
    for lang, own in words.items():
        assert own.keys() == english.keys(), lang
        for name, said in own.items():
            if isinstance(said, str) and name != "date":
                assert set(re.findall(r"{\w+}", said)) == set(re.findall(r"{\w+}", english[name])), (lang, name)
        assert len(own["months"]) == 12
        assert kit_words.day(1_798_761_600_000, own) and kit_words.end(1_798_761_600_000, own) != kit_words.day(
            1_798_761_600_000, own
        )


def test_the_last_day_is_told_and_not_the_first_that_is_out():
    english = kit_words.of("en")
    assert kit_words.end(1_798_761_600_000, english) == "31 December 2026"
    assert kit_words.end(1_798_761_660_000, english) == "1 January 2027, 00:01 UTC"
    assert (kit_words.called("zh-Hant"), kit_words.called("sw"), kit_words.called("ru")) == (
        "中文 (zh-Hant)",
        "sw",
        "Русский",
    )


def test_sums_that_are_none_make_no_kit():
    assert (
        kit_files.summed(b"\xff") == {} and kit_files.summed(b"a b") == {} and kit_files.summed(b"1  a\n") == {"a": "1"}
    )
