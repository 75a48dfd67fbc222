"""The text rules of the practice network: Bluesky's, unless an account imitates another network."""

from connectors.bluesky.text import CANNOT, LIMITS, count, entities, fits, payload, quoting

__all__ = ["CANNOT", "LIMITS", "count", "entities", "fits", "payload", "quoting"]
