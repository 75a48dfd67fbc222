"""Why a server is not asked."""

SERVERS = (
    "{name} has too many pixels.",
    "Make it smaller.",
    "{host} is no address of a server",
    "{host} has no https",
    "{host} is no public address",
    "“{host}” is no address of a server.",
    "“{host}” has no https.",
    "“{host}” is no public address.",
    "its page for the sign-in is no address of the web over https",
    "Give the server's own address, as everybody reaches it: https://HOST.",
)
