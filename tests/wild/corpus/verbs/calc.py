import numpy as np

class Mish:
    '''x * tanh(softplus(x))'''
    def calc(self, x):
        return x * np.tanh(np.log1p(np.exp(x)))

    def calc_grad(self, x):
        sp = np.log1p(np.exp(x))
        sig = 1 / (1 + np.exp(-x))
        t = np.tanh(sp)
        return t + x * (1 - t * t) * (1 - sig)


class Relu6:
    '''min(max(x,0),6)'''
    def calc(self, x):
        return np.minimum(np.maximum(x, 0), 6)

    def calc_grad(self, x):
        return ((x > 0) & (x < 6)) * 1.0
