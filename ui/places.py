"""The screens: where the code of each stands."""

VIEWS = {
    "today": ("ui.today.view", "TodayView"),
    "messages": ("ui.messages.view", "MessagesView"),
    "composer": ("ui.composer.view", "ComposerView"),
    "calendar": ("ui.calendar.view", "CalendarView"),
    "sign-off": ("ui.signoff.view", "SignoffView"),
    "one-voice": ("ui.voice.view", "VoiceView"),
    "accounts": ("ui.accounts.view", "AccountsView"),
    "record": ("ui.record.view", "RecordView"),
    "office": ("ui.office.view", "OfficeView"),
    "rules": ("ui.rules.view", "RulesView"),
    "line": ("ui.voice.line_form", "LineView"),
    "relay": ("ui.voice.adopting", "AdoptView"),
    "library": ("ui.library.view", "LibraryView"),
}

# Screens on which something is written, and where the rail stands while they are in front.
WITHIN = {"composer": "messages", "line": "one-voice", "relay": "one-voice", "library": "one-voice"}
# What the key for a new message begins elsewhere than in messages.
BEGINS = {"one-voice": "line", "line": "line"}
