"""Drift that the office leaves as it is, and lists of lines and relays that fold nothing."""

from __future__ import annotations

import pytest

from g20desk.errors import Usage
from g20desk.office import fold
from tests.signoff.conftest import Told, refused
from tests.voice.test_relays import LINE, agreed, asked

SAID = LINE.replace("countries by", "countries, in time, by")


def drifted(told: Told, said: str = SAID) -> tuple[str, str]:
    """A line, and a relay of it that says something between its words."""
    line = agreed(told)
    relay, presidency = asked(told, line), told["Presidency"]
    presidency.relays.adopt(relay, said, when_ms=presidency.clock.now_ms())
    assert presidency.publish.once()["sent"] == 1
    return line, relay


def test_the_office_leaves_drift_as_it_is_with_a_reason(told):
    line, relay = drifted(told)
    officer = told["Officer"]
    assert [one.asks for one in officer.relays.carriers(line)] == [True]
    with pytest.raises(Usage):
        officer.relays.leave(relay, " ")
    officer.relays.leave(relay, "It says the same.")
    (one,) = told["Liaison Brazil"].relays.carriers(line)
    assert (one.state, one.left, one.asks) == ("drifted", ("Officer", "It says the same."), False)
    (row,) = officer.lines.page()[0]
    assert (dict(row.relays), row.carried) == ({"left": 1}, 1)
    assert [ask.state for ask in officer.relays.asks()] == ["out"], "nobody is told of it any more"


def test_only_the_office_leaves_it_and_only_what_is_out(told):
    line = agreed(told)
    relay = asked(told, line)
    with refused("not-out"):
        told["Officer"].relays.leave(relay, "Why not.")
    presidency = told["Presidency"]
    presidency.relays.adopt(relay, SAID, when_ms=presidency.clock.now_ms())
    presidency.publish.once()
    for who in ("Presidency", "Liaison Brazil", "Analyst"):
        with refused("no-right"):
            told[who].relays.leave(relay, "Why not.")
        assert told[who].relays.carriers(line)[0].cannot_leave
    assert told["Head"].relays.carriers(line)[0].cannot_leave == ""


def test_what_the_network_shows_otherwise_later_asks_again(told):
    line, relay = drifted(told)
    told["Officer"].relays.leave(relay, "It says the same.")
    presidency = told["Presidency"]
    (key,) = presidency.messages.get(relay).message.posts
    from g20desk.ledger import pieces

    said = b"its text is another one", b"We agreed on nothing."
    refs = [pieces.refer(one) for one in said]
    presidency.act(
        "post.read_back", {"post": key, "standing": "text", "why": refs[0], "shown": refs[1:]}, relay,
        pieces={ref["piece"]: one for ref, one in zip(refs, said, strict=True)},
    )  # fmt: skip
    (one,) = told["Officer"].relays.carriers(line)
    assert one.left is None and one.asks and one.altered == "Read back: its text is another one."
    assert (one.kept, dict(told["Head"].lines.page()[0][0].relays)) == (False, {"drifted": 1})


def test_a_relay_is_measured_against_the_wording_it_was_asked_for(told):
    """A line that was revised since, and agreed anew, changes nothing of what was carried before."""
    line, relay = drifted(told, LINE)
    officer = told["Officer"]
    content = officer.lines.content(line)
    from dataclasses import replace

    from g20desk.office.content import Text

    other = "We agreed on debt relief for forty countries, at last."
    officer.messages.revise(line, replace(content, texts=(Text("en", (other,)),)))
    digest = officer.messages.submit(line)["digest"]
    told["Liaison Brazil"].messages.decide(line, "approve", digest)
    assert officer.lines.rows()[0]["text"] == other
    shown = officer.relays.show(relay)
    assert (shown["state"], shown["drift"]) == ("carried", 0.0)
    assert not officer.relays.carriers(line)[0].drifted


def test_lists_fold_nothing(told, monkeypatch):
    for n in range(3):
        line = agreed(told, f"We agreed on debt relief for forty countries by 20{n}7.")
        asked(told, line)
    officer = told["Officer"]
    officer.relays.rows()
    seen = []
    real = fold.fold
    monkeypatch.setattr(fold, "fold", lambda *values: seen.append(values) or real(*values))
    monkeypatch.setattr(officer.ledger.folds, "stream", lambda *values: pytest.fail("a list folded a stream"))
    assert len(officer.lines.rows()) == len(officer.relays.rows()) == 3
    assert len(officer.lines.page(2)[0]) == 2 and officer.lines.page(2)[1] == 3
    lines, cells = officer.lines.grid()
    assert len(lines) == 3 and {cell.state for cell in cells.values()} == {"asked"}
    assert {code for _, code in cells} == {"ZA"} and seen == []


def test_one_member_s_accounts_are_one_mark_that_asks_first(told):
    line, relay = drifted(told)
    told["Head"].accounts.add("rehearsal", name="ZA Treasury X", owner="presidency:ZA", like="x")
    told["Officer"].relays.ask(line, ["ZA Treasury X"])
    cell = told["Head"].lines.grid()[1][line, "ZA"]
    assert (cell.state, cell.accounts, cell.relay) == ("drifted", 2, relay)
    told["Officer"].relays.leave(relay, "So be it.")
    assert told["Head"].lines.grid()[1][line, "ZA"].state == "asked"


def test_views_made_anew_say_the_same_of_lines_and_relays(told):
    line, relay = drifted(told)
    told["Officer"].relays.leave(relay, "So be it.")
    head = told["Head"]
    before = head.lines.page(), head.relays.rows(), head.relays.carriers(line), head.lines.grid()
    head.ledger.rows.rebuild()
    assert (head.lines.page(), head.relays.rows(), head.relays.carriers(line), head.lines.grid()) == before
