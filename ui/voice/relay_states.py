"""What became of a relay: always a word, a shape and a colour."""

from ui.texts import State

RELAYS = {
    "asked": State("Asked", "hourglass", "warn"),
    "adopted": State("Taken on", "calendar-clock", "accentText"),
    "declined": State("Declined", "ban", "text2"),
    "overdue": State("Overdue", "clock-alert", "block"),
    "carried": State("Carried", "check-check", "ok"),
    "drifted": State("Drifted", "triangle-alert", "warn"),
    "left": State("Left as it is", "eye", "text2"),
    "withdrawn": State("Taken back", "undo-2", "text3"),
}
