"""Writes the reference pages in docs/ and the vocabulary of the log from the code: `python tools/reference.py`. A test holds the pages to it."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from dataclasses import fields
from pathlib import Path

import click

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CLASSES = {"Refused": 1, "Usage": 2, "Unreachable": 3, "DeskError": 2}
HEADS = {
    "command-line.md": """# The command line

`g20desk COMMAND --help` says more. `--office DIR` (or `G20DESK_HOME`) names the desk's folder, `--as PERSON` whose desk
where it holds several people's keys. With `--json` a command prints exactly one JSON value. Exit: 0 done, 1 refused,
2 wrong usage or a broken set-up, 3 unreachable, 130 interrupted.

| command | what it does |
|---|---|
""",
    "events.md": """# Kinds of event

Each is one small class with its fields and its `apply`, where the right to it is decided: `g20desk/office/`. Streams:
`office.*`, `member.*`, `device.*`, `role.*`, `proposal.*`, `guardians.*`, `roster.*`, `epoch.*`, `order.*`, `account.*`, `hold.*`, `embargo.*`, `mourning.*`, `slot.*`,
`recurring.*`, `handle.*`, `rulebook.*`, `agreed.*`, `word.*` are acts of the office's stream; `draft.*` of a draft's (office ring);
`message.*`, `signoff.*`, `post.*` of a message's (members ring).

| kind | fields | what it says |
|---|---|---|
""",
    "errors.md": """# Errors

`--json` prints `{"error": {"code", "message", "help"}}`; the exit code is the class: 1 refused, 2 usage or set-up,
3 unreachable. The code is also the verdict on an act in the record that does not count.

| code | exit | what it says |
|---|---|---|
""",
    "rules.md": """# Rules

Every rule of `resources/rulebooks/`, by family. How a rule is written and reviewed: [rulebook.md](rulebook.md); what each
serves: [code.md](code.md). Where a rule has several examples, the first stands here.

| rule | level | where | languages | kinds of message | why | bad | good | source |
|---|---|---|---|---|---|---|---|---|
""",
}


def commands(group: click.Group, before: str = "") -> dict[str, str]:
    """Every command and its help."""
    found: dict[str, str] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        if isinstance(one, click.Group):
            found |= commands(one, f"{before}{name} ")
        elif one is not None:
            found[f"{before}{name}"] = " ".join((one.help or "").split())
    return found


def errors() -> dict[str, tuple[set[int], list[str]]]:
    """Every error code, its exit codes, and what it says."""
    found: dict[str, tuple[set[int], list[str]]] = {}
    for path in sorted((ROOT / "g20desk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in CLASSES and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                exits, says = found.setdefault(str(node.args[0].value), (set(), []))
                exits.add(CLASSES[name])
                words = _words(node.args[1]) if len(node.args) > 1 else "…"
                if words not in says:
                    says.append(words)
    return dict(sorted(found.items()))


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)
    return "…"


def rows() -> dict[str, list[list[str]]]:
    """The table of each page; the first cell is the name."""
    from g20desk.cli.main import cli
    from g20desk.desk.checking import rulebook
    from g20desk.office.acts import ACTS

    return {
        "command-line.md": [[name, says] for name, says in commands(cli).items()],
        "events.md": [
            [kind, ", ".join(f.name for f in fields(one)), " ".join(str(inspect.getdoc(one)).split())]
            for kind, one in sorted(ACTS.items())
        ],
        "errors.md": [
            [code, ", ".join(map(str, sorted(exits))), " · ".join(says).replace("|", "/")]
            for code, (exits, says) in errors().items()
        ],
        "rules.md": [
            [
                r.id,
                r.level,
                r.scope,
                " ".join(r.langs) or "all",
                " ".join(r.kinds) or "all",
                _cell(r.message),
                _cell(r.bad[0]),
                _cell(r.good[0]),
                _cell(r.source),
            ]
            for r in sorted(rulebook().rules, key=lambda r: r.id)
        ],
    }


def _cell(text: str) -> str:
    seen = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return seen.replace("\\u000a", "⏎").replace("|", "∣").replace("<", "&lt;").replace("`", "'")


def code() -> str:
    """The code's own page: each principle and the rules that make it checkable."""
    from g20desk.desk.checking import rulebook
    from g20desk.rulebook.code import FILE, read

    code = read((ROOT / "resources" / FILE).read_text(encoding="utf-8"), rulebook().rules)
    made = f"# Shared code of institutional communication\n\n{code.who}\n"
    for one in code.principles:
        families: dict[str, list[str]] = {}
        for id in one.rules:
            families.setdefault(id.partition("-")[0], []).append(id)
        made += f"\n## {one.number}. {one.title}\n\n{one.says}\n\n"
        made += "".join(f"- {', '.join(ids)}\n" for ids in families.values())
    return made


def vocabulary() -> str:
    """The closed lists that a log may take words from: codes of errors, kinds of acts, names of commands."""
    from g20desk.cli.main import cli
    from g20desk.office.acts import ACTS

    return (
        json.dumps({"codes": sorted(errors()), "kinds": sorted(ACTS), "commands": sorted(commands(cli))}, indent=1)
        + "\n"
    )


def support() -> str:
    """The page on logs, with the table of events between its head and what follows it."""
    from g20desk.logs.words import EVENTS

    page = (DOCS / "support.md").read_text(encoding="utf-8")
    head, rest = page.split("|---|---|---|---|\n", 1)
    after = rest[rest.index("\n## ") :]
    rows = (f"| `{name}` | {e.part} | {e.level} | {', '.join(e.fields)} |\n" for name, e in EVENTS.items())
    return f"{head}|---|---|---|---|\n{''.join(rows)}{after}"


DOCTOR = """# The doctor

`g20desk doctor` looks at this computer and this desk, part by part, and says for each what to do.
In the window: `G D`. Exit: 0 where nobody has to do anything (`ok`, `note`), 1 else (`warning`, `wrong`). `--only NAME` looks at some parts, `--full` verifies
all of the record, `--networks` asks the networks whose each sign-in is, `--seconds N` is how long a part that asks other computers may
take (5): one that takes longer is cut off, with what was found by then. `--json` prints `{"ok", "checks": [{"name", "ok", "says",
"help", "state", "code", "facts"}]}`; each of `facts` has `code`, `state`, `says`, `help` and `command`. Codes hold no names.

It changes nothing: an entry of its own in the keyring and a file of its own in each folder are written and taken away again. An error of
the desk that it meets (a store that does not open, a hub that refuses) stands under its own code: [errors](errors.md).

| part | what it looks at |
|---|---|
"""


def doctor() -> str:
    """The doctor's page: its parts, and every kind of fact that it tells."""
    from g20desk.desk.doctor import PARTS, SAYINGS

    made = DOCTOR + "".join(f"| {part.name} | {part.looks} |\n" for part in PARTS)
    made += "\n| code | state | what it says | what to do | command |\n|---|---|---|---|---|\n"
    for code, one in SAYINGS.items():
        made += f"| `{code}` | {one.state} | {_cell(one.says)} | {_cell(one.todo)} | {f'`{one.command}`' if one.command else ''} |\n"
    return made


def pages() -> dict[str, str]:
    """Each page's whole text."""
    tables = {
        page: HEADS[page] + "".join(f"| `{name}` | {' | '.join(rest)} |\n" for name, *rest in table)
        for page, table in rows().items()
    }
    return {**tables, "code.md": code(), "doctor.md": doctor(), "support.md": support()}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for page, text in pages().items():
        (DOCS / page).write_text(text, encoding="utf-8")
    (ROOT / "resources" / "vocabulary.json").write_text(vocabulary(), encoding="utf-8")
