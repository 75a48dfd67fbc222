"""One table of everything that can be done by key. Menus, the palette, the key sheet and tooltips are made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """An id, its words, its keys, where it holds, and whether it is a bare letter (never while typing)."""

    id: str
    text: str
    keys: str
    scope: str = "anywhere"
    letter: bool = False


SCREENS = (
    ("today", "Today", "sun", "T"),
    ("messages", "Messages", "file-text", "M"),
    ("calendar", "Calendar", "calendar-days", "C"),
    ("sign-off", "Sign-off", "stamp", "S"),
    ("accounts", "Accounts", "at-sign", "A"),
)

TABLE: tuple[Action, ...] = (
    Action("find", "Find or do anything", "Ctrl+K"),
    Action("new", "New message", "Ctrl+N"),
    *(Action(f"go-{name}", word, f"G, {key}", letter=True) for name, word, _, key in SCREENS),
    Action("back", "Back", "Esc"),
    Action("region", "Next region", "F6"),
    Action("filter", "Filter this list", "Ctrl+F"),
    Action("keys", "Keys for this screen", "F1"),
    Action("hold", "Place a hold", "Ctrl+Shift+H"),
    Action("person", "Work as someone else", "Ctrl+Shift+U"),
    Action("scheme", "Light or dark", "Ctrl+Shift+L"),
    *(Action(f"lang-{n}", f"Language {n}", f"Ctrl+{n}", "composer") for n in range(1, 7)),
    Action("network-next", "Next network", "Alt+Right", "composer"),
    Action("network-before", "Network before", "Alt+Left", "composer"),
    Action("finding", "Next finding", "F8", "composer"),
    *(Action(f"fix-{n}", f"Take fix {n}", f"Alt+{n}", "composer") for n in range(1, 10)),
    Action("submit", "Submit for sign-off", "Ctrl+Return", "composer"),
    Action("picture", "Add picture", "Ctrl+Shift+P", "composer"),
    Action("object", "Object", "O", "sign-off", True),
    Action("request-changes", "Ask for changes", "C", "sign-off", True),
    Action("no-objection", "No objection", "N", "sign-off", True),
    Action("approve", "Approve", "A", "sign-off", True),
    Action("language", "Next language", "L", "sign-off", True),
    Action("edit", "Open the text", "E", "messages", True),
    Action("schedule", "Schedule", "S", "messages", True),
    Action("send", "Send what is due", "P", "messages", True),
    Action("withdraw", "Withdraw", "W", "messages", True),
    Action("today", "Go to today", "T", "calendar", True),
    Action("earlier", "Week before", "Left", "calendar"),
    Action("later", "Week after", "Right", "calendar"),
)

BY_ID = {(a.scope, a.id): a for a in TABLE}


def keys(id: str, scope: str = "anywhere") -> str:
    """The keys as they stand on a button: `Ctrl N`, `G C`, `Ctrl ↵`."""
    return (
        BY_ID[scope, id]
        .keys.replace("Return", "↵")
        .replace("Right", "→")
        .replace("Left", "←")
        .replace("+", " ")
        .replace(",", "")
    )


def of(scope: str) -> tuple[Action, ...]:
    """The actions that hold in a scope."""
    return tuple(a for a in TABLE if a.scope == scope)
