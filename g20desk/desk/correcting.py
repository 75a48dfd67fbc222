"""A message that corrects another: which post each of its own replies to, and how the two show each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.errors import Refused
from g20desk.ledger import views
from g20desk.network import text_rules
from g20desk.office.content import Content, Text
from g20desk.office.message import Message, Post
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

CORRECTS = "c.corrects"
# How a correction begins, so that readers see at once what it is.
BEGINS = {
    "en": "Correction: ", "fr": "Rectificatif : ", "es": "Corrección: ", "ar": "تصحيح: ", "zh": "更正：", "ru": "Исправление: ",
}  # fmt: skip


def target(desk: Desk, typed: str) -> dict[str, str]:
    """What a message or a post named by a person is: {"message", "post"}, with no post where all of a message is
    meant. Raises Refused where nothing of it is out."""
    prefix, _, key = typed.partition(".")
    found = desk.messages.submitted(prefix)
    posts = found.message.posts
    if key and key not in posts:
        raise Refused("unknown-id", f"There is no post “{typed}”.", "See: g20desk message show")
    if not any(post.receipts for post in posts.values() if key in ("", post.key)):
        raise Refused("not-out", "Nothing of that is out.", "Revise the message instead of correcting it.")
    return {"message": found.id, "post": key}


def begun(desk: Desk, message: str) -> Content:
    """A correction of a message to go on from: for the same accounts and languages, on the same topic, its first word
    written. Raises Refused where nothing of it is out."""
    which = target(desk, message)
    content = desk.messages.submitted(which["message"]).message.content
    langs = dict.fromkeys(name.split(".")[2] for name in content if name.startswith("c.text."))
    texts = tuple(Text(lang, (BEGINS.get(lang, BEGINS["en"]).rstrip(" "),)) for lang in langs)
    names = [desk.office.accounts[id].name for id, *_ in content["c.to"] if not desk.office.accounts[id].removed]
    topic = str(content.get("c.topic", ""))
    return Content("correction", tuple(names), texts, topic=topic, corrects=named(which))


def named(corrects: Mapping[str, str] | None) -> str:
    """The other way: the id as a person would write it."""
    if not corrects:
        return ""
    return f"{corrects['message'][:16]}.{corrects['post']}" if corrects["post"] else corrects["message"]


def counterpart(message: Message, corrects: Mapping[str, str], account: str, lang: str) -> Post | None:
    """The post that a correction on an account, in a language, is about: in the same language where there is one."""
    there = [
        post
        for post in message.posts.values()
        if post.account == account and post.receipts and corrects["post"] in ("", post.key)
    ]
    return next((post for post in there if post.lang == lang), next(iter(there), None))


def reply(
    desk: Desk, corrects: Mapping[str, str], account: Account, lang: str, text: str
) -> tuple[dict[str, Any] | None, str]:
    """What a correction's post replies to, with the network's own numbers, to be signed with it: {"post", "root",
    "parent"}. Where it can't: None, and why that matters; nothing matters where the text holds the address itself."""
    message = desk.messages.submitted(corrects["message"]).message
    post = counterpart(message, corrects, account.id, lang)
    urls = [receipt["url"] for one in message.posts.values() for receipt in one.receipts if receipt["url"]]
    linked = any(url in text for url in urls)
    if post is None:
        return None, "" if linked else f"What this corrects is not on {account.name}, so nothing there links to it."
    if not stands(post):
        return None, f"What this corrects was taken down on {account.name}, so nothing there links to it."
    first, rules = post.receipts[0], text_rules(account.reads_as)
    if "reply" in rules.CANNOT:
        return None, "" if linked else rules.CANNOT["reply"]
    if not first["id"] or (account.reads_as == "bluesky" and not first["cid"]):
        why = f"{account.name}: the corrected post's number is not known. Put its address in the text: {first['url']}"
        return None, "" if linked else why
    earlier = message.content[f"c.post.{post.key}"].get("reply")
    return {"post": post.key, "root": earlier["root"] if earlier else dict(first), "parent": dict(first)}, ""


def stands(post: Post) -> bool:
    """Whether what went out is still there, as far as is known."""
    return post.state != "withdrawn" and "gone" not in post.standing.split(",")


def hindered(desk: Desk, message: Message, post: Post) -> str:
    """Why a correction can't go out as it was signed: what it replies to was taken down since."""
    pinned = message.content[f"c.post.{post.key}"].get("reply")
    if pinned is None or CORRECTS not in message.content:
        return ""
    try:
        other = desk.messages.submitted(message.content[CORRECTS]["message"]).message.posts.get(pinned["post"])
    except Refused:
        return ""  # it is not on this desk: the network has the last word
    there = other is None or stands(other)
    return "" if there else "The post that this replies to was taken down. Revise the correction, to go out by itself."


def corrects(desk: Desk, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a content corrects, and by which of its posts: {"message", "post", "title", "posts": [{"account", "lang",
    "url"}]}; the url is that of the post that is replied to, None where a post replies to none."""
    which = content.get(CORRECTS)
    if not which:
        return None
    row = views.get(desk.store, "message", which["message"])
    posts = []
    for name, value in content.items():
        if name.startswith("c.post."):
            account = desk.office.accounts.get(value["account"])
            pinned = value.get("reply")
            posts.append({
                "account": account.name if account else "", "lang": value["lang"],
                "url": pinned["parent"]["url"] if pinned else None,
            })  # fmt: skip
    return {**which, "title": row.value["title"] if row else "", "posts": posts}


def corrected_by(desk: Desk, message: str) -> list[dict[str, Any]]:
    """The messages that correct one, the first first: {"message", "title", "state", "at", "person", "urls"}; drafts
    too, for those who may read them."""
    made = []
    for row in views.correcting(desk.store, message, desk.messages.staff):
        found = desk.messages.get(row.id)
        if row.kind == "message" and row.value["withdrawn"]:
            continue
        begun = desk.store.get(found.message.submission if row.kind == "message" else found.id)
        by = desk.office.author(begun.header.device).name if begun else ""
        urls = [receipt["url"] for post in found.message.posts.values() for receipt in post.receipts[:1]]
        made.append({
            "message": row.id, "title": row.value["title"], "state": row.state, "person": by, "urls": urls,
            "at": iso(begun.header.at if begun else row.updated), "place": (begun.place if begun else None) or 2**62,
        })  # fmt: skip
    return sorted(made, key=lambda one: one["place"])


def in_history(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that were submitted, as lines of the corrected message's history."""
    return [
        {
            "at": one["at"], "person": one["person"], "kind": "message.corrected", "counts": True, "why": "",
            "said": one["title"], "event": one["message"], "post": "", "outcome": "", "told": "", "place": one["place"],
        }
        for one in made
        if one["state"] != "draft"
    ]  # fmt: skip
