"""`policy`: what the administrator of this computer decided, and whether a policy is as it should be."""

from __future__ import annotations

from pathlib import Path

import click

from g20desk import folders
from g20desk import policy as policy_of_here
from g20desk.cli.output import JSON, Where, say, table
from g20desk.desk import policies
from g20desk.errors import Refused


@click.group()
def policy() -> None:
    """What an administrator decided for this computer."""


@policy.command("show")
@JSON
@click.pass_obj
def policy_show(where: Where, as_json: bool) -> None:
    """What holds, what of it is locked, what is at fault, and the folders in which things lie."""
    found = policy_of_here.now()
    rows = policies.rows(found)
    lies = {
        "desk": where.folder, "settings": folders.settings(), "cache": folders.cache(), "logs": folders.logs(),
        "policy": folders.policy(),
    }  # fmt: skip
    value = {
        "files": [str(one) for one in found.files], "closed": found.closed,
        "set": {name: {"value": said, "how": how} for name, said, how in rows},
        "faults": [policies.as_json(one) for one in found.faults],
        "folders": {name: str(path) for name, path in lies.items()},
    }  # fmt: skip
    parts = [
        "\n".join(f"read: {one}" for one in found.files) or f"no policy in {folders.policy()}",
        table([[name, str(said), how] for name, said, how in rows]),
        "\n".join(f"FAULT {one.sentence()}" for one in found.faults),
        policies.CLOSED if found.closed else "",
        table([[f"{name}:", str(path)] for name, path in lies.items()]),
    ]
    say(value, as_json, "\n\n".join(filter(None, parts)))


@policy.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
def policy_check(file: Path, as_json: bool) -> None:
    """Look at a policy before it is put in its place: a file, or a folder with policy.toml and policy.d."""
    found = policies.read(file)
    faults = [policies.as_json(one) for one in found.faults]
    if faults:
        lines = "\n".join(one.sentence() for one in found.faults)
        raise Refused("policy-fault", lines, "Mend it before it is put in its place.", faults=faults)
    rows = policies.rows(found)
    value = {
        "files": [str(one) for one in found.files],
        "set": {name: {"value": said, "how": how} for name, said, how in rows},
    }
    say(value, as_json, table([[name, str(said), how] for name, said, how in rows]) or "Nothing is set.")
