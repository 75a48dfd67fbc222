"""What the desk says of mail."""

MAIL = (
    "No answer from the mail server within {seconds} s.",
    "No connection to the mail server.",
    "No secure connection to the mail server.",
    "The mail server answered {code}.",
    "The mail server hung up.",
    "The mail server offers no STARTTLS.",
    "The mail server offers no sign-in.",
    "The mail server refused the sign-in ({code}).",
    "The mail server refuses the letter ({code}).",
    "The mail server refuses the sender ({code}).",
    "The mail server refuses this address ({code}).",
    "The mail server takes the letter later ({code}).",
    "The mail server takes the sender later ({code}).",
    "The mail server takes this address later ({code}).",
    "The mail server's certificate is not trusted here.",
    "“{address}” is no mail address.",
    "A rehearsal office mails nobody.",
    "Letters go over an open line only within this computer.",
    "The mail server's password is missing.",
    "Say where to.",
)
