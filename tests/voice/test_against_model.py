"""The fold against the model: lines, relays, people, accounts, holds by chance, in any order, right ones and wrong ones.

A failure prints its seed and all that happened. `dev.py test --long N` runs N seeds.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest

from tests.voice import chance as wording
from tests.voice.day import Day

SEEDS = int(os.environ.get("G20DESK_TEST_SEEDS", "20"))
# What has to happen in 20 seeds, so that the comparison is about something.
OFTEN = {
    "relay.asked counts": 60, "relay.asked not-agreed": 30, "relay.asked own-account": 5, "relay.asked past-time": 5,
    "relay.adopted counts": 60, "relay.adopted no-right": 25, "relay.adopted not-agreed": 6, "relay.adopted locked-phrase": 12,
    "relay.adopted malformed": 12, "relay.adopted sent-already": 6, "relay.adopted sending": 3, "relay.adopted taken-back": 6,
    "relay.declined counts": 12, "relay.withdrawn counts": 15, "relay.withdrawn no-right": 1, "message.scheduled counts": 25,
    "message.scheduled no-right": 15, "message.scheduled not-agreed": 3, "message.scheduled line-over": 1, "post.claimed counts": 15,
    "post.sending counts": 12, "post.sending held": 1, "post.sending not-agreed": 1, "post.sent counts": 5, "post.ended counts": 5,
    "post.settled counts": 1, "signoff.decided no-sign-off": 6, "tentative": 200,
    "presidency.handed_over counts": 10, "custody.taken counts": 2, "relay.adopted handed-over": 2, "post.sending handed-over": 1,
    "post.sending embargoed": 1, "relay.moved counts": 10, "relay.left counts": 3,
}  # fmt: skip


@pytest.mark.timeout(1800)
def test_the_fold_says_what_the_text_says(figures: Callable[[str], None]) -> None:
    told: Counter[str] = Counter()
    for seed in range(SEEDS):
        day = Day(seed)
        try:
            day.run()
        except Exception as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}\n{day.paper.story()}") from error
        told += day.paper.counted
    steps = sum(n for what, n in told.items() if "." in what)
    count = ", ".join(
        f"{n} {what.removesuffix(' counts')}" for what, n in told.most_common() if what.endswith(" counts")
    )
    tried = sum(told[one] for one in wording.CHANGES)
    figures(
        f"{SEEDS} offices, {steps} acts, {told['tentative']} tentative ones, {tried} phrases tampered with; of what counts: {count}"
    )
    if SEEDS >= 20:
        rare = {what: told[what] for what, least in OFTEN.items() if told[what] < least}
        assert not rare, f"too seldom to say anything: {rare}"
