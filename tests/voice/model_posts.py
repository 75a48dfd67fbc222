"""The other half of the model of one voice: what somebody does with a relay, and how its posts stand. See `model.py`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.signoff.judge import Judge
from tests.signoff.model_office import Fact, No, Person
from tests.voice.model import ASKS, POST, Lines, is_line, locked_kept, says_so

# "what happens | where the post was", of an end that somebody says.
FROM = {
    "refused": ("sending", "claimed"), "planned": ("sending", "claimed", "unknown"),
    "unknown": ("planned", "claimed", "sending", "unknown"), "missed": ("planned", "claimed"),
}  # fmt: skip
AGAIN = ("planned", "claimed", "missed", "refused")
MINUTES = 600_000


class Voice(Lines):
    """Told of everything in its order; says of each whether it counts, and keeps what does."""

    def copy(self) -> Voice:
        made = Voice()
        made.office = Judge(self.office.facts)
        made.messages = {stream: Judge(one.facts) for stream, one in self.messages.items()}
        made.relays = {stream: list(facts) for stream, facts in self.relays.items()}
        return made

    def on_office(self, fact: Fact) -> str:
        """An act on the office; what the sign-off's model has no rule for is told only where it counted."""
        if no := self.office.tell(fact):
            return no
        for one in self.messages.values():
            one.facts.append(self.office.facts[-1])
        return ""

    def on_stream(self, stream: str, fact: Fact) -> str:
        """An act of a message's or a relay's stream. Why it does not count; empty where it does."""
        try:
            if fact.kind == "relay.asked":
                self.asked(stream, fact, self.by(fact))
                self.relays[stream] = [replace(fact, note={"office": len(self.office.facts)})]
            elif stream in self.relays:
                rule = getattr(self, "_" + fact.kind.replace(".", "_"), None)
                self.need(rule, "a relay is its government's own")
                rule(self.relays[stream], fact, self.by(fact))  # type: ignore[misc]
                self.relays[stream].append(
                    replace(fact, note={"office": len(self.office.facts), "land": self.by(fact).government})
                )
            else:
                return self.on_message(stream, fact)
        except No as no:
            return str(no)
        return ""

    def on_message(self, stream: str, fact: Fact) -> str:
        """An act of a line's stream, or of one that nothing has opened."""
        if fact.kind.split(".")[0] in ("relay", "post") or fact.kind in ("message.scheduled", "message.unscheduled"):
            return "it is no relay, and goes to no account"
        if fact.kind == "message.submitted" and fact.said["content"] == "relay":
            return "a relay is adopted, not submitted"
        if fact.kind == "message.submitted" and fact.said["content"] == "line" and not is_line(fact.said["values"]):
            return "not of a line's form"
        judge = self.messages.get(stream) or Judge(self.office.facts)
        no = judge.tell(fact)
        if not no:
            self.messages[stream] = judge
        return no

    # A relay's own acts.

    def asked(self, stream: str, fact: Fact, by: Person) -> None:
        said = fact.said
        self.need(
            stream == fact.id and stream not in self.messages and stream not in self.relays, "a stream of its own"
        )
        self.need(by.role in ASKS, "the office asks")
        account = self.account(said["account"])
        self.need(account and not self.gone(said["account"]), "no such account")
        self.need(account["owner"] != "official", "an account of a Presidency or a member")
        self.need(self.agreed(said["line"], said["digest"], fact.when), "no agreed line")
        self.need(not said["until"] or said["until"] > fact.when, "a time that is past")

    def _relay_adopted(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        asked = relay[0].said
        self.own(relay, by)
        self.need(not self.gone(asked["account"]), "the account is gone")
        self.is_open(relay)
        self.need(not self.out(relay, fact.when), "it is out, or on its way")
        # "It counts only while the line is agreed at the adoption's place, with the digest that was asked for."
        self.need(self.agreed(asked["line"], asked["digest"], fact.when), "not agreed")
        self.need(
            says_so(fact.said, asked["account"], self.line(asked["line"])["c.topic"]), "something else than it says"
        )
        self.need(locked_kept(self.line(asked["line"]), fact.said["words"]), "a locked phrase")

    def _relay_declined(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        self.own(relay, by)
        self.need(not self.gone(relay[0].said["account"]), "the account is gone")
        self.is_open(relay)
        self.need(not self.out(relay, fact.when), "it is out, or on its way")

    def _relay_withdrawn(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        """ "The office takes back what it asked, as long as nothing is out"."""
        self.need(by.role in ASKS, "the office's")
        self.is_open(relay)
        self.need(not self.out(relay, fact.when), "it is out, or on its way")

    def _relay_moved(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        """The office asks for "another asked time", as long as nothing is out and somebody still is to answer, or did."""
        self.need(by.role in ASKS, "the office's")
        self.is_open(relay)
        last = self.answer(relay)
        self.need(last is None or last.kind != "relay.declined", "declined")
        self.need(not self.out(relay, fact.when), "it is out, or on its way")
        self.need(not fact.said["until"] or fact.said["until"] > fact.when, "a time that is past")

    def _relay_left(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        """ "The office leaves as it is what an account made of a line. It holds for what is out now"."""
        self.need(by.role in ASKS, "the office's")
        self.need(any(one["receipts"] for one in self.posts(relay).values()), "nothing is out")

    # Its posts: "claimed, sent once, read back, stopped by holds".

    def _message_scheduled(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        self.own(relay, by)
        self.need(self.adopted(relay), "not adopted")
        posts = self.posts(relay).values()
        self.need(not any(self.busy(one, fact.when) for one in posts), "on its way")
        self.need(any(one["state"] in AGAIN for one in posts), "all of it is out")
        # "A relay has no time at which its line does not stand."
        asked = relay[0].said
        then = max(fact.when, fact.said["when"])
        self.need(self.agreed(asked["line"], asked["digest"], then), "the line")
        self.need(then >= self.line(asked["line"]).get("c.not_before", 0), "its embargo")

    def _message_unscheduled(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        self.own(relay, by)
        self.need(self.scheduled(relay) is not None, "not scheduled")
        posts = self.posts(relay).values()
        self.need(not any(self.busy(one, fact.when) for one in posts), "on its way")
        planned = all(one["state"] in ("planned", "claimed") and not one["receipts"] for one in posts)
        self.need(planned, "something of it is out")

    def post(self, relay: list[Fact], fact: Fact, by: Person, *states: str) -> dict[str, Any]:
        """A post that stands so, of an account that the author publishes on."""
        self.own(relay, by)
        found = self.posts(relay).get(fact.said["post"])
        self.need(found and found["state"] in states, "no post that stands so")
        assert found is not None
        return found

    def tried(self, relay: list[Fact], fact: Fact, by: Person, *states: str) -> dict[str, Any]:
        """The same, where it is how an attempt ended: "An attempt whose intent has its place before the handover counts; whoever
        began it still writes down how it ended, and nothing else"."""
        found = self.posts(relay).get(fact.said["post"], {})
        began = found.get("began")
        before = (
            began is not None
            and began not in self.standing(relay)
            and (by.role, by.government) == ("presidency", began.note["land"])
        )
        if not before or found["state"] != "sending":
            return self.post(relay, fact, by, *states)
        self.need(found["state"] in states, "no post that stands so")
        return found

    def _post_claimed(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        self.post(relay, fact, by, "planned", "claimed")
        self.need(self.scheduled(relay) is not None, "nothing to send")

    def _post_sending(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        """ "counts only if the claim is its author's, the message is signed off, nothing is withdrawn and no hold is over it". "A
        relay goes out only while its line stands"."""
        asked = relay[0].said
        post = self.post(relay, fact, by, "claimed")
        self.need(post["process"] == fact.said["process"], "not their claim")
        self.need(self.adopted(relay) and self.scheduled(self.standing(relay)) is not None, "nothing to send")
        self.need(not self.gone(asked["account"]), "the account is gone")
        self.need(self.in_custody(asked["account"]), "nobody has signed in since it passed")
        self.need(self.agreed(asked["line"], asked["digest"], fact.when), "the line does not stand")
        # "its embargo, before which no relay of it goes out"
        self.need(fact.when >= self.line(asked["line"]).get("c.not_before", 0), "its embargo")
        self.need(not self.held(relay), "a hold")
        # "Threads keep a receipt per part and resume, never repeat."
        keys = fact.said["keys"]
        self.need(
            fact.said["first"] == post["receipts"] and 0 < len(keys) <= post["parts"] - post["receipts"],
            "the next parts",
        )
        # "A further attempt at the same part takes over key, time and bytes."
        self.need(post["keys"] in (None, fact.said["keys"]), "other keys")

    def _post_sent(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        self.tried(relay, fact, by, "sending", "unknown")

    def _post_ended(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        state, sure = fact.said["state"], fact.said["sure"]
        post = self.tried(relay, fact, by, *FROM[state])
        # "While a post is being sent only its sender may say that it is not out; anyone else may only say that nobody knows."
        sender = post["process"] == fact.said["process"]
        self.need(post["state"] != "sending" or state == "unknown" or sender, "not the sender")
        # "After an unknown outcome a post can't be called refused or missed until the network has definitely said that it has
        # nothing, or a person has looked."
        self.need(state not in ("refused", "missed") or sure or not post["doubt"], "in doubt")
        self.need(state != "unknown" or post["keys"] is not None, "nothing was tried")

    def _post_settled(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        self.post(relay, fact, by, "unknown")

    def _post_read_back(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        self.post(relay, fact, by, "sent")

    def _post_removed(self, relay: list[Fact], fact: Fact, by: Person) -> None:
        part = self.posts(relay).get(fact.said["post"], {}).get("receipts")
        self.post(relay, fact, by, "sent", *(("refused", "missed") if part else ()))

    # How they stand.

    def scheduled(self, relay: list[Fact]) -> int | None:
        when = None
        for one in relay:
            if one.kind == "message.scheduled":
                when = int(one.said["when"])
            if one.kind in ("message.unscheduled", "relay.adopted", "relay.declined", "relay.withdrawn"):
                when = None
        return when

    def posts(self, relay: list[Fact]) -> dict[str, dict[str, Any]]:
        """By the table of docs/publishing.md. `keys`: of the attempt that a further one takes over; `doubt`: it may be out."""
        found: dict[str, dict[str, Any]] = {}
        fresh = {
            "state": "planned",
            "process": "",
            "until": 0,
            "keys": None,
            "doubt": False,
            "began": None,
            "receipts": 0,
        }
        for fact in relay:
            said = fact.said
            if fact.kind == "relay.adopted":
                posts = {key.removeprefix(POST): one for key, one in said.items() if key.startswith(POST)}
                found = {key: {**fresh, "parts": len(one["parts"])} for key, one in posts.items()}
            elif fact.kind in ("relay.declined", "relay.withdrawn"):
                found = {key: {**fresh, "state": "withdrawn"} for key in found}
            elif fact.kind in ("message.scheduled", "message.unscheduled"):
                found = {
                    key: {**one, "state": "planned"} if one["state"] in AGAIN else one for key, one in found.items()
                }
            elif fact.kind.startswith("post."):
                found[said["post"]].update(self.after(fact, found[said["post"]]))
        return found

    @staticmethod
    def after(fact: Fact, post: dict[str, Any]) -> dict[str, Any]:
        """What an act on a post changes of it."""
        said, what = fact.said, fact.kind.removeprefix("post.")
        if what == "claimed":
            return {"state": "claimed", "process": said["process"], "until": min(said["until"], fact.when + MINUTES)}
        if what == "sending":
            return {"state": "sending", "keys": said["keys"], "began": fact}
        if what == "ended":
            doubt = said["state"] == "unknown" or (post["doubt"] and not said["sure"])
            return {"state": said["state"], "doubt": doubt}
        if what in ("sent", "settled"):
            receipts = post["receipts"] + len(said["receipts"])
            part = "claimed" if what == "sent" else "missed"
            state = "sent" if receipts == post["parts"] else part
            return {"state": state, "receipts": receipts, "keys": None, "doubt": False}
        if what == "removed" and said["outcome"] in ("removed", "already-gone"):
            return {"state": "withdrawn"}
        return {"state": "sent" if post["state"] == "sent" else "missed"}

    @staticmethod
    def busy(post: dict[str, Any], when: int) -> bool:
        """ "A claim whose lease is over keeps nobody from scheduling anew, unscheduling or withdrawing."""
        return post["state"] in ("sending", "unknown") or (post["state"] == "claimed" and when <= post["until"])

    def out(self, relay: list[Fact], when: int) -> bool:
        """Whether something of it is out or was, may be, or is on its way. "Once in doubt, in doubt."""
        posts = self.posts(relay).values()
        was = any(f.kind == "post.sent" or (f.kind == "post.settled" and f.said["receipts"]) for f in relay)
        return was or any(one["doubt"] or self.busy(one, when) for one in posts)

    def held(self, relay: list[Fact]) -> bool:
        """ "A hold stops everything from the next `post.sending` on, and lifting it (two people) never re-releases the queue by
        itself": one that was not over when it was scheduled stops it, lifted or not. A relay's topic is its line's."""
        asked = relay[0].said
        topic = self.line(asked["line"]).get("c.topic", "")
        n = [one for one in relay if one.kind == "message.scheduled"][-1].note["office"]
        lifts = [f.said["hold"] for _, f in self.office.kinds(n, "hold.lifted")]
        return any(
            lifts.count(f.id) < 2 and f.said["account"] in ("", asked["account"]) and f.said["topic"] in ("", topic)
            for f in self.office.facts if f.kind == "hold.placed"
        )  # fmt: skip
