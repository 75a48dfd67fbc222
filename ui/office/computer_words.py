"""What the doctor says, in the interface's words: parts, groups, states and facts."""

from __future__ import annotations

from g20desk.desk.alarm import SAYS as ALARMS
from g20desk.desk.doctor import SAYINGS, Fact
from g20desk.desk.ways import SAID
from ui.texts import LANGS, State, comma, isolated, language, reason, t

STATES = {
    "ok": State("Well", "circle-check", "ok"),
    "note": State("Worth knowing", "info", "text2"),
    "warning": State("Look at this", "triangle-alert", "warn"),
    "wrong": State("Not right", "octagon-alert", "block"),
}
DESK, OUT, OFFICE, COMPUTER = "This desk", "Ways out", "The office", "This computer"
# A part's title, and the group that it stands in.
PARTS = {
    "policy": ("What your administrator decided", COMPUTER),
    "keyring": ("Safe place for secrets", DESK), "store": ("The record's file", DESK), "backup": ("Backup", DESK), "hub": ("The office's hub", OUT), "proxy": ("Proxy", OUT),
    "certificates": ("Certificates", OUT), "accounts": ("Accounts", OUT), "clock": ("Clock and zone", OUT), "publisher": ("Publisher", OFFICE),
    "mail": ("Notices by mail", OFFICE), "alarms": ("Alarms", OFFICE), "handover": ("Handover", OFFICE), "rulebook": ("Rulebook", OFFICE),
    "rules": ("The record's own rules", OFFICE), "folder": ("The desk's folder", COMPUTER), "disk": ("Disk", COMPUTER),
    "logs": ("Logs", COMPUTER), "memory": ("Memory", COMPUTER), "versions": ("Program and system", COMPUTER), "fonts": ("Fonts", COMPUTER), "spelling": ("Spelling", COMPUTER),
}  # fmt: skip
# Words that stand in a fact's places and are words of ours.
WITHIN = (
    "the hub", "other computers", *SAID.values(), "from the environment",  "your settings are kept",
    "what can be made again is kept", "logs are kept", "emoji", "Chinese, Japanese and Korean", "Devanagari", "Latin and Cyrillic", "Arabic",
    "a share", "a cloud service", "its name is not known", "it does not answer", "its certificate is not trusted",
    "Latin and Cyrillic, Arabic", "no version",
)  # fmt: skip


def says(fact: Fact) -> str:
    """A fact's sentence."""
    return _whole(_in_words(fact, fact.saying.says, fact.says), fact.saying.says)


def to_do(fact: Fact) -> str:
    """What to do about it, without the command; empty where nothing is."""
    return _in_words(fact, fact.saying.todo, fact.todo)


def _in_words(fact: Fact, form: str, whole: str) -> str:
    if not form:
        return ""
    if SAYINGS.get(fact.code) != fact.saying:  # an error of the desk, in its own words
        return reason(whole)
    values = {name: _value(name, value) for name, value in fact.values.items()}
    if fact.code == "alarms-standing":
        alarm = ALARMS[fact.values["says"]]
        values["why"] = t(alarm, account=values["account"], day=fact.values["day"])
    return t(form, **values)


def _value(name: str, value: str) -> str:
    if name == "langs":
        names = dict(LANGS)
        return comma().join(t(names.get(code, code)) for code in value.split(", "))
    if value in WITHIN:
        return t(value)
    known = reason(value) if name in ("why", "whom") else value
    return isolated(known) if language() != "en" else known


def _whole(words: str, form: str) -> str:
    """As a sentence that stands by itself."""
    return words[:1].upper() + words[1:] if form[:1].isalpha() or words.startswith(WITHIN) else words
