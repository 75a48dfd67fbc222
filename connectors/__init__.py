"""Connectors: a package a network. text is pure, client loads the SDK."""
