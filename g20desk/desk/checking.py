"""The checker over the networks' own counting; needs no office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from g20desk.errors import Usage
from g20desk.network import text_rules
from g20desk.rulebook import checker

NETWORKS = ("x", "bluesky", "mastodon", "rehearsal")


class Checking:
    """`desk.check`."""

    def text(
        self,
        text: str,
        network: str = "x",
        lang: str = "en",
        kind: str = "news",
        attachments: Sequence[Mapping[str, Any]] = (),
        limit: int | None = None,
    ) -> dict[str, Any]:
        """What `check --jsonl` prints for one text. Raises Usage for an unknown network."""
        if network not in NETWORKS:
            raise Usage("unknown-network", f"There is no network “{network}”.", f"Known: {', '.join(NETWORKS)}.")
        rules = text_rules("bluesky" if network == "rehearsal" else network)
        most = limit or rules.LIMITS.characters
        count, fits = rules.count(text), rules.fits(text, most)
        found = [
            *checker.length(text, fits, count, most, network.capitalize()),
            *checker.findings(text, lang, kind),
            *checker.alt_texts([a.get("alt") for a in attachments], rules.LIMITS.alt),
        ]
        return {
            "length": count,
            "limit": most,
            "fits": fits,
            "entities": [
                {"kind": e.kind, "text": e.text, "start": e.start, "end": e.end} for e in rules.entities(text)
            ],
            "findings": [f.as_json() for f in found],
        }
