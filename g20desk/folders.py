"""Where the program keeps things on this computer: one place for each, where the system wants such things. Each folder may not be
there yet."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "g20desk"


def desk() -> Path:
    """The desk that is meant where none is named: what G20DESK_HOME names, else a folder in the user's data."""
    if named := os.environ.get("G20DESK_HOME"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path(NAME, False) / "desk"


def settings() -> Path:
    """What a person chose for the program, whichever desk is open."""
    from platformdirs import user_config_path

    return user_config_path(NAME, False)


def cache() -> Path:
    """What can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path(NAME, False)


def logs() -> Path:
    """The program's logs and the reports of crashes: what G20DESK_LOGS names, else the system's place for them."""
    if named := os.environ.get("G20DESK_LOGS"):
        return Path(named)
    from platformdirs import user_log_path

    return user_log_path(NAME, False)


def policy() -> Path:
    """The administrator's folder, which users can't write: presets and locks for everybody on this computer."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / NAME
    return Path("/Library/Application Support" if sys.platform == "darwin" else "/etc") / NAME
