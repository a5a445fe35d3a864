"""What surrounds a step of training: checks, interrupts, history, snapshots."""
