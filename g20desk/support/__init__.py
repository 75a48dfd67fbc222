"""The support bundle: one file with what whoever helps needs to know of this computer and this desk, and without anything that
anybody wrote, without names, addresses and secrets. `bundle.py` puts it together; the other modules each look at one thing and
say it in numbers, yes or no, and words of closed lists."""
