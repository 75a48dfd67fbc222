"""The window: a folder a screen, and what they share."""

from importlib import import_module

# First of all: once PySide is there, it reads the source of each module that is loaded.
_DESK = ("g20desk.desk.messages", "g20desk.desk.accounts", "g20desk.desk.holds", "g20desk.desk.alarms")
for _name in (*_DESK, "concurrent.futures.thread", "platformdirs", "tomllib", "zoneinfo"):
    import_module(_name)
