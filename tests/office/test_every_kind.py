"""What holds for every kind of event: its bytes become an act, and the act the same bytes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from g20desk.errors import Refused
from g20desk.ledger import body, event
from g20desk.ledger.canonical import NotCanonical
from g20desk.office import acts, fold
from tests.office.samples import SAMPLES

KINDS = sorted(acts.ACTS)
OTHER: list[Any] = [None, True, 7, "text", ["text"], [7], {"a": 1}, {"a": "b"}, [["a"]], [{"a": {}}]]


def values_of(act: Any) -> dict[str, Any]:
    """An act's parts again."""
    values = {f.name: getattr(act, f.name) for f in fields(act)}
    return {**values.pop("content", {}), **values}


def test_every_kind_has_a_sample_and_every_sample_a_kind():
    assert sorted(SAMPLES) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_become_an_act_and_the_act_the_same_bytes(kind: str):
    data = body.encode(body.salted(SAMPLES[kind]))
    parts = body.decode(data)
    act = fold.parse(kind, parts)
    again = {name: body.PartOfBody(parts[name].salt, value) for name, value in values_of(act).items()}
    assert body.encode(again) == data
    assert body.body_digest(again) == body.body_digest(parts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_missing_or_too_many_is_refused(kind: str):
    sample = SAMPLES[kind]
    parse_values(kind, sample)
    for name in sample:
        if not name.startswith(body.CONTENT):
            with pytest.raises(Refused if len(sample) > 1 else NotCanonical):
                parse_values(kind, {n: v for n, v in sample.items() if n != name})
    for further in ("content", "further", "apply", "__class__", ""):
        with pytest.raises(Refused):
            parse_values(kind, {**sample, further: {}})


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_of_another_form_is_refused_or_fits(kind: str):
    """No form slips through that the field's type does not say: a truth is no number, a number no text."""
    sample = SAMPLES[kind]
    for name, value in sample.items():
        if name.startswith(body.CONTENT):
            continue
        for other in OTHER:
            if type(other) is type(value) or value is None:
                continue
            with pytest.raises(Refused):
                parse_values(kind, {**sample, name: other})


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_one_that_a_header_may_name_and_belongs_to_a_stream(kind: str):
    one = "0" * 64
    head = event.Header(1, "", "", "", kind, 1, one, one, 1, "", (), "", one)
    assert event.decode(head.encode()) == head
    assert acts.NOUNS[kind.split(".")[0]] in acts.START


def parse_values(kind: str, values: dict[str, Any]) -> Any:
    return fold.parse(kind, body.decode(body.encode(body.salted(values))))
