"""Layers on other arrays than NumPy's: of PyTorch, JAX, TensorFlow, and of frameworks that people build themselves."""
