"""A whole office at a real hub, and everything that the machine room has of it: database, its files, what went over the line,
what the hub says of itself. Nothing of it shows a text, a name, a kind of act, an account, a reason, or a key."""

from __future__ import annotations

import gzip
import io
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from PIL import Image

from g20desk.desk import Desk, joining, redacting
from g20desk.desk.handing_over import hand_over
from g20desk.desk.syncing import exchange
from g20desk.desk.unlocking import ledger_of
from g20desk.desk.ways import hub as connect
from g20desk.errors import Refused
from g20desk.ledger import body, envelope, pieces, sealing
from g20desk.ledger.sealing import Unsealed
from g20desk.office import acts
from g20desk.office.content import Content, PictureFile, Text
from g20desk.office.state import ROLES
from tests.hub import hunting
from tests.ledger.record import RULE
from tests.servers.hub import running_hub
from tests.servers.postgres import running_postgres
from tests.servers.world import SECRETS
from tests.story import standin

OFFICE, HEAD, OTTO, LIA, EVE = (
    "Oficina Quetzalcoatl", "Adelheid Kirschbaum", "Ottokar Zwetschge", "Liaison Wakanda-Prime", "Evangelina Perdida",
)  # fmt: skip
EN = "Finance ministers agreed tonight on a moratorium for forty countries."
AR = "اتفق وزراء المالية الليلة على تعليق ديون أربعين دولة."
ZH = "财政部长今晚同意为四十个国家暂停偿债。"
ES = "Los ministros señalaron: ningún país quedará atrás."
ALT = "Three ministers shaking hands before a fountain"
ALTS = {
    "en": ALT,
    "ar": "ثلاثة وزراء يتصافحون",
    "zh": "三位部长在喷泉前握手",
    "es": "Tres ministros ante una fuente señorial",
}
COMMENT, OBJECTION, HOLD, REVOKED, TAKEN = (
    "Please soften the wording about creditors.", "Our parliament votes on it tomorrow.", "A rumour about the rupee.",
    "Her laptop was stolen at Fiumicino.", "A private telephone number.",
)  # fmt: skip
LEAK = "Ring Bartholomew at +39 06 555 0142 before noon."
TOPIC, EMBARGOED, SLOT, WORD = "debt-moratorium", "Until the finance track has met.", "Breakfast slot", "Mbombelaville"
AFTER = "Written after Evangelina's laptop had gone."


# The program's own words.
OWN = [*acts.ACTS, *(one for one in ROLES if len(one) > 6), "findings", "body_digest", "rulebook"]


class Ear:
    """Passes bytes on both ways, and keeps them."""

    def __init__(self, upstream: str) -> None:
        where = urlsplit(upstream)
        self._upstream = (where.hostname or "", where.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.heard: dict[str, bytearray] = {"to the hub": bytearray(), "from the hub": bytearray()}
        self._hearing = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._upstream)
                for way, source, to in (("to the hub", client, server), ("from the hub", server, client)):
                    threading.Thread(target=self._pass, args=(way, source, to), daemon=True).start()

    def _pass(self, way: str, source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                with self._hearing:
                    self.heard[way] += data
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        source.close()

    def stop(self) -> None:
        self._listener.close()


@dataclass
class Story:
    """The office's desks, and what its machine room has. `entries`: of the hub, sealed bytes included."""

    folder: Path
    url: str
    desks: dict[str, Desk] = field(default_factory=dict)
    seen: dict[str, bytes] = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)
    eve_was_told: str = ""
    of_postgres: set[str] = field(default_factory=set)
    picture: bytes = b""
    dropped: set[str] = field(default_factory=set)

    def join(self, who: str, name: str, role: str, government: str = "") -> None:
        request, _ = joining.join(self.folder / who, joining.invite(self.desks["head"], name, role, government))
        joining.admit(self.desks["head"], request)
        self.desks["head"].sync()
        ledger, clock = ledger_of(self.folder / who)
        exchange(ledger, clock, self.folder / who, lambda words: None)
        ledger.store.close()
        self.desks[who] = Desk.open(self.folder / who)

    def sync(self, *who: str) -> None:
        for one in who or self.desks:
            self.desks[one].sync()

    def told(self, mastodon: str) -> None:
        """Everything that an office does."""
        head = self.desks["head"] = Desk.found(self.folder / "head", OFFICE, HEAD, rehearsal=True)
        head.accounts.add(
            "rehearsal", name="Quetzal practice", owner="official", like="mastodon", langs=("en", "ar", "zh", "es")
        )
        hand_over(head, self.url, lambda words: None)
        for who, name, role, government in (
            ("otto", OTTO, "officer", ""), ("lia", LIA, "liaison", "JP"), ("eve", EVE, "analyst", ""),
        ):  # fmt: skip
            self.join(who, name, role, government)
        otto, lia, eve = (self.desks[who] for who in ("otto", "lia", "eve"))
        head.accounts.add(
            "mastodon", name="Plumed Serpent", owner="official", server=mastodon, secret=SECRETS["mastodon"]
        )
        head.handles.put("United Archives", {"mastodon": "archives@quetzal.example"})
        head.slots.put(SLOT, [1], "09:00", "Europe/Rome")
        otto.spelling.add([WORD])
        head.embargoes.place(otto.clock.now_ms() + 1000, EMBARGOED, topic="elsewhere-topic")
        self.sync()
        head.rulebook.propose(
            head.rulebook.edited({}, "HOUSE-01", RULE), "A rule about gatherings of plenipotentiaries."
        )
        self.sync("head", "otto")
        otto.rulebook.adopt(otto.office.rulebook_proposed.event)
        file = self.folder / "quetzal-portrait.png"
        Image.effect_noise((64, 48), 90).convert("RGB").save(file)
        texts = (Text("en", (EN,)), Text("ar", (AR,)), Text("zh", (ZH,)), Text("es", (ES,)))
        made = otto.messages.new(
            Content(
                "news", ("Quetzal practice",), texts, (PictureFile(str(file), ALTS),), "A note to Tokyo only.", TOPIC
            )
        )
        message = made["message"]
        overrides = {f["rule"]: "The chair asked for it." for f in made["findings"] if f["level"] == "block"}
        otto.messages.submit(message, "", overrides)
        self.sync("otto", "lia", "eve", "head")
        shown = lia.messages.show(message)
        self.picture = lia.messages.picture_bytes(shown["pictures"][0]["piece"])
        lia.messages.decide(message, "comment", shown["digest"], COMMENT)
        lia.messages.decide(message, "object", shown["digest"], OBJECTION)
        eve.messages.decide(message, "comment", shown["digest"], LEAK)
        self.sync("lia", "eve", "head", "otto")
        hold = head.holds.place(HOLD, TOPIC)
        lia.messages.decide(message, "approve", shown["digest"])
        self.sync("head", "lia", "otto")
        for desk in (head, otto):
            desk.holds.lift(hold, "The rumour was denied in Delhi.")
            self.sync("head", "otto")
        otto.messages.schedule(message, otto.clock.now_ms())
        sent = otto.publish.once()
        assert sent["sent"] >= 1, (sent, otto.messages.show(message)["posts"])
        self.sync("otto", "head", "lia")
        comment = next(h for h in head.messages.show(message)["history"] if h["said"] == LEAK)
        before = set(self._at_the_hub())
        redacting.redact(head, comment["event"], TAKEN)
        self.sync("head", "otto", "lia")
        self.dropped = before - set(self._at_the_hub())
        head.people.retire(EVE, REVOKED)
        self.sync("head", "otto", "lia")
        later = otto.messages.new(Content("news", ("Quetzal practice",), (Text("en", (AFTER,)),)))
        otto.messages.submit(
            later["message"], "", {f["rule"]: "Said." for f in later["findings"] if f["level"] == "block"}
        )
        self.sync("otto", "head", "lia")
        self.join("nia", "Nia Neuling", "liaison", "MX")

    def _at_the_hub(self) -> list[str]:
        store = self.desks["head"].store
        return [str(row[0]) for row in store.db.execute("select sealed from pieces where sealed <> ''").fetchall()]

    def words(self) -> list[str]:
        """What was written, and what everything is called."""
        said = [OFFICE, HEAD, OTTO, LIA, EVE, "Nia Neuling", EN, AR, ZH, ES, *ALTS.values(), COMMENT, OBJECTION, HOLD, REVOKED, TAKEN, LEAK,
                TOPIC, EMBARGOED, SLOT, WORD, AFTER, "Quetzal practice", "Plumed Serpent", "archives@quetzal.example",
                "United Archives", "quetzal-portrait", "A note to Tokyo only.", "elsewhere-topic", "Europe/Rome",
                "gatherings of plenipotentiaries", "The rumour was denied in Delhi.", "Bartholomew", "Kirschbaum"]  # fmt: skip
        office = self.desks["head"].office
        accounts = [one for a in office.accounts.values() for one in (a.name, a.handle, a.identity, a.server)]
        return [one for one in (*said, *accounts, *OWN) if len(one.encode()) >= hunting.LEAST]

    def secrets(self) -> list[bytes]:
        """Keys, and ids and digests that are to be known to desks alone."""
        made: set[bytes] = {self.picture[at : at + 24] for at in range(100, len(self.picture) - 24, 400)}
        for desk in self.desks.values():
            made |= {bytes(row[0]) for row in desk.store.db.execute("select key from epochs").fetchall()}
            key = desk.ledger.key(desk.device)
            made |= {key.sign_seed, key.box_seed}
            for item in desk.store.all():
                made.add(bytes.fromhex(item.header.body_digest))
                made.add(item.signature[:24])
                parts = body.decode(item.body)
                made |= {bytes.fromhex(part.salt) for part in parts.values()}
                for ref in pieces.refs([part.value for part in parts.values()]):
                    made |= {bytes.fromhex(ref["piece"]), bytes.fromhex(ref["key"])}
        return sorted(made)


def hex_of(dump: bytes) -> bytes:
    """The bytes columns of a dump."""
    return b"\n".join(bytes.fromhex(part.split("'")[0]) for part in dump.decode().split("'\\x")[1:])


def database(url: str, data: Path) -> dict[str, bytes]:
    """What the database gives out and what lies on its disk."""
    dump = subprocess.run(["pg_dump", "--inserts", url], capture_output=True, check=True).stdout
    copies = io.BytesIO()
    with psycopg.connect(url) as db:
        tables = db.execute("select schemaname, tablename from pg_tables where tableowner = current_user").fetchall()
        for schema, name in tables:
            with db.cursor().copy(f"copy {schema}.{name} to stdout (format binary)".encode()) as rows:
                for row in rows:
                    copies.write(row)
    return {"dump": dump, "its bytes": hex_of(dump), "tables": copies.getvalue(), "data files": files(data)}


def files(data: Path) -> bytes:
    """The cluster's files, its log of changes included."""
    return b"\n".join(one.read_bytes() for one in sorted(data.rglob("*")) if one.is_file() and one.suffix != ".so")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder, network = tmp_path_factory.mktemp("office"), standin("mastodon")
    try:
        with running_postgres() as cluster:
            url = cluster.fresh()
            with running_hub(url, "--open") as hub:
                ear = Ear(hub.url)
                made = Story(folder, ear.url)
                data = cluster.folder / "data"
                made.of_postgres = {str(word) for word, _ in hunting.found(OWN, files(data))}
                made.told(network.url)
                with pytest.raises(Refused) as caught:
                    made.desks["eve"].sync()
                made.eve_was_told = caught.value.code
                made.seen["metrics"] = httpx.get(f"{hub.url}/metrics", trust_env=False).content
                for way, heard in ear.heard.items():
                    made.seen[way] = bytes(heard)
                with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as db:
                    db.execute("checkpoint")
                made.seen |= database(url, data)
                # What the search has to find, put where it looks.
                httpx.post(f"{ear.url}/health", content=gzip.compress(b"planted " + EN.encode()), trust_env=False)
                made.seen["planted line"] = bytes(ear.heard["to the hub"])
                with psycopg.connect(url) as db:
                    db.execute("create table planted (words text, bytes bytea)")
                    db.execute("insert into planted values (%s, %s)", (AR, ZH.encode("utf-16-le")))
                    db.commit()
                with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as db:
                    db.execute("checkpoint")
                made.seen |= {f"planted {name}": found for name, found in database(url, data).items()}
                made.entries = everything(made)
                ear.stop()
            made.seen["log"] = hub.said.encode()
            yield made
    finally:
        network.stop()


def everything(story: Story) -> list[Any]:
    """All entries, with their sealed bytes."""
    head = story.desks["head"]
    hub = connect(head.ledger, head.clock)
    found: list[Any] = []
    while page := hub.entries(found[-1].placed.n if found else 0):
        found += page
    hub.close()
    return found


WHERE = ("dump", "its bytes", "tables", "data files", "to the hub", "from the hub", "metrics", "log")


@pytest.mark.parametrize("where", WHERE)
def test_no_word_and_no_key_is_anywhere(story: Story, where: str) -> None:
    words = [one for one in story.words() if where != "data files" or one not in story.of_postgres]
    assert hunting.found([*words, *story.secrets()], story.seen[where]) == []
    assert len(story.of_postgres) < 4, "PostgreSQL's own files hold few of our words before an office comes"


def test_what_is_planted_is_found(story: Story) -> None:
    """And the office's id, which a hub knows, is found in all that was looked at: it is this office's."""
    assert (EN, "compressed, bytes") in hunting.found([EN], story.seen["planted line"])
    for where in ("dump", "tables", "data files"):
        assert hunting.found([AR], story.seen[f"planted {where}"]), where
        assert hunting.found([ZH], story.seen[f"planted {where}"] + hex_of(story.seen["planted dump"])), where
    known = bytes.fromhex(story.desks["head"].office.id)
    for where in WHERE[:6]:
        assert hunting.found([known], story.seen[where]), where
    assert len(story.words()) > 90 and len(story.secrets()) > 500


def test_sizes_are_padded(story: Story) -> None:
    sizes = {len(one.envelope.sealed) for one in story.entries}
    assert all((size - 16) % sealing.STEP == 0 for size in sizes), sizes


def test_what_was_taken_out_is_not_at_the_hub(story: Story) -> None:
    head = story.desks["head"]
    (digest,) = [one for one in head.office.redacted.values() if one]
    assert story.dropped == {digest}
    # Its sealed bytes stand in no row; the digest stands among what was dropped.
    rows = story.seen["dump"].decode()
    assert f"INSERT INTO hub.dropped VALUES ('\\x{head.office.id}', '\\x{digest}'" in rows
    assert not [
        line
        for line in rows.splitlines()
        if line.startswith(("INSERT INTO hub.parts", "INSERT INTO hub.pieces")) and digest in line
    ]


def opens(desk: Desk, entry: Any) -> bool:
    """Whether a desk's keys open an entry: each that it holds, and each that is wrapped for it anywhere."""
    head = envelope.check(entry.envelope)
    epoch = desk.store.epoch(head.epoch)
    if epoch is None:
        return False
    try:
        sealing.opened(entry.envelope, epoch)
    except Unsealed:
        return False
    return True


def test_who_was_let_go_reads_nothing_that_was_written_after(story: Story) -> None:
    eve, office = story.desks["eve"], story.desks["head"].office
    assert story.eve_was_told == "device-out"
    # As if she had been given everything all the same: her keys, and every wrap that there is, tried with them.
    for entry in story.entries:
        for device, wrapped in envelope.read_clear(entry.envelope.clear)["wraps"].items():
            for epoch in {envelope.read_clear(entry.envelope.clear)["epoch"]}:
                with suppress(Unsealed):
                    eve.store.keep_epoch(sealing.unwrap(wrapped, office.id, epoch, device, eve.ledger.key(eve.device)))
    removal = next(e.placed.n for e in story.entries if e.envelope.head.event == retired(story))
    assert not [e.placed.n for e in story.entries if e.placed.n > removal and opens(eve, e)]
    read = [e for e in story.entries if e.placed.n <= removal and opens(eve, e)]
    assert len(read) == removal, "what was written for her she could read"


def retired(story: Story) -> str:
    head = story.desks["head"]
    return next(v.event.id for v in head.ledger.folds.office_verdicts() if v.event.header.kind == "member.retired")


def test_a_newcomer_reads_what_their_ring_may_from_the_beginning_on(story: Story) -> None:
    nia, office = story.desks["nia"], story.desks["head"].office
    for entry in story.entries:
        assert opens(nia, entry) == (entry.envelope.head.ring == office.members_ring), entry.placed.n
    assert {row.id for row in nia.messages.rows()} == {row.id for row in story.desks["lia"].messages.rows()}
    assert (
        nia.messages.rows(search="moratorium")
        and not nia.store.db.execute("select 1 from events where kind = 'draft.revised'").fetchone()
    )
