"""What the desk says of the yearly handover, for the window to say in other languages."""

HANDOVER = (
    "The Presidency is {land}.",
    "The Presidency passed to {land}, and {name} with it.",
    "No handover waits for the sign-in of {name}.",
    "{name} is no account of the Presidency.",
)
