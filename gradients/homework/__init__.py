"""Files that students hand in: load them, make the layers in them, and find inputs for these."""
