import numpy as np

class DropoutLayer(object):
    def __init__(self, keepProb=0.7):
        self.keepProb = keepProb

    def forward(self, A, mode="train"):
        assert mode in ["train", "test"]
        self.mode = mode
        if mode == "test":
            return A
        self.D = np.random.rand(A.shape[0], A.shape[1]) < self.keepProb
        return np.multiply(A, self.D) / self.keepProb

    def backward(self, dA):
        if self.mode == "test":
            return dA
        dA = np.multiply(dA, self.D)
        return dA
