"""Two versions that were written apart, in words: what a part is called, what a place says. No widgets, no desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from g20desk.clock import iso
from g20desk.office import merging
from g20desk.office.merging import Name, Place
from ui.texts import LANGS, NETWORKS, t
from ui.widgets.word_diff import markup

WISHES = {"warning": "Warning before the text", "visibility": "Who may see it"}
CALLED = {
    "note": "Note to those who sign off", "kind": "Kind", "topic": "Topic", "poll": "Poll", "order": "Order of the pictures",
    "not_before": "Goes out no sooner than", "corrects": "Corrects", "replies": "Replies to", "quotes": "Quotes",
    "until": "Stands until", "source": "Source", "supersedes": "Line that it takes the place of",
}  # fmt: skip
# What a line has in a language.
OF_A_LINE = {"lock": "Locked phrases", "tags": "Hashtags", "do": "Do", "dont": "Do not"}
# What is there or not.
THERE = {"to": ("It goes there", "It does not go there"), "picture": ("Keep it", "Leave it out")}


def in_order(parts: Iterable[Name]) -> list[Name]:
    """The parts in the order of the composer: texts by language first."""
    langs = [code for code, _ in LANGS]

    def at(name: Name) -> tuple[int, int, Name]:
        code = lang(name)
        return merging.ORDER.index(name[0]), langs.index(code) if code in langs else len(langs), name

    return sorted(parts, key=at)


def part(name: Name, pictures: Sequence[str]) -> str:
    """A part of a message, as a heading. `pictures`: the paths, in their order."""
    kind, about = name[0], name[1:]
    if kind in ("text", *WISHES):
        where = t(dict(LANGS).get(about[0], about[0]))
        where += f" · {NETWORKS.get(about[1], about[1])}" if about[1] else ""
        return where if kind == "text" else f"{t(WISHES[kind])} · {where}"
    if kind == "to":
        return t("Goes to {account}", account=about[0])
    if kind in ("picture", "at", "alt"):
        number = pictures.index(about[0]) + 1 if about[0] in pictures else len(pictures) + 1
        if kind == "alt":
            return t("What picture {n} shows", n=number) + f" · {t(dict(LANGS).get(about[1], about[1]))}"
        return t("Picture {n}", n=number) if kind == "picture" else t("Post of picture {n}", n=number)
    if kind in OF_A_LINE:
        return t(OF_A_LINE[kind]) + (f" · {t(dict(LANGS).get(about[0], about[0]))}" if about[0] else "")
    return t(CALLED[kind])


def lang(name: Name) -> str:
    """The language that a part is in; English where it is in none."""
    return name[2] if name[0] == "alt" else name[1] if name[0] in ("text", "warning", *OF_A_LINE) and name[1] else "en"


def said(name: Name, value: str) -> str:
    """What a part says on one side; empty where it is not there."""
    if name[0] in merging.WORDS:
        return " ".join(value.split())
    if name[0] in ("not_before", "until"):
        return iso(int(value))[:16].replace("T", " ") + " UTC" if value else ""
    if name[0] == "order":
        return ""
    if name[0] == "kind":
        return t(value.capitalize())
    return str(merging.label(name, value))


def marked(runs: merging.Runs) -> str:
    """A text with both versions in it, as rich text: what went is struck through, what came is underlined and bears the
    number of who wrote it; what was chosen stands as it will."""
    made = []
    for run in runs:
        if isinstance(run, str):
            made.append(escape(run))
        elif run.chosen is not None:
            made.append(f"<b>{escape(run.chosen)}</b>")
        elif run.agreed:
            made.append(_came(run.was, (run.first, "")))
        else:
            made.append(_came(run.was, *((w, n) for w, n in ((run.first, "1"), (run.second, "2")) if w != run.was)))
    return "".join(made)


def _came(was: str, *new: tuple[str, str]) -> str:
    runs = [("removed", was)] if was else []
    made = markup(runs)
    for words, number in new:
        made += ("&thinsp;" if made else "") + markup([("added", words)]) if words else ""
        made += f"<sub>{number}</sub>" if number else ""
    return made


def told(name: Name, place: Place, people: tuple[str, str]) -> str:
    """Who changed what, in a sentence."""
    wrote = not place.was and name[0] in merging.WORDS
    if place.by == 3:
        return t("Both wrote here.") if wrote else t("Both changed this.")
    who = people[place.by - 1]
    if wrote:
        return t("Only {person} wrote here.", person=who)
    return t("Only {person} changed this.", person=who)
