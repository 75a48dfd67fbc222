"""One table of everything that can be done by key. Menus, the palette, the key sheet and tooltips are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from ui.texts import LANGS


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
    ("one-voice", "One voice", "quote", "V"),
    ("accounts", "Accounts", "at-sign", "A"),
    ("record", "Record", "scroll-text", "R"),
    ("office", "Office", "landmark", "O"),
    ("rules", "Rules", "book-check", "U"),
)

# The Office screen's pages; each has keys of its own.
OFFICE_PAGES = (
    ("office", "People"), ("routes", "Routes"), ("deputies", "Deputies"), ("templates", "Templates"), ("handover", "Handover"),
    ("computer", "This computer"),
)  # fmt: skip

TABLE: tuple[Action, ...] = (
    Action("find", "Find or do anything", "Ctrl+K"),
    Action("new", "New message", "Ctrl+N"),
    *(Action(f"go-{name}", word, f"G, {key}", letter=True) for name, word, _, key in SCREENS),
    Action("back", "Back", "Esc"),
    Action("region", "Next region", "F6"),
    Action("filter", "Filter this list", "Ctrl+F"),
    Action("keys", "Keys for this screen", "F1"),
    Action("hold", "Place a hold", "Ctrl+Shift+H"),
    Action("alarm", "Look at what went wrong", "Ctrl+Shift+A"),
    Action("pending", "Acts not yet in the record", "Ctrl+Shift+R"),
    Action("person", "Work as someone else", "Ctrl+Shift+U"),
    Action("computer", "What works on this computer", "G, D", letter=True),
    Action("scheme", "Light or dark", "Ctrl+Shift+L"),
    *(Action(f"lang-{n}", name, f"Ctrl+{n}", "composer") for n, (_, name) in enumerate(LANGS, 1)),
    Action("network-next", "Next network", "Alt+Right", "composer"),
    Action("network-before", "Network before", "Alt+Left", "composer"),
    Action("finding", "Next finding", "F8", "composer"),
    Action("finding-before", "Finding before", "Shift+F8", "composer"),
    Action("compare", "Compare two languages", "Alt+C", "composer"),
    Action("counterpart", "To the other text", "F9", "composer"),
    *(Action(f"fix-{n}", f"Take fix {n}", f"Alt+{n}", "composer") for n in range(1, 10)),
    Action("submit", "Submit for sign-off", "Ctrl+Return", "composer"),
    Action("picture", "Add picture", "Ctrl+Shift+P", "composer"),
    Action("part", "Next post", "Ctrl+Shift+Return", "composer"),
    Action("join", "Join the posts", "Ctrl+Shift+Backspace", "composer"),
    Action("override", "Let it stand", "Alt+O", "composer"),
    Action("spelling", "Check spelling", "F7", "composer"),
    Action("word-add", "Add to the word list", "Alt+W", "composer"),
    Action("word-ignore", "Ignore", "Alt+I", "composer"),
    Action("explain", "Open the rule behind a finding", "Alt+E", "composer"),
    Action("take-file", "Take in a file", "I", "library", True),
    Action("save-file", "Save as a file", "F", "library", True),
    Action("adopt", "Adopt", "A", "library", True),
    Action("withdraw", "Take it out", "W", "library", True),
    Action("agreed", "Insert agreed wording", "Alt+Return", "composer"),
    Action("agreed-next", "Next agreed wording", "Alt+Down", "composer"),
    Action("agreed-before", "Agreed wording before", "Alt+Up", "composer"),
    *(Action(f"lang-{n}", f"Language {n}", f"Ctrl+{n}", scope) for scope in ("line", "relay") for n in range(1, 10)),
    *(Action(f"fix-{n}", f"Take fix {n}", f"Alt+{n}", scope) for scope in ("line", "relay") for n in range(1, 10)),
    Action("ask-relay", "Ask to relay", "R", "one-voice", True),
    Action("revise-line", "Another version", "V", "one-voice", True),
    Action("lock", "Lock these words", "Ctrl+L", "line"),
    Action("submit", "Submit for sign-off", "Ctrl+Return", "line"),
    Action("override", "Let it stand", "Alt+O", "line"),
    Action("picture", "Add picture", "Ctrl+Shift+P", "line"),
    Action("adopt", "Take it on", "Ctrl+Return", "relay"),
    Action("decline", "Decline", "Ctrl+Shift+D", "relay"),
    Action("unschedule", "Take the time away", "Ctrl+Shift+T", "relay"),
    Action("withdraw", "Take it back", "Ctrl+Shift+B", "relay"),
    Action("leave", "Leave it as it is", "Ctrl+Shift+E", "relay"),
    Action("as-is", "As it is", "Alt+L", "relay"),
    Action("put-in", "Put the phrase in", "Alt+P", "relay"),
    Action("object", "Object", "O", "sign-off", True),
    Action("request-changes", "Ask for changes", "C", "sign-off", True),
    Action("no-objection", "No objection", "N", "sign-off", True),
    Action("approve", "Approve", "A", "sign-off", True),
    Action("amend", "Amend", "M", "sign-off", True),
    Action("propose-changes", "Ask for changes with it", "Ctrl+Return", "sign-off"),
    Action("propose-object", "Object with it", "Ctrl+Shift+Return", "sign-off"),
    Action("take-over", "Take over", "T", "sign-off", True),
    Action("reopen", "Lay it before all again", "U", "sign-off", True),
    Action("extend", "Give more time", "E", "sign-off", True),
    Action("close", "Close the silence", "X", "sign-off", True),
    Action("lift", "Ask to lift it", "I", "sign-off", True),
    Action("language", "Next language", "L", "sign-off", True),
    Action("changes", "Changes or clean", "D", "sign-off", True),
    Action("beside", "Beside the other language", "B", "sign-off", True),
    Action("reread", "Read the change", "R", "sign-off", True),
    Action("comment", "Comment", "W", "sign-off", True),
    Action("language", "Next language", "L", "one-voice", True),
    Action("write", "Write to them", "W", "one-voice", True),
    Action("leave", "Leave it, say why", "E", "one-voice", True),
    Action("listen", "Read what governments posted", "U", "one-voice", True),
    Action("open-relay", "Open it", "O", "one-voice", True),
    Action("library", "Library", "B", "one-voice", True),
    Action("kit", "Save the kit", "F", "one-voice", True),
    Action("prove", "Save a proof", "P", "one-voice", True),
    Action("page-accounts", "Accounts", "Ctrl+1", "one-voice"),
    Action("page-grid", "Grid", "Ctrl+2", "one-voice"),
    Action("page-time", "Over time", "Ctrl+3", "one-voice"),
    Action("edit", "Open the text", "E", "messages", True),
    Action("schedule", "Schedule", "S", "messages", True),
    Action("correct", "Correct it", "C", "messages", True),
    Action("reply", "Reply to it", "A", "messages", True),
    Action("quote", "Quote it", "Q", "messages", True),
    Action("come-back", "Let it come back", "R", "messages", True),
    Action("send", "Send what is due", "P", "messages", True),
    Action("withdraw", "Withdraw", "W", "messages", True),
    Action("prove", "Save a proof", "F", "messages", True),
    Action("leave", "Leave it as it is", "L", "messages", True),
    Action("went-out", "It went out", "Alt+Y", "messages"),
    Action("not-out", "It did not go out", "Alt+N", "messages"),
    Action("today", "Go to today", "T", "calendar", True),
    Action("earlier", "Week before", "Left", "calendar"),
    Action("later", "Week after", "Right", "calendar"),
    Action("day-view", "Day", "D", "calendar", True),
    Action("week-view", "Week", "W", "calendar", True),
    Action("month-view", "Month", "M", "calendar", True),
    Action("move", "Move to another time", "P", "calendar", True),
    Action("quarter-earlier", "Move 15 minutes earlier", "Alt+Up", "calendar"),
    Action("quarter-later", "Move 15 minutes later", "Alt+Down", "calendar"),
    Action("day-earlier", "Move a day earlier", "Alt+Left", "calendar"),
    Action("day-later", "Move a day later", "Alt+Right", "calendar"),
    Action("move-back", "Move it back", "Ctrl+Z", "calendar"),
    Action("embargo", "Place an embargo", "E", "calendar", True),
    Action("mourning", "Declare a day of mourning", "Q", "calendar", True),
    Action("slot", "Add a slot", "L", "calendar", True),
    Action("link", "Let it move with another", "B", "calendar", True),
    Action("unlink", "Let it move by itself", "U", "calendar", True),
    Action("entry", "Put something into the plan", "N", "calendar", True),
    Action("change", "Change what the plan says", "C", "calendar", True),
    Action("take-out", "Take it out of the plan", "X", "calendar", True),
    Action("take-in", "Take in a table or a calendar", "I", "calendar", True),
    Action("take", "Make what is new in the file", "Ctrl+Return", "calendar-file"),
    Action("add-account", "Add an account", "N", "accounts", True),
    Action("sign-in", "Sign in again", "S", "accounts", True),
    Action("grace", "Change the grace", "L", "accounts", True),
    Action("remove-account", "Remove the account", "R", "accounts", True),
    Action("all-acts", "All acts", "Ctrl+1", "record"),
    Action("tentative-acts", "Not yet in", "Ctrl+2", "record"),
    Action("refused-acts", "Refused", "Ctrl+3", "record"),
    Action("open-message", "Open the message", "M", "record", True),
    Action("only-message", "Only this message", "O", "record", True),
    Action("check-record", "Check the record", "V", "record", True),
    Action("exchange", "Try again now", "T", "record", True),
    Action("carry", "Carry on a stick", "C", "record", True),
    Action("bring", "Take in from a stick", "I", "record", True),
    Action("export", "Save a copy for others", "E", "record", True),
    Action("check-proof", "Check a proof", "P", "record", True),
    Action("invite", "Invite", "N", "office", True),
    Action("take-request", "Take a request", "T", "office", True),
    Action("add-device", "Add a device of yours", "D", "office", True),
    Action("role", "Another role", "E", "office", True),
    Action("retire", "Let them go", "L", "office", True),
    Action("second", "Join it", "A", "office", True),
    Action("withdraw", "Take it off the table", "W", "office", True),
    Action("guardians", "Name guardians", "U", "office", True),
    Action("hand-over", "Hand the order over", "H", "office", True),
    Action("mail-address", "Where notices go", "M", "office", True),
    Action("mail-server", "The office's mail server", "S", "office", True),
    *(
        Action(f"page-{id}", word, f"Ctrl+{n}", scope)
        for scope, *_ in OFFICE_PAGES
        for n, (id, word) in enumerate(OFFICE_PAGES, 1)
    ),
    Action("new-route", "New route", "N", "routes", True),
    Action("edit", "Write a new version", "E", "routes", True),
    Action("withdraw", "Withdraw", "W", "routes", True),
    Action("play", "Play it through", "P", "routes", True),
    Action("save-file", "Save as a file", "F", "routes", True),
    Action("take-file", "Take in a file", "I", "routes", True),
    Action("least", "The least silence", "L", "routes", True),
    Action("presidency", "Presidency and troika", "Y", "routes", True),
    Action("adopt", "Adopt the route", "Ctrl+Return", "routes"),
    Action("add-stage", "Add a stage", "Alt+A", "routes"),
    Action("drop-stage", "Remove the stage", "Ctrl+Shift+Backspace", "routes"),
    Action("stage-up", "Stage up", "Alt+Up", "routes"),
    Action("stage-down", "Stage down", "Alt+Down", "routes"),
    Action("name-deputy", "Name a deputy", "N", "deputies", True),
    Action("end-deputy", "End it", "E", "deputies", True),
    Action("new-template", "New template", "N", "templates", True),
    Action("edit", "Write a new version", "E", "templates", True),
    Action("withdraw", "Withdraw", "W", "templates", True),
    Action("second", "Join it", "A", "templates", True),
    Action("fill", "New message from it", "M", "templates", True),
    Action("adopt", "Lay it before the second person", "Ctrl+Return", "templates"),
    Action("pass-on", "Hand over", "N", "handover", True),
    Action("give-up", "Give it up", "U", "handover", True),
    Action("to-account", "Sign in", "S", "handover", True),
    Action("leave-it", "Leave it", "L", "handover", True),
    Action("look-again", "Look again", "L", "computer", True),
    Action("copy-command", "Copy the command", "C", "computer", True),
    Action("ask-networks", "Ask the networks too", "N", "computer", True),
    Action("back-up", "Back up this desk", "B", "computer", True),
    Action("ways", "Proxy and certificate", "P", "computer", True),
    Action("go-over", "Go over to the next rules", "A", "computer", True),
    Action("verify-all", "Verify all of the record", "F", "computer", True),
    Action("page-rules", "Rules", "Ctrl+1", "rules"),
    Action("page-code", "The code", "Ctrl+2", "rules"),
    Action("page-try", "Try a text", "Ctrl+3", "rules"),
    Action("page-changes", "Changes", "Ctrl+4", "rules"),
    Action("edit", "Edit", "E", "rules", True),
    Action("done", "Done", "Ctrl+Return", "rules"),
    Action("switch", "Switch on or off", "S", "rules", True),
    Action("switch-all", "Switch all that are looked for on or off", "Alt+S", "rules"),
    Action("try-rule", "Try it", "T", "rules", True),
    Action("take-back", "Take the change back", "B", "rules", True),
    Action("new-rule", "New rule", "N", "rules", True),
    Action("propose", "Propose", "P", "rules", True),
    Action("adopt", "Adopt", "A", "rules", True),
    Action("withdraw", "Withdraw or decline", "W", "rules", True),
    Action("take-over", "Make it your changes", "M", "rules", True),
    Action("drop", "Drop all your changes", "D", "rules", True),
    Action("would-say", "What it would have said", "L", "rules", True),
    Action("save-files", "Save as files", "F", "rules", True),
    Action("import", "Take in", "I", "rules", True),
    Action("settings", "Settings", "Ctrl+Shift+S"),
    Action("support", "Save a support bundle…", "Ctrl+Shift+G"),
    Action("about", "About G20 Desk", "Shift+F1"),
    Action("panel", "Side panel", "Ctrl+."),
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
