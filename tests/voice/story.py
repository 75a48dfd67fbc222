"""An office on paper with people by name, an agreed line on debt, and a relay of it: see `test_no_way_round.py`."""

from __future__ import annotations

from typing import Any

from tests.signoff.model_office import HOUR
from tests.signoff.paper import DEVICES, REF
from tests.voice import chance as wording
from tests.voice.lines_by_chance import Lines
from tests.voice.paper import NOTHING

HEAD, OTTO, OLGA, BRAZIL, ZA, ZA_TWO, ITALY, ZA_LIAISON, ANALYST, PUBLISHER, SENT_BY_ZA, ZA_PHONE = range(12)
OTHERS = (HEAD, OTTO, OLGA, BRAZIL, ITALY, ZA_LIAISON, ANALYST, PUBLISHER, SENT_BY_ZA)
TEXT, LOCKED = wording.LINES[0][0]["en"], wording.LINES[0][1]["en"][0]
WORDS = {"en": [TEXT]}


class Story(Lines):
    """An office with the people above, one agreed line on debt, and a relay of it for an account of ZA's Presidency."""

    def __init__(self) -> None:
        super().__init__(0)
        self.people()
        self.accounts = list(self.paper.office.accounts)
        self.account = self.accounts[1]
        self.line = self.agreed()
        self.relay = self.ask().event.id

    def agreed(self, number: int = 0, by: int = OTTO, **more: Any) -> str:
        texts, locks = wording.LINES[0]
        content = {"c.kind": "line", "c.to": [], "c.topic": "debt", **{f"c.text.{lang}": [wording.ref(text)] for lang, text in texts.items()},
                   **{f"c.lock.{lang}": phrases for lang, phrases in locks.items()}, **more}  # fmt: skip
        made = self.paper.line(by, by, number, content)
        assert made.counts and self.decides(made.event.id) == ""
        return made.event.id

    def decides(self, line: str, answer: str = "approve", by: int = BRAZIL) -> str:
        digest = self.paper.state(line).digest
        return self.does("signoff.decided", by, line, digest=digest, answer=answer, why=REF, amendment=None)

    def does(self, kind: str, by: int, stream: str = "", **values: Any) -> str:
        """What becomes of an act: the code of its refusal, empty where it counts."""
        return self.paper.acts(kind, by, stream=stream or self.relay, **values).code

    def ask(self, by: int = OTTO, line: str = "", account: str = "", **more: Any) -> Any:
        line = line or self.line
        values = {
            "line": line,
            "digest": self.paper.state(line).digest or NOTHING,
            "account": account or self.account,
            "until": 0,
            "why": None,
        }
        return self.paper.acts("relay.asked", by, **(values | more))

    def adopt(self, by: int = ZA, words: dict[str, list[Any]] | None = None, stream: str = "", **more: Any) -> str:
        words = words or WORDS
        return self.does(
            "relay.adopted", by, stream, words=words, **(wording.content_of(words, self.account, "debt") | more)
        )

    def schedule(self, by: int = ZA, stream: str = "") -> str:
        return self.does(
            "message.scheduled", by, stream, when=self.paper.now, zone="UTC", together=False, despite=[], why=None
        )

    def claim(self, by: int = ZA, stream: str = "") -> str:
        return self.does("post.claimed", by, stream, post="0", process="desk/1", until=self.paper.now + HOUR)

    def send(self, by: int = ZA, stream: str = "") -> str:
        return self.does("post.sending", by, stream, post="0", process="desk/1", first=0, keys=["3k"],
                         created_at="2030-03-17T17:46:40Z", since=0)  # fmt: skip

    def ready(self) -> None:
        """Adopted, scheduled and claimed by its communicator."""
        assert (self.adopt(), self.schedule(), self.claim()) == ("", "", "")

    def role(self, who: int, role: str, land: str, by: int = HEAD) -> str:
        """Whether a role is given: "waits" where somebody's word is missing."""
        made = self.office("role.given", by, person=self.devices[who], role=role, government=land, topic="", why=REF)
        now = self.paper.office.author(DEVICES[who])
        if made.counts and (now.role, now.government) != (role, land):
            return "waits"
        return str(made.code)
