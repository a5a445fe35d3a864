import numpy as np


class NamedMixin:
    _counter = 0

    @property
    def name(self):
        return f"{self.__class__.__name__.lower()}_{id(self) % 1000}"


class ParamsMixin:
    """keeps parameters and their gradients in lists"""

    def add_param(self, value):
        if not hasattr(self, "params"):
            self.params, self.grads = [], []
        self.params.append(value)
        self.grads.append(np.zeros_like(value))
        return value

    def step(self, lr):
        for p, g in zip(self.params, self.grads):
            p -= lr * g


class CacheMixin:
    def save(self, **kw):
        self.__dict__.setdefault("cache", {}).update(kw)

    def load(self, *names):
        return tuple(self.cache[n] for n in names)


class Affine(NamedMixin, ParamsMixin, CacheMixin):
    def __init__(self, n_in, n_out, seed=None):
        r = np.random.default_rng(seed)
        self.add_param(r.normal(scale=n_in ** -0.5, size=(n_in, n_out)))
        self.add_param(np.zeros(n_out))

    def forward(self, x):
        self.save(x=x)
        return x @ self.params[0] + self.params[1]

    def backward(self, dy):
        (x,) = self.load("x")
        self.grads[0][:] = x.T @ dy
        self.grads[1][:] = dy.sum(0)
        return dy @ self.params[0].T


class L2Normalize(NamedMixin, CacheMixin):
    def forward(self, x):
        n = np.linalg.norm(x, axis=1, keepdims=True)
        self.save(y=x / n, n=n)
        return x / n

    def backward(self, dy):
        y, n = self.load("y", "n")
        return (dy - y * (y * dy).sum(axis=1, keepdims=True)) / n
