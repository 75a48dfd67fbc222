"""Where the program keeps things on this computer: one place for each, where the system wants such things. Each folder may not be
there yet."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "g20desk"


def desk(named: str | None = None) -> Path:
    """The desk that is meant: the one named, else what G20DESK_HOME names, else the policy's, else a folder in the user's data.
    Raises Refused where the administrator wants desks to lie elsewhere."""
    from g20desk import policy

    chosen = named or os.environ.get("G20DESK_HOME")
    said = policy.value("desk.folder")
    if said is None and not chosen:
        from platformdirs import user_data_path

        return user_data_path(NAME, False) / "desk"
    made = Path(chosen) if chosen else said.expanduser()
    if policy.locked("desk.folder") and not made.resolve().is_relative_to(said.expanduser().resolve()):
        policy.refuse("desk.folder")
    return made


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
        return _program_data() / NAME
    return Path("/Library/Application Support" if sys.platform == "darwin" else "/etc") / NAME


def _program_data() -> Path:
    """As Windows itself knows it: a user could have the environment name another folder."""
    import ctypes

    common_appdata, longest = 35, 260  # CSIDL_COMMON_APPDATA, MAX_PATH (shlobj_core.h)
    told = ctypes.create_unicode_buffer(longest)
    ctypes.windll.shell32.SHGetFolderPathW(None, common_appdata, None, 0, told)  # type: ignore[attr-defined]
    return Path(told.value)
