"""What accounts of governments post of themselves: listed beside the lines where it may have to do with one, judged by a person."""

from __future__ import annotations

import pytest

from connectors.rehearsal.client import RehearsalClient
from g20desk.clock import iso
from g20desk.desk import redacting
from g20desk.desk.overhearing import MOST
from g20desk.desk.verifying import verify
from g20desk.errors import Unreachable, Usage
from g20desk.ledger import pieces
from g20desk.network import Part, Receipt, Setting
from tests.servers.standin import StandIn
from tests.servers.standin_mastodon import MastodonFace
from tests.servers.standin_x import XFace
from tests.servers.world import SECRETS
from tests.signoff.conftest import Told, refused
from tests.voice.test_relays import LINE, agreed, asked

OTHER = "We agreed on debt relief for fifty countries by 2027."
PRESIDENCY = "ZA Presidency X"


def posts(told: Told, *texts: str, parent: Receipt | None = None) -> Receipt:
    """The Presidency posts by its own means, each post below the one before."""
    desk = told["Presidency"]
    account = desk.accounts.get(PRESIDENCY)
    setting = Setting("", account.handle, account.identity, "", lambda _: None, state_dir=str(desk.folder), like=account.like, name=account.name)  # fmt: skip
    client = RehearsalClient(setting, told.clock)
    first = parent
    for text in texts:
        (parent,) = client.send([Part(text, "", {"text": text})], first, parent)
    assert parent is not None
    return parent


def verdicts(told: Told) -> list[tuple[str, str]]:
    return [(one["text"], one["verdict"]) for one in told["Officer"].overheard.rows()]


def test_a_post_that_may_say_something_else_is_listed_once_and_judged(told):
    line = agreed(told)
    told.after(1)
    out = posts(told, OTHER)
    officer = told["Officer"]
    made = officer.overheard.listen()
    assert [(one["account"], one["posts"], one["listed"], one["why"]) for one in made["accounts"]] == [
        (PRESIDENCY, 1, 1, "")
    ]
    (row,) = told["Liaison India"].overheard.rows()
    assert (row["line"], row["verdict"], row["text"], row["wording"]) == (line, "contradicts", OTHER, LINE)
    assert (row["account"], row["government"], row["network"], row["url"]) == (PRESIDENCY, "ZA", "x", out.url)
    assert row["reasons"] == ["says fifty, the line says forty"] and row["answer"] is None
    assert officer.overheard.listen()["listed"] == [], "never twice"
    assert officer.overheard.rows(line, open_only=True) == officer.overheard.rows()
    told["Analyst"].overheard.judge(row["id"][:12], "differs", "Fifty was the draft.")
    (row,) = officer.overheard.rows()
    assert (row["answer"], row["why"], row["judged_by"]) == ("differs", "Fifty was the draft.", "Analyst")
    assert officer.overheard.rows(open_only=True) == []
    officer.overheard.judge(row["id"], "left")
    assert officer.overheard.get(row["id"])["answer"] == "left", "the newest judgement stands"


def test_what_is_listed_and_what_is_not(told):
    agreed(told)
    told.after(1)
    paraphrase = "Forty countries will owe less by 2027: the G20 has settled on relief for their debts."
    for text in (
        LINE,
        f"{LINE} Read more.",
        "The next summit is in Cape Town.",
        paraphrase,
        OTHER.replace("fifty", "forty").replace("We", "They"),
    ):
        posts(told, text)
    told["Officer"].overheard.listen()
    assert dict(verdicts(told)) == {
        paraphrase: "paraphrase",
        "They agreed on debt relief for forty countries by 2027.": "near",
    }


def test_what_went_out_as_a_relay_is_not_listed(told):
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    presidency.relays.adopt(
        relay, "We spoke about debt relief for forty countries by 2028.", when_ms=told.clock.now_ms()
    )
    assert presidency.publish.once()["sent"] == 1
    made = told["Officer"].overheard.listen()
    assert made["listed"] == [] and verdicts(told) == []


def test_a_thread_is_read_as_one_text(told):
    agreed(told)
    told.after(1)
    first = posts(told, "We agreed on debt relief for fifty countries")
    posts(told, "by 2027. Read the whole text.", parent=first)
    told["Officer"].overheard.listen()
    ((text, verdict),) = verdicts(told)
    assert (
        text == "We agreed on debt relief for fifty countries\n\nby 2027. Read the whole text."
        and verdict == "contradicts"
    )


def test_only_lines_that_stood_when_it_was_posted(told):
    posts(told, OTHER)
    told.after(1)
    officer = told["Officer"]
    first = agreed(told)
    officer.overheard.listen()
    assert verdicts(told) == [], "it was posted before anything was agreed"
    told.after(1)
    second = agreed(told, "We agreed on debt relief for sixty countries by 2027.", (), supersedes=first)
    told.after(1)
    posts(told, f"{OTHER} ")
    officer.overheard.listen()
    (row,) = officer.overheard.rows()
    assert row["line"] == second
    for line in (second, first):
        officer.messages.withdraw(line, "Overtaken.")
    told.after(1)
    posts(told, f"{OTHER} Again.")
    assert officer.overheard.listen()["listed"] == []


def test_who_may_list_and_judge(told):
    agreed(told)
    told.after(1)
    posts(told, OTHER)
    for who in ("Liaison Brazil", "Presidency"):
        with refused("no-right"):
            told[who].overheard.listen()
    told["Officer"].overheard.listen()
    (row,) = told["Presidency"].overheard.rows()
    for who in ("Liaison Brazil", "Presidency"):
        with refused("no-right"):
            told[who].overheard.judge(row["id"], "unrelated")
    with refused("unknown-id"):
        told["Officer"].overheard.judge("abcdef12", "unrelated")
    with pytest.raises(Usage):
        told["Officer"].overheard.judge(row["id"], "guilty")
    with pytest.raises(Usage):
        told["Officer"].overheard.judge(row["id"], "differs")


def test_the_fold_takes_nothing_else(told):
    """Whatever a program says."""
    line = agreed(told)
    officer = told["Officer"]
    found = officer.lines.get(line)
    account = officer.accounts.get(PRESIDENCY).id
    text = pieces.refer(OTHER.encode())
    good = {
        "account": account, "remote": "1", "url": "https://x.com/za/status/1", "at": 1, "digest": "1" * 64, "lang": "en",
        "verdict": "near", "against": found.message.digest, "text": text, "why": text,
    }  # fmt: skip
    kept = {text["piece"]: OTHER.encode()}
    for change, code in (
        ({"account": officer.accounts.get("G20 X").id}, "own-account"), ({"account": "2" * 64}, "unknown-account"),
        ({"against": "2" * 64}, "stale-digest"), ({"verdict": "guilty"}, "malformed"), ({"url": "javascript:x"}, "malformed"),
        ({"remote": ""}, "malformed"), ({"at": 0}, "malformed"), ({"lang": "English"}, "malformed"), ({"digest": "x"}, "malformed"),
    ):  # fmt: skip
        with refused(code):
            officer.act("likeness.listed", good | change, found.stream, pieces=kept)
    listed = officer.act("likeness.listed", good, found.stream, pieces=kept)
    with refused("listed-already"):
        officer.act("likeness.listed", good, found.stream, pieces=kept)
    officer.act("likeness.listed", good | {"digest": "3" * 64}, found.stream, pieces=kept)
    with refused("unknown-id"):
        officer.act("likeness.judged", {"listed": "4" * 64, "answer": "left", "why": None}, found.stream)
    with refused("malformed"):
        officer.act("likeness.judged", {"listed": listed, "answer": "guilty", "why": None}, found.stream)
    relay = asked(told, line)
    with refused("wrong-stream"):
        officer.act("likeness.listed", good, relay, pieces=kept)
    assert officer.lines.rows()[0]["state"] == "agreed", "nothing follows from it by itself"


def elsewhere(told: Told, server: StandIn, network: str, name: str, owner: str, *, holds: bool) -> str:
    """An account on a network; whether the desk holds its sign-in."""
    head = told["Head"]
    head.accounts.add(network, name=name, owner=owner, server=server.url, secret=SECRETS[network])
    account = head.accounts.get(name)
    if not holds:
        head.secrets.set(f"account/{account.id}", "")
    return str(account.id)


def test_a_mastodon_account_is_read_without_its_sign_in(told):
    face = MastodonFace(lambda: told.clock.now_ms() / 1000)
    server = StandIn(face)
    try:
        elsewhere(told, server, "mastodon", "BR Mastodon", "member:BR", holds=False)
        agreed(told)
        told.after(1)
        stamp = iso(told.clock.now_ms())
        face.elsewhere = [
            {"id": "9", "created_at": stamp, "visibility": "public", "content": f"<p>{OTHER}</p>", "language": "en",
             "url": "https://m.test/@br/9"}
        ]  # fmt: skip
        before = len(server.requests("GET", "/statuses"))
        told["Officer"].overheard.listen(["BR Mastodon"])
        (row,) = told["Officer"].overheard.rows()
        assert (row["account"], row["government"], row["url"]) == ("BR Mastodon", "BR", "https://m.test/@br/9")
        assert all("authorization" not in one.headers for one in server.requests("GET", "/statuses")[before:])
        face.open = False
        made = told["Officer"].overheard.listen()
        assert {one["account"]: bool(one["why"]) for one in made["accounts"]} == {
            PRESIDENCY: False,
            "BR Mastodon": True,
        }
        with pytest.raises(Unreachable):
            told["Officer"].overheard.listen(["BR Mastodon"])
    finally:
        server.stop()


def test_x_is_read_only_when_named_and_with_the_desks_own_sign_in_there(told):
    face = XFace(lambda: told.clock.now_ms() / 1000)
    server = StandIn(face)
    try:
        elsewhere(told, server, "x", "BR X", "member:BR", holds=False)
        officer = told["Officer"]
        assert "BR X" not in [one.name for one in officer.overheard.accounts()]
        with pytest.raises(Unreachable, match="sign-in"):
            officer.overheard.listen(["BR X"])
        face.user = "9999"
        elsewhere(told, server, "x", "G20 real X", "official", holds=True)
        face.user = "4242"
        agreed(told)
        told.after(1)
        face.posts.append({"id": face.snowflake(), "raw": OTHER, "text": OTHER, "urls": [], "at": told.clock.now_ms() / 1000, "above": None,
                           "media": [], "reads": 0, "quoted": None, "poll": None, "lang": "en"})  # fmt: skip
        (told_of,) = officer.overheard.listen(["BR X"])["accounts"]
        assert (told_of["posts"], told_of["cost"], told_of["more"]) == (1, "0.005", False)
        (row,) = officer.overheard.rows()
        assert (row["account"], row["verdict"]) == ("BR X", "contradicts")
        asked = server.requests("GET", "/2/users/4242/tweets")[-1]
        assert int(asked.query["max_results"]) == 20, "each post that is read is paid for"
    finally:
        server.stop()


def test_the_offices_own_accounts_are_not_listened_to(told):
    with pytest.raises(Usage):
        told["Officer"].overheard.listen(["G20 X"])
    assert [one.name for one in told["Officer"].overheard.accounts()] == [PRESIDENCY]


def test_what_is_taken_out_of_the_record_is_gone_and_not_listed_again(told):
    agreed(told)
    told.after(1)
    posts(told, f"{OTHER} Call Ana on +27 82 555 0100.")
    officer, head = told["Officer"], told["Head"]
    (listed,) = officer.overheard.listen()["listed"]
    redacting.redact(head, listed, "A private number.")
    (row,) = officer.overheard.rows()
    assert row["text"] == "" and row["url"] and row["verdict"] == "contradicts"
    assert officer.overheard.listen()["listed"] == []
    officer.overheard.judge(listed, "left")
    assert verify(head)["verified"]


def test_more_than_is_read_at_once_is_said(told):
    agreed(told)
    told.after(1)
    for number in range(MOST + 3):
        posts(told, f"Day {number} of the summit in Cape Town.")
    (one,) = told["Officer"].overheard.listen()["accounts"]
    assert (one["posts"], one["more"], one["listed"], one["cost"]) == (MOST, True, 0, None)
