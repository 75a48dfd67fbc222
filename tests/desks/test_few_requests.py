"""What an exchange asks of a hub grows with the bytes, not with the number of acts and texts."""

from __future__ import annotations

from collections import Counter

from g20desk.desk import Desk, joining
from g20desk.desk.handing_over import hand_over
from g20desk.desk.syncing import exchange
from g20desk.desk.unlocking import ledger_of
from g20desk.ledger.hub_session import Session
from tests.servers.hub import running_hub
from tests.story import content

MESSAGES = 100


def test_a_hundred_texts_travel_in_a_few_requests(database, tmp_path, monkeypatch):
    asked: Counter[str] = Counter()
    before = Session.ask

    def ask(self, method, path, query, body, more):
        asked[f"{method} {path.split('/')[4] if path.count('/') > 3 else ''}".strip()] += 1
        return before(self, method, path, query, body, more)

    with running_hub(database, "--open") as hub:
        head = Desk.found(tmp_path / "head", "G20", "Ada Head", rehearsal=True)
        hand_over(head, hub.url, lambda words: None)
        request, _ = joining.join(tmp_path / "otto", joining.invite(head, "Otto Officer", "officer"))
        joining.admit(head, request)
        head.sync()
        for number in range(MESSAGES):
            head.messages.new(content(f"Ministers agreed on point {number}.", to=("G20 Bluesky",)))
        monkeypatch.setattr(Session, "ask", ask)
        assert head.sync().pushed == MESSAGES
        assert asked["POST missing"] == asked["POST pieces"] == asked["POST append"] == 1 and asked.total() <= 12, asked
        asked.clear()
        ledger, clock = ledger_of(tmp_path / "otto")
        exchange(ledger, clock, tmp_path / "otto", lambda words: None)
        ledger.store.close()
        assert asked["POST fetch"] == 1 and asked.total() < MESSAGES, asked
        otto = Desk.open(tmp_path / "otto")
        rows = otto.messages.rows(limit=MESSAGES + 1)
        assert {row.title for row in rows} == {f"Ministers agreed on point {number}." for number in range(MESSAGES)}
        for one in (head, otto):
            one.store.close()
