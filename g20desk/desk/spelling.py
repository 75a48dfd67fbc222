"""Spelling: the system's dictionaries, the names that the office knows, and the office's own word list. Advice only,
and never part of what a submission attests: dictionaries differ from desk to desk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.clock import Clock, SystemClock, iso
from g20desk.desk import possible
from g20desk.desk.checking import rulebook
from g20desk.desk.dictionaries import Dictionary, advice, best, found, places
from g20desk.desk.speller import Speller
from g20desk.errors import Usage
from g20desk.rulebook import spelling
from g20desk.rulebook.book import Rulebook
from g20desk.rulebook.spelling import Names
from g20desk.rulebook.spellwords import UNSPACED, Word, base, words

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.office.state import Office

MOST_FIXES = 5
FIX_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Standing:
    """What spelling can do in a language: `ready`, `slow` (loaded when someone asks), `none` with the reason."""

    state: str
    dictionary: str = ""
    why: str = ""
    help: str = ""


class Spelling:
    """`desk.spelling`; without an office (`desk` is None) the dictionaries and the program's names alone."""

    def __init__(self, folder: Path, desk: Desk | None = None, clock: Clock | None = None) -> None:
        self._folder, self._desk = folder, desk
        self._clock = clock or SystemClock()
        self.speller = Speller()
        self._listed: dict[str, Dictionary] | None = None
        self._general: dict[str, tuple[Rulebook, Names]] = {}
        self._own: tuple[Office, Names] | None = None

    def dictionaries(self) -> dict[str, Dictionary]:
        """Those that this desk can use, by name; looked for once, or again after `look`."""
        if self._listed is None:
            self._listed = found(places(self._folder))
        return self._listed

    def look(self) -> None:
        """Look for dictionaries again, and try again those that did not work."""
        self._listed = None
        self.speller.forgive()

    def standing(self, lang: str) -> Standing:
        """What can be done in a language, without loading anything."""
        one = None if base(lang) in UNSPACED else best(lang, self.dictionaries())
        if one is None:
            return Standing("none", "", *advice(lang, self._folder))
        return Standing("slow" if one.slow() and not self.speller.loaded(one) else "ready", one.name)

    def load(self, lang: str) -> None:
        """Have the dictionary of a language ready. Raises Usage where there is none, or it can't be used; Stopped."""
        self.speller.load(self._dictionary(lang))

    def unknown(self, text: str, lang: str) -> list[Word]:
        """The words that are not right, in order of place. Raises as `load`."""
        one, book = self._dictionary(lang), self._book()
        read = words(text, lang, book.facts.agreed)
        general, own = self._names(lang, book)
        asked = spelling.questions(read, lang)
        listed = {said for said in asked if general.accept(said, lang) or own.accept(said, lang)}
        known = self.speller.known(one, sorted(asked - listed))
        return spelling.misspelt(text, read, lang, lambda said: said in listed or known.get(said, False))

    def suggestions(self, word: str, lang: str) -> list[str]:
        """What to write instead, the likeliest first: for a name one of those that the office knows. Raises as
        `load`."""
        said, one = spelling.plain(word, lang), self._dictionary(lang)
        near = [name for names in reversed(self._names(lang, self._book())) for name in names.near(said, lang)]
        theirs = self.speller.suggestions(one, said, MOST_FIXES)
        made = [*near, *theirs] if said[:1].isupper() else [*theirs, *near]
        return list(dict.fromkeys(made))[:MOST_FIXES]

    def check(self, text: str, lang: str) -> list[dict[str, Any]]:
        """Findings of SPELL-01 as the checker's: level advise, code points, `suggestions`. Looking for corrections ends
        after some seconds; what is found later comes without. Raises as `load`."""
        wrong = self.unknown(text, lang)
        until = self._clock.monotonic() + FIX_SECONDS
        fixes: dict[str, Sequence[str]] = {}
        for word in dict.fromkeys(word.text for word in wrong):
            if self._clock.monotonic() < until:
                fixes[word] = self.suggestions(word, lang)
        return [one.as_json() for one in spelling.findings(text, wrong, fixes)]

    def stop(self) -> None:
        """Whoever waits for an answer gets Stopped."""
        self.speller.stop()

    def rows(self) -> list[dict[str, Any]]:
        """The office's word list, in order of the alphabet: `word`, `lang` (empty: all), `by`, `at`."""
        office = self._office()
        listed = sorted(office.words, key=lambda one: (one.word.casefold(), one.lang))
        return [{"word": w.word, "lang": w.lang, "by": office.people[w.by].name, "at": iso(w.at)} for w in listed]

    def add(self, listed: Sequence[str], lang: str = "") -> None:
        """Put words on the office's list, for a language or for all. Raises Refused."""
        self._act("word.added", listed, lang)

    def remove(self, listed: Sequence[str], lang: str = "") -> None:
        """Take words off the office's list. Raises Refused."""
        self._act("word.removed", listed, lang)

    def may_add(self) -> str:
        """Why this person can't put words on the list; empty where they can: tried as if it were done."""
        assert self._desk is not None
        return possible.in_office(self._desk, "word.added", {"words": ["word"], "lang": ""})

    def _act(self, kind: str, listed: Sequence[str], lang: str) -> None:
        assert self._desk is not None
        said = [unicodedata.normalize("NFC", word.strip()) for word in listed]
        self._desk.act(kind, {"words": said, "lang": lang})

    def _office(self) -> Office:
        assert self._desk is not None
        return self._desk.office

    def _book(self) -> Rulebook:
        return rulebook() if self._desk is None else self._desk.rulebook.current()

    def _dictionary(self, lang: str) -> Dictionary:
        one = None if base(lang) in UNSPACED else best(lang, self.dictionaries())
        if one is None:
            raise Usage("no-dictionary", *advice(lang, self._folder))
        return one

    def _names(self, lang: str, book: Rulebook) -> tuple[Names, Names]:
        """What the rulebook's registers hold, and the office's."""
        mine = base(lang)
        have = self._general.get(mine)
        if have is None or have[0] is not book:
            have = self._general[mine] = (book, _general(mine, book))
        if self._desk is None:
            return have[1], Names({})
        office = self._office()
        if self._own is None or self._own[0] is not office:
            self._own = office, _own(office)
        return have[1], self._own[1]


def _general(lang: str, book: Rulebook) -> Names:
    """Members, Presidencies and their places, abbreviations, institutions with a handle, names of the register, countries, and
    what rules put into texts."""
    from g20desk.desk.handles import shipped

    facts = book.facts
    mine = [
        *facts.members.get(lang, ()),
        *facts.names.get(lang, ()),
        *_countries(lang),
        *spelling.terms(book.rules, lang),
    ]
    if lang == "en":
        mine += [*facts.adjectives, *(of for of, _ in shipped())]
    return Names({lang: mine, "": [*facts.acronyms, *facts.summits, *facts.names.get("", ())]})


def _countries(lang: str) -> list[str]:
    from babel import Locale, UnknownLocaleError

    try:
        return [str(name) for name in Locale(lang).territories.values()]
    except (UnknownLocaleError, ValueError):
        return []


def _own(office: Office) -> Names:
    """The office's word list, its people, accounts and those whom its register of handles names."""
    listed: dict[str, list[str]] = {"": [office.name, *office.handles]}
    listed[""] += [person.name for person in office.people.values()]
    listed[""] += [account.name for account in office.accounts.values()]
    for word in office.words:
        listed.setdefault(base(word.lang) if word.lang else "", []).append(word.word)
    return Names(listed)
