"""Packs of what was signed off as diplomats do it: stages, silence, deputies, late objections, emergencies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import packing
from g20desk.errors import Refused
from g20desk.record.withholding import Wish
from tests.record.story import reported
from tests.record.test_pages import opened, written
from tests.signoff.conftest import HOUR, TEXT, Told, silent, told  # noqa: F401 - fixtures
from tests.signoff.test_emergency import cleared, filled  # noqa: F401

ROUTE = {
    "name": "Both", "kinds": ["statement"],
    "stage": [
        {"name": "Editors", "who": "role:head", "need": "any", "within": "PT2H"},
        {"name": "Members", "who": "governments:all", "mode": "silence", "within": "PT24H"},
    ],
}  # fmt: skip


def proved(told: Told, message: str, folder: Path, **wish: Any) -> tuple[dict[str, Any], str]:  # noqa: F811
    """What its pack says and what its page says, in which all holds."""
    data = packing.pack_message(told["Officer"], message, Wish(**wish)).data
    (shown,) = opened(*written(folder, data))
    assert shown["state"] == "ok", shown["said"]
    return reported(data), shown["body"]


def test_two_stages_with_a_silence_that_nobody_broke(told: Told, tmp_path: Path) -> None:  # noqa: F811
    told["Head"].routes.adopt(ROUTE)
    message, digest = told.submit()
    told["Head"].messages.decide(message, "approve", digest)
    told.say("Brazil", message, "no-objection")
    told.after(25)
    officer = told["Officer"]
    officer.messages.schedule(message, officer.clock.now_ms())
    for names in (False, True):
        found, page = proved(told, message, tmp_path, complete=True, names=names)
        assert found["route"] == "Both" and found["message"]["state"] == "scheduled"
        editors, members = found["stages"]
        assert editors["state"] == "approved" and list(editors["said"].values()) == ["approve"]
        assert members["state"] == "adopted" and members["said"] == {"BR": "no-objection"}
        assert {"BR", "IN", "IT"} <= set(members["seats"]) and members["due"] - members["opened"] == 24 * HOUR
        assert [(d["decision"], d["counts"]) for d in found["decisions"]] == [("approve", True), ("no-objection", True)]
        assert "By the route “Both” of the office:" in page and "adopted: nobody broke the silence" in page
        assert "BR: no objection" in page and "no word: IN, IT" in page
        assert ("Ada Head" in page) is not names


def test_a_silence_that_was_broken_by_an_amendment_and_opened_again(silent: Told, tmp_path: Path) -> None:  # noqa: F811
    message, _ = silent.submit()
    other = TEXT.replace("met", "agreed")
    silent.say("Brazil", message, "request-changes", "One word.", text=other)
    found, page = proved(silent, message, tmp_path)
    (stage,) = found["stages"]
    assert stage["state"] == "broken" and found["message"]["state"] == "objected"
    assert "silence broken" in page and "✕ counts" in page and "amendment" in {one["part"] for one in found["withheld"]}
    assert other not in packing.pack_message(silent["Officer"], message, Wish()).data.decode()
    _, page = proved(silent, message, tmp_path, reasons=True)
    assert other in page and "Proposes, English:" in page
    silent["Head"].signoffs.reopen(message, "Brazil is content.")
    silent.after(25)
    silent["Officer"].signoffs.close_over()
    found, page = proved(silent, message, tmp_path)
    assert found["stages"][0]["state"] == "adopted" and found["message"]["state"] == "approved"
    (said,) = found["decisions"]
    assert not said["counts"] and said["why"] == "The head reopened the silence."


def test_an_objection_that_came_too_late(silent: Told, tmp_path: Path) -> None:  # noqa: F811
    message, _ = silent.submit()
    silent.after(25)
    silent["Officer"].signoffs.close_over()
    silent.say("India", message, "object", "We missed it.")
    found, page = proved(silent, message, tmp_path)
    (said,) = found["decisions"]
    assert not said["counts"] and "the message is held" in said["why"] and "the message is held" in page


def test_a_deputy_spoke_for_a_government(told: Told, tmp_path: Path) -> None:  # noqa: F811
    message, digest = told.submit()
    now = told.clock.now_ms()
    told["Liaison Brazil"].deputies.name("Analyst", now, now + 48 * HOUR)
    told["Analyst"].messages.decide(message, "approve", digest)
    found, page = proved(told, message, tmp_path)
    (said,) = found["decisions"]
    assert (said["person"], said["role"], said["government"], said["counts"]) == ("Analyst", "analyst", "BR", True)
    assert "Analyst (analyst, BR)" in page and "By no route" in page


def test_an_emergency_release_and_its_review(cleared: Told, tmp_path: Path) -> None:  # noqa: F811
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    cleared["Liaison Italy"].signoffs.release(message, "Quake", "Seen.")
    officer = cleared["Officer"]
    officer.messages.schedule(message, officer.clock.now_ms())
    officer.publish.once()
    found, page = proved(cleared, message, tmp_path)
    assert found["released"]["roles"] == ["head", "liaison"] and not found["released"]["reviewed"]
    assert "Released in an emergency without sign-off" in page and "not reviewed yet" in page
    cleared["Liaison India"].signoffs.review(message, "It was needed.")
    assert proved(cleared, message, tmp_path, complete=True)[0]["released"]["reviewed"]
    for wish in (Wish(("c.text.fr",)), Wish(contents=True), Wish(langs=frozenset({"en"}))):
        with pytest.raises(Refused) as no:
            packing.pack_message(officer, message, wish)
        assert no.value.code == "part-needed"


def test_a_release_that_was_asked_for_on_an_earlier_text(cleared: Told, tmp_path: Path) -> None:  # noqa: F811
    message = filled(cleared)
    cleared["Head"].signoffs.release(message, "Quake", "An earthquake.")
    officer = cleared["Officer"]
    officer.messages.withdraw(message, "It was elsewhere.")
    officer.messages.revise(message, officer.messages.content(message).with_text(_text("All is well. #G20")))
    officer.messages.submit(message)
    found, _ = proved(cleared, message, tmp_path)
    assert found["released"] is None and found["message"]["state"] == "submitted"
    assert found["texts"][0]["parts"] == ["All is well. #G20"]


def _text(words: str) -> Any:
    from g20desk.office.content import Text

    return Text("en", (words,))
