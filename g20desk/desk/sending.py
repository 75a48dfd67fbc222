"""One post as far as it goes now: ask about what is unknown; else hand in what the request needs, claim, hand in the
intent, send, write down."""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

from g20desk import logs
from g20desk.desk import evidence, pauses, processes, uploads, waiting
from g20desk.desk.material import material, unfit
from g20desk.errors import Refused, Unreachable
from g20desk.network import Client, NotNow, Rejected, in_a_row
from g20desk.office.message import Message, Post
from g20desk.office.state import Account
from g20desk.publishing import points, send

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

TAKEOVER_MS = 300_000
BEGIN_SECONDS = 20.0
# What may come between a claim and its sending: the post is put back.
BACK = ("held", "not-agreed", "unknown-account", "embargoed", "mourning", "handed-over")
# When a watching publisher asks again after an attempt, in seconds (NETWORKS 3); then it is a person's question.
ASKS = (5, 15, 45, 120, 300, 900, 3600)


# What became of a post that starts with others of its message, which are not ready yet.
SOON = "soon"


class Queued(NamedTuple):
    """A post that may have to be sent: where it stands, when it is due (0: at once), and how long before what it needs is
    done, in milliseconds."""

    stream: str
    key: str
    due: int
    lead: int = uploads.LEAD_MS


class Sender:
    """Sends posts of one account, one after the other, in the name of one process. `patient`: asks only when it is time
    to. `waits`: for the pictures of others of a message."""

    def __init__(self, desk: Desk, process: str, patient: bool, waits: bool = True) -> None:
        self._desk = desk
        self._process = process
        self._patient = patient
        self._waits = waits
        self._row = ExitStack()
        self._client: Client | None = None

    def posts(self, posts: Iterable[Queued]) -> list[tuple[Queued, str]]:
        """What became of each of these posts of one account; those with which nothing was to be done are left out."""
        try:
            with ExitStack() as self._row:
                self._desk.clocks.check()
                return [(one, word) for one in posts if (word := self._post(one.stream, one.key))]
        finally:
            self._client = None
            self._desk.store.close()

    def _client_of(self, account: Account) -> Client:
        """The account's client, one for all these posts, which follow each other."""
        if self._client is None:
            self._client = self._desk.accounts.client(account)
            self._row.enter_context(in_a_row(self._client))
        return self._client

    def _message(self, stream: str) -> Message:
        state: Message = self._desk.ledger.folds.stream("message", stream)[0]
        return state

    def _found(self, stream: str, key: str) -> Post:
        """A post as it stands now. Raises Refused where it is none any more: what was tentative has not been counted."""
        found = self._message(stream).posts.get(key)
        if found is None:
            raise Refused("unknown-id", "There is no such post.")
        return found

    def _post(self, stream: str, key: str) -> str:
        def act(kind: str, values: dict[str, Any]) -> None:
            self._desk.act(kind, values, stream)

        try:
            message, post = self._message(stream), self._found(stream, key)
            if self._desk.clocks.wrong():
                return post.state if post.state == "unknown" else "waiting"
            if post.state in ("sending", "unknown"):
                word = self._ask(stream, message, post, act)
                if word != "planned":
                    return word
                post = self._found(stream, key)
            return self._due(stream, message, post, act)
        except Refused:
            # Another process or person was faster: the record says what they did.
            return "waiting" if key in self._message(stream).posts else ""

    def _ask(self, stream: str, message: Message, post: Post, act: send.Act) -> str:
        """Ask the network about an attempt; `planned` where it is safe to send the same again."""
        if post.state == "sending" and self._running(post):
            return "waiting"
        if self._patient and not self._time_to_ask(post):
            return post.state if post.state == "unknown" else "waiting"
        account = self._desk.office.accounts[post.account]
        client = self._client_of(account)
        try:
            made = material(self._desk, message, post.key)
        except Refused as gone:
            # There is nothing to compare with: a person looks at the account.
            return post.state if post.state == "unknown" else send.ended(act, post, "unknown", gone.message)
        may_send = not self._late(message, post) and not waiting.why(self._desk, message, post)
        if send.ask(client, post, made, act, self._desk.clock, may_send) == "planned":
            return "planned"
        return self._found(stream, post.key).state

    def _time_to_ask(self, post: Post) -> bool:
        name = f"asked/{post.attempt['keys'][0] if post.attempt else post.key}"
        asked = int(self._desk.store.meta(name) or 0)
        since = post.attempt["at"] if post.attempt else 0
        due = [s for s in ASKS if since + s * 1000 <= self._desk.clock.now_ms()]
        if len(due) <= asked:
            return False
        self._desk.store.set_meta(name, str(len(due)))
        return True

    def _due(self, stream: str, message: Message, post: Post, act: send.Act) -> str:
        desk = self._desk
        if message.planned_at is None or message.withdrawn or post.state not in waiting.OPEN:
            return ""
        if post.state == "claimed" and self._running(post):
            return "waiting"
        account = desk.office.accounts[post.account]
        if self._late(message, post):
            reason = waiting.why(desk, message, post)
            missed = f"Not out within its grace of {account.grace_ms // 60_000} minutes; a person decides."
            why = f"{missed} {reason}".strip()
            if post.in_doubt:
                return send.ended(act, post, "unknown", f"{why} But {send.IN_DOUBT}")
            send.ended(act, post, "missed", why)
            return ""
        if evidence.stops(desk.store):
            desk.keeper.in_reach()  # it may be over: a sync that is in order ends it
        if waiting.why(desk, message, post) or not desk.keeper.in_reach():
            return "waiting"
        word, took = self._beforehand(message, post, account, act)
        if took:
            message, post = self._message(stream), self._found(stream, post.key)
            if not word and (self._late(message, post) or waiting.why(desk, message, post)):
                return "waiting"
        if not word and self._waits and waiting.others_awaited(desk, message, post):
            return SOON
        return word or self._send(stream, post.key, account, act)

    def _beforehand(self, message: Message, post: Post, account: Account, act: send.Act) -> tuple[str, bool]:
        """Everything that a request needs besides its bytes; what became of the post where that can't be had, and
        whether a picture was handed in."""
        desk, client = self._desk, self._client_of(account)
        try:
            took = self._uploads(message, post, client).do()
        except Rejected as no:
            self._stop(account, no)
            if no.account:
                return "waiting", False
            act(*self._claim(post.key))
            return _refuse(act, self._found(message.stream, post.key), no.why), True
        except NotNow as later:
            self._stop(account, later)
            uploads.hinder(desk.store, message, post, later, desk.clock.now_ms(), _jitter())
            return "waiting", False
        uploads.unhinder(desk.store, message, post)
        return "", took

    def _uploads(self, message: Message, post: Post, client: Client) -> uploads.Uploads:
        return uploads.Uploads(self._desk, client, message, post, material(self._desk, message, post.key))

    def _stop(self, account: Account, failure: Rejected | NotNow | None) -> None:
        """What a definite no says of the whole account."""
        stop = send.stop_of(failure, self._desk.clock.now_ms()) if failure is not None else None
        if stop is not None:
            pauses.put(self._desk.store, account, pauses.Pause(stop.why, stop.until), network=stop.network)

    def ahead(self, posts: Iterable[Queued]) -> list[Queued]:
        """Do what can be done beforehand for posts of one account that fall due soon; those with which all is done."""
        try:
            with ExitStack() as self._row:
                return [one for one in posts if self._ahead(one.stream, one.key)]
        finally:
            self._client = None
            self._desk.store.close()

    def _ahead(self, stream: str, key: str) -> bool:
        desk, message = self._desk, self._message(stream)
        post = message.posts.get(key)
        if post is None or post.state != "planned" or message.planned_at is None or waiting.ahead(desk, message, post):
            return False
        account = desk.office.accounts[post.account]

        def act(kind: str, values: dict[str, Any]) -> None:
            desk.act(kind, values, stream)

        try:
            return not self._beforehand(message, post, account, act)[0]
        except Refused:
            return False  # somebody was faster: the record says what they did

    def _late(self, message: Message, post: Post) -> bool:
        """Past its grace, counted from its time, or in a thread from the part before."""
        grace = self._desk.office.accounts[post.account].grace_ms
        return self._desk.clock.now_ms() > max(message.planned_at or 0, post.sent_at) + grace

    def _send(self, stream: str, key: str, account: Account, act: send.Act) -> str:
        # The office's record was read meanwhile.
        message, post, client = self._message(stream), self._found(stream, key), self._client_of(account)
        ready = self._uploads(message, post, client)
        made = ready.material()
        points.reach(points.READY)
        self._desk.publish.recheck(message)
        wrong = unfit(made, post, account, client)
        if wrong:
            act(*self._claim(key))
            return _refuse(act, self._found(stream, key), wrong)
        word, no = self._part(stream, key, made, client, act, self._claim(key))
        while word == "claimed":
            word, no = self._part(stream, key, made, client, act)
        if isinstance(no, NotNow) and no.gone:
            ready.forget()
        else:
            self._stop(account, no)
        if word == "sent":
            ready.forget()
        return word

    def _claim(self, key: str) -> tuple[str, dict[str, Any]]:
        until = self._desk.clock.now_ms() + send.LEASE_MS
        return "post.claimed", {"post": key, "process": self._process, "until": until}

    def _part(
        self, stream: str, key: str, made: send.Material, client: Client, act: send.Act,
        *before: tuple[str, dict[str, Any]],
    ) -> tuple[str, Rejected | NotNow | None]:  # fmt: skip
        """One attempt, its intent appended together with the acts `before` it. What keeps the next part of a thread back
        puts the post back, with what is out. The state after it, and the definite no, where there was one."""
        clock, post = self._desk.clock, self._found(stream, key)
        wrong = self._desk.clocks.wrong()
        if wrong:
            if post.state == "claimed":
                send.ended(act, post, "planned", wrong)
            return "waiting", None
        began = clock.monotonic()
        plan = send.intent(post, len(made.payloads), client.whole_threads, clock)
        intent = ("post.sending", {"post": key, "process": self._process, **plan})
        try:
            event = self._desk.acts(stream, *before, intent)[-1]
            self._desk.keeper.placed(stream, event)
        except Unreachable as out:
            # Nobody else has seen this intent: it is taken back, and the post waits within its grace.
            send.ended(act, self._found(stream, key), "planned", f"The office's record: {out.message}")
            return "waiting", None
        except Refused as no:
            if no.code not in BACK:
                raise
            post = self._found(stream, key)
            if post.state == "claimed":
                send.ended(act, post, "planned", no.message)
            return "waiting", None
        points.reach(points.INTENT)
        post = self._found(stream, key)
        if clock.monotonic() - began > BEGIN_SECONDS:
            return send.ended(act, post, "planned", "This computer stood still before the request."), None
        network, asked = self._desk.office.accounts[post.account].network, clock.monotonic()
        word, why = send.attempt(client, post, made, act, clock, _jitter)
        logs.note("attempt", network=network, outcome=word, number=len(post.receipts) + 1,
                  seconds=clock.monotonic() - asked)  # fmt: skip
        return word, why

    def _running(self, post: Post) -> bool:
        """Whether the process that has this post lives, by its lease and its number on this machine."""
        if post.claimed_by == self._process:
            return False
        started = post.attempt["at"] if post.attempt and post.state == "sending" else 0
        if self._desk.clock.now_ms() > max(post.lease_until, started + TAKEOVER_MS):
            return False
        return processes.alive(post.claimed_by)


def _refuse(act: send.Act, post: Post, wrong: str) -> str:
    if post.in_doubt:
        return send.ended(act, post, "unknown", f"{wrong} But {send.IN_DOUBT}")
    return send.ended(act, post, "refused", wrong)


def _jitter() -> float:
    return random.uniform(0.8, 1.2)
