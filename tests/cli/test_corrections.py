"""`--corrects` on the command line and in a message file."""

from __future__ import annotations

from tests.cli.test_commands import run
from tests.story import content


def test_a_correction_names_the_message_or_the_post(office, tmp_path):
    first = office.due(content("Growth is 3.1%.", to=("G20 X", "G20 Bluesky")))
    office.desk().publish.once()
    post = office.posts(first)["G20 X"]
    words = ["message", "new", "--text", "-", "--to", "G20 X", "--corrects", first[:12], "--json"]
    code, made, err = run(office, *words, stdin="Correction: it is 3.2%.", person="Officer")
    assert code == 0, err
    shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]
    assert (shown["kind"], shown["corrects"]["message"]) == ("correction", first)
    assert shown["corrects"]["posts"] == [{"account": "G20 X", "lang": "en", "url": post["url"]}]
    told = run(office, "message", "show", first, person="Officer")[1]
    assert f"corrected by {made['message'][:12]} “Correction: it is 3.2%.” (draft)" in told
    file = tmp_path / "m.toml"
    file.write_text(
        f'to = ["G20 X", "G20 Bluesky"]\ncorrects = "{post["id"]}"\n'
        '[[text]]\nlang = "en"\ntext = "Correction: it is 3.2%."\n'
    )
    made = run(office, "message", "new", "--from", str(file), "--json", person="Officer")[1]
    assert [f["account"] for f in made["findings"] if f["rule"] == "STRUCT-11"] == ["G20 Bluesky"]
    shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]
    assert (shown["kind"], shown["corrects"]["post"]) == ("correction", post["id"].partition(".")[2])
    run(office, "message", "revise", made["message"], "--corrects", "", "--json", person="Officer")
    assert run(office, "message", "show", made["message"], "--json", person="Officer")[1]["corrects"] is None
    words = ["message", "new", "--text", "-", "--to", "G20 X", "--corrects", made["message"], "--json"]
    code, told, _ = run(office, *words, stdin="Correction: it is 3.2%.", person="Officer")
    assert (code, told["error"]["code"]) == (1, "not-submitted")


def test_a_quote_and_an_answer_name_it_too(office, tmp_path):
    first = office.due(content("Growth is 3.1%.", to=("G20 X", "G20 Bluesky")))
    office.desk().publish.once()
    urls = {p["account"]: p["url"] for p in office.posts(first).values()}
    for option, how, words in (("--quotes", "quotes", "quotes"), ("--replies-to", "replies", "replies to")):
        typed = ["message", "new", "--text", "-", "--to", "G20 X", option, first[:12], "--json"]
        code, made, err = run(office, *typed, stdin=f"Again: {how}.", person="Officer")
        assert code == 0, err
        shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]
        assert (shown["kind"], shown[how]["posts"]) == (
            "news",
            [{"account": "G20 X", "lang": "en", "url": urls["G20 X"]}],
        )
        said = run(office, "message", "show", made["message"], person="Officer")[1]
        assert f"{words} {first[:12]} “Growth is 3.1%.”" in said
    file = tmp_path / "m.toml"
    file.write_text(f'to = ["G20 Bluesky"]\nquotes = "{first}"\n[[text]]\nlang = "en"\ntext = "As we said."\n')
    made = run(office, "message", "new", "--from", str(file), "--json", person="Officer")[1]
    shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]
    assert shown["quotes"]["posts"][0]["url"] == urls["G20 Bluesky"]
    assert run(office, "message", "show", first, person="Officer")[1].count("quoted by") == 2


def test_a_poll_is_typed_and_stays_where_it_is_left_out(office, tmp_path):
    words = ["message", "new", "--text", "-", "--to", "G20 X", "--poll", "Debt", "--poll", "Climate", "--json"]
    code, made, err = run(office, *words, "--poll-for", "PT2H", stdin="What matters most?", person="Officer")
    assert code == 0, err
    shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]["poll"]
    assert (shown["answers"], shown["minutes"]) == ({"en": ["Debt", "Climate"]}, 120)
    run(office, "message", "revise", made["message"], "--kind", "news", "--json", person="Officer")
    assert run(office, "message", "show", made["message"], "--json", person="Officer")[1]["poll"] == shown
    file = tmp_path / "m.toml"
    file.write_text(
        'to = ["G20 Mastodon"]\n[[text]]\nlang = "en"\ntext = "What matters most?"\n'
        '[poll]\nopen = "P1D"\nseveral = true\nanswers = { en = ["Debt", "Climate"] }\n'
    )
    made = run(office, "message", "new", "--from", str(file), "--json", person="Officer")[1]
    assert [f for f in made["findings"] if f["rule"] == "STRUCT-15"] == []
    shown = run(office, "message", "show", made["message"], "--json", person="Officer")[1]["poll"]
    assert (shown["minutes"], shown["several"]) == (1440, True)


def test_the_numbers_of_a_post_are_asked_for_and_paid_for(office):
    message = office.due(content("Ministers met.", to=("G20 X", "G20 Mastodon")))
    office.desk().publish.once()
    posts = office.posts(message)
    code, told, _ = run(office, "post", "numbers", posts["G20 Mastodon"]["id"], "--json", person="Officer")
    assert (code, told["likes"], told["replies"]) == (0, 0, 0)
    code, told, _ = run(office, "post", "numbers", posts["G20 X"]["id"], "--json", person="Officer")
    assert (code, told["error"]["code"]) == (1, "costs")
    code, told, _ = run(office, "post", "numbers", posts["G20 X"]["id"], "--pay", "--json", person="Officer")
    assert (code, told["likes"]) == (0, 0)
    shown = run(office, "message", "show", message, "--json", person="Officer")[1]
    assert {p["account"]: p["numbers"]["likes"] for p in shown["posts"]} == {"G20 X": 0, "G20 Mastodon": 0}
