"""Whether a gradient is right: within which tolerance, and what is not to be held against it."""
