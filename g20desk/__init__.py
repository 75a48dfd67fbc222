"""g20desk: official messages, signed off by governments and published once."""

__version__ = "0.1.0"
