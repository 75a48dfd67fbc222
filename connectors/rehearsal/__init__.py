"""The practice network inside the app: behaves as one of the real ones, and keeps its posts in one file."""
