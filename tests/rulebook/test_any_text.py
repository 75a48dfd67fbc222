"""Of any text: ranges within it, no error, and a fix that leaves the same finding nowhere near."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from g20desk.desk.checking import Checking, rulebook

LANGS, KINDS = ("en", "fr", "es", "ar", "zh", "ru"), ("news", "statement", "rebuttal", "condolence", "correction")
DESK = Checking()
SCRAPS = st.sampled_from([
    *(bad for rule in rulebook().rules if rule.scope in ("post", "hashtag", "link") for bad in rule.bad),
    "🎉", "👩‍👧", "🇧🇷", "“", "”", "«", "»", "(", "#", "@", "#COVID-19", "https://un.org/a", "\u200b", "\u202e", "\u0301", "\n", "،", "。",
    "النمو", "二十国集团", "страны", "G-20", "Turkey", "  ", "!!", "?!", "’", "'", "3,5 %", "10:30", "http://", "www.", ".It ",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    st.lists(st.one_of(SCRAPS, st.text(st.characters(exclude_categories=["Cs"]), max_size=8)), max_size=7).map("".join),
    st.lists(SCRAPS, max_size=5).map(" ".join),
)
ASKED = (TEXTS, st.sampled_from(LANGS), st.sampled_from(KINDS), st.sampled_from(["x", "bluesky", "mastodon"]))


@settings(max_examples=250, deadline=None)
@given(*ASKED, st.lists(TEXTS, max_size=2))
def test_ranges_lie_in_the_text_and_hold_what_they_say(text, lang, kind, network, alts):
    for found in DESK.text(text, network, lang, kind, [{"alt": alt} for alt in alts])["findings"]:
        of = alts[found["attachment"]] if "attachment" in found else text
        assert 0 <= found["start"] <= found["end"] <= len(of)
        assert of[found["start"] : found["end"]] == found["text"]
        assert found["message"]


@settings(max_examples=250, deadline=None)
@example("???", "en", "news", "x")
@given(*ASKED)
def test_a_fix_leaves_the_same_finding_nowhere_near(text, lang, kind, network):
    for found in DESK.text(text, network, lang, kind)["findings"]:
        if found["suggestion"] is None:
            continue
        fixed = text[: found["start"]] + found["suggestion"] + text[found["end"] :]
        end = found["start"] + len(found["suggestion"])
        for again in DESK.text(fixed, network, lang, kind)["findings"]:
            same = (again["rule"], again["text"]) == (found["rule"], found["text"])
            assert not (same and again["start"] < end and found["start"] < again["end"]), (found, fixed)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=3), st.sampled_from(LANGS), st.sampled_from(KINDS))
def test_threads_and_languages_too(parts, others, lang, kind):
    for found in DESK.thread(parts, lang, kind):
        of = parts[found["part"] - 1]
        assert of[found["start"] : found["end"]] == found["text"]
    texts = {"en": parts, **({lang: others} if lang != "en" else {})}
    for listed in DESK.compare(texts, kind).values():
        for found in listed:
            assert found["message"]
            for place in (found, found["against"]) if "part" in found["against"] else (found,):
                of = (texts[place["lang"]] or [""])[place["part"] - 1]
                assert of[place["start"] : place["end"]] == place["text"]
