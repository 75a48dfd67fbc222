"""What the record and the desk answer of sign-off, where something in it varies, for the window to say in other languages."""

SIGNOFF = (
    "In the stage “{name}” nobody can decide for {lands}.",
    "In the stage “{name}” there is nobody left who could object.",
    "On {account} the post says something else than the text.",
    "Only authors of the text could decide in the stage “{name}”.",
    "The message has no text in “{lang}”.",
    "The second of the two is: {roles}.",
    "The slot “{name}” takes 1 to {n} characters of a name or a number: no sentence, mention, hashtag or address.",
    "The stage “{name}” is over.",
    "The stage “{name}” needs {need}; {n} can decide.",
    "There is nobody for the stage “{name}”.",
    "This template has the slots: {names}.",
    "This template is released by: {roles}.",
    "Your stage, “{name}”, is not open yet.",
    "{name} decides nothing in this office: {roles}.",
    "{name} speaks for {land}.",
)
