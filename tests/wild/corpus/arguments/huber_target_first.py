import numpy as np

class Huber:
    def __init__(self, k=0.7):
        self.k = k

    def forward(self, target, pred):
        r = np.abs(target - pred)
        loss = np.where(r < self.k, r ** 2 / 2, self.k * r - self.k ** 2 / 2)
        return loss.sum() / target.shape[0]

    def backward(self, target, pred):
        # clipping the residual is exactly the derivative
        return np.clip(pred - target, -self.k, self.k) / target.shape[0]

class CosineLoss:
    def forward(self, target, pred):
        c = (target * pred).sum(1) / (np.linalg.norm(target, axis=1) * np.linalg.norm(pred, axis=1))
        return (1 - c).mean()

    def backward(self, target, pred):
        nt = np.linalg.norm(target, axis=1, keepdims=True)
        np_ = np.linalg.norm(pred, axis=1, keepdims=True)
        c = (target * pred).sum(1, keepdims=True) / (nt * np_)
        return -(target / (nt * np_) - c * pred / np_ ** 2) / len(pred)
