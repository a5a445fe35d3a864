/* What stands in the editor for a layer of one's own: a small one, with a mistake in it. */

export const EXAMPLE = `import numpy as np


class MyAffine:
    """y = x W + b."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.mean(axis=0)
        return dout @ self.W.T
`;
