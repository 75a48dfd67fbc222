"""What the desk says of routes, deputies and templates, for the window to say in other languages."""

ROUTES = (
    "Only authors of the text could decide in the stage “{stage}”.",
    "In the stage “{stage}” nobody speaks for {lands}.",
    "There is nobody for the stage “{stage}”.",
    "The stage “{stage}” needs {n}; {m} can decide.",
    "A silence lasts at least {n} hours in this office.",
    "“{who}” names nobody.",
    "There is no “{who}” in the office.",
    "There is no account “{name}”.",
    "Your stage, “{stage}”, is not open yet.",
    "The stage “{stage}” is over.",
    "{name} speaks for {land}.",
    "The slot “{slot}” takes 1 to {n} characters of a name or a number: no sentence, mention, hashtag or address.",
    "A slot has a name in small letters and takes 1 to {n} characters.",
    "Two roles release a template, of: {roles}.",
)
