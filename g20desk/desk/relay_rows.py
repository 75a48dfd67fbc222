"""What the views' rows say of a line's wording, and of a relay beside the line that it carries: kept with the acts, so that lists of
hundreds need no fold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from g20desk.desk.folding import Folds
from g20desk.errors import Refused
from g20desk.ledger import body, pieces
from g20desk.ledger.store import Store
from g20desk.office import drift
from g20desk.office.leaving import stands_so
from g20desk.office.message import Message, Relay
from g20desk.office.relays import LOCK, TEXT
from g20desk.publishing import compare, send

ASKED, ADOPTED, DECLINED, WITHDRAWN = "asked", "adopted", "declined", "withdrawn"
CARRIED, DRIFTED = "carried", "drifted"
MENTION = re.compile(r"@\S+")


def wording(store: Store, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a line says: {"texts", "locks", "source"}, texts and locked phrases per language."""
    return {
        "texts": texts(store, content),
        "locks": {name.removeprefix(LOCK): list(said) for name, said in content.items() if name.startswith(LOCK)},
        "source": content.get("c.source", ""),
    }


def texts(store: Store, content: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a content per language, without those that are a network's own."""
    return {
        name.removeprefix(TEXT): "\n".join(pieces.text(store, ref) for ref in refs)
        for name, refs in content.items()
        if name.startswith(TEXT)
    }


def asked(folds: Folds, relay: Relay | None) -> dict[str, Any]:
    """The content that a relay was asked to carry, whatever became of the line since."""
    if relay is None:
        return {}
    line, verdicts = folds.stream("message", relay.stream)
    if line.digest == relay.digest:
        return dict(line.content)
    for one in verdicts:
        submitted = one.counts and one.event.header.kind == "message.submitted"
        if submitted and body.content_digest(body.decode(one.event.body)) == relay.digest:
            return dict(one.act.content)
    return {}


def words(store: Store, message: Message) -> dict[str, list[str]]:
    """What a relay says per language, the posts of a thread: as the network shows it where that is something else, else as it
    was taken on."""
    relay = message.relay
    made = {lang: list(said) for lang, said in relay.words.items()} if relay is not None else {}
    shown = (post for post in message.posts.values() if post.shown and post.receipts)
    return made | {post.lang: [pieces.text(store, ref) for ref in post.shown] for post in shown}


def marks(store: Store, line: Mapping[str, Any], said: Mapping[str, Sequence[str]]) -> dict[str, drift.Marks | None]:
    """What a relay says (`words`), marked against the line, per language; None for one in which the line says nothing."""
    wanted = texts(store, line)
    return {
        lang: drift.marks(wanted[lang], parts, line.get(f"{LOCK}{lang}", ())) if wanted.get(lang) else None
        for lang, parts in said.items()
    }


def value(store: Store, message: Message, line: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the row of a relay says of it; None of other messages. `state` knows no clock: `overdue` is for who reads it to say."""
    relay = message.relay
    if relay is None:
        return None
    wanted, spoken = texts(store, line), words(store, message)
    found = marks(store, line, spoken)
    said = {lang: one for lang, one in found.items() if one is not None}
    altered = [post.standing for post in message.posts.values() if compare.altered(post.standing)]
    out = [post for post in message.posts.values() if post.receipts]
    lying = bool(out) and says_else(store, message)
    altered += ["text"] if lying else []
    unseen = any(compare.altered(one.standing) and not one.shown for one in message.posts.values())
    lost = lying or unseen or any(one.lost for one in said.values())
    changed = bool(altered) or any(one.drifted for one in said.values())
    return {
        "line": relay.line, "account": relay.account, "digest": relay.digest, "until": relay.until, "by": relay.by,
        "at": relay.at, "since": relay.since, "adopted": relay.adopted, "declined": relay.declined,
        "withdrawn": relay.withdrawn, "langs": list(relay.words), "altered": altered[0] if altered else "",
        "state": WITHDRAWN if relay.withdrawn else DECLINED if relay.declined else (DRIFTED if changed else CARRIED) if out
        else ADOPTED if relay.adopted else ASKED,
        "kept": not lost, "changed": changed,
        "drift": round(max((drift.drift(wanted[lang], " ".join(spoken[lang])) for lang in said), default=0.0), 4),
        "url": out[0].receipts[0]["url"] if out else None,
        "sent": min((post.sent_at for post in out), default=0),
        "why": pieces.text(store, relay.why) if relay.why else "",
        "left": _left(store, message),
    }  # fmt: skip


def says_else(store: Store, message: Message) -> bool:
    """Whether a finished post of a relay says something else than was adopted, but for the handles that each network has of its
    own: the fold holds the words of the act to the line, and can't read a network's payload. One that is not here says nothing."""
    relay = message.relay
    for name, post in message.content.items():
        if relay is None or not name.startswith("c.post."):
            continue
        said = [_posted(store, part) for part in post["parts"]]
        if any(
            one is not None and one != _bare(wanted)
            for one, wanted in zip(said, relay.words[post["lang"]], strict=True)
        ):
            return True
    return False


def _posted(store: Store, part: Mapping[str, Any]) -> str | None:
    """What a part of a post says, without handles; None where that is not on this desk."""
    data = pieces.get(store, part["payload"])
    if data is None:
        return None
    try:
        return _bare(send.payload(data, len(part["pictures"]))[0]["text"])
    except Refused:
        return ""


def _bare(text: str) -> str:
    return MENTION.sub("@", text)


def _left(store: Store, message: Message) -> list[str] | None:
    """Who left as it is what is out now, and why; None where nobody did, or something else is out since."""
    left = message.relay.left if message.relay is not None else None
    if left is None or left.of != stands_so(message):
        return None
    return [left.by, pieces.text(store, left.why)]
