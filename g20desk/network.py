"""What a network is to us: the small types of a connector, its three failures, and how one is found.

A connector is a package named in the entry-point group `g20desk.connectors`. It has two modules: `text`, pure and
quick to load, and `client`, which loads the network's SDK and is imported only when something is to be sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Protocol, cast

from g20desk import policy
from g20desk.clock import Clock
from g20desk.limits import Limits

Json = Any
GROUP = "g20desk.connectors"


@dataclass(frozen=True, slots=True)
class Entity:
    """A link, mention, hashtag or cashtag as the network itself reads it; code points, half open."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A fitted picture, or a moving one: the bytes that are signed and sent. `ms`: how long it moves; 0: not at all."""

    data: bytes
    mime: str
    alt: str
    width: int
    height: int
    ms: int = 0


@dataclass(frozen=True, slots=True)
class Poll:
    """A question to readers: its answers, how long it is open, and whether one may choose several."""

    answers: tuple[str, ...]
    minutes: int
    several: bool = False


@dataclass(frozen=True, slots=True)
class Extras:
    """What a post has besides its text and pictures. `warning`: what stands before it, to be opened; `visibility`:
    public, unlisted or private (followers); `pinned`: mention to identity; `card`: url, title, description."""

    warning: str = ""
    visibility: str = "public"
    pinned: Mapping[str, str] = field(default_factory=dict)
    card: Mapping[str, str] | None = None
    poll: Poll | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a thread, complete before the first attempt; every attempt sends these bytes.

    `key` makes a retry safe where the network has keys (Bluesky: the record key, a TID; Mastodon: the idempotency
    key). `payload` is what `text.payload` made when the revision was made; `card`: the picture of a link's card.
    `quote`: the post that it quotes. `handed`: under which ids the network already has them, the card last; empty ones are still to be uploaded.
    """

    key: str
    created_at: str
    payload: Mapping[str, Json]
    pictures: tuple[Picture, ...] = ()
    card: Picture | None = None
    handed: tuple[str, ...] = ()
    quote: Receipt | None = None

    def files(self) -> list[tuple[Picture, str]]:
        """Its pictures, the card's last, each with the id under which the network has it, or none."""
        pictures = [*self.pictures, *([self.card] if self.card is not None else [])]
        return list(zip(pictures, self.handed or [""] * len(pictures), strict=True))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the network said it stored: its id, the address of the page, the content id where it has one."""

    id: str
    url: str
    cid: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A post that an account has on its network, however it came there: its id and page, when it was posted (milliseconds, as the
    network says), its text as it was written, its language (empty where none is said), and the id of the post above it."""

    id: str
    url: str
    at_ms: int
    text: str
    lang: str = ""
    parent: str = ""


class Rejected(Exception):
    """Definitely not out, and the same request would be refused again. `account`: the whole account is concerned
    (sign-in needed, no credit)."""

    def __init__(self, why: str, *, account: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.account = account


class NotNow(Exception):
    """Definitely not out; to be tried again, not before `at_ms` where the network said so. `network`: so for all
    accounts that use the same app. `gone`: the network has no longer what was uploaded for it."""

    def __init__(self, why: str, *, at_ms: int | None = None, network: bool = False, gone: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.at_ms = at_ms
        self.network = network
        self.gone = gone


class Unknown(Exception):
    """May be out. Everything that is not a definite answer ends here."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an account is on its network: the id that is signed (DID, account id, user id) and the handle of today."""

    id: str
    handle: str
    limits: Mapping[str, int] = field(default_factory=dict)
    software: str = ""


class TextRules(Protocol):
    """The module `text` of a connector: pure, no SDK. `CANNOT`: what the network does not do, and what happens
    instead; of warning, unlisted, private, card, language, film-alt, poll."""

    LIMITS: Limits
    CANNOT: Mapping[str, str]

    def count(self, text: str) -> int:
        """The length as the network counts it."""
        ...

    def fits(self, text: str, limit: int) -> bool:
        """Whether the text may be posted, with `limit` in the network's own units."""
        ...

    def entities(self, text: str) -> list[Entity]:
        """What the network makes a link, mention, hashtag, cashtag; in order, not overlapping."""
        ...

    def quoting(self, software: str, pictures: int, poll: bool) -> str:
        """Why the quote of a post is its address at the end of the text here, on a server of this software and in a post
        with so many pictures, or with a poll; empty where the network shows it as a quote."""
        ...

    def payload(self, text: str, lang: str, pictures: Sequence[Picture], extras: Extras) -> dict[str, Json]:
        """Everything of the post but its key, time and reply; canonical JSON without floats."""
        ...


class Client(Protocol):
    """The module `client` of a connector, bound to one account. Raises Rejected, NotNow, Unknown and nothing else.

    `whole_threads`: `send` takes all parts of a thread at once, and they are out together or not at all. A client may
    have more (see `Beforehand`), and `in_a_row()`, a context in which its calls share a connection.
    """

    whole_threads: bool

    def who(self) -> Identity:
        """The identity behind the secret."""
        ...

    def send(self, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None) -> list[Receipt]:
        """Publish the parts, the first as a reply to `parent` where given."""
        ...

    def find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        """Ask the network whether these parts are out. None: it does not know of them (definite only where the
        network has keys for ever)."""
        ...

    def remove(self, receipt: Receipt) -> bool:
        """Take a post down; False where it was gone already."""
        ...

    def read(self, receipt: Receipt) -> dict[str, Json] | None:
        """What stands there: {"text": str, "pictures": n, ...}, with "numbers": {"likes", "reposts", "replies", "quotes",
        "views"} as far as the network tells them; None where nothing does."""
        ...


class Listening(Protocol):
    """What a client may do to hear what its account posts, also from elsewhere. Needs a sign-in only where the network does."""

    def recent(self, since_ms: int, limit: int) -> list[Posted]:
        """The account's own public posts since a time, the newest first, at most `limit`; without reposts and others' posts."""
        ...


class Beforehand(Protocol):
    """What a client may do before a post is sent, so that sending it is one request."""

    handed_ms: int
    """How long the network keeps an uploaded picture that no post has, in milliseconds."""

    def ready(self) -> None:
        """See to it that the sign-in is good for the next minutes."""
        ...

    def hand_in(self, picture: Picture) -> str:
        """Upload a picture; the id under which the network has it. Nobody sees it before it stands in a post."""
        ...

    def worked(self, id: str) -> None:
        """Whether the network has done its work on what was uploaded. Raises NotNow while it has not, Rejected where it
        can't use it."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """What a client is made of. `secret` was read from the keyring; `save` stores a refreshed one before it is used,
    `again` reads it anew, since another process may have refreshed it, and `lock` is held by whoever refreshes.
    `heard` is told the headers of each whole answer, and how many seconds it took. `state_dir` is only for the
    practice network's own file."""

    server: str
    handle: str
    identity: str
    secret: str = field(repr=False)
    save: Callable[[str], None] = field(repr=False)
    state_dir: str = ""
    like: str = ""
    name: str = ""
    software: str = ""
    again: Callable[[], str] | None = field(default=None, repr=False)
    lock: Callable[[], AbstractContextManager[None]] = field(default=nullcontext, repr=False)
    heard: Callable[[Mapping[str, str], float], None] = field(default=lambda headers, took: None, repr=False)

    def newest(self) -> str:
        """The secret as it stands in the keyring now."""
        return (self.again() if self.again else "") or self.secret


def networks() -> list[str]:
    """The names of all connectors that are installed."""
    from importlib.metadata import entry_points

    return sorted(e.name for e in entry_points(group=GROUP))


def within(network: str, server: str) -> None:
    """Raises NotNow where the administrator does not let this computer go to a network or its server: another desk of the
    office may, so a post waits for that."""
    if why := policy.why_not(network, server):
        raise NotNow(why)


@cache
def package(network: str) -> str:
    """The package of a connector. Raises KeyError for an unknown network."""
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP):
        if entry.name == network:
            return entry.value
    raise KeyError(network)


@cache
def text_rules(network: str) -> TextRules:
    """The pure half of a connector. Raises KeyError for an unknown network."""
    return cast(TextRules, import_module(package(network) + ".text"))


def in_a_row(client: Client | None) -> AbstractContextManager[None]:
    """A context for several calls that follow each other."""
    made = getattr(client, "in_a_row", None)
    return cast("AbstractContextManager[None]", made()) if made is not None else nullcontext()


def client(network: str, setting: Setting, clock: Clock | None = None) -> Client:
    """The half that sends; loads the SDK. `clock`: the desk's own. Raises KeyError for an unknown network, NotNow where this
    computer does not go there."""
    within(network, setting.server)
    module = import_module(package(network) + ".client")
    return cast(Client, module.connect(setting, clock))
