from __future__ import annotations

import numpy as np
from typing import Any, Optional, Sequence


class Ctx:
    def __init__(self) -> None:
        self.saved_tensors: Sequence[Any] = ()

    def save_for_backward(self, *xs: Any) -> None:
        self.saved_tensors = xs


class Tensor:
    def __init__(self, data: np.ndarray, requires_grad: bool = False) -> None:
        self._data = np.asarray(data, dtype=np.float64)
        self.requires_grad = requires_grad
        self.grad: Optional[Tensor] = None
        self._history: Optional[tuple] = None

    def numpy(self) -> np.ndarray:
        return self._data

    def backward(self, grad: Optional[Tensor] = None) -> None:
        g = np.ones_like(self._data) if grad is None else grad.numpy()
        self.grad = Tensor(g if self.grad is None else self.grad.numpy() + g)
        if self._history is not None:
            fn, ctx, parents = self._history
            out = fn.backward(ctx, Tensor(g))
            for parent, pg in zip(parents, out if isinstance(out, tuple) else (out,)):
                if parent.requires_grad:
                    parent.backward(pg)


class Function:
    @classmethod
    def apply(cls, *args: Tensor) -> Tensor:
        ctx = Ctx()
        out = cls.forward(ctx, *args)
        if any(a.requires_grad for a in args):
            out.requires_grad, out._history = True, (cls, ctx, args)
        return out


class LeakyReLU(Function):
    @staticmethod
    def forward(ctx: Ctx, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return Tensor(np.where(x.numpy() > 0, x.numpy(), 0.1 * x.numpy()))

    @staticmethod
    def backward(ctx: Ctx, grad: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return Tensor(np.where(x.numpy() > 0, 1.0, 0.1) * grad.numpy())


class Div(Function):
    @staticmethod
    def forward(ctx: Ctx, a: Tensor, b: Tensor) -> Tensor:
        ctx.save_for_backward(a, b)
        return Tensor(a.numpy() / b.numpy())

    @staticmethod
    def backward(ctx: Ctx, grad: Tensor) -> tuple[Tensor, Tensor]:
        a, b = (t.numpy() for t in ctx.saved_tensors)
        return Tensor(grad.numpy() / b), Tensor(-grad.numpy() * a / b ** 2)


class Tanh(Function):
    @staticmethod
    def forward(ctx: Ctx, x: Tensor) -> Tensor:
        y = Tensor(np.tanh(x.numpy()))
        ctx.save_for_backward(x)
        return y

    @staticmethod
    def backward(ctx: Ctx, grad: Tensor) -> Tensor:
        (y,) = ctx.saved_tensors
        return Tensor(grad.numpy() * (1 - y.numpy() ** 2))
