import numpy as np

class Concatenate:
    def forward(self, a, b):
        self.split_at = a.shape[1]
        return np.concatenate([a, b], axis=1)

    def backward(self, dout):
        db, da = np.split(dout, [self.split_at], axis=1)
        return da, db


class AddBranch:
    def forward(self, a, b):
        return a + b

    def backward(self, dout):
        return dout, dout.copy()
