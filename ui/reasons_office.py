"""What the desk says of people, guardians and what waits for others, for the window to say in other languages."""

OFFICE = (
    "a device that holds a share was lost",
    "a guardian",
    "the head",
    "the head and a guardian, once there are some",
    "their key was put together",
    "Handing in what was done so far.",
    "one who speaks for {land}, or {other}",
    "the head, or {n} more guardian",
    "the head, or {n} more guardians",
    "{names} can't act any more",
    "{n} guardian",
    "{n} guardians",
)
