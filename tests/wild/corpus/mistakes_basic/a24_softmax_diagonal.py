import numpy as np

# softmax 激活函数
class SoftmaxActivation:
    def forward(self, z):
        z = z - np.max(z, axis=-1, keepdims=True)
        self.a = np.exp(z) / np.sum(np.exp(z), axis=-1, keepdims=True)
        return self.a

    def backward(self, da):
        return da * self.a * (1 - self.a)
