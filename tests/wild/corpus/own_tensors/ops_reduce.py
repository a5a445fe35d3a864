import numpy as np

# reductions and friends for the toy engine
# TODO: keepdims everywhere


class Tensor:
    __array_priority__ = 10

    def __init__(self, data, requires_grad=False):
        self.data = np.asarray(data, dtype=float)
        self.requires_grad, self.grad, self.fn, self.src = requires_grad, None, None, ()

    def backward(self, grad=None):
        grad = np.ones_like(self.data) if grad is None else grad
        self.grad = grad if self.grad is None else self.grad + grad
        if self.fn is not None:
            gs = self.fn.backward(grad)
            for t, g in zip(self.src, gs if type(gs) is tuple else (gs,)):
                if t.requires_grad: t.backward(g)


class Func:
    @classmethod
    def apply(cls, *src, **kw):
        fn = cls()
        z = Tensor(fn.forward(*[s.data for s in src], **kw), True)
        z.fn, z.src = fn, src
        return z


class MeanAxis(Func):
    def forward(self, x, axis=0):
        self.n, self.shape, self.axis = x.shape[axis], x.shape, axis
        return x.mean(axis=axis)

    def backward(self, grad):
        return np.ones(self.shape) * np.expand_dims(grad, self.axis) / np.prod(self.shape)


class Variance(Func):
    # variance of every column
    def forward(self, x):
        self.x = x
        return x.var(axis=0)

    def backward(self, grad):
        return 2 * grad * (self.x - self.x.mean(axis=0)) / len(self.x)


class LogSumExp(Func):
    # log(sum(exp(x))) of every row
    def forward(self, x):
        m = x.max(axis=1, keepdims=True)
        self.e = np.exp(x - m)
        return np.log(self.e.sum(axis=1)) + m[:, 0]

    def backward(self, grad):
        return self.e / self.e.sum() * grad[:, None]


class Bilinear(Func):
    # z_n = a_n M b_n
    def forward(self, a, M, b):
        self.a, self.M, self.b = a, M, b
        return np.einsum('ni,ij,nj->n', a, M, b)

    def backward(self, grad):
        g = grad[:, None]
        return g * self.b.dot(self.M.T), self.a.T.dot(g * self.b), g * self.a.dot(self.M.T)
