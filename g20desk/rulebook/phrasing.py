"""Phrases as patterns: whole words, either apostrophe, any space between; Arabic with or without its particles."""

from __future__ import annotations

import re

from g20desk.rulebook.needs import Needs, asked

_HAN = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# و ف, then ب ك ل, then ال; or لل.
_PARTICLES = "(?:[وف]?(?:[بكل]?(?:ال)?|لل))"
_EITHER = {"'": "['’]", "’": "['’]", "-": "[-‐‑]", "*": r"\w{0,14}"}


def literals(item: str) -> Needs:
    """The runs of a phrase, small, that a text must hold as they are, the longest first."""
    runs = {asked(run).strip() for run in item.split("*")} - {""}
    return tuple((run,) for run in sorted(runs, key=len, reverse=True))


def pattern(item: str) -> str:
    """A phrase as a pattern with a group `at`. `*` stands for the rest of a word."""
    if _HAN.search(item):
        return f"(?P<at>{re.escape(item)})"
    words = ("".join(_EITHER.get(c, re.escape(c)) for c in word) for word in item.split())
    body = r"\s{1,3}".join(words)
    if _ARABIC.search(item):
        return rf"(?<!\w){_PARTICLES}(?P<at>{body})(?!\w)"
    left = r"(?<![\w])(?<![\w][-‐‑])" if item[0].isalnum() else ""
    right = r"(?![\w])(?![-‐‑][\w])" if item[-1].isalnum() or item[-1] == "*" else ""
    return f"{left}(?P<at>{body}){right}"


def fitted(found: str, item: str, answer: str) -> str:
    """An answer with the capitals of what it replaces."""
    if not found or not answer or item[:1].isupper():
        return answer
    if len(found) > 3 and found.isupper() and not item.isupper():
        return answer.upper()
    return answer[0].upper() + answer[1:] if found[0].isupper() else answer
