"""Files the program carries: tokens of the look, icons, fonts."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent
