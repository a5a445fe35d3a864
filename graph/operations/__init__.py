"""The operations that a graph is made of: forward and backward of each, side by side."""
