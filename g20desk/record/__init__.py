"""The public record: proof packs, and what proves them."""
