import numpy as np

class DenseLeaky:
    """ fully connected layer followed by a leaky ReLU """

    SLOPE = 0.1

    def __init__(self, fan_in, fan_out):
        self.kernel = np.random.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))
        self.intercept = np.random.normal(0, 0.1, fan_out)
        self.grad_kernel = np.zeros_like(self.kernel)
        self.grad_intercept = np.zeros_like(self.intercept)

    def forward(self, inputs):
        self.inputs = inputs
        self.pre = inputs @ self.kernel + self.intercept
        return np.maximum(self.pre, self.SLOPE * self.pre)

    def backward(self, upstream):
        local = np.ones_like(self.pre)
        local[self.pre < 0] = self.SLOPE
        delta = upstream * local
        self.grad_kernel += self.inputs.T @ delta
        self.grad_intercept += upstream.sum(axis=0)
        return delta @ self.kernel.T

    def get_params(self):
        return [self.kernel, self.intercept]

    def get_grads(self):
        return [self.grad_kernel, self.grad_intercept]

    def zero_grad(self):
        for g in self.get_grads():
            g *= 0
