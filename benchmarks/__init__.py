"""Side by side with others: whole processes and single steps, as ratios measured in one run."""
