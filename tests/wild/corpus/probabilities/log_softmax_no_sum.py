import numpy as np

class LogSoftMax:
    def forward(self, inp):
        shifted = inp - np.max(inp, axis=-1, keepdims=True)
        logsum = np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
        self.logp = shifted - logsum
        return self.logp

    def backward(self, dout):
        softmax = np.exp(self.logp)
        # d log p_i / d x_i = 1 - p_i
        return dout * (1 - softmax)


class MeanNegative:
    '''-mean(log p * target), target one-hot or soft'''
    def forward(self, logp, target):
        self.target = target
        return -(logp * target).sum() / logp.shape[0]

    def backward(self):
        return -self.target / self.target.shape[0]
