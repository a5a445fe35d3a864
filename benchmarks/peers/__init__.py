"""The contestants, a module each: the same jobs as PyTorch, JAX, scikit-learn, a textbook and we do them.

A module has a function for each kind of job that it can do, ``steps(job, peer)``, ``load(job, peer)`` and so on, which
prepares the work and returns a :class:`benchmarks.work.Contestant`. It imports the library that it is about, so that a
library that is not installed is an ImportError.
"""
