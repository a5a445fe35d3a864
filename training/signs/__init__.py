"""The signs by which a sick training is known, a file for each organ."""
