"""Relays: the office asks a government's account to carry an agreed line. Adopting it, with words around it or translated, is that
government's own act; the phrases that the line locks must stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.form import LANG, LINE, RELAY
from g20desk.office.message import Message, Relay
from g20desk.office.messages import posts_of
from g20desk.office.passing import check_publisher, may_publish
from g20desk.office.redaction import check_whole
from g20desk.office.stages import standing, unlifted
from g20desk.office.state import need

LOCK = "c.lock."
TEXT = "c.text."
# The signs that have what follows shown in one direction, whatever it is.
OVERRIDES = frozenset("\u202d\u202e")
SPACED = ("LATIN ", "CYRILLIC ", "GREEK ")


def agreed(line: Message | None, at: int) -> bool:
    """Whether a message is a line that stands agreed at a time in milliseconds."""
    return (
        line is not None
        and line.content.get("c.kind") == LINE
        and not line.withdrawn
        and standing(line) == "approved"
        and not unlifted(line)
        and at < line.content.get("c.until", at + 1)
    )


def plain(text: str) -> str:
    """A text as phrases are looked for in it: composed signs, and one space for each run of white space. Letters, their case and
    every sign stay."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, whole: not as a piece of another word or number, nor under a further mark, and not where
    the text is told to be shown the other way round."""
    wanted, said = plain(phrase), plain(text)
    if not wanted or OVERRIDES & set(said):
        return not wanted
    at = said.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not goes_on(said[:at], wanted) and not goes_on(wanted, said[end:]):
            return True
        at = said.find(wanted, at + 1)
    return False


def goes_on(before: str, after: str) -> bool:
    """Whether a letter, a word or a number goes on from one text to the next."""
    one, other = before[-1:], after[:1]
    if not one or not other:
        return False
    if unicodedata.category(other).startswith("M"):
        return True
    if one in ".," and other.isdigit():  # 2.100, 2,100
        one = before[-2:-1]
    elif one.isdigit() and other in ".,":
        other = after[1:2]
    return (one.isdigit() and other.isdigit()) or (_spaced(one) and _spaced(other))


def _spaced(letter: str) -> bool:
    """Whether a sign is a letter of a script that puts a space between any two words."""
    return letter.isalpha() and unicodedata.name(letter, "").startswith(SPACED)


def missing(content: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> list[str]:
    """The locked phrases of a line that stand in no post of what is said, language by language. A language that the line locks
    nothing in is a translation."""
    return [
        phrase
        for lang, posts in words.items()
        for phrase in content.get(f"{LOCK}{lang}", ())
        if not any(stands(phrase, post) for post in posts)
    ]


@act("relay.asked", since=3)
class Asked:
    """Asks an account of a Presidency or a member to carry a line, by a time in milliseconds (0: at any time). `line`: its
    message's stream; `digest`: of the content that is meant."""

    line: str
    digest: str
    account: str
    until: int
    why: pieces.Ref | None

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        need(by, "head", "officer")
        if state.stream or then.event.header.stream:
            raise Refused("wrong-stream", "A relay is a stream of its own.")
        account = then.office.accounts.get(self.account)
        if account is None or account.removed:
            raise Refused("unknown-account", "There is no such account.")
        if account.owner == "official":
            raise Refused("own-account", "The office's own accounts carry messages, not relays.",
                          "Name an account of the Presidency or of a member.")  # fmt: skip
        line = then.read(self.line)
        if not agreed(line, then.at) or line.digest != self.digest:
            raise Refused("not-agreed", "This line is not agreed, or not any more.", "See: g20desk line list")
        if self.until and self.until <= then.at:
            raise Refused("past-time", "That time is past.", "Name a later one.")
        asked = Relay(line.draft, self.line, self.digest, self.account, by.person, then.at, self.until, self.why)
        return replace(state, stream=then.event.id, draft=then.event.id, relay=asked)


@act("relay.adopted", since=3)
class Adopted:
    """The account's own communicator takes the line on: as it is, with words around it, or translated. `words`: what it says, per
    language the posts of a thread; `content` holds the same, and the finished posts."""

    words: dict[str, list[Any]]
    content: dict[str, Any]

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        relay = _open(state, by, then)
        _nothing_out(state, then)
        line = then.read(relay.stream)
        if not agreed(line, then.at) or line.digest != relay.digest:
            raise Refused("not-agreed", "The line is not agreed any more.", "Ask the office.")
        self._check_content(relay, then)
        if lost := missing(line.content, self.words):
            raise Refused("locked-phrase", f"A locked phrase is missing: “{lost[0]}”.", "Put it in, letter for letter.")
        if self.content.get("c.topic") != line.content["c.topic"]:
            raise Refused("malformed", "A relay is on the topic of its line.")
        adopted = replace(relay, adopted=then.event.id, declined="", since=then.at, words=self.words, why=None)
        return replace(
            state, relay=adopted, submission=then.event.id, digest=then.digest, content=self.content, withdrawn=False,
            authors=frozenset({by.person}), planned_at=None, despite=frozenset(), posts=posts_of(self.content),
            cleared=then.office.passing.ids,
        )  # fmt: skip

    def _check_content(self, relay: Relay, then: Then) -> None:
        content, office = self.content, then.office
        check_whole(office, content)
        other = Refused("malformed", "A relay says its words on its account, and nothing else.")
        if content["c.kind"] != RELAY or [one[0] for one in content["c.to"]] != [relay.account]:
            raise other
        langs = [name.removeprefix(TEXT) for name in content if name.startswith(TEXT)]
        if not langs or set(langs) != set(self.words) or not all(LANG.match(lang) for lang in langs):
            raise other
        for lang in langs:
            refs, said = content[f"{TEXT}{lang}"], self.words[lang]
            same = len(refs) == len(said) and all(
                isinstance(text, str) and ref["piece"] == pieces.piece_id(ref["key"], text.encode())
                for ref, text in zip(refs, said, strict=True)
            )
            if not same:
                raise other
        posts = [value for name, value in content.items() if name.startswith("c.post.")]
        if not posts or any(
            post["account"] != relay.account or len(post["parts"]) != len(self.words.get(post["lang"], ()))
            for post in posts
        ):
            raise other


@act("relay.declined", since=3)
class Declined:
    """The account's own communicator does not carry the line, and says why."""

    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        relay = _open(state, by, then)
        _nothing_out(state, then)
        posts = {k: replace(p, state="withdrawn", since=then.at) for k, p in state.posts.items()}
        declined = replace(relay, declined=then.event.id, since=then.at, why=self.why)
        return replace(state, relay=declined, planned_at=None, posts=posts)


@act("relay.withdrawn", since=3)
class RelayWithdrawn:
    """The office takes back what it asked, as long as nothing of it is out."""

    why: pieces.Ref

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        relay = _not_out(state, by, then)
        posts = {k: replace(p, state="withdrawn", since=then.at) for k, p in state.posts.items()}
        back = replace(relay, withdrawn=then.event.id, since=then.at, why=self.why)
        return replace(state, relay=back, withdrawn=True, planned_at=None, posts=posts)


@act("relay.moved", since=3)
class Moved:
    """Asks for another time than before, in milliseconds (0: any time), as long as nothing of it is out. When it goes out is
    the account's own to say."""

    until: int
    why: pieces.Ref | None

    def apply(self, state: Message, by: Author, then: Then) -> Message:
        relay = _not_out(state, by, then)
        if relay.declined:
            raise Refused("relay-over", "This relay was declined.", "Ask anew.")
        if self.until and self.until <= then.at:
            raise Refused("past-time", "That time is past.", "Name a later one.")
        return replace(state, relay=replace(relay, until=self.until))


def _not_out(state: Message, by: Author, then: Then) -> Relay:
    """The relay, where the office still asks for it and nothing of it is out or may be. Raises Refused."""
    need(by, "head", "officer")
    if state.relay is None:
        raise Refused("unknown-relay", "This is no relay.")
    check_asked(state.relay)
    _nothing_out(state, then)
    return state.relay


def _nothing_out(state: Message, then: Then) -> None:
    """Refuse to change what is out, may be, or is on its way."""
    if any(post.under_way(then.at) or post.in_doubt for post in state.posts.values()):
        raise Refused("sending", "A post of this relay is under way, or may be out.", "Wait for its outcome.")
    if any(post.receipts for post in state.posts.values()):
        raise Refused("sent-already", "Something of this is out, or was.", "Let the office ask anew.")


def check_asked(relay: Relay) -> None:
    """Refuse what was taken back."""
    if relay.withdrawn:
        raise Refused("taken-back", "The office took this back.", "Nothing of it goes out; nothing is to be done.")


def _open(state: Message, by: Author, then: Then) -> Relay:
    """The relay, where this is its account's own communicator. Raises Refused."""
    if state.relay is None:
        raise Refused("unknown-relay", "This is no relay.")
    account = then.office.accounts[state.relay.account]
    if by.role != "presidency" or not may_publish(by, account):
        if by.role == "presidency":
            check_publisher(then.office, by, account)
        raise Refused("no-right", "Only the account's own communicator adopts or declines.")
    if account.removed:
        raise Refused("unknown-account", "This account was removed.")
    check_asked(state.relay)
    return state.relay
