"""A Vale style (a folder of YAML rules) made a rule file, every rule off; what our rules can't say is listed with why.

existence, substitution, repetition, consistency and conditional have their like; of occurrence what counts words in a
sentence or allows a thing once. Vale's levels suggestion, warning and error become advise, warn and block.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from g20desk.rulebook.adapting import Unmapped
from g20desk.rulebook.imported import Candidate, Imported, family_of, written
from g20desk.rulebook.termlist import sentence
from g20desk.rulebook.vale_kinds import MAKERS, Style, texts

LEVELS = {"suggestion": "advise", "warning": "warn", "error": "block"}
POST = ("text", "raw", "sentence", "paragraph", "summary", "list", "blockquote", "strong", "emphasis", "link")
KEYS = {"extends", "message", "level", "scope", "link", "action", "ignorecase", "description", "name", "code", "vocab",
        "limit", "nonword", "exceptions"}  # fmt: skip
OWN = {"existence": {"tokens", "raw", "append"}, "substitution": {"swap", "pos", "capitalize"},
       "occurrence": {"token", "max", "min"}, "repetition": {"tokens", "alpha"}, "consistency": {"either"},
       "conditional": {"first", "second"}}  # fmt: skip
NEVER = {
    "capitalization": "posts have no headings, and a rule can't judge the capitals of a whole text",
    "metric": "its formula reads a document, not a post", "readability": "its score needs a document, not a post",
    "script": "it is a program", "spelling": "spelling is checked with dictionaries, not with rules",
    "sequence": "it needs parts of speech",
}  # fmt: skip
LARGEST = 1_000_000


def imported(
    name: str, files: Mapping[str, str], *, lang: str = "en", family: str = "", owner: str = "language"
) -> Imported:
    """A rule file from a style: the texts of its YAML files by name."""
    style = Style(name, owner, lang)
    candidates: list[Candidate] = []
    for file in sorted(files):
        try:
            candidates += _file(style, file, files[file])
        except Unmapped as error:
            style.left(file, str(error))
    return written(family or family_of(name), f"Vale style {name}", candidates, style.left_out, style.changed)


def _file(style: Style, file: str, text: str) -> list[Candidate]:
    given = _read(text)
    kind = str(given.get("extends"))
    if kind in NEVER:
        raise Unmapped(f"{kind}: {NEVER[kind]}")
    if kind not in OWN:
        raise Unmapped("it extends nothing that is known")
    for key in sorted(set(given) - KEYS - OWN[kind]):
        style.change(file, f"“{key}” is not known and was left out")
    return list(MAKERS[kind](style, file, given, _about(style, file, given)))


def _read(text: str) -> dict[str, Any]:
    """A YAML rule, every scalar as it is written. Raises Unmapped."""
    if len(text) > LARGEST:
        raise Unmapped("it is too large")
    try:
        found = yaml.load(text, Loader=yaml.BaseLoader)  # BaseLoader makes strings, lists and dicts, nothing else
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Unmapped(f"it is not YAML: {' '.join(str(error).split())[:160]}") from None
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise Unmapped("it is no table of a rule")
    return found


def _about(style: Style, file: str, given: dict[str, Any]) -> dict[str, Any]:
    """What all our rules have, from what all of Vale's have."""
    level = str(given.get("level", "warning"))
    if level not in LEVELS:
        raise Unmapped(f"there is no level “{level}”")
    link = given.get("link", "")
    made: dict[str, Any] = {
        "level": LEVELS[level], "lang": [style.lang], "why": _why(str(given.get("message", ""))),
        "source": f"Vale style {style.name}, {file}" + (f": {link}" if isinstance(link, str) and link else ""),
        "owner": style.owner, "principle": 1,
    }  # fmt: skip
    scope = _scope(given.get("scope", "text"))
    if scope != "post":
        made["scope"] = scope
    if given.get("ignorecase", "false") != "true":
        made["case"] = "exact"
    exceptions = [one for one in texts(given, "exceptions") if one]
    if exceptions:
        made["except_when"] = {"phrases": exceptions}
    action = given.get("action")
    if isinstance(action, dict) and action.get("name") not in ("replace", "remove", None):
        style.change(file, f"its action “{action['name']}” is not carried over")
    if given.get("vocab") == "false":
        style.change(file, "“vocab: false” means nothing here: agreed language and names are asked for rule by rule")
    return made


def _scope(given: Any) -> str:
    scopes = given if isinstance(given, list) else [given]
    words = [part.strip() for one in scopes if isinstance(one, str) for part in one.split("&")]
    wanted = [word for word in words if not word.startswith("~")] or ["text"]
    for word in wanted:
        if word == "alt":
            return "alt"
        if word.partition(".")[0] in POST:
            return "post"
    raise Unmapped(f"a post has no “{wanted[0]}”")


def _why(message: str) -> str:
    """The message as one sentence that names no finding."""
    quoted = r"['‘“\"]?%(?:\[\d\])?[sdvq]['’”\"]?"
    text = re.sub(quoted, "this", message) if len(re.findall(quoted, message)) < 2 else ""
    if message and not text:
        text = re.sub(quoted, "the office's wording", message, count=1)
        text = re.sub(quoted, "this", text)
    return sentence(text, "A style that the office imported advises against this.")
