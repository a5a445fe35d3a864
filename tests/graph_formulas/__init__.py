"""The formulas of all layers, written with the operations of a graph: a third way to their gradients."""
