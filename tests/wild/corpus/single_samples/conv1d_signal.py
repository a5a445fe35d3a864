import numpy as np

class Conv1D:
    """ 1-D convolution (true convolution, kernel is flipped) of one signal """
    def __init__(self, kernel_size=3):
        self.kernel = np.random.rand(kernel_size) - 0.5
        self.bias = np.random.rand(1)

    def forward(self, signal):
        self.signal = np.asarray(signal, dtype=float)
        K = len(self.kernel)
        flipped = self.kernel[::-1]
        n = len(self.signal) - K + 1
        return np.array([np.dot(self.signal[i:i + K], flipped) for i in range(n)]) + self.bias

    def backward(self, dy):
        K = len(self.kernel)
        dx = np.zeros(len(self.signal))
        dk = np.zeros(K)
        for i in range(len(dy)):
            dk += dy[i] * self.signal[i:i + K]
            dx[i:i + K] += dy[i] * self.kernel[::-1]
        self.dkernel = dk
        self.dbias = np.array([dy.sum()])
        return dx
