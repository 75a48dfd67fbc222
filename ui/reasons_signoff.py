"""What the record and the desk answer of sign-off, where something in it varies, for the window to say in other languages."""

SIGNOFF = (
    "The stage “{name}” is shorter than a silence in this office, {n} hours.",
    "In the stage “{name}” nobody can decide for {lands}.",
    "In the stage “{name}” there is nobody left who could object.",
    "On {account} the post says something else than the text.",
    "The message has no text in “{lang}”.",
    "The second of the two is: {roles}.",
    "This template has the slots: {names}.",
    "This template is released by: {roles}.",
    "{name} decides nothing in this office: {roles}.",
)
