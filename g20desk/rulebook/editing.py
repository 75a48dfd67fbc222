"""Rules of a set of files changed, added or switched off; all else stays letter for letter, comments too."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from g20desk.rulebook.rule import BadRule, Rule, Unless

RULES = "rulebooks/"
MOST = 99
_AT = re.compile(r"at line (\d+)")
_NAMES = {"langs": "lang", "unless": "except_when"}
_KEPT_APART = ("id", "file", "needs")
Edits = Mapping[str, Mapping[str, Any]]


def row(rule: Rule) -> dict[str, Any]:
    """What a rule says, by the keys of its file, each with a value; in the order in which a rule is read."""
    made = {}
    for field in fields(Rule):
        if field.name not in _KEPT_APART:
            value = getattr(rule, field.name)
            made[_NAMES.get(field.name, field.name)] = list(value) if isinstance(value, tuple) else value
    made["except_when"] = _excuses(rule.unless)
    return made


def _excuses(unless: Unless) -> dict[str, Any]:
    """What excuses a hit, as far as it is not as usual."""
    found = ((f.name, getattr(unless, f.name), f.default) for f in fields(Unless))
    return {name: list(v) if isinstance(v, tuple) else v for name, v, usual in found if v != usual}


USUAL = row(Rule("", "", "", "", ""))
_EXCUSES = {f.name: list(f.default) if isinstance(f.default, tuple) else f.default for f in fields(Unless)}


def edited(files: Mapping[str, str], rule: str, changes: Mapping[str, Any], file: str = "") -> dict[str, str]:
    """The files with keys of a rule set, or taken away where the value is None. A rule that is not there is added to
    `file`, by default the one that has its family. Raises BadRule."""
    return edited_all(files, {rule: changes}, {rule: file} if file else {})


def edited_all(files: Mapping[str, str], edits: Edits, homes: Mapping[str, str]) -> dict[str, str]:
    """The same for several rules; `homes` says where new ones go. Raises BadRule."""
    made = dict(files)
    by_file: dict[str, list[str]] = {}
    for id in edits:
        by_file.setdefault(home(files, id, homes.get(id, "")), []).append(id)
    for name, ids in by_file.items():
        try:
            found = tomlkit.parse(files.get(name, ""))
        except TOMLKitError as error:
            raise BadRule(name, "", f"this is not TOML: {error}") from None
        rows = {str(one.get("id")): one for one in found.get("rule", [])}
        for id in ids:
            if id in rows:
                _set(rows[id], edits[id], found.get("defaults", {}))
        text = tomlkit.dumps(found)
        for id in ids:
            if id not in rows:
                text = _added(text, id, edits[id])
        made[name] = text
    return made


def home(files: Mapping[str, str], rule: str, file: str = "") -> str:
    """The file that a rule stands in; else `file`, or the first that begins with its family, or has it."""
    family = re.escape(rule.partition("-")[0])
    patterns = [rf'(?m)^\s*id\s*=\s*["\']{re.escape(rule)}["\']']
    if not file:
        patterns += [rf'(?m)^families\s*=\s*\[\s*["\']{family}["\']', rf'(?m)^families\s*=.*["\']{family}["\']']
    for pattern in patterns:
        for name in sorted(files, key=lambda name: (name.partition("-")[1], name)):
            if name.startswith(RULES) and re.search(pattern, files[name]):
                return name
    return file or f"{RULES}{family.lower()}.toml"


def _set(row: Any, changes: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
    """Keys of a row; what is as usual is left unsaid where the file does not say otherwise of all its rules."""
    values = dict(changes)
    if isinstance(row.get("not_this"), Mapping) and {"not_this", "say_this"} & set(values):
        old = row["not_this"]
        said = values.pop("not_this", list(old)), values.pop("say_this", list(old.values()))
        values |= _answered(old, *said)
    for key, value in values.items():
        wanted = _spelt_out(value, defaults) if key == "except_when" and isinstance(value, Mapping) else value
        if wanted is None or (_as_usual(key, wanted) and key not in defaults):
            row.pop(key, None)
        elif row.get(key, _usual(key, defaults)) != wanted:
            row[key] = _item(wanted)


def _as_usual(key: str, value: Any) -> bool:
    return key in USUAL and bool(value == USUAL[key])


def _usual(key: str, defaults: Mapping[str, Any]) -> Any:
    """What a row says of a key that it does not name."""
    value = defaults.get(key, USUAL.get(key))
    return [value] if isinstance(value, str) and isinstance(USUAL.get(key), list) else value


def _answered(old: Any, not_this: Any, say_this: Any) -> dict[str, Any]:
    """A table of “not this” = “say this” changed in place; lists, where it is no table any more."""
    if not (isinstance(not_this, Sequence) and isinstance(say_this, Sequence) and len(not_this) == len(say_this)):
        return {"not_this": not_this, "say_this": say_this}
    pairs = dict(zip(not_this, say_this, strict=True))
    for gone in [key for key in old if key not in pairs]:
        del old[gone]
    for key, value in pairs.items():
        if old.get(key) != value:
            old[key] = value
    return {}


def _spelt_out(excuses: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Excuses that also say no to those that the file gives all its rules."""
    of_all = defaults.get("except_when", {})
    return {**{key: _EXCUSES[key] for key in of_all if key in _EXCUSES and key not in excuses}, **excuses}


def _added(text: str, rule: str, values: Mapping[str, Any]) -> str:
    """The text of a file with a new rule at its end."""
    found = tomlkit.parse(text)
    family, defaults = rule.partition("-")[0], found.get("defaults", {})
    if family not in found.get("families", []):
        found["families"] = [*found.get("families", []), family]
    new = tomlkit.table()
    for key, value in {"id": rule, **values}.items():
        wanted = _spelt_out(value, defaults) if key == "except_when" and isinstance(value, Mapping) else value
        if wanted is not None and (key in defaults or not _as_usual(key, wanted)):
            new.add(key, _item(wanted))
    rows = tomlkit.aot()
    rows.append(new)
    made = tomlkit.document()
    made.add("rule", rows)
    return f"{tomlkit.dumps(found).rstrip()}\n\n{tomlkit.dumps(made)}".lstrip()


def _item(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return tomlkit.item(list(value) if isinstance(value, tuple) else value)
    table = tomlkit.inline_table()
    for key, inner in value.items():
        table.add(key, list(inner) if isinstance(inner, tuple) else inner)
    return table


def next_id(files: Mapping[str, str], family: str) -> str:
    """An id that no rule of a family has; empty where all are taken."""
    taken = {int(n) for text in files.values() for n in re.findall(rf"\b{re.escape(family)}-(\d{{2,}})\b", text)}
    number = max(taken, default=0) + 1
    if number > MOST:
        number = next((n for n in range(1, MOST + 1) if n not in taken), 0)
    return f"{family}-{number:02}" if number else ""


def line_of(files: Mapping[str, str], problem: BadRule) -> int:
    """The line that a refusal is about: that of the rule's id, or the one that its reason names; 0 where there is none."""
    text = files.get(problem.file, "")
    if problem.rule:
        found = re.search(rf'(?m)^\s*id\s*=\s*["\']{re.escape(problem.rule)}["\']', text)
        return text.count("\n", 0, found.start()) + 1 if found else 0
    if "at end of document" in problem.why:
        return text.count("\n") + 1
    named = _AT.search(problem.why)
    return int(named[1]) if named else 0
