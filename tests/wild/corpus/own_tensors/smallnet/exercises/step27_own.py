if '__file__' in globals():
    import os, sys
    sys.path.append(os.path.join(os.path.dirname(__file__), '..'))

import numpy as np
from dz import Function, Variable


class Sin(Function):
    def forward(self, x):
        return np.sin(x)

    def backward(self, gy):
        x = self.inputs[0].data
        return gy * np.cos(x)


class Softplus(Function):
    def forward(self, x):
        return np.log(1 + np.exp(x))

    def backward(self, gy):
        x = self.inputs[0].data
        return gy * np.exp(x)


x = Variable(np.array(np.pi / 4))
y = Sin()(x)
y.backward()
print(y.data, x.grad)
