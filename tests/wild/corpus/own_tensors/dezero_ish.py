# ステップ順に作る小さなフレームワーク
import numpy as np

class Tensor:
    def __init__(self, data, requires_grad=True):
        self.data = data
        self.requires_grad = requires_grad
        self.grad = None
        self.creator = None
        self.generation = 0

    def set_creator(self, func):
        self.creator = func
        self.generation = func.generation + 1

    def backward(self, grad=None):
        self.grad = np.ones_like(self.data) if grad is None else grad
        funcs = [self.creator]
        seen = {self.creator}
        while funcs:
            funcs.sort(key=lambda f: f.generation)
            f = funcs.pop()
            gxs = f.backward(f.output.grad)
            if not isinstance(gxs, tuple):
                gxs = (gxs,)
            for x, gx in zip(f.inputs, gxs):
                x.grad = gx if x.grad is None else x.grad + gx
                if x.creator is not None and x.creator not in seen:
                    seen.add(x.creator)
                    funcs.append(x.creator)

class Function:
    def __call__(self, *inputs):
        y = self.forward(*[x.data for x in inputs])
        self.generation = max(x.generation for x in inputs)
        self.inputs = inputs
        self.output = Tensor(y)
        self.output.set_creator(self)
        return self.output

class Square(Function):
    def forward(self, x):
        return x ** 2
    def backward(self, gy):
        x = self.inputs[0].data
        return 2 * x * gy

class Sin(Function):
    def forward(self, x):
        return np.sin(x)
    def backward(self, gy):
        x = self.inputs[0].data
        return gy * np.cos(x)

class Cos(Function):
    def forward(self, x):
        return np.cos(x)
    def backward(self, gy):
        # 符号に注意
        x = self.inputs[0].data
        return gy * np.sin(x)

class Tanh(Function):
    def forward(self, x):
        return np.tanh(x)
    def backward(self, gy):
        y = self.output.data
        return gy * (1 - y * y)

class MeanSquaredError(Function):
    def forward(self, x0, x1):
        diff = x0 - x1
        return (diff ** 2).sum() / len(diff)
    def backward(self, gy):
        diff = self.inputs[0].data - self.inputs[1].data
        gx0 = gy * diff * (2. / len(diff))
        return gx0, -gx0
