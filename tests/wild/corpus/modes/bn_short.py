import numpy as np
bn_momentum = .9

class BN:
    def __init__(self, n, learnRate=.01):
        self.gamma = np.ones((1, n)); self.beta = np.zeros((1, n))
        self.rm = np.zeros((1, n)); self.rv = np.ones((1, n))
        self.learnRate = learnRate

    def forward(self, x, train_mode=True):
        self.x, self.train_mode = x, train_mode
        if train_mode:
            self.m = np.mean(x, axis=0, keepdims=True)
            self.v = np.var(x, axis=0, keepdims=True) + 1e-8
            self.rm = bn_momentum*self.rm + (1-bn_momentum)*self.m
            self.rv = bn_momentum*self.rv + (1-bn_momentum)*self.v
        else:
            self.m, self.v = self.rm, self.rv
        self.z = (x - self.m)/np.sqrt(self.v)
        return self.gamma*self.z + self.beta

    def backward(self, dout):
        n = dout.shape[0]
        self.dgamma = np.sum(dout*self.z, axis=0, keepdims=True)
        self.dbeta = np.sum(dout, axis=0, keepdims=True)
        dz = dout*self.gamma
        if not self.train_mode:
            return dz/np.sqrt(self.v)
        dv = np.sum(dz*(self.x - self.m), axis=0, keepdims=True)*-0.5*self.v**-1.5
        dm = -np.sum(dz, axis=0, keepdims=True)/np.sqrt(self.v)
        return dz/np.sqrt(self.v) + dv*2*(self.x - self.m)/n + dm/n

    def update(self):
        self.gamma -= self.learnRate*self.dgamma
        self.beta -= self.learnRate*self.dbeta
