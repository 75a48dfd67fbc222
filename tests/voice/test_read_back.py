"""What an account made of a line after it was posted: read back from the network, and held against the line word by word."""

from __future__ import annotations

from tests.voice.test_relays import LINE, LOCK, agreed, asked

OTHER = LINE.replace("forty", "fifty")


def test_a_text_changed_on_the_network_is_measured_as_it_stands_there(told, pds):
    did, handle, password = pds.account()
    presidency = told["Presidency"]
    presidency.accounts.add(
        "bluesky", name="Ours", owner="presidency:ZA", server=pds.url, handle=handle, secret=password
    )
    line = agreed(told)
    (one,) = told["Officer"].relays.ask(line, ["Ours"])
    relay = one["relay"]
    presidency.relays.adopt(relay, when_ms=presidency.clock.now_ms())
    assert presidency.publish.once()["sent"] == 1
    assert told["Officer"].relays.show(relay)["state"] == "carried"

    pds.rewrite(did, handle, password, OTHER)
    told.after(0.1)
    assert presidency.publish.look() == [(relay, "Ours", "text")]
    shown = told["Officer"].relays.show(relay)
    assert (shown["state"], shown["locked_kept"], shown["texts"]) == ("drifted", False, {"en": [OTHER]})
    assert shown["drift"] == 0.1 and ("removed", "forty") in shown["diff"]["en"]
    (carrier,) = told["Liaison India"].relays.carriers(line)
    assert carrier.said[0].text == OTHER and carrier.said[0].marks.lost == (LOCK,) and carrier.altered

    # Another change is told again, and one that leaves the locked phrase alone keeps it.
    told["Officer"].relays.leave(relay, "They were told.")
    assert told["Officer"].relays.carriers(line)[0].left
    pds.rewrite(did, handle, password, f"{LINE} Really.")
    told.after(0.5)
    presidency.publish.look()
    shown = told["Officer"].relays.show(relay)
    assert (shown["locked_kept"], shown["texts"]) == (True, {"en": [f"{LINE} Really."]})
    assert not told["Officer"].relays.carriers(line)[0].left

    pds.rewrite(did, handle, password, LINE)
    told.after(3)
    presidency.publish.look()
    shown = told["Officer"].relays.show(relay)
    assert (shown["state"], shown["locked_kept"], shown["drift"], shown["texts"]) == (
        "carried",
        True,
        0.0,
        {"en": [LINE]},
    )


def test_one_that_is_gone_keeps_nothing(told):
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    presidency.relays.adopt(relay, when_ms=presidency.clock.now_ms())
    presidency.publish.once()
    from g20desk.ledger import pieces

    (key,) = presidency.messages.get(relay).message.posts
    ref = pieces.refer(b"it is not there any more")
    values = {"post": key, "standing": "gone", "why": ref, "shown": []}
    presidency.act("post.read_back", values, relay, pieces={ref["piece"]: b"it is not there any more"})
    shown = told["Officer"].relays.show(relay)
    assert (shown["state"], shown["locked_kept"]) == ("drifted", False)
