import numpy as np


class LogSoftmax:
    def forward(self, input):
        m = np.max(input, axis=1, keepdims=True)
        self.output = input - m - np.log(np.sum(np.exp(input - m), axis=1, keepdims=True))
        return self.output

    def backward(self, grad_output):
        # d log p_i / d x_i = 1 - p_i
        return grad_output * (1 - np.exp(self.output))


class NLLLoss:
    def __init__(self, reduction='mean'):
        assert reduction in ('mean', 'sum')
        self.reduction = reduction

    def forward(self, log_probs, target):
        self.shape = log_probs.shape
        self.target = np.asarray(target).astype(int).ravel()
        picked = log_probs[np.arange(self.shape[0]), self.target]
        return -picked.mean() if self.reduction == 'mean' else -picked.sum()

    def backward(self):
        grad = np.zeros(self.shape)
        grad[np.arange(self.shape[0]), self.target] = -1
        if self.reduction == 'mean':
            grad /= self.shape[0]
        return grad
