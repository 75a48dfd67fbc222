"""What sending a message costs, as its networks say; in US dollars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.asking import price
from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.publishing import send

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


def of(desk: Desk, content: dict[str, Any]) -> dict[str, Any]:
    """{"currency", "total", "as_of", "posts": [{"account", "lang", "amount"}]}; practice accounts cost what the network
    that they imitate would ask. Posts that cost nothing are left out."""
    posts, total, dated = [], 0, ""
    for name, value in content.items():
        account = desk.office.accounts.get(value["account"]) if name.startswith("c.post.") else None
        if account is None:
            continue
        amount = 0
        for part in value["parts"]:
            asked, as_of = price(account.reads_as, _text(desk, part))
            amount, dated = amount + asked, max(dated, as_of)
        if amount:
            posts.append({"account": account.name, "lang": value["lang"], "amount": dollars(amount)})
            total += amount
    return {"currency": "USD", "total": dollars(total), "as_of": dated or None, "posts": posts}


def dollars(thousandths: int) -> str:
    """An amount as it is written: 0.015."""
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def _text(desk: Desk, part: dict[str, Any]) -> str:
    data = pieces.get(desk.store, part["payload"])
    try:
        return str(send.payload(data, len(part["pictures"]))[0]["text"]) if data is not None else ""
    except Refused:
        return ""
