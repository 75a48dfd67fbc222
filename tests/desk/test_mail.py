"""Notices by mail, through a real mail server: whom they reach, what stands in them, and what a server may do to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import pytest

from g20desk import trust
from g20desk.desk import mailing
from g20desk.desk.smtp import Server
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger import pieces
from g20desk.office.addresses import is_address
from tests.cli.test_commands import run
from tests.servers.certificates import self_signed
from tests.servers.mail import PASSWORD, USER, Mailbox, mail_server
from tests.story import Hands, content

TEXT = "Ministers agreed on a debt standstill, see https://g20.example.org/debt for more."
MINUTE, DAY = 60_000, 86_400_000
BRAZIL, INDIA = "br@ministry.example", "in@ministry.example"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as one:
        yield one


def use(desk, box, **more):
    desk.mail.use(Server("127.0.0.1", box.port, "none", "desk@g20.example", **more), "")
    return desk.mail


@pytest.fixture
def asked(office):
    """A message that was submitted while two liaisons have an address; its id."""
    office.desk("Liaison Brazil").mail.address(BRAZIL)
    office.desk("Liaison India").mail.address(INDIA)
    made = office.desk().messages.new(content(TEXT, to=("G20 X",)))
    office.desk().messages.submit(made["message"])
    return made["message"], made["digest"]


def test_who_is_asked_gets_one_mail_without_content(office, asked, box):
    mail = use(office.desk(), box)
    assert mail.send() == mailing.Told(sent=2)
    assert sorted(box.to()) == [BRAZIL, INDIA]
    assert mail.send() == mailing.Told(), "once is enough"
    assert office.desk().mail.send() == mailing.Told(), "another process of this desk knows"
    letter = box.letters[0]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@g20.example>")
    assert parsedate_to_datetime(letter["Date"]).tzinfo is not None
    assert str(letter["From"]) == "G20 Desk <desk@g20.example>"
    said = box.texts()[0]
    assert "Officer asks for your sign-off on a news post." in said
    assert "Officer demande votre approbation pour une actualité." in said


def test_nothing_of_a_message_stands_in_a_mail_nor_a_link(office, asked, box):
    use(office.desk(), box).send()
    message, digest = asked
    shown = office.desk().messages.show(message)
    stream = office.desk().messages.get(message).stream
    secret = [TEXT, "standstill", "Ministers", "g20.example.org", message[:12], digest[:12], stream[:12], "G20 X",
              office.head.office.id[:12], *shown["revisions"]]  # fmt: skip
    for raw, letter in zip(box.raw, box.letters, strict=True):
        everything = raw.decode() + "".join(
            part.get_content() for part in letter.walk() if part.get_content_type() == "text/plain"
        )
        assert not [word for word in secret if word in everything]
        assert not re.search(r"https?:|www\.|://|href|mailto", everything, re.IGNORECASE)
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        assert all(char < 128 for char in raw), "every server takes it"


def test_who_has_decided_and_who_wrote_it_are_not_asked(office, asked, box):
    message, digest = asked
    office.desk("Liaison Brazil").messages.decide(message, "object", digest, "No.")
    office.desk().mail.address("officer@g20.example")
    assert use(office.desk(), box).send() == mailing.Told()
    office.desk("Liaison Brazil").messages.decide(message, "comment", digest, "See you.")
    assert box.letters == []


def test_a_message_that_is_withdrawn_asks_nobody_and_a_new_round_asks_again(office, asked, box):
    mail = use(office.desk(), box)
    message, _ = asked
    office.desk().messages.withdraw(message, "Not yet.")
    assert mail.send() == mailing.Told()
    office.desk().messages.submit(message)
    assert mail.send().sent == 2
    office.desk().messages.withdraw(message, "Not yet.")
    office.desk().messages.submit(message)
    assert mail.send().sent == 2, "another round is another matter"
    assert len({letter["Message-ID"] for letter in box.letters}) == 4


def test_a_decision_that_does_not_count_is_told_to_its_author(office, asked, box):
    message, digest = asked
    office.desk("Liaison India").messages.decide(message, "approve", digest)
    hands = Hands()
    mail = use(office.desk(clock=hands), box)
    with pytest.raises(Refused):
        office.desk("Liaison Brazil").messages.decide(message, "approve", "0" * 64)
    assert mail.send() == mailing.Told(), "this desk told it at once"
    with office.desk().store.write() as db:
        db.execute("delete from meta where name like 'told/%'")  # as on any desk but its author's
    assert mail.send().sent == 1
    assert box.to() == [BRAZIL] and "does not count" in box.texts()[0]
    hands.on = 4 * DAY
    assert mail.due() == []


@pytest.mark.parametrize("code", ["451", "450"])
def test_a_letter_that_is_put_off_is_tried_again_later(office, asked, box, code):
    hands = Hands()
    mail = use(office.desk(clock=hands), box)
    box.answers = [code, "250"]
    assert mail.send() == mailing.Told(sent=1, later=1)
    assert mail.send() == mailing.Told(), "not at once"
    assert mail.trouble() == "", "this is how some servers meet a stranger"
    hands.on = 6 * MINUTE
    assert mail.send() == mailing.Told(sent=1)
    assert sorted(box.to()) == [BRAZIL, INDIA]


def test_an_address_that_the_server_refuses_is_told_and_not_tried_again(office, asked, box):
    hands = Hands()
    mail = use(office.desk(clock=hands), box)
    box.answers = ["550", "250"]
    told = mail.send()
    assert (told.sent, told.later) == (1, 0)
    assert [re.sub("^Liaison \\w+", "X", one) for one in told.refused] == [
        "X: The mail server refuses this address (550)."
    ]
    hands.on = DAY
    assert mail.send() == mailing.Told()


def test_a_server_that_hangs_up_loses_nothing(office, asked, box):
    hands = Hands()
    mail = use(office.desk(clock=hands), box)
    box.hangs_up = 1
    told = mail.send()
    assert (told.sent, told.later, told.trouble) == (0, 2, "The mail server hung up.")
    assert mail.trouble() == "The mail server hung up."
    hands.on = 6 * MINUTE
    assert mail.send() == mailing.Told(sent=2)
    assert mail.trouble() == ""
    names = [letter["Message-ID"] for letter in box.letters]
    assert len(names) == 3 and len(set(names)) == 2, "the one that it kept without a word comes under the same name"


def test_a_server_that_is_away_keeps_nothing_up(office, asked):
    with mail_server() as gone:
        port = gone.port
    desk = office.desk()
    desk.mail.use(Server("127.0.0.1", port, "none", "desk@g20.example"), "")
    told = desk.mail.send()
    assert (told.sent, told.later, told.trouble) == (0, 2, "No connection to the mail server.")
    with pytest.raises(Unreachable, match="No connection"):
        desk.mail.trial("someone@ministry.example")


# The server can't tell that a line which was secure from the start is.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("trusted", ["pinned", "by the system", "nobody"])
def test_letters_go_only_over_a_line_that_is_trusted(office, asked, tmp_path, monkeypatch, security, trusted):
    certificate = self_signed(tmp_path)
    if trusted == "by the system":
        monkeypatch.setenv("SSL_CERT_FILE", certificate.file)
    trust.system.cache_clear()
    desk = office.desk()
    pin = certificate.fingerprint if trusted == "pinned" else ""
    with mail_server(certificate, security, auth=True) as box:
        desk.mail.use(Server("127.0.0.1", box.port, security, "desk@g20.example", USER, pin), PASSWORD)
        told = desk.mail.send()
    trust.system.cache_clear()
    if trusted == "nobody":
        assert (told.sent, told.trouble) == (0, "The mail server's certificate is not trusted here.")
        assert box.signed_in == [] and box.letters == []
    else:
        assert (told.sent, told.trouble) == (2, "")
        assert all(box.tls) and box.signed_in == [USER]


def test_a_wrong_password_is_told_and_stands_nowhere(office, asked, tmp_path, caplog):
    certificate = self_signed(tmp_path)
    desk = office.desk()
    with mail_server(certificate, "starttls", auth=True) as box:
        desk.mail.use(
            Server("127.0.0.1", box.port, "starttls", "desk@g20.example", USER, certificate.fingerprint), "hunter2"
        )
        assert desk.mail.send().trouble == "The mail server refused the sign-in (535)."
    assert box.letters == []
    assert "hunter2" not in str(desk.mail.shown()) and "hunter2" not in caplog.text
    kept = desk.store.db.execute("select value from meta").fetchall()
    assert not any("hunter2" in str(value) for value in kept)


def test_a_server_without_starttls_gets_no_letter_in_the_clear(office, asked, box):
    desk = office.desk()
    desk.mail.use(Server("127.0.0.1", box.port, "starttls", "desk@g20.example"), "")
    assert desk.mail.send().trouble == "The mail server offers no STARTTLS."
    assert box.letters == []


@pytest.mark.parametrize(("server", "code"), [
    (Server("mail.example", 25, "none", "desk@g20.example"), "not-secure"),
    (Server("mail.example", 587, "starttls", "desk@g20.example"), "rehearsal"),
    (Server("127.0.0.1", 0, "tls", "desk@g20.example"), "bad-server"),
    (Server("127.0.0.1", 25, "none", "desk"), "bad-address"),
    (Server("127.0.0.1", 25, "none", "desk@g20.example", "someone"), "no-secret"),
    (Server("127.0.0.1", 25, "tls", "desk@g20.example", pin="abc"), "bad-certificate"),
], ids=lambda one: one if isinstance(one, str) else "")  # fmt: skip
def test_settings_that_can_not_be_are_refused(office, server, code):
    with pytest.raises(Usage) as caught:
        office.desk().mail.use(server, "")
    assert caught.value.code == code
    assert office.desk().mail.server() is None


# -- addresses


@pytest.mark.parametrize(("text", "good"), [
    ("a@b.example", True), ("first.last+g20@ministry.gov.br", True), ("x@sub.domain.co.za", True),
    ("", False), ("a", False), ("a@b", False), ("a@b.example, c@d.example", False), ("a b@c.example", False),
    ("a@b.example\nBcc: c@d.example", False), ("<a@b.example>", False), ("A <a@b.example>", False),
    (".a@b.example", False), ("a..b@c.example", False), ("a@-b.example", False), ("a@b.example.", False),
    ("ü@b.example", False), ("a@b.exämple", False), ("a" * 65 + "@b.example", False), ("a@" + "b" * 250 + ".example", False),
    ("a@[127.0.0.1]", False),
])  # fmt: skip
def test_one_plain_address_and_nothing_besides(text, good):
    assert is_address(text) is good


def test_each_says_their_own_and_may_take_it_back(office):
    brazil = office.desk("Liaison Brazil")
    brazil.mail.address(f"  {BRAZIL} ")
    assert office.desk().mail.address_of(brazil.person.id) == BRAZIL
    assert office.desk().mail.address_of(office.desk().person.id) == ""
    with pytest.raises(Usage, match="no mail address"):
        brazil.mail.address("nobody")
    brazil.mail.address("")
    assert office.desk().mail.address_of(brazil.person.id) == ""


def test_an_address_is_taken_out_of_the_record_like_any_piece(office):
    brazil = office.desk("Liaison Brazil")
    brazil.mail.address(BRAZIL)
    act = brazil.store.stream(brazil.office.id)[-1]
    assert act.header.kind == "address.set"
    from g20desk.desk import redacting

    redacting.redact(office.head, act.id, "Left in the record by mistake.")
    assert office.desk().mail.address_of(brazil.person.id) == ""
    held = office.desk().store.db.execute("select data from pieces").fetchall()
    assert not any(BRAZIL.encode() in bytes(data) for (data,) in held)


def test_what_a_hostile_piece_holds_reaches_no_header(office, asked, box):
    text = "a@b.example\r\nBcc: everybody@world.example"
    ref = pieces.refer(text.encode())
    office.desk("Liaison Italy").act("address.set", {"mail": ref}, pieces={ref["piece"]: text.encode()})
    use(office.desk(), box).send()
    assert sorted(box.to()) == [BRAZIL, INDIA]


def test_who_retired_gets_no_mail(office, asked, box):
    office.head.people.retire("Liaison Brazil", "Went home.")
    use(office.desk(), box).send()
    assert box.to() == [INDIA]


# -- the command line


def test_on_the_command_line(office, asked, box):
    assert run(office, "mail", "address", "--json", person="Liaison Italy")[1] == {"address": None}
    set_ = run(office, "mail", "address", "it@ministry.example", "--json", person="Liaison Italy")
    assert set_[:2] == (0, {"address": "it@ministry.example"})
    words = ["mail", "server", "127.0.0.1", "--port", str(box.port), "--security", "none", "--sender", "d@g20.example"]
    code, shown, err = run(office, *words, "--json", person="Officer")
    assert code == 0, err
    assert shown["people"] == ["Liaison Brazil", "Liaison India", "Liaison Italy"]
    assert run(office, "mail", "test", "me@ministry.example", "--json", person="Officer")[1] == {"sent": True}
    code, told, _ = run(office, "mail", "send", "--json", person="Officer")
    assert (code, told) == (0, {"sent": 3, "later": 0, "refused": [], "trouble": ""})
    assert "d@g20.example" in run(office, "mail", "show", person="Officer")[1]
    assert run(office, "mail", "stop", "--json", person="Officer")[1] == {"server": None}
    assert (
        run(office, "mail", "test", "x@y.example", "--json", person="Officer")[1]["error"]["code"] == "no-mail-server"
    )
    assert len(box.letters) == 4


def test_a_refused_address_is_shown_until_its_person_gives_another(office, asked, box):
    mail = use(office.desk(), box)
    box.answers = ["550", "550"]
    mail.send()
    assert mail.shown()["refused"] == {
        f"Liaison {name}": "The mail server refuses this address (550)." for name in ("Brazil", "India")
    }
    office.desk("Liaison Brazil").mail.address("other@ministry.example")
    assert set(mail.shown()["refused"]) == {"Liaison India"}


def test_publishing_once_sends_what_is_due(office, asked, box):
    use(office.desk(), box)
    assert run(office, "publish", "--once", "--json", person="Officer")[0] == 0
    assert len(box.letters) == 2
