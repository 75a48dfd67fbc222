"""Tables that people bring: which bytes, which signs between cells, which dates. Pure; nothing is guessed in silence."""
