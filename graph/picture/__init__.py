"""Pictures of graphs: where nodes and edges lie, what is written at them, and how they are drawn or set in motion."""
