import numpy as np


class Module:
    """Base class; parameters and gradients are collected from the sub-modules."""

    def forward(self, *inputs):
        raise NotImplementedError

    def backward(self, grad_out):
        raise NotImplementedError

    def modules(self):
        for v in vars(self).values():
            if isinstance(v, Module):
                yield v
            elif isinstance(v, (list, tuple)):
                yield from (m for m in v if isinstance(m, Module))

    def parameters(self):
        return [p for m in self.modules() for p in m.parameters()]

    def gradients(self):
        return [g for m in self.modules() for g in m.gradients()]

    def zero_grad(self):
        for g in self.gradients():
            g[...] = 0
