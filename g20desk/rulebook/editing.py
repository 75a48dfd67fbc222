"""One rule of a set of files changed, added or switched off; all else stays letter for letter, comments too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from g20desk.rulebook.rule import BadRule

RULES = "rulebooks/"
_AT = re.compile(r"at line (\d+)")


def edited(files: Mapping[str, str], rule: str, changes: Mapping[str, Any], file: str = "") -> dict[str, str]:
    """The files with keys of a rule set, or taken away where the value is None. A rule that is not there is added to
    `file`, by default the one that has its family. Raises BadRule."""
    name = _home(files, rule, file)
    try:
        found = tomlkit.parse(files.get(name, ""))
    except TOMLKitError as error:
        raise BadRule(name, "", f"this is not TOML: {error}") from None
    row = next((one for one in found.get("rule", []) if one.get("id") == rule), None)
    if row is None:
        return {**files, name: _added(found, rule, changes)}
    for key, value in changes.items():
        if value is None:
            row.pop(key, None)
        elif row.get(key) != value:
            row[key] = _item(value)
    return {**files, name: tomlkit.dumps(found)}


def _home(files: Mapping[str, str], rule: str, file: str) -> str:
    """The file that a rule stands in, or that has its family."""
    family = rule.partition("-")[0]
    for pattern in (
        rf'(?m)^\s*id\s*=\s*["\']{re.escape(rule)}["\']',
        rf'(?m)^families\s*=.*["\']{re.escape(family)}["\']',
    ):
        for name, text in files.items():
            if name.startswith(RULES) and re.search(pattern, text):
                return name
    return file or f"{RULES}{family.lower()}.toml"


def _added(found: tomlkit.TOMLDocument, rule: str, values: Mapping[str, Any]) -> str:
    """The text of a file with a new rule at its end."""
    family = rule.partition("-")[0]
    if family not in found.get("families", []):
        found["families"] = [*found.get("families", []), family]
    row = tomlkit.table()
    for key, value in {"id": rule, **values}.items():
        if value is not None:
            row.add(key, _item(value))
    rows = tomlkit.aot()
    rows.append(row)
    made = tomlkit.document()
    made.add("rule", rows)
    return f"{tomlkit.dumps(found).rstrip()}\n\n{tomlkit.dumps(made)}"


def _item(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return tomlkit.item(list(value) if isinstance(value, tuple) else value)
    table = tomlkit.inline_table()
    for key, inner in value.items():
        table.add(key, list(inner) if isinstance(inner, tuple) else inner)
    return table


def next_id(files: Mapping[str, str], family: str) -> str:
    """An id that no rule of a family has."""
    taken = {int(n) for text in files.values() for n in re.findall(rf"\b{re.escape(family)}-(\d{{2,}})\b", text)}
    return f"{family}-{max(taken, default=0) + 1:02}"


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
