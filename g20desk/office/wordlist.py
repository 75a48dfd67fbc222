"""The office's word list: what is spelt right in its texts, whatever a dictionary says. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from g20desk.errors import Refused
from g20desk.office.fold import Author, Then, act
from g20desk.office.form import LANG
from g20desk.office.state import ListedWord, Office, need

MOST_WORDS = 500
LONGEST = 60
# Spaces, marks, controls, pictures: by their places, since what is a letter differs from Python to Python.
_NO_WORD = re.compile(
    r"[\x00-&(-,/:-@\[-`{-\xa9\xab-\xb6\xb8\xb9\xbb-\xbf\xd7\xf7\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u1680\u180e"
    r"\u2000-\u200b\u200e\u200f\u2012-\u2018\u201a-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020\ue000-\uf8ff"
    r"\ufe00-\ufe0f\ufeff\ufff0-\uffff\U0001f000-\U0001faff\U000e0000-\U0010ffff]"
)


def _letter(sign: str) -> bool:
    return sign >= "\xc0" or sign in "\xaa\xba" or (sign.isascii() and sign.isalpha())


def check(words: list[str], lang: str) -> None:
    """Refuse what is no list of words. A name of several words is several words."""
    if not 0 < len(words) <= MOST_WORDS or (lang and not LANG.match(lang)):
        raise Refused("malformed", f"A list has 1 to {MOST_WORDS} words, and is for a language or for all.")
    for word in words:
        if not 1 < len(word) <= LONGEST or _NO_WORD.search(word) or not any(map(_letter, word)):
            raise Refused(
                "malformed", f"“{word[:LONGEST]}” is not a word of 2 to {LONGEST} letters.",
                "Add one word at a time, without spaces or marks.",
            )  # fmt: skip


@act("word.added")
class Added:
    """Puts words on the office's list, for a language or (empty) for all; those that are on it stay as they are."""

    words: list[str]
    lang: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        check(self.words, self.lang)
        have = {(one.word, one.lang) for one in state.words}
        new = [word for word in dict.fromkeys(self.words) if (word, self.lang) not in have]
        more = (ListedWord(word, self.lang, by.person, then.event.header.at) for word in new)
        return replace(state, words=(*state.words, *more))


@act("word.removed")
class Removed:
    """Takes words off the office's list."""

    words: list[str]
    lang: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        check(self.words, self.lang)
        have = {one.word for one in state.words if one.lang == self.lang}
        if missing := [word for word in self.words if word not in have]:
            raise Refused("unknown-word", f"“{missing[0]}” is not on the list.", "See: g20desk spelling list")
        gone = set(self.words)
        return replace(state, words=tuple(w for w in state.words if w.lang != self.lang or w.word not in gone))
