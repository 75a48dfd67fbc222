"""Signed events, their order, and the encrypted store. Knows no kind of event and no office."""
