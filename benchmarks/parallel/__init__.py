"""Steps that several processes share: how long they take, and a model that says it for more of them.

``python -m benchmarks.parallel`` measures steps on this machine, ``python -m benchmarks.parallel.plan`` the parts that
the model is made of, and how well it fits; it extends it to machines that are not there.
"""
