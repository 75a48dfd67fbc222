"""The window: a folder a screen, and what they share."""

from importlib import import_module

# First of all: once PySide is there, it reads the source of each module that is loaded.
_DESK = ("messages", "accounts", "holds", "publish")
for _name in (*(f"g20desk.desk.{part}" for part in _DESK), "platformdirs", "tomllib", "zoneinfo"):
    import_module(_name)
