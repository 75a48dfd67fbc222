"""The first rules. Each carries a bad and a good example; a test holds it to them."""

from __future__ import annotations

from g20desk.rulebook.rule import Rule

FORMAL = ("statement", "rebuttal", "condolence", "correction")

RULES = (
    Rule("TERM-01", "warn", r"\bTurkey\b", "The State asked the UN in 2022 to use this name.", "Türkiye", ("en",), (),
         "The Antalya Summit took place in Turkey.", "The Antalya Summit took place in Türkiye."),
    Rule("TERM-02", "warn", r"\bSouth Korea\b", "The member signs and sits under this name.", "Republic of Korea",
         ("en",), (), "South Korea hosted the Seoul Summit.", "The Republic of Korea hosted the Seoul Summit."),
    Rule("TERM-17", "advise", r"\bG-20\b|\bG 20\b", "One spelling makes search and hashtags work.", "G20", (), (),
         "The G-20 met in Rome.", "The G20 met in Rome."),
    Rule("TERM-18", "advise", r"\bG20 (?:countries|nations)\b", "Two members are not countries.", "G20 members",
         ("en",), (), "G20 countries met in Rio.", "G20 members met in Rio."),
    Rule("VOICE-02", "block",
         r"(?i)\b(?:all|every|each) (?:of the )?(?:G20 )?(?:members?|countr(?:y|ies)|governments?) (?:will|shall|must)\b",
         "The office cannot promise for a government.", None, ("en",), (), "All members will cancel the debt.",
         "Members have committed to discuss debt (Rome, paragraph 10)."),
    Rule("VOICE-06", "block", r"(?i)\bour (?:country|nation|President|Prime Minister|government)\b",
         "The official account is not the Presidency's own account.", None, ("en",), (),
         "Our President welcomed the guests.", "The President of Brazil welcomed the guests."),
    Rule("TONE-01", "warn", r"[!！]{2,}|[!！][?？]|[?？][!！]", "Stacked marks shout.", ".", (), (),
         "Agreement reached!!", "Agreement reached."),
    Rule("TONE-02", "warn", r"(?<![!！])[!！](?![!！?？])", "Formal messages do not exclaim.", ".", (), FORMAL,
         "We reject this!", "We note this."),
    Rule("PLAIN-01", "advise", r"(?i)\butili[sz]e\b", "Plain words travel better in translation.", "use", ("en",), (),
         "Members utilise the same format.", "Members use the same format."),
    Rule("INTERNAL-01", "block", r"\[(?:TBC|TBD|TODO|XX+)\]|\bLorem ipsum\b",
         "A mark between colleagues must not go out.", None, (), (), "The summit opens on [TBC].",
         "The summit opens on Monday."),
    Rule("CHAR-01", "block", "[\u202a-\u202e\u2066-\u2069\ufffe\uffff]",
         "A hidden control character can turn the text around.", "", (), (), "The sum\u202emit opens.",
         "The summit opens."),
    Rule("LINK-01", "warn", r"\bhttps?://(?:bit\.ly|t\.co|tinyurl\.com|goo\.gl)/\S+",
         "Readers must see where a link leads.", None, (), (), "See https://bit.ly/abc", "See https://g20.org/abc"),
)  # fmt: skip
