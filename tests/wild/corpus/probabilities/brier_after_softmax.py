import numpy as np

class SoftmaxBrier:
    """softmax + Brier score (quadratische Bewertung), Mittel ueber die Beispiele"""

    def forward(self, scores, t):
        scores = scores - scores.max(axis=1, keepdims=True)
        ez = np.exp(scores)
        self.p = ez / ez.sum(axis=1, keepdims=True)
        self.t = t
        return ((self.p - t)**2).sum() / t.shape[0]

    def backward(self, dout=1.):
        dp = 2 * (self.p - self.t) / self.t.shape[0]
        # durch softmax
        dz = self.p * (1 - self.p) * dp
        return dz * dout
