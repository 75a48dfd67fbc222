"""What the desk says of a line that is none, and of kits."""

LINES = (
    "A line is words on a topic, for no account.",
    "A line says the same everywhere; in {lang} there is something for one network alone.",
    "A line has one text in a language.",
    "The text in {lang} is empty.",
    "A locked phrase has words.",
    "“{phrase}” does not stand in the text in {lang}.",
    "“{lang}” is no language tag.",
    "“{tag}” is no hashtag on {network}.",
    "A line can't take its own place.",
    "This line has one version: there is nothing to compare.",
    "A picture belongs to part {n}; there are {m} in {lang}.",
    "Add: --topic T",
    "Leave out network, warning and visibility.",
    "Leave out the one that is not meant.",
    "Write it, or leave the language out.",
    "Leave --lock out, or name one.",
    "Lock what it says.",
    "Use for example: en, fr, ar",
    "Write letters and digits, with at least one letter and no space: G20SouthAfrica",
    "Name another one, or none.",
)
