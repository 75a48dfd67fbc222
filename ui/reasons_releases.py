"""What the desk says of newer releases."""

RELEASES = (
    "The note on a newer release can't be read: {why}.",
    "This build carries no key to check a newer release by.",
    "The note on a newer release is no manifest of g20desk.",
    "The note on a newer release is not signed by those who made this program.",
    "Tell your administrator; install nothing because of it. To look at it: g20desk releases",
)
