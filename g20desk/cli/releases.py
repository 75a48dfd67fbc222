"""`releases`: the version here, and what newer one an administrator lets people know of."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from g20desk.cli.output import JSON, say
from g20desk.errors import Refused


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Hold the files there to it."
)
@click.option("--key", default="", help="The makers' public key in hex, where this build carries none.")
@JSON
def releases(file: Path | None, folder: Path | None, key: str, as_json: bool) -> None:
    """The version here, and the newer one that the administrator's manifest tells of; or prove FILE, a manifest, by its signature.
    Nothing is asked for over a network. Needs no office."""
    from g20desk import reading
    from g20desk import releases as known

    told = known.read(reading.read(file, reading.MEGA), key or known.public_key()) if file else known.offered()
    off = known.faults(told, folder) if told and folder else []
    if off:
        raise Refused(
            "release-files", f"Not as the manifest says: {', '.join(off)}.", "Don't install them; fetch them again."
        )
    value: dict[str, Any] = {"here": known.here(), "release": asdict(told) if told else None}
    lines = [f"Here: {known.here()}"]
    if told:
        lines += [f"{told.version}, {told.date}, signed by the makers", *filter(None, [told.notes.get("en", "")])]
        lines += [f"  {one.sha256}  {one.name}" for one in told.files]
        lines += ["All of them are in the folder as they should be."] * bool(folder)
    say(value, as_json, "\n".join(lines if told else [*lines, "No newer release is known here."]))
