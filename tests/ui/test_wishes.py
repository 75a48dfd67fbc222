"""Warnings, who sees it, cards and costs in the composer and at sign-off; the browser's sign-in in the accounts."""

import json

import httpx
import pytest

from g20desk.clock import from_iso
from g20desk.desk import Desk
from g20desk.office.content import Content, Text
from tests.servers.site import Site
from tests.story import standin
from ui.accounts import presenter as accounts_presenter
from ui.composer.cards import Card
from ui.composer.previews import Preview
from ui.messages.model import When
from ui.widgets.base import Label

BOTH = ("G20 X", "G20 Mastodon")


def said(widget):
    return [one.text() for one in widget.findChildren(Label)]


@pytest.fixture
def site():
    one = Site()
    one.page("/a", '<title>The communiqué</title><meta name="description" content="What they agreed on.">')
    yield one
    one.stop()


def test_a_warning_is_written_shown_and_said_where_it_cannot_be(qtbot, open_window):
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    composer.present.draft.to = ["G20 X", "G20 Bluesky"]
    qtbot.keyClicks(composer.editor, "Flood in the north.")
    composer.present.check()
    assert not composer.work.wishes.isVisible()
    composer.present.goes_to("G20 Mastodon", True)
    composer.present.check()
    wishes = composer.work.wishes
    assert wishes.isVisible()
    qtbot.keyClicks(wishes.warning, "Loss of life")
    wishes.seen.setCurrentIndex(wishes.seen.findData("unlisted"))
    wishes.seen.activated.emit(wishes.seen.currentIndex())
    qtbot.waitUntil(lambda: not composer.present.checking() and any(
        f["rule"] == "STRUCT-05" for f in composer.present.all_findings()
    ))  # fmt: skip
    text = composer.present.draft.content().texts[0]
    assert (text.warning, text.visibility) == ("Loss of life", "unlisted")
    shown = {p.network: said(p) for p in composer.findChildren(Preview)}
    assert "Loss of life · Everybody, not in lists" in shown["mastodon"]
    assert not any("Loss of life" in words for words in shown["x"])
    assert any("0.015" in words for words in shown["x"])


def test_an_own_text_takes_the_warning_along_and_leaves_it_behind(open_window):
    window = open_window("Officer")
    window.go("composer", "")
    present = window.here().present
    present.draft.to = list(BOTH)
    present.write("Flood.")
    present.wish("Loss of life", "")
    present.network = "mastodon"
    present.own_text(True)
    assert present.draft.wishes("en", "mastodon") == ("Loss of life", "")
    present.wish("Another", "private")
    assert present.draft.wishes("en", "") == ("Loss of life", "")
    present.own_text(False)
    assert present.draft.wishes("en", "mastodon") == ("Loss of life", "")
    assert present.draft.seen == {}


def test_who_reads_no_drafts_has_warning_and_visibility_each_in_its_place(folder):
    from ui.composer.model import from_shown

    officer = Desk.open(folder, "Officer")
    made = officer.messages.new(Content("news", BOTH, (Text("en", ("Flood.",), "", "Loss of life", "unlisted"),)))
    officer.messages.submit(made["message"])
    draft = from_shown(Desk.open(folder, "Liaison Brazil").messages.show(made["message"]))
    assert (draft.wishes("en"), draft.line) == (("Loss of life", "unlisted"), None)


def test_who_signs_off_reads_warning_visibility_and_card(folder, open_window, site):
    desk = Desk.open(folder, "Officer")
    to = ("G20 Bluesky", "G20 Mastodon")
    made = desk.messages.new(Content("news", to, (Text("en", (f"See {site.url}/a",), "", "Loss of life", "unlisted"),)))
    desk.messages.submit(made["message"])
    window = open_window("Liaison Brazil")
    window.go("sign-off", made["message"])
    here = window.here()
    words = said(here)
    assert "Content warning: Loss of life · Everybody, not in lists" in words
    assert "What they agreed on." in words
    assert {c.accessibleName() for c in here.findChildren(Card)} == {"Link card: The communiqué"}
    officer = open_window("Officer")
    officer.go("composer", made["message"])
    card = officer.here().findChildren(Card)[-1]
    assert "What they agreed on." in said(card)


def test_the_browser_signs_in_where_no_secret_is_given(qtbot, open_window, monkeypatch):
    server = standin("mastodon")

    def browser(url):
        with httpx.Client(trust_env=False, follow_redirects=True) as client:
            return client.get(url).status_code == 200

    monkeypatch.setattr(accounts_presenter.webbrowser, "open", browser)
    window = open_window("Head of office")
    window.go("accounts", "")
    form = window.here().form
    window.here()._add()
    form.network.setCurrentIndex(form.network.findData("mastodon"))
    form.name.setText("M")
    form.server.setText(server.url)
    form.go.click()
    desk = window.here().present.ctx.desk
    qtbot.waitUntil(lambda: desk.office.account_named("M") is not None)
    account = desk.accounts.get("M")
    assert json.loads(desk.secrets.get(f"account/{account.id}"))["token"] == server.face.token
    window.here().present.pick("M")
    assert any("500 characters, read" in words for words in said(window.here().end))
    server.stop()


def test_cost_and_an_account_in_trouble_are_said_at_scheduling(folder, open_window):
    server = standin("mastodon")
    head = Desk.open(folder, "Head of office")
    head.accounts.add("mastodon", name="M", owner="official", server=server.url, secret="token")
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(Content("news", ("G20 X", "M"), (Text("en", ("Ministers met.",)),)))
    desk.messages.submit(made["message"])
    Desk.open(folder, "Liaison Brazil").messages.decide(made["message"], "approve", made["digest"])
    desk.secrets.remove(f"account/{desk.accounts.get('M').id}")
    window = open_window("Officer")
    window.go("messages", made["message"])
    here = window.here()
    here._schedule()
    assert any("It costs 0.015 US$, by the prices of 2026-08-31." in words for words in said(here))
    told = []
    here.present.done.connect(told.append)
    here.present.schedule(made["message"], When(from_iso("2030-01-01T09:00:00Z"), "UTC", False, ""))
    assert told == ["Scheduled. M: It needs sign-in: this desk holds no sign-in for M."]
    server.stop()


def test_messages_show_warning_and_visibility_beside_the_text(folder, open_window):
    desk = Desk.open(folder, "Officer")
    texts = (Text("en", ("A flood.",), "", "Loss of life", "unlisted"), Text("fr", ("Une crue.",)))
    made = desk.messages.new(Content("news", ("G20 Mastodon",), texts))
    window = open_window("Officer")
    window.go("messages", made["message"])
    words = said(window.here().work.parentWidget())
    (found,) = {one for one in words if "Loss of life" in one}
    assert found.endswith("· Everybody, not in lists")
