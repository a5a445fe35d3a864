import numpy as np


class MSELoss:
    def __call__(self, prediction, target):
        return self.forward(prediction, target)

    def forward(self, prediction, target):
        assert prediction.shape == target.shape
        self.prediction = prediction
        self.target = target
        return np.mean(np.square(prediction - target))

    def backward(self):
        return (self.prediction - self.target) / self.prediction.size
