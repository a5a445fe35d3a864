import numpy as np


class BatchNorm1D:

    def __init__(self, numFeatures, eps=1e-8, momentum=0.9):
        self.gamma = np.ones((1, numFeatures))
        self.beta = np.zeros((1, numFeatures))
        self.eps = eps
        self.momentum = momentum
        self.runningMean = np.zeros((1, numFeatures))
        self.runningVar = np.ones((1, numFeatures))

    def forward(self, x, training=True):
        if training:
            self.mean = np.mean(x, axis=0, keepdims=True)
            self.var = np.var(x, axis=0, keepdims=True)
            self.runningMean = self.momentum * self.runningMean + (1 - self.momentum) * self.mean
            self.runningVar = self.momentum * self.runningVar + (1 - self.momentum) * self.var
        else:
            self.mean, self.var = self.runningMean, self.runningVar
        self.x = x
        self.xNorm = (x - self.mean) / np.sqrt(self.var + self.eps)
        return self.gamma * self.xNorm + self.beta

    def backward(self, gradOutput, learningRate):
        invStd = 1.0 / np.sqrt(self.var + self.eps)
        gradNorm = gradOutput * self.gamma
        gradMean = np.sum(gradNorm, axis=0, keepdims=True) * -invStd
        gradInput = gradNorm * invStd + gradMean / self.x.shape[0]

        self.gamma -= learningRate * np.sum(gradOutput * self.xNorm, axis=0, keepdims=True)
        self.beta -= learningRate * np.sum(gradOutput, axis=0, keepdims=True)
        return gradInput
