"""One voice as one would explain it to a diplomat, written from the text of the design and of docs/one-voice.md alone, to compare
the fold with. Slow and obvious on purpose; what is in quotation marks is the text that the lines below it say again.

Lines are signed off as messages are: each has a judge of the sign-off's model (`tests/signoff/judge.py`). How posts go out is in
`model_posts.py`.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from g20desk.ledger import pieces
from tests.signoff.judge import Judge
from tests.signoff.model_office import Fact, No, Person

ASKS = ("head", "officer")
LOCK, TEXT, POST = "c.lock.", "c.text.", "c.post."


def letters(words: str) -> str:
    """ "sign for sign (white space and the composition of letters aside)"."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def glued(one: str, other: str) -> bool:
    """Whether two neighbouring signs make one letter, word or number: what ends between them does not stand there. Scripts that
    write words without spaces, or join small words to others, are left out."""
    if unicodedata.category(other)[0] == "M":
        return True
    spaced = all(unicodedata.name(sign, "").split(" ")[0] in ("LATIN", "CYRILLIC", "GREEK") for sign in (one, other))
    return (one.isdigit() and other.isdigit()) or (one.isalpha() and other.isalpha() and spaced)


def stands(phrase: str, post: str) -> bool:
    """Whether a locked phrase stands in a post: whole, not as the end of another word or number ("disagreed", "2100 billion")."""
    wanted, said = letters(phrase), letters(post)
    if "\u202d" in said or "\u202e" in said:  # what follows is shown from its end to its beginning
        return not wanted
    for at in range(len(said) - len(wanted) + 1):
        end = at + len(wanted)
        if wanted and said[at:end] == wanted:
            # Where it begins and where it ends, and in a number ("2.100", "100,000") a sign further.
            edges = [said[at - 1 : at + 1] if at else "", said[end - 1 : end + 1]]
            edges += [said[at - 2] + said[at] if at > 1 and said[at - 1] in ".," else ""]
            edges += [said[end - 1] + said[end + 1] if end + 1 < len(said) and said[end] in ".," else ""]
            if not any(len(two) == 2 and glued(*two) for two in edges[:2]) and not any(
                two.isdigit() for two in edges[2:] if two
            ):
                return True
    return not wanted


def locked_kept(line: dict[str, Any], words: dict[str, list[str]]) -> bool:
    """ "each phrase that the line locks in that language must stand. In a language in which the line locks nothing it is a
    translation." It stands in a post: nobody reads it over the end of one."""
    return all(
        any(stands(phrase, post) for post in posts)
        for lang, posts in words.items()
        for phrase in line.get(LOCK + lang, [])
    )


def is_line(values: dict[str, Any]) -> bool:
    """ "A line is wording on a topic, in one or more languages, with phrases that are *locked* … for no account"."""
    langs = {name.removeprefix(TEXT) for name in values if name.startswith(TEXT)}
    locked = {name.removeprefix(LOCK) for name in values if name.startswith(LOCK)}
    return bool(values.get("c.topic")) and not values["c.to"] and locked <= langs


def says_so(values: dict[str, Any], account: str, topic: str) -> bool:
    """ "`words`: what it says, per language the posts of a thread; `content` holds the same, and the finished posts", for the
    account that was asked and no other, on the topic of the line: holds and embargoes go by it."""
    words = values["words"]
    if not words or not all(posts and all(isinstance(one, str) for one in posts) for posts in words.values()):
        return False
    if values["c.kind"] != "relay" or values.get("c.topic") != topic or [one[0] for one in values["c.to"]] != [account]:
        return False
    if any(name.startswith(LOCK) for name in values):
        return False
    texts = {name.removeprefix(TEXT): refs for name, refs in values.items() if name.startswith(TEXT)}
    meant = {
        lang: [{"key": "2" * 64, "piece": pieces.piece_id("2" * 64, one.encode()), "size": 3} for one in posts]
        for lang, posts in words.items()
    }
    posts = [one for name, one in values.items() if name.startswith(POST)]
    return texts == meant and bool(posts) and all(
        one["account"] == account and len(one["parts"]) == len(words.get(one["lang"], [])) for one in posts
    )  # fmt: skip


class Lines:
    """What was told and counted. `messages`: a judge for each message's stream; `relays`: what counted in each relay's."""

    def __init__(self) -> None:
        self.office = Judge()
        self.messages: dict[str, Judge] = {}
        self.relays: dict[str, list[Fact]] = {}

    def by(self, fact: Fact) -> Person:
        return self.office.author(len(self.office.facts), fact.device)

    def line(self, stream: str) -> dict[str, Any]:
        """The content of a stream's submission that stands; nothing where there is none."""
        judge = self.messages.get(stream)
        found = judge.submission(len(judge.facts)) if judge else None
        return dict(judge.facts[found].said["values"]) if judge and found is not None else {}

    def agreed(self, stream: str, digest: str, when: int) -> bool:
        """Whether "the line is agreed at" a time, "with the digest that was asked for". "Agreed, it stands until its day is over,
        until it is withdrawn". A late objection: "the message is held until two people lift it". (Whether another line took its
        place is the desks' to look at: a verdict reads this one line.)"""
        line = self.line(stream)
        if line.get("c.kind") != "line":
            return False
        judge, until = self.messages[stream], line.get("c.until", 0)
        n = len(judge.facts)
        stays = judge.digest(n) == digest and (not until or when < until)
        return stays and judge.standing(n) == "approved" and all(judge.late(n).values())

    def account(self, id: str) -> dict[str, Any]:
        """An account that is in the office, or was."""
        return next((f.said for f in self.office.facts if f.kind == "account.added" and f.id == id), {})

    def gone(self, id: str) -> bool:
        """ "Nothing goes to the account from here on."""
        return any(f.said["account"] == id for f in self.office.facts if f.kind == "account.removed")

    @staticmethod
    def need(holds: Any, why: str) -> None:
        if not holds:
            raise No(why)

    # Whose an account is.

    def handovers(self, id: str) -> list[tuple[int, str]]:
        """The handovers that an account went through, by the number of their fact: whose it was from there on."""
        found, owner = [], str(self.account(id).get("owner", ""))
        for n, fact in enumerate(self.office.facts):
            if fact.kind == "presidency.handed_over" and owner == f"presidency:{fact.said['before']}":
                # "An account that the act does not name passes"; "an account that the head names as staying becomes its
                # government's own (`member:CC`) and goes on".
                stays = fact.said["accounts"].get(id) == "stays"
                owner = f"member:{fact.said['before']}" if stays else f"presidency:{fact.said['government']}"
                found.append((n, owner))
        return found

    def owner(self, id: str) -> str:
        return self.handovers(id)[-1][1] if self.handovers(id) else str(self.account(id).get("owner", ""))

    def passed(self, id: str) -> int:
        """The number of the fact by which an account passed to another government last; -1 for none, or where it stayed with its
        own since: it "goes on"."""
        n, owner = self.handovers(id)[-1] if self.handovers(id) else (-1, "")
        return n if owner.startswith("presidency:") else -1

    def in_custody(self, id: str) -> bool:
        """ "nobody publishes on it until that government's own communicator … has signed in on their own desk and said so"."""
        since = self.passed(id)
        return since < 0 or any(
            f.kind == "custody.taken" and f.said["account"] == id for f in self.office.facts[since + 1 :]
        )

    def own(self, relay: list[Fact], by: Person) -> None:
        """ "That account's own communicator"; "The office can do none of this: the fold refuses it"."""
        kind, _, land = self.owner(relay[0].said["account"]).partition(":")
        self.need(kind != "official" and by.role == "presidency" and by.government == land, "not their account")

    def standing(self, relay: list[Fact]) -> list[Fact]:
        """What was done about a relay since its account passed: "What was scheduled or adopted on it before goes out no more";
        "lines that it had taken on are asked again of whoever has the account now"."""
        since = self.passed(relay[0].said["account"])
        return [
            one
            for one in relay
            if one.note.get("office", 0) > since or one.kind in ("relay.asked", "relay.moved", "relay.withdrawn")
        ]

    def answer(self, relay: list[Fact]) -> Fact | None:
        """The last answer to what was asked, or its taking back; None where it was asked again."""
        said = [one for one in relay if one.kind in ("relay.adopted", "relay.declined", "relay.withdrawn")]
        last = said[-1] if said else None
        return None if last is not None and last.kind == "relay.adopted" and last not in self.standing(relay) else last

    def adopted(self, relay: list[Fact]) -> Fact | None:
        """The adoption that stands."""
        last = self.answer(relay)
        return last if last is not None and last.kind == "relay.adopted" else None

    def is_open(self, relay: list[Fact]) -> None:
        """ "The office takes back what it asked": then nobody answers it any more."""
        last = self.answer(relay)
        self.need(last is None or last.kind != "relay.withdrawn", "taken back")
