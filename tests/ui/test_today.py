"""Today: what needs somebody, the gravest first, each with its reason; in pages where it is much; nothing untrue."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from g20desk.desk.account_client import Keeping
from g20desk.desk.joining import answer
from g20desk.ledger.keys import DeviceKey
from tests.conftest import standing_in
from tests.servers.world import SECRETS
from tests.story import Hands
from tests.ui.conftest import content
from tests.ui.test_outcomes import due
from ui.bus import Bus, Ctx, facts
from ui.rows import MORE
from ui.today.presenter import PAGE, gather
from ui.today.rows import of_desk
from ui.window import Window
from ui.worker import InlineWorker

MINUTE, DAY = 60_000, 86_400_000


@pytest.fixture
def later(qtbot, folder):
    """A window whose clock a test sets."""

    def make(on, person="Officer"):
        hands = Hands()
        hands.on = on
        desk, worker, bus = Desk.open(folder, person, hands), InlineWorker(), Bus()
        bus.listen(desk)
        window = Window(Ctx(desk, facts(desk), worker, bus, hands))
        worker.setParent(window)
        bus.setParent(window)
        window.sender.stop()
        qtbot.addWidget(window)
        window.show()
        return window

    return make


def needs(window):
    return window.screens["today"].needs.rows()


def test_unknown_first_then_missed_then_refused_each_with_its_reason(folder, later):
    refused = due(folder, "refuse")
    unknown = due(folder, "unknown-not-stored")
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.messages.new(content("A text of its own."))
    officer.messages.submit(made["message"])
    brazil.messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    hands = Hands()
    hands.on = 30 * MINUTE
    Desk.open(folder, "Officer", hands).publish.once()
    rows = needs(later(31 * MINUTE))
    assert [row.id for row in rows][:3] == [unknown, made["message"], refused]
    assert [row.spoken for row in rows][:3] == ["Unknown", "Missed", "Refused by the network"]
    assert "a person decides" in rows[1].line
    assert rows[1].line.count("G20 ") == 3
    assert rows[2].line.endswith("· 422 refused as planned")


def test_a_post_past_due_says_why_at_every_moment(folder, later):
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.messages.new(content("A text of its own."))
    officer.messages.submit(made["message"])
    brazil.messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    for on, says in ((0, "Due since"), (3 * MINUTE, "Due since"), (20 * MINUTE, "Due since")):
        window = later(on)
        shown = window.ctx.desk.messages.show(made["message"])
        assert all(post["why"].startswith(says) for post in shown["posts"])
        window.go("messages", made["message"])
        (row,) = [row for row in needs(window) if row.id == made["message"]] or [None]
        assert (row is not None) == (on > 2 * MINUTE)
        if row is not None:
            assert (row.spoken, says in row.line) == ("Past its time", True)
            assert [one.look.word for one in window.here().shown.stuck] == ["Past its time"] * 3
            assert all(says in one.why for one in window.here().shown.stuck)


def test_altered_posts_are_listed_though_their_message_is_sent(folder, later):
    with standing_in("mastodon") as server:
        head, brazil = Desk.open(folder, "Head of office"), Desk.open(folder, "Liaison Brazil")
        head.accounts.add("mastodon", name="M", owner="official", server=server.url, secret=SECRETS["mastodon"])
        officer = Desk.open(folder, "Officer")
        made = officer.messages.new(replace(content("Ministers met."), to=("M",)))
        officer.messages.submit(made["message"])
        brazil.messages.decide(made["message"], "approve", made["digest"])
        officer.messages.schedule(made["message"], officer.clock.now_ms())
        officer.publish.once()
        server.face.statuses.clear()
        hands = Hands()
        hands.on = 2 * MINUTE
        Desk.open(folder, "Officer", hands).publish.look()
        window = later(2 * MINUTE)
        row = needs(window)[0]
        assert (row.id, row.spoken) == (made["message"], "Altered")
        assert "it is not there any more" in row.line
        window.screens["today"].present.open(row.id)
        assert window.here().present.id == made["message"]


def test_sign_ins_that_end_and_accounts_that_cannot_send_lead_to_accounts(folder, later):
    with standing_in("mastodon") as server:
        head = Desk.open(folder, "Head of office")
        for name, days in (("M", 3), ("N", 60)):
            server.face.user = name
            secret = json.dumps({"token": "token", "ends": head.clock.now_ms() + days * DAY})
            head.accounts.add("mastodon", name=name, owner="official", server=server.url, secret=secret)
        Keeping(head, head.accounts.get("N").id).note("needs sign-in", "the network refused the token")
        window = later(0)
        rows = {row.id: row for row in needs(window)}
        assert rows["account/N"].line == "Needs a sign-in · the network refused the token"
        assert (rows["account/M"].spoken, rows["account/M"].under) == ("Its sign-in ends", "until it ends")
        window.screens["today"].present.open("account/N")
        assert window.here() is window.screens["accounts"]
        assert window.here().list.current_id() == "N"


def test_much_comes_in_pages_by_key_and_by_mouse(qtbot, folder, open_window):
    officer = Desk.open(folder, "Officer")
    for number in range(2 * PAGE):
        officer.messages.new(content(f"Draft number {number}."))
    window = open_window()
    screen = window.here()
    in_all = int(screen.needs_count.text())
    assert in_all == 2 * PAGE + 1
    assert screen.needs.rowCount() == PAGE + 1
    assert screen.needs.rows()[-1].title == f"Show {PAGE} more of {in_all - PAGE}"
    screen.needs_list.setCurrentIndex(screen.needs.index(PAGE))
    qtbot.keyClick(screen.needs_list, Qt.Key.Key_Return)
    assert screen.needs.rowCount() == 2 * PAGE + 1
    assert screen.needs_list.currentIndex().row() == PAGE
    screen.needs_list.setCurrentIndex(screen.needs.index(2 * PAGE))
    qtbot.keyClick(screen.needs_list, Qt.Key.Key_Return)
    assert [row.id.startswith(MORE) for row in screen.needs.rows()].count(True) == 0
    assert screen.needs.rowCount() == in_all


def test_a_liaison_is_asked_what_a_liaison_can_do(folder, later):
    due(folder, "refuse")
    due(folder, "unknown-not-stored")
    rows = needs(later(0, "Liaison India"))
    assert [row.spoken for row in rows] == ["Waiting for sign-off"]
    told = gather(Desk.open(folder, "Liaison India"), 0)
    assert (told.alarms, told.staff) == ((), False)


def test_a_voice_is_asked_for_their_word_on_whom_the_head_would_let_in(folder, later):
    head = Desk.open(folder)
    head.act("member.admitted", {
        "name": "Ben Second", "role": "liaison", "government": "BR", "topic": "", "nonce": "", "until": 0,
        **answer(DeviceKey.fresh(), head.office.id, ""),
    })  # fmt: skip
    row = needs(later(MINUTE, "Liaison Brazil"))[0]
    assert (row.title, row.line) == ("Waits for your word", "Ben Second as liaison for BR")
    assert row.title not in [one.title for one in needs(later(MINUTE, "Liaison India"))]


def test_what_the_keeper_has_not_placed_is_said(folder, open_window):
    window = open_window("Officer")
    desk = window.ctx.desk
    assert window.strip.tentative == 0 and not window.strip.pending.isVisibleTo(window)
    desk.store.set_meta("keeper", "f" * 64)  # the order is kept elsewhere from here on
    desk.messages.new(content("Written without a network."))
    assert window.strip.pending.isVisibleTo(window)
    assert window.strip.pending.text() == "1 act not yet in the office's record"
    desk.messages.new(content("Another one."))
    assert window.strip.pending.text() == "2 acts not yet in the office's record"
    told = gather(desk, desk.clock.now_ms())
    row = of_desk(told.accounts, window.ctx.facts, told.tentative)[0]
    assert (row.title, row.tone) == ("2 acts are not yet in the office's record", "warn")
