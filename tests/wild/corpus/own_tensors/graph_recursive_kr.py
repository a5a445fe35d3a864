# 재귀로 그래프를 거꾸로 따라가는 자동 미분
import numpy as np


class Tensor:
    def __init__(self, data, requires_grad=False, ctx=None):
        self.data = np.array(data, dtype=np.float64)
        self.requires_grad = requires_grad
        self.ctx = ctx
        self.grad = np.zeros_like(self.data) if requires_grad else None

    def backward(self, grad):
        if self.requires_grad:
            self.grad += grad
        if self.ctx is not None:
            # 각 입력의 기울기를 구해서 넘겨 준다
            for t, g in zip(self.ctx.tensors, self.ctx.backward(grad)):
                t.backward(g)


class Function:
    def __init__(self, *tensors):
        self.tensors = tensors

    @classmethod
    def apply(cls, *tensors):
        f = cls(*tensors)
        return Tensor(f.forward(*(t.data for t in tensors)), ctx=f)


class Max(Function):
    # 마지막 축의 최댓값
    def forward(self, x):
        self.x = x
        self.m = x.max(axis=-1, keepdims=True)
        return self.m[..., 0]

    def backward(self, grad):
        return ((self.x == self.m) * grad[..., None],)


class Log(Function):
    def forward(self, x):
        self.x = x
        return np.log(x * x + 1)

    def backward(self, grad):
        return (grad / (self.x * self.x + 1),)


class Outer(Function):
    # 배치별 외적
    def forward(self, a, b):
        self.a, self.b = a, b
        return a[:, :, None] * b[:, None, :]

    def backward(self, grad):
        return (grad * self.b[:, None, :]).sum(axis=2), (grad * self.a[:, :, None]).sum(axis=1)


class Where(Function):
    def forward(self, a, b):
        self.c = a > b
        return np.where(self.c, a, 0.5 * b)

    def backward(self, grad):
        return grad * self.c, grad * ~self.c
