"""What things are: acts, states, folds. Pure: no clock, no disk, no network."""
