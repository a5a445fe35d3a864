"""Layers on other arrays than NumPy's: operations of PyTorch, JAX, and of frameworks that people build themselves."""
