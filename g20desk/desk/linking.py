"""A message that corrects, answers or quotes another of the office's own: which post each of its posts replies to or
quotes, pinned when the revision is made, and how the two show each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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

CORRECTS, REPLIES, QUOTES = "c.corrects", "c.replies", "c.quotes"
# How a message can go with an earlier one, and what the history of that one calls it.
HOW = {"corrects": "message.corrected", "replies": "message.replied", "quotes": "message.quoted"}
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


def begun(desk: Desk, message: str, how: str = "corrects") -> Content:
    """A message to go on from that goes with another, as HOW names it: for the same accounts and languages, on the same
    topic; of a correction the first word is written. Raises Refused where nothing of it is out."""
    which = target(desk, message)
    content = desk.messages.submitted(which["message"]).message.content
    langs = dict.fromkeys(name.split(".")[2] for name in content if name.startswith("c.text."))
    corrects = how == "corrects"
    goes_with: dict[str, Any] = {how: named(which)}
    texts = tuple(Text(lang, (BEGINS.get(lang, BEGINS["en"]).rstrip(" ") if corrects else "",)) for lang in langs)
    names = [desk.office.accounts[id].name for id, *_ in content["c.to"] if not desk.office.accounts[id].removed]
    topic = str(content.get("c.topic", ""))
    kind = "correction" if corrects else "news"
    return replace(Content(kind, tuple(names), texts, topic=topic), **goes_with)


def named(which: Mapping[str, str] | None) -> str:
    """The other way: the id as a person would write it."""
    if not which:
        return ""
    return f"{which['message'][:16]}.{which['post']}" if which["post"] else which["message"]


def counterpart(message: Message, which: Mapping[str, str], account: str, lang: str) -> Post | None:
    """The post that one on an account, in a language, goes with: in the same language where there is one."""
    there = [
        post
        for post in message.posts.values()
        if post.account == account and post.receipts and which["post"] in ("", post.key)
    ]
    return next((post for post in there if post.lang == lang), next(iter(there), None))


def reply(
    desk: Desk, which: Mapping[str, str], account: Account, lang: str, text: str, corrects: bool
) -> tuple[dict[str, Any] | None, str]:
    """What a post replies to, with the network's own numbers, to be signed with it: {"post", "root", "parent"}. A
    correction stands below the first part of a thread, where readers see it; an answer goes on below the last. Where it
    can't: None, and why that matters; nothing matters where the text holds the address itself."""
    message = desk.messages.submitted(which["message"]).message
    post = counterpart(message, which, account.id, lang)
    linked = _holds(text, message)
    if post is None:
        return None, "" if linked else _not_on(account, corrects)
    if not stands(post):
        return None, _down_on(account, corrects)
    parent, rules = post.receipts[0 if corrects else -1], text_rules(account.reads_as)
    if "reply" in rules.CANNOT:
        return None, "" if linked else rules.CANNOT["reply"]
    if unnumbered := _unnumbered(account, parent):
        return None, "" if linked else unnumbered
    earlier = message.content[f"c.post.{post.key}"].get("reply")
    return {
        "post": post.key,
        "root": earlier["root"] if earlier else dict(post.receipts[0]),
        "parent": dict(parent),
    }, ""


def _not_on(account: Account, corrects: bool) -> str:
    if corrects:
        return f"What this corrects is not on {account.name}, so nothing there links to it."
    return f"What this replies to is not on {account.name}, so nothing there links to it."


def _down_on(account: Account, corrects: bool) -> str:
    if corrects:
        return f"What this corrects was taken down on {account.name}, so nothing there links to it."
    return f"What this replies to was taken down on {account.name}, so nothing there links to it."


def quote(
    desk: Desk, which: Mapping[str, str], account: Account, lang: str, pictures: int, poll: bool
) -> tuple[dict[str, Any] | None, str]:
    """What a post quotes, to be signed with it: {"post", "how", "of"}. `how`: `quote` where the network shows it as one,
    `link` where its address stands at the end of the text instead. Then, or where it can't be quoted at all (None), why."""
    message = desk.messages.submitted(which["message"]).message
    post = counterpart(message, which, account.id, lang) or _elsewhere(desk, message, which, account, lang)
    if post is None:
        return None, f"What this quotes is not on {account.name}; there it quotes nothing."
    if not stands(post):
        return None, f"What this quotes was taken down on {account.name}; there it quotes nothing."
    first = dict(post.receipts[0])
    says = _unnumbered(account, first) or text_rules(account.reads_as).quoting(account.software, pictures, poll)
    return {"post": post.key, "how": "link" if says else "quote", "of": first}, says


def _elsewhere(desk: Desk, message: Message, which: Mapping[str, str], account: Account, lang: str) -> Post | None:
    """The post on another account of ours on the same network, and on the same server of it."""
    for one in message.posts.values():
        other = desk.office.accounts[one.account]
        if (other.network, other.server, other.like) == (account.network, account.server, account.like):
            return counterpart(message, which, one.account, lang)
    return None


def _unnumbered(account: Account, receipt: Mapping[str, str]) -> str:
    """That nobody knows the network's own number of a post, where it is so."""
    if receipt["id"] and (account.reads_as != "bluesky" or receipt["cid"]):
        return ""
    return f"{account.name}: the number of the earlier post is not known. Put its address in the text: {receipt['url']}"


def _holds(text: str, message: Message) -> bool:
    """Whether a text holds the address of any post of a message."""
    return any(receipt["url"] in text for one in message.posts.values() for receipt in one.receipts if receipt["url"])


def stands(post: Post) -> bool:
    """Whether what went out is still there, as far as is known."""
    return post.state != "withdrawn" and "gone" not in post.standing.split(",")


def hindered(desk: Desk, message: Message, post: Post) -> str:
    """Why a post can't go out as it was signed: what it replies to or quotes was taken down since."""
    signed = message.content[f"c.post.{post.key}"]
    for pinned, names in ((signed.get("reply"), (CORRECTS, REPLIES)), (signed.get("quote"), (QUOTES,))):
        which = next((message.content[name] for name in names if name in message.content), None)
        if pinned is None or which is None:
            continue
        try:
            other = desk.messages.submitted(which["message"]).message.posts.get(pinned["post"])
        except Refused:
            continue  # it is not on this desk: the network has the last word
        if other is not None and not stands(other):
            if names == (QUOTES,):
                return "The post that this quotes was taken down. Revise the message, to go out without it."
            return "The post that this replies to was taken down. Revise the message, to go out by itself."
    return ""


def shown(desk: Desk, content: Mapping[str, Any], how: str) -> dict[str, Any] | None:
    """What a content corrects, replies to or quotes, and by which of its posts: {"message", "post", "title", "posts":
    [{"account", "lang", "url"}]}; the url is that of the post that is replied to or quoted, None where a post does
    neither."""
    which = content.get(f"c.{how}")
    if not which:
        return None
    row = views.get(desk.store, "message", which["message"])
    posts = []
    for name, value in content.items():
        if name.startswith("c.post."):
            account = desk.office.accounts.get(value["account"])
            pinned = value.get("quote" if how == "quotes" else "reply")
            other = pinned and pinned["of" if how == "quotes" else "parent"]
            posts.append({
                "account": account.name if account else "", "lang": value["lang"], "url": other["url"] if other else None,
            })  # fmt: skip
    return {**which, "title": row.value["title"] if row else "", "posts": posts}


def linked_by(desk: Desk, message: str, how: str) -> list[dict[str, Any]]:
    """The messages that correct, answer or quote one, the first first: {"message", "title", "state", "at", "person",
    "urls"}; drafts too, for those who may read them."""
    made = []
    for row in views.linking(desk.store, message, how, desk.messages.staff):
        found = desk.messages.get(row.id)
        if row.kind == "message" and row.value["withdrawn"]:
            continue
        first = desk.store.get(found.message.submission if row.kind == "message" else found.id)
        by = desk.office.author(first.header.device).name if first else ""
        urls = [receipt["url"] for post in found.message.posts.values() for receipt in post.receipts[:1]]
        made.append({
            "message": row.id, "title": row.value["title"], "state": row.state, "person": by, "urls": urls,
            "at": iso(first.header.at if first else row.updated), "place": (first.place if first else None) or 2**62,
        })  # fmt: skip
    return sorted(made, key=lambda one: one["place"])


def in_history(made: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Those that were submitted, as lines of the earlier message's history. `made`: what `linked_by` gave, by how."""
    return [
        {
            "at": one["at"], "person": one["person"], "kind": HOW[how], "counts": True, "why": "",
            "said": one["title"], "event": one["message"], "post": "", "outcome": "", "told": "", "tentative": False,
            "place": one["place"],
        }
        for how, found in made.items()
        for one in found
        if one["state"] != "draft"
    ]  # fmt: skip
