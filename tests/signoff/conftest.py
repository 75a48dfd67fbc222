"""What the tests of sign-off share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from g20desk.desk import Desk
from g20desk.errors import Refused
from g20desk.office.content import Content, Text
from tests.story import Hands, Office

TEXT = "Finance ministers met today. Read it: https://g20.example.org/debt #G20"
HOUR = 3_600_000
SILENT = {
    "name": "Statement",
    "kinds": ["statement"],
    "stage": [{"name": "Members", "who": "governments:all", "mode": "silence", "within": "PT24H"}],
}


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What is done is refused with this code."""
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code, caught.value


class Told:
    """An office on one clock that the test moves, with words for what its people do."""

    def __init__(self, office: Office) -> None:
        self.office, self.clock = office, Hands()

    def __getitem__(self, person: str) -> Desk:
        return self.office.desk({"Head": "Ada Head"}.get(person, person), self.clock)

    def submit(self, made: Content | None = None, route: str = "") -> tuple[str, str]:
        """An officer's message before its people: its id and digest."""
        officer = self["Officer"]
        draft = officer.messages.new(made or content())
        return draft["message"], officer.messages.submit(draft["message"], route)["digest"]

    def say(self, land: str, message: str, answer: str, why: str = "So we think.", **more: Any) -> None:
        """What a liaison decides on the text as it is now."""
        desk = self[f"Liaison {land}"]
        desk.messages.decide(message, answer, desk.messages.get(message).message.digest, why, **more)

    def show(self, message: str) -> dict[str, Any]:
        return self["Head"].messages.show(message)

    def state(self, message: str) -> str:
        return str(self.show(message)["state"])

    def stages(self, message: str) -> list[str]:
        return [one["state"] for one in self.show(message)["signoff"]["stages"]]

    def after(self, hours: float) -> None:
        self.clock.on += round(hours * HOUR)


def content(kind: str = "statement", text: str = TEXT, to: str = "G20 Bluesky", topic: str = "") -> Content:
    return Content(kind, (to,), (Text("en", (text,)),), topic=topic)


@pytest.fixture
def told(office: Office) -> Told:
    return Told(office)


@pytest.fixture
def silent(told: Told) -> Told:
    """With a route of one silence of 24 hours for statements."""
    told["Head"].routes.adopt(SILENT)
    return told


@contextmanager
def lying(words: str = "Buy bonds.") -> Iterator[None]:
    """A hostile officer's own program, which settles other words under the same text."""
    from g20desk.desk import rendering

    real = rendering.text_rules

    class Lying:
        def __init__(self, network: str) -> None:
            self._rules = real(network)

        def __getattr__(self, name: str) -> object:
            return getattr(self._rules, name)

        def payload(self, text: str, *rest: object) -> object:
            return self._rules.payload(words, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "text_rules", Lying)
        yield
