"""The rulebook's own codes as words: families, kinds of rule, where they look, the keys of a rule, what excuses a hit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from unicodedata import category

from g20desk.rulebook.kinds import says
from ui.texts import LANGS, comma, isolated, ltr, t

FAMILIES = {
    "ACCESS": "Signs that all can take in",
    "ALT": "Pictures and alt texts",
    "CHAR": "Characters",
    "CLAIM": "Certainty",
    "CONDOL": "Condolences",
    "CORRECT": "Corrections",
    "DISINFO": "Falsehoods",
    "EMBARGO": "Embargoes",
    "FACT": "Facts",
    "HASHTAG": "Hashtags",
    "INCL": "Words for everyone",
    "INTERNAL": "What stays inside",
    "LANG": "Spelling and typography",
    "LEGAL": "Law",
    "LINK": "Links",
    "LOCK": "Locked phrases",
    "MENTION": "Mentions",
    "NAME": "Who is named",
    "NUM": "Figures",
    "PARITY": "Between languages",
    "PLAIN": "Plain language",
    "PRIV": "Personal data",
    "SEC": "Secrets",
    "TERM": "Names of States and bodies",
    "THREAD": "Threads",
    "TIME": "Dates and times",
    "TONE": "Tone",
    "VOICE": "One voice",
}
KINDS = {
    "substitution": "Substitution",
    "phrase": "Phrase",
    "pattern": "Pattern",
    "metric": "Count",
    "structure": "Structure",
    "registry": "Register",
    "parity": "Between languages",
    "locked": "Locked phrase",
}
SCOPES = {
    "post": "The post",
    "alt": "Alt texts",
    "hashtag": "Hashtags",
    "link": "Links",
    "thread": "The whole thread",
    "pair": "Between languages",
}
PLACES = {
    "anywhere": "Anywhere",
    "start": "At the start",
    "opening": "In the first sentence",
    "closing": "In the last sentence",
    "first": "In the first part of a thread",
}
CASES = {"any": "Capitals do not count", "exact": "Capitals count"}
MESSAGES = ("news", "statement", "rebuttal", "condolence", "correction")
KEYS = {
    "kind": "Kind of rule",
    "level": "How serious",
    "why": "Why",
    "scope": "Looks at",
    "kinds": "Kinds of message",
    "lang": "Languages",
    "not_this": "Not this",
    "say_this": "Say this",
    "fix": "Put in its place",
    "test": "Looks for",
    "most": "At most",
    "least": "At least",
    "where": "Where",
    "case": "Capitals",
    "article": "With “the” before it",
    "except_when": "Except",
    "source": "Source",
    "principle": "Principle",
    "owner": "Owner",
    "valid_until": "Valid until",
    "on": "Switched on",
    "bad": "Bad examples",
    "good": "Good examples",
}
EXCEPT = {
    "quoted": "Between quotation marks",
    "agreed": "In agreed language",
    "linked": "Inside links, mentions and hashtags",
    "phrases": "Inside these phrases",
    "before": "After these words",
    "after": "Before these words",
    "sentence": "In a sentence with",
    "text": "In a text with",
}
HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
JOINERS = "\u200c\u200d"


def family(code: str) -> str:
    """A family's name; an office's own is called as it is."""
    return t(FAMILIES[code]) if code in FAMILIES else code


def languages(codes: list[str] | tuple[str, ...]) -> str:
    """The languages of a rule."""
    names = dict(LANGS)
    return comma().join(t(names.get(code, code)) for code in codes) if codes else t("All languages")


def kinds(codes: list[str] | tuple[str, ...]) -> str:
    """The kinds of message that a rule is for."""
    return comma().join(t(code.capitalize()) for code in codes) if codes else t("All kinds")


def excuses(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What excuses a hit: what kind of place, and the words or the pattern."""
    usual = {"quoted": False, "agreed": True, "linked": True}
    made = []
    for key, words in EXCEPT.items():
        value = given.get(key, usual.get(key))
        if value is True:
            made.append((t(words), ""))
        elif isinstance(value, list) and value:
            made.append((t(words), " · ".join(visible(one) for one in value)))
        elif isinstance(value, str) and value:
            made.append((t(words), value))
    return made


def looks_for(test: str) -> str:
    """What a test looks for, in a sentence."""
    known = f"test: {test}"
    words = t(known)
    return (says(test).replace("`", "") or test) if words == known else words


def said(key: str, value: Any) -> list[str]:
    """A rule's value in words, a line for each of several."""
    if value is None:
        return []
    tables = {"kind": KINDS, "scope": SCOPES, "where": PLACES, "case": CASES}
    if key in tables:
        return [t(tables[key].get(str(value), str(value)))]
    if key == "test" and value:
        return [looks_for(str(value))]
    if key == "lang":
        return [languages(value)]
    if key == "kinds":
        return [kinds(value)]
    if key == "except_when":
        return [f"{where}: {words}" if words else where for where, words in excuses(value)]
    if isinstance(value, bool):
        return [t("Yes") if value else t("No")]
    if isinstance(value, list | tuple):
        return [visible(str(one)) for one in value]
    return [visible(str(value))] if value != "" else []


def visible(text: str) -> str:
    """A text with signs that can't be seen written out: they also could turn round what stands beside them. Joiners
    stay where they join, in emoji and in Arabic or Indic words."""
    if text.isprintable():
        return text
    made = []
    for n, sign in enumerate(text):
        hidden = category(sign) in HIDDEN and sign != "\n"
        joins = sign in JOINERS and not f"{text[n - 1 : n]}{text[n + 1 : n + 2]}".isascii()
        made.append(f"⟨U+{ord(sign):04X}⟩" if hidden and not joins else sign)
    return "".join(made)


def one_line(text: str) -> str:
    """The same in a row of a list."""
    return " ".join(visible(text).split())


def code(id: str) -> str:
    """A rule's id as it stands anywhere."""
    return ltr(id)


def quoted(text: str) -> str:
    """Somebody's words between quotation marks."""
    return f"“{isolated(text)}”"
