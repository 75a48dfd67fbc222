"""Look-alikes: how a text stands to agreed wording, by words, figures, negation and a table of what says the same. Pure."""
