"""A rule file made from other people's rules: every one off, every one held to examples, nothing dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tomlkit

from g20desk.rulebook import schema
from g20desk.rulebook.book import Rulebook
from g20desk.rulebook.examples import found_in, hold
from g20desk.rulebook.facts import Facts
from g20desk.rulebook.rule import BadRule, Rule

IN_A_FAMILY = 99
MOST_RULES = 26 * IN_A_FAMILY
MOST_EXAMPLES = 3
FRAMES = {
    "en": ("The text says {} here.", "{}", "{} is what it says.", "We met, and {}.", "It has {}x."),
    "fr": ("Le texte dit {} ici.", "{}"), "es": ("El texto dice {} aquí.", "{}"), "ru": ("В тексте стоит {} здесь.", "{}"),
    "ar": ("يقول النص {} هنا.", "{}"), "zh": ("文中写的是{}。", "{}"),
}  # fmt: skip
NEUTRAL = {
    "en": ("The meeting opens on Monday.", "Ministers met in Rome.", "We thank our hosts.", "Yes."),
    "fr": ("La réunion commence lundi.", "Merci."), "es": ("La reunión empieza el lunes.", "Gracias."),
    "ru": ("Встреча начнётся в понедельник.", "Да."), "ar": ("يبدأ الاجتماع يوم الاثنين.", "شكرا."),
    "zh": ("会议星期一开始。", "谢谢。"),
}  # fmt: skip
_NOTHING = Rulebook((), Facts())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could not be imported, or only in part: where it stood and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The text of a rule file, how many rules it holds, what is not in it, and what is in it changed."""

    text: str
    rules: int
    left_out: tuple[LeftOut, ...]
    changed: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule to be: its keys but the id, and pairs of a text that it finds and one to say instead (or empty)."""

    where: str
    row: Mapping[str, Any]
    samples: Sequence[tuple[str, str]]


def family_of(name: str) -> str:
    """A family for a file's or style's name: two to ten capital letters."""
    letters = "".join(c for c in name.upper() if "A" <= c <= "Z")[:10]
    return letters if len(letters) > 1 else f"IM{letters}"


def exemplified(one: Candidate) -> dict[str, Any]:
    """A row with examples that it behaves on. Raises BadRule saying why there are none."""
    rule = _rule({**one.row, "bad": ["-"], "good": ["-"]})
    lang = (rule.langs or ("en",))[0]
    bad, good = [], []
    for said, instead in one.samples[:MOST_EXAMPLES]:
        frame = next((f for f in FRAMES[lang] if found_in(f.format(said), rule, _NOTHING)), None)
        if frame is None:
            raise BadRule("", "", f"no example could be made that it finds: {said}")
        bad.append(frame.format(said))
        if instead and not found_in(frame.format(instead), rule, _NOTHING):
            good.append(frame.format(instead))
    neutral = [text for text in NEUTRAL[lang] if not found_in(text, rule, _NOTHING)]
    if not good and not neutral:
        raise BadRule("", "", "it finds something in every ordinary sentence")
    made = {**one.row, "bad": bad, "good": good or neutral[:1]}
    hold(_rule(made), _NOTHING, {})
    return made


def behaves(one: Candidate) -> str:
    """Why a candidate would not load; empty where it holds."""
    try:
        exemplified(one)
    except BadRule as error:
        return error.why
    return ""


def _rule(row: Mapping[str, Any]) -> Rule:
    text = tomlkit.dumps({"families": ["IM"], "rule": [{"id": "IM-01", **row}]})
    return schema.read("", text)[0]


def written(
    family: str, title: str, candidates: Iterable[Candidate], left_out: Sequence[LeftOut] = (),
    changed: Sequence[LeftOut] = (),
) -> Imported:  # fmt: skip
    """The file. A candidate that does not hold is left out with the reason."""
    rows: list[dict[str, Any]] = []
    out = list(left_out)
    for one in candidates:
        if len(rows) == MOST_RULES:
            out.append(LeftOut(one.where, f"a file has {MOST_RULES} rules at most; import the rest as another family"))
            continue
        try:
            rows.append(exemplified(one))
        except BadRule as error:
            out.append(LeftOut(one.where, error.why))
    return Imported(_text(family, title, rows, out, changed), len(rows), tuple(out), tuple(changed))


def _text(
    family: str, title: str, rows: list[dict[str, Any]], out: Sequence[LeftOut], changed: Sequence[LeftOut]
) -> str:
    made = tomlkit.document()
    made.add(tomlkit.comment(f"{_line(title)}. Imported: every rule is off until an editor writes on = true."))
    for head, notes in (("Not imported", out), ("Changed in importing", changed)):
        if notes:
            made.add(tomlkit.comment(f"{head}:"))
            for note in notes:
                made.add(tomlkit.comment(f"  {_line(note.where)}: {_line(note.why)}"))
    families = [family, *(f"{family[:9]}{chr(n)}" for n in range(ord("B"), ord("Z") + 1))]
    made.add("families", tomlkit.item(families[: max(1, -(-len(rows) // IN_A_FAMILY))]))
    made.add("title", tomlkit.item(title))
    made.add(tomlkit.nl())
    listed = tomlkit.aot()
    for number, row in enumerate(rows):
        table = tomlkit.table()
        id = f"{families[number // IN_A_FAMILY]}-{number % IN_A_FAMILY + 1:02}"
        for key, value in {"id": id, "on": False, **row}.items():
            table.add(key, _value(value))
        listed.append(table)
    if rows:
        made.add("rule", listed)
    return tomlkit.dumps(made)


def _value(value: Any) -> Any:
    if isinstance(value, list):
        made = tomlkit.item(list(value))
        return made.multiline(sum(len(str(v)) for v in value) > 80) if hasattr(made, "multiline") else made
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        for key, inner in value.items():
            table.add(key, inner)
        return table
    return tomlkit.item(value)


def _line(text: str) -> str:
    """As a comment takes it: one line of signs that can be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
