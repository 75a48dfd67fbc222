"""What spares a count or a search leaves nothing out."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from connectors import graphemes
from connectors.x import text as x

LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
SCRAPS = st.sampled_from(
    [*"aé’国م \n.1#", "👍", "👩‍👧", "🇧🇷", "1️⃣", "©", "un.org", "https://un.org/a.", "a.", "\r\n", "ﷺ"]
)
TEXTS = st.one_of(
    st.lists(SCRAPS, max_size=12).map("".join), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
)


@given(TEXTS)
def test_x_counts_sign_by_sign(text):
    plain = unicodedata.normalize("NFC", text)
    fixed = {m.start(): (m.end(), 2) for m in x._emoji().finditer(plain)}
    fixed.update((link.start, (link.start + link.length, 23)) for link in x._links(plain))
    length = at = 0
    while at < len(plain):
        light = any(first <= ord(plain[at]) <= last for first, last in LIGHT)
        at, weight = fixed.get(at) or (at + 1, 1 if light else 2)
        length += weight
    assert x.count(text) == length


def test_each_emoji_has_one_of_the_signs_that_are_looked_for_first():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert all(x.EMOJI_SIGNS.search(found[0]) for found in x._emoji().finditer(every))
    joining = "#*0123456789\u200d\ufe0e"
    assert not re.search(x.EMOJI_SIGNS, joining) and not x._emoji().search(joining)


@pytest.mark.parametrize("text", ["", "plain", "a\r\nb", "\r\n\r\n", "\r\r\n", "\n\r", "\t\x00"])
def test_a_cluster_of_ascii_is_a_letter_or_the_end_of_a_line(text):
    assert graphemes.count(text) == len(regex.findall(r"\X", text))
