"""From a rule file to rules, strictly: an unknown key, a wrong type or a pattern that could run wild is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from g20desk.rulebook import linear
from g20desk.rulebook.kinds import NEEDS, TESTS
from g20desk.rulebook.needs import Needs, needs
from g20desk.rulebook.phrasing import literals
from g20desk.rulebook.rule import KINDS, LEVELS, MESSAGES, PLACES, SCOPES, BadRule, Rule, Unless

LANGS = ("en", "fr", "es", "ar", "zh", "ru")
_FILE = {"families": list, "title": str, "defaults": dict, "rule": list}
_ID = re.compile(r"[A-Z]{2,10}-\d{2}\Z")
_WORDS = {"bad", "good", "say_this", "kinds", "lang", "not_this"}
_TEXTS = {"kind", "level", "scope", "test", "fix", "where", "case", "why", "source", "owner"}
_NUMBERS = {"most", "least", "principle"}
_SWITCHES = {"article", "on"}
_KEYS = {"id", "valid_until", "except_when", *_WORDS, *_TEXTS, *_NUMBERS, *_SWITCHES}
_UNLESS = {"quoted": bool, "agreed": bool, "linked": bool, "phrases": list, "before": str, "after": str,
           "sentence": str, "text": str}  # fmt: skip
_SIGNS: dict[str, Needs] = {"link": (("/", "www."),), "hashtag": (("#", "＃"),)}
_CHOICES = {"kind": KINDS, "level": LEVELS, "scope": SCOPES, "where": PLACES, "case": ("any", "exact")}


def read(file: str, text: str) -> list[Rule]:
    """The rules of one file, not yet held to their examples. Raises BadRule."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRule(file, "", f"this is not TOML: {error}") from None
    for key, value in data.items():
        if key not in _FILE or not isinstance(value, _FILE[key]):
            raise BadRule(file, "", f"“{key}” is not a key of a rule file, or of another type")
    made = []
    for number, row in enumerate(data.get("rule", []), 1):
        name = str(row.get("id", f"number {number}")) if isinstance(row, dict) else f"number {number}"
        try:
            made.append(_rule(file, data.get("families", []), _over(data.get("defaults", {}), row)))
        except (ValueError, TypeError, re.error) as error:
            raise BadRule(file, name, str(error)) from None
    return made


def _over(defaults: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row over the defaults of its file; what excuses it is added to what excuses all."""
    made = {**defaults, **row}
    if isinstance(defaults.get("except_when"), dict) and isinstance(row.get("except_when"), dict):
        made["except_when"] = {**defaults["except_when"], **row["except_when"]}
    return made


def _rule(file: str, families: list[str], row: Mapping[str, Any]) -> Rule:
    for key in row:
        if key not in _KEYS:
            raise ValueError(f"there is no key “{key}”; known: {', '.join(sorted(_KEYS))}")
    if not _ID.match(str(row.get("id", ""))) or row["id"].partition("-")[0] not in families:
        raise ValueError(f"the id must be a family of this file ({', '.join(families)}), a hyphen and two digits")
    values: dict[str, Any] = {"id": row["id"], "file": file}
    if isinstance(row.get("not_this"), dict):
        row = {**row, "not_this": list(row["not_this"]), "say_this": list(row["not_this"].values())}
    for key in _WORDS & set(row):
        values["langs" if key == "lang" else key] = _words(key, row[key])
    for key in (_TEXTS | _NUMBERS | _SWITCHES) & set(row):
        kind = str if key in _TEXTS else int if key in _NUMBERS else bool
        if not isinstance(row[key], kind):
            raise ValueError(f"{key} must be {kind.__name__}")
        values[key] = row[key]
    for key, allowed in _CHOICES.items():
        if values.get(key, allowed[0]) not in allowed:
            raise ValueError(f"{key} is one of {', '.join(allowed)}")
    for name in ("kind", "level", "why", "owner", "bad", "good"):
        if not values.get(name):
            raise ValueError(f"{name} is missing")
    until = row.get("valid_until", "")
    values["valid_until"] = date.fromisoformat(until).isoformat() if isinstance(until, str) and until else str(until)
    values["unless"] = _unless(row.get("except_when", {}))
    return _judged(Rule(**values))


def _words(key: str, value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(v, str) for v in listed):
        raise ValueError(f"{key} must be a string or a list of strings")
    return tuple(listed)


def _unless(given: Any) -> Unless:
    if not isinstance(given, dict):
        raise ValueError("except_when must be a table")
    for key, value in given.items():
        if key not in _UNLESS or not isinstance(value, _UNLESS[key]):
            raise ValueError(f"except_when has no key “{key}”, or it is of another type")
    for key in ("before", "after", "sentence", "text"):
        if given.get(key):
            linear.steps(linear.parsed(given[key], "any"))
            re.compile(given[key])
    return Unless(**{**given, "phrases": _words("phrases", given.get("phrases", []))})


def _judged(rule: Rule) -> Rule:
    """The rule with what its pattern needs; what makes no sense is refused."""
    if not 1 <= rule.principle <= 15:
        raise ValueError("principle is a number of the code, 1 to 15")
    if len(re.findall(r"[.!?。؟](?=\s|\Z)", rule.why)) != 1:
        raise ValueError("why must be one sentence")
    for lang in rule.langs:
        if lang not in LANGS:
            raise ValueError(f"lang is one of {', '.join(LANGS)}")
    for kind in rule.kinds:
        if kind not in MESSAGES:
            raise ValueError(f"kinds are {', '.join(MESSAGES)}")
    if rule.kind in ("metric", "structure", "registry", "parity", "locked"):
        if rule.test not in TESTS:
            raise ValueError(f"there is no test “{rule.test}”; known: {', '.join(sorted(TESTS))}")
        return replace(rule, needs=(NEEDS[rule.test],)) if NEEDS[rule.test] else rule
    if rule.test or not rule.not_this:
        raise ValueError("a phrase or pattern has not_this and no test")
    if rule.kind == "pattern":
        return replace(rule, needs=tuple(_checked(p, rule) for p in rule.not_this))
    if rule.kind == "substitution" and len(rule.say_this) not in (1, len(rule.not_this)):
        raise ValueError("say_this answers all items, or each in its place")
    return replace(rule, needs=tuple(literals(item) for item in rule.not_this))


def _checked(pattern: str, rule: Rule) -> Needs:
    tree = linear.parsed(pattern, rule.case)
    compiled = re.compile(pattern)
    try:
        re._parser.parse_template(rule.fix or "", compiled)  # type: ignore[attr-defined]
    except (re.error, IndexError) as error:
        raise ValueError(f"the fix does not go with the pattern: {error}") from None
    cost = linear.steps(tree)
    if cost > linear.MOST_STEPS:
        raise ValueError(f"the pattern may take {cost} steps at each place; the most is {linear.MOST_STEPS}")
    return needs(tree) + _SIGNS.get(rule.scope, ())
