"""A finding in words: what it is about, why, and what stands in the other text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale

from ui import likeness
from ui.texts import LANGS, comma, isolated, reason, t

MOST = 60


def about(found: dict[str, Any]) -> str:
    """Its words, those that are missing, the languages without a text; empty where it has none, or too many."""
    if "langs" in found:
        return t("No text yet: {langs}", langs=comma().join(map(language, found["langs"])))
    said, there = found["text"].strip(), _short(found.get("against", {}))
    if said:
        return t("“{words}”", words=isolated(said)) if len(said) <= MOST else ""
    return t("Missing: “{words}”", words=isolated(there)) if there else ""


def remark(found: dict[str, Any]) -> str:
    """Why: its rule's sentence, its hint, and what differs where that does not stand beside it."""
    if likeness.alike(found):
        return likeness.said(found)
    said, note = str(found["message"]), ""
    if "against" in found and said.endswith(")"):
        said, _, note = said[:-1].rpartition(" (")
        note = "" if note == str(found["against"].get("text", "")).strip() else f" ({isolated(note)})"
    why, better, hint = said.partition(" Better: ")
    if better and hint.endswith("."):
        return t("{why} Better: {hint}.", why=reason(why), hint=reason(hint[:-1])) + note
    return reason(said) + note


def other(place: dict[str, Any]) -> str:
    """A place in the other text: `English: “547 million”`; the language alone where nothing stands there."""
    name, said = language(place["lang"]), _short(place)
    return t("{lang}: “{words}”", lang=name, words=isolated(said)) if said else name


def language(code: str) -> str:
    """A language by its name: its own where the interface has no word for it, its code where it has none."""
    known = dict(LANGS).get(code)
    return t(known) if known else QLocale(code).nativeLanguageName() or code


def _short(place: dict[str, Any]) -> str:
    words = str(place.get("text", "")).strip()
    return words if len(words) <= MOST else words[: MOST - 1] + "…"
