"""A very small version of a deep learning framework: tensors and operations."""
import numpy


class Op:
    """Operator definition."""

    def __call__(self, *args):
        return Tensor(self.compute(*(a.cached_data for a in args)), self, args)

    def compute(self, *args):
        raise NotImplementedError()

    def gradient(self, out_grad, node):
        """Partial adjoints of the inputs, out_grad and the results are Tensors."""
        raise NotImplementedError()


class Tensor:
    def __init__(self, data, op=None, inputs=()):
        self.cached_data = numpy.asarray(data)
        self.op, self.inputs = op, tuple(inputs)
        self.grad = None

    @property
    def shape(self):
        return self.cached_data.shape

    def numpy(self):
        return self.cached_data

    def __add__(self, other):
        from . import ops
        return ops.EWiseAdd()(self, other) if isinstance(other, Tensor) else ops.AddScalar(other)(self)

    def __mul__(self, other):
        from . import ops
        return ops.EWiseMul()(self, other) if isinstance(other, Tensor) else ops.MulScalar(other)(self)

    def __neg__(self):
        return self * -1.0

    def __matmul__(self, other):
        from . import ops
        return ops.MatMul()(self, other)

    def backward(self):
        order, seen = [], set()

        def visit(t):
            if id(t) not in seen:
                seen.add(id(t))
                for i in t.inputs:
                    visit(i)
                order.append(t)

        visit(self)
        adj = {id(self): Tensor(numpy.ones(self.shape))}
        for t in reversed(order):
            t.grad = adj[id(t)]
            if t.op is None:
                continue
            g = t.op.gradient(t.grad, t)
            for i, gi in zip(t.inputs, g if isinstance(g, tuple) else (g,)):
                adj[id(i)] = adj[id(i)] + gi if id(i) in adj else gi
