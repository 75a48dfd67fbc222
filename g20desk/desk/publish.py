"""Publishing what is due, by this desk's person, and what a person does about a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.desk import numbers, processes, reading_back, rechecking, uploads
from g20desk.desk.reasons import reason
from g20desk.desk.rounds import Rounds, counted
from g20desk.desk.sending import Queued, Sender
from g20desk.errors import Refused
from g20desk.ledger import views
from g20desk.network import NotNow, Receipt, Rejected, Unknown, text_rules
from g20desk.office.message import Message, Post
from g20desk.office.passing import PUBLISHERS
from g20desk.office.state import Account
from g20desk.publishing import compare

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OPEN = ("planned", "claimed", "sending", "unknown")
ROUND_SECONDS = 0.5


class Publish:
    """`desk.publish`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.differences: dict[str, list[dict[str, Any]]] = {}
        self._checked: set[tuple[str, str]] = set()

    def recheck(self, message: Message) -> None:
        """Check a message that goes out once more, whatever it was checked with; once for all its posts."""
        key = (message.digest, self._desk.rulebook.pin()["digest"])
        if key not in self._checked:
            self._checked.add(key)
            content, report = message.content, message.report
            if found := rechecking.differences(self._desk, content, message.rulebook, report, anew=True):
                self.differences[message.draft] = found

    def remarks(self) -> list[str]:
        """What this desk's checker says of messages sent since the last call that they were not signed off with."""
        made = []
        while self.differences:
            id, found = self.differences.popitem()
            rules = ", ".join(sorted({f["rule"] for f in found}))
            made.append(f"{id[:12]} was checked otherwise when it was submitted; now also: {rules}")
        return made

    def once(self) -> dict[str, int]:
        """Send what is due, and ask about what is unknown. {"sent", "refused", "unknown", "waiting"}."""
        self._desk.signoffs.close_over()
        rounds = Rounds(self._desk, patient=False)
        try:
            words = rounds.start()
            while rounds.busy():
                rounds.wait(ROUND_SECONDS)
                words += rounds.start()
            return counted(words)
        finally:
            rounds.end()

    def ahead(self) -> None:
        """Do beforehand what posts that fall due in the next minutes need: a good sign-in, pictures uploaded."""
        now, process = self._desk.clock.now_ms(), processes.begin()
        try:
            for posts in self.queues().values():
                soon = [one for one in posts if now < one.due <= now + one.lead]
                if soon:
                    self._desk.clocks.refresh()
                    Sender(self._desk, process, True).ahead(soon)
        finally:
            processes.end(process)

    def look(self) -> list[tuple[str, str, str]]:
        """Read back the posts whose time for it has come: message, account and what is not as it was signed off."""
        found = []
        for id, key in list(reading_back.due(self._desk)):
            word = reading_back.look(self._desk, id, key)
            if compare.altered(word):
                post = self._desk.messages.submitted(id).message.posts[key]
                found.append((id, self._desk.office.accounts[post.account].name, word))
        return found

    def queues(self) -> dict[str, list[Queued]]:
        """What there is to look at, account by account, the most urgent first. Raises Refused."""
        if self._desk.person.role not in PUBLISHERS:
            raise Refused("no-right", "You publish on no account.", f"Roles that do: {', '.join(PUBLISHERS)}.")
        queues: dict[str, list[Queued]] = {}
        for row in views.due(self._desk.store, "message"):
            lead = uploads.FILM_LEAD_MS if row.value.get("films") else uploads.LEAD_MS
            for key, (account, state, *_) in row.value["posts"].items():
                if state in OPEN:
                    queues.setdefault(account, []).append(Queued(row.stream, key, row.due or 0, lead))
        return queues

    def settle(self, post: str, sent: bool, url: str, why: str) -> None:
        """A person's answer on an unknown outcome; neither sends anything. Raises Usage, Refused."""
        ref, kept = reason(why)
        stream, _, found = self.find(post)
        if found.attempt is None or found.state != "unknown":
            raise Refused("wrong-state", f"This post is {found.state}, not unknown.")
        account = self._desk.office.accounts[found.account]
        rest = [{"id": "", "url": "", "cid": ""}] * (len(found.attempt["keys"]) - 1)
        receipts = [{"id": _id_of(account, url.strip()), "url": url.strip(), "cid": ""}, *rest] if sent else []
        values = {"post": found.key, "receipts": receipts, "why": ref}
        self._desk.act("post.settled", values, stream, pieces=kept)

    def remove(self, post: str, why: str) -> str:
        """Take a published post down, or what is out of a thread that stopped: removed, refused, already-gone or
        cannot-tell; on record either way. Raises Refused before the network is asked."""
        from g20desk.desk import possible

        stream, _, found = self.find(post)
        account = self._desk.office.accounts[found.account]
        ref, kept = reason(why)
        values = {"post": found.key, "outcome": "cannot-tell", "why": ref}
        said = self._desk.messages.submitted(post.partition(".")[0])
        possible.sure(self._desk, "post.removed", values, said.message, said.verdicts[-1].event)
        values["outcome"] = outcome = self._taken_down(account, found)
        self._desk.act("post.removed", values, stream, pieces=kept)
        return outcome

    def numbers(self, post: str, pay: bool = False) -> dict[str, Any]:
        """How far a sent post went, asked now; with `pay` also where that costs. Raises Refused, Unreachable."""
        return numbers.ask(self._desk, post, pay=pay)

    def _taken_down(self, account: Account, post: Post) -> str:
        """The last part first, so that no part is left hanging; what failed decides the word."""
        client = self._desk.accounts.client(account)
        removed = False
        for one in reversed(post.receipts):
            if not one["id"]:
                return "cannot-tell"
            try:
                removed |= client.remove(Receipt(one["id"], one["url"], one["cid"]))
            except Rejected:
                return "refused"
            except (NotNow, Unknown):
                return "cannot-tell"
        return "removed" if removed else "already-gone"

    def find(self, post: str) -> tuple[str, Message, Post]:
        """The stream, the message and the post of an id. Raises Refused."""
        message, _, key = post.partition(".")
        found = self._desk.messages.submitted(message)
        if key not in found.message.posts:
            raise Refused("unknown-id", f"There is no post “{post}”.", "See: g20desk message show")
        return found.stream, found.message, found.message.posts[key]


def _id_of(account: Account, url: str) -> str:
    """The network's own number of a post by its address; empty where it can't be told."""
    told: Any = getattr(text_rules(account.reads_as), "id_of", None)
    return str(told(url, account.identity)) if told is not None and account.network != "rehearsal" else ""
